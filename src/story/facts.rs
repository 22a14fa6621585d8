//! Facts: the numbers of the story's sentences, by name, computed from the model.

use crate::arith::{Engine, Ramp, first_saturated_code};
use crate::state::number::{fixed, short, whole};
use crate::state::{Derived, KinkView, State, describe};

/// Probes of the thread's sweep: x = −4, −3.99, … 3.99.
const PROBES: i32 = 800;

/// A state with what follows from it.
pub struct Facts<'a> {
    /// The state.
    pub state: &'a State,
    /// What follows from it.
    pub derived: &'a Derived,
}

impl Facts<'_> {
    /// A text with every `{name}` replaced by its [`fact`](Self::fact).
    ///
    /// # Errors
    /// The first name that is no fact here.
    pub fn fill(&self, text: &str) -> Result<String, String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| rest.to_string())?;
            filled.push_str(before);
            filled.push_str(&self.fact(name).ok_or_else(|| name.to_string())?);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// The same for the story's own texts: every name of them is a fact, in every room (`tests/story.rs`).
    pub fn told(&self, text: &str) -> String {
        self.fill(text).unwrap_or_else(|_| text.to_string())
    }

    /// A number of this state by its name.
    ///
    /// `N.kinkM.what` is of output N, `kinkM.what` of the chosen one: `code`, `x`, `before`,
    /// `after`, `effect`, `w0`, `w1`, `safe` (the last code before it). `cursor.what`, `wrong.KEY`
    /// (points at which an engine differs from FBGEMM on AVX2 in the thread's sweep of all
    /// outputs), and single words below.
    pub fn fact(&self, name: &str) -> Option<String> {
        let (state, derived) = (self.state, self.derived);
        let parts: Vec<&str> = name.split('.').collect();
        match parts.as_slice() {
            [output, kink, what] => self.kink(output.parse().ok()?, kink, what),
            [kink, what] if kink.starts_with("kink") => self.kink(state.picture.output, kink, what),
            ["cursor", what] => self.cursor(what),
            ["wrong", key] => Some(self.wrong(Engine::from_key(key)?).to_string()),
            ["x_scale"] => Some(short(derived.layer.input.scale.into())),
            ["x_zp"] => Some(whole(derived.layer.input.zero_point.into())),
            ["x_min"] => Some(fixed(derived.calibrated.input_range.0.into(), 2)),
            ["x_max"] => Some(fixed(derived.calibrated.input_range.1.into(), 2)),
            ["inputs"] => Some(derived.layer.inputs.to_string()),
            ["output"] => Some(state.picture.output.to_string()),
            ["outputs"] => Some(derived.layer.outputs.to_string()),
            ["from"] => Some(short(state.sweep.from.into())),
            ["to"] => Some(short(state.sweep.to.into())),
            ["points"] => Some((PROBES as usize * derived.layer.outputs).to_string()),
            ["rounding"] => {
                Some(short(derived.chosen(state).rounding_over(derived.window(state)).most()))
            }
            ["kinks"] => Some(derived.chosen(state).kinks.len().to_string()),
            ["w0"] => self.weight(0),
            ["w1"] => self.weight(1),
            ["w2"] => self.weight(2),
            ["w3"] => self.weight(3),
            ["pair_sum"] => {
                let row = derived.layer.row(state.picture.output);
                Some(whole(row.iter().take(2).map(|w| i64::from(*w)).sum()))
            }
            _ => None,
        }
    }

    fn weight(&self, k: usize) -> Option<String> {
        let row = self.derived.layer.row(self.state.picture.output);
        row.get(k).map(|w| whole((*w).into()))
    }

    /// The kink of a name like `kink2`.
    fn find(&self, output: usize, kink: &str) -> Option<&KinkView> {
        let number: usize = kink.strip_prefix("kink")?.parse().ok()?;
        self.derived.outputs.get(output)?.kinks.get(number.checked_sub(1)?)
    }

    fn kink(&self, output: usize, kink: &str, what: &str) -> Option<String> {
        let view = self.find(output, kink)?;
        let pair = view.pairs.first();
        match what {
            "code" => Some(view.code?.to_string()),
            "safe" => Some((view.code? - 1).to_string()),
            "x" => Some(fixed(view.at, 2)),
            "before" => Some(describe::slope(view.slope_before)),
            "after" => Some(describe::slope(view.slope_after)),
            "effect" => Some(describe::effect(view).to_string()),
            "w0" => Some(whole(pair?.weights[0].into())),
            "w1" => Some(whole(pair?.weights[1].into())),
            _ => None,
        }
    }

    fn cursor(&self, what: &str) -> Option<String> {
        let cursor = &self.derived.cursor;
        match what {
            "x" => Some(short(self.state.gaze.at.into())),
            "code" => Some(cursor.code(self.state).to_string()),
            "quantized" => Some(short((*cursor.quantized.first()?).into())),
            "sum" => Some(whole(cursor.sum.into())),
            "exact" => Some(whole(cursor.exact_sum.into())),
            "lost" => Some(whole(i64::from(cursor.exact_sum) - i64::from(cursor.sum))),
            "y" => Some(short(cursor.trace.real.into())),
            _ => None,
        }
    }

    /// Points of the thread's sweep at which an engine's output code is not that of FBGEMM on
    /// AVX2, over all outputs.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounded as float32(np.arange(-4, 4, 0.01)) is"
    )]
    fn wrong(&self, engine: Engine) -> usize {
        let layer = &self.derived.layer;
        let places: Vec<usize> = (0..PROBES)
            .map(|probe| (-4.0 + f64::from(probe) * 0.01) as f32)
            .map(|x| self.derived.place_of(self.state, x))
            .collect();
        (0..layer.outputs)
            .map(|output| {
                let [truth, theory] = [Engine::FbgemmAvx2, engine]
                    .map(|engine| Ramp::brute_force(engine, layer, output).code);
                places.iter().filter(|place| truth[**place] != theory[**place]).count()
            })
            .sum()
    }
}

/// The indices of a row's pairs that saturate at some code when all inputs are equal.
pub fn saturating_pairs(row: &[i8]) -> Vec<usize> {
    row.chunks(2)
        .enumerate()
        .filter(|(_, pair)| {
            pair.len() == 2
                && first_saturated_code(pair.iter().map(|w| i32::from(*w)).sum()).is_some()
        })
        .map(|(index, _)| index)
        .collect()
}
