//! [`Sweep`]: the places of a sweep, and the codes of all inputs at each.

use std::ops::RangeInclusive;

use crate::arith::{DynamicEngine, Linear, QParams, QuantizeTrace, quantize_trace};
use crate::state::{Direction, State};

/// The most places of a sweep along a vector: about as many as a picture is wide.
const MOST_RUNS: usize = 1024;

/// Every code that the inputs take along the sweep, in order.
///
/// Where all inputs are equal, or one is swept alone, a place is an input code and stands at its
/// real value. Along a vector a place is a run of values with the same codes of all inputs and
/// stands in its middle.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// Where the places stand, ascending.
    pub at: Vec<f64>,
    /// Sum of all input codes at each place.
    pub sum_x: Vec<i32>,
    codes: Codes,
}

#[derive(Clone, Debug, PartialEq)]
enum Codes {
    /// Every input holds the place's index.
    Equal,
    /// Row-major `[places][K]`; `by_code` where a place is a code of the swept input.
    Each { x: Vec<u8>, by_code: bool },
}

impl Sweep {
    /// The places of a state's sweep through a layer.
    pub(super) fn new(state: &State, layer: &Linear) -> Sweep {
        let by_code = || (0..256).map(|code| real_input(f64::from(code), layer.input)).collect();
        match state.sweep.direction {
            Direction::All => {
                let sum_x = (0..256).map(|code| code * layer.inputs_i32()).collect();
                Sweep { at: by_code(), sum_x, codes: Codes::Equal }
            }
            Direction::One => {
                let rest = codes_at(state, layer, 0.0);
                let x = (0..=u8::MAX)
                    .flat_map(|code| {
                        let swept = state.sweep.swept_input;
                        rest.iter()
                            .enumerate()
                            .map(move |(k, x)| if k == swept { code } else { *x })
                    })
                    .collect();
                Sweep::of_codes(by_code(), x, layer.inputs, true)
            }
            Direction::Vector => {
                let mut at = Vec::new();
                let mut x: Vec<u8> = Vec::new();
                for middle in middles(state, layer) {
                    #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
                    let codes = codes_at(state, layer, middle as f32);
                    if !x.ends_with(&codes) {
                        at.push(middle);
                        x.extend(codes);
                    }
                }
                Sweep::of_codes(at, x, layer.inputs, false)
            }
        }
    }

    fn of_codes(at: Vec<f64>, x: Vec<u8>, inputs: usize, by_code: bool) -> Sweep {
        let sum = |row: &[u8]| row.iter().map(|&x| i32::from(x)).sum();
        let sum_x = x.chunks(inputs.max(1)).map(sum).collect();
        Sweep { at, sum_x, codes: Codes::Each { x, by_code } }
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there is no place; never for a sweep of a state.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// The places from one end of a state's sweep to the other.
    pub(super) fn swept(&self, state: &State, layer: &Linear) -> RangeInclusive<usize> {
        self.place_at(state, layer, state.sweep.from)..=self.place_at(state, layer, state.sweep.to)
    }

    /// The place where a value of a state's sweep lies.
    pub(super) fn place_at(&self, state: &State, layer: &Linear, t: f32) -> usize {
        let x = real_at(state, state.sweep.swept_input, t);
        let code = input_code(quantizing(dynamic(state, layer), x, layer));
        self.place(t.into(), code)
    }

    /// Whether all inputs hold the place's index as their code.
    pub fn is_equal(&self) -> bool {
        self.codes == Codes::Equal
    }

    /// Whether a place is a code of the swept input or inputs.
    pub fn is_by_code(&self) -> bool {
        matches!(self.codes, Codes::Equal | Codes::Each { by_code: true, .. })
    }

    /// The codes of all places, row-major `[places][K]`, where they are not all equal.
    pub(super) fn codes(&self) -> Option<&[u8]> {
        match &self.codes {
            Codes::Equal => None,
            Codes::Each { x, .. } => Some(x),
        }
    }

    /// The place nearest to a value of the sweep whose codes are `code` where places are codes.
    pub(super) fn place(&self, t: f64, code: u8) -> usize {
        if self.is_by_code() {
            return code.into();
        }
        let right = self.at.partition_point(|at| *at < t).min(self.len().saturating_sub(1));
        let left = right.saturating_sub(1);
        if (t - self.at[left]).abs() < (self.at[right] - t).abs() { left } else { right }
    }
}

/// The codes of all inputs at a place of the sweep.
pub(super) fn codes_at(state: &State, layer: &Linear, t: f32) -> Vec<u8> {
    let dynamic = dynamic(state, layer);
    let code = |k| input_code(quantizing(dynamic, real_at(state, k, t), layer));
    (0..layer.inputs).map(code).collect()
}

/// The real value of input k at a place of the sweep, in float32.
pub(super) fn real_at(state: &State, k: usize, t: f32) -> f32 {
    let (offset, factor) = state.motion(k);
    offset + factor * t
}

/// Whose dynamic layer makes the codes, where the chosen engine is one and runs.
pub(super) fn dynamic(state: &State, layer: &Linear) -> Option<DynamicEngine> {
    let engine = state.arithmetic.engine;
    engine.dynamic().filter(|_| engine.unavailable(layer).is_none())
}

/// How a real input becomes its code.
pub(super) fn quantizing(dynamic: Option<DynamicEngine>, x: f32, layer: &Linear) -> QuantizeTrace {
    let (params, codes) = (layer.input, layer.activation_codes);
    match dynamic {
        Some(engine) => engine.quantize_trace(x, params, codes),
        None => quantize_trace(x, params, codes),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a quint8 code is within 0 to 255")]
fn input_code(made: QuantizeTrace) -> u8 {
    made.code as u8
}

/// The real value of a code; in f64, so that neighbouring codes are evenly spaced on screen.
pub(super) fn real_input(code: f64, input: QParams) -> f64 {
    (code - f64::from(input.zero_point)) * f64::from(input.scale)
}

/// A value between each two changes of a code of some input, ascending, at most
/// [`MOST_RUNS`] of them evenly chosen.
fn middles(state: &State, layer: &Linear) -> Vec<f64> {
    let (from, to) = (f64::from(state.sweep.from), f64::from(state.sweep.to));
    let mut runs = vec![vec![from, to]];
    for k in 0..layer.inputs {
        let factor = f64::from(state.motion(k).1);
        if factor != 0.0 {
            let change = |code: i32| real_input(f64::from(code) + 0.5, layer.input) / factor;
            let mut run: Vec<f64> =
                (0..255).map(change).filter(|at| *at > from && *at < to).collect();
            if factor < 0.0 {
                run.reverse();
            }
            runs.push(run);
        }
    }
    let mut changes = merged(runs);
    changes.dedup();
    let count = changes.len() - 1;
    let kept = count.min(MOST_RUNS);
    (0..kept)
        .map(|index| {
            let index = index * count / kept;
            (changes[index] + changes[index + 1]) / 2.0
        })
        .collect()
}

/// The values of ascending lists as one. Merging what is in order takes less time than sorting, and less
/// of the module.
fn merged(mut runs: Vec<Vec<f64>>) -> Vec<f64> {
    while runs.len() > 1 {
        runs = runs.chunks(2).map(merged_two).collect();
    }
    runs.pop().unwrap_or_default()
}

fn merged_two(runs: &[Vec<f64>]) -> Vec<f64> {
    let [first, second] = runs else { return runs.concat() };
    let mut all = Vec::with_capacity(first.len() + second.len());
    let mut rest = second.iter().copied().peekable();
    for value in first {
        while let Some(earlier) = rest.next_if(|one| one < value) {
            all.push(earlier);
        }
        all.push(*value);
    }
    all.extend(rest);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_order_are_merged() {
        assert!(merged(Vec::new()).is_empty());
        let lists = [vec![1.0, 4.0, 4.0], vec![], vec![-2.0, 4.0, 9.0], vec![0.5], vec![3.0, 5.0]];
        let mut sorted = lists.concat();
        sorted.sort_by(f64::total_cmp);
        assert_eq!(merged(lists.to_vec()), sorted);
    }
}
