//! Sums of a [`View`] by a [`SumRule`], once for each.

use super::sum_rule::{Narrow, SumRule, Summing};
use super::view::View;
use super::zero_points::ZeroPointRule;
use crate::arith::{Accumulator, Lane, saturate16, wrap16};
use crate::kernel::products;

/// A rule with what it makes of a view before zero points are taken off.
pub(super) struct RawSums<'a> {
    rule: &'a SumRule,
    /// Rows × outputs.
    raw: Vec<i64>,
    /// Σ of what is multiplied: of each row's bytes, and of each output's weights as they count.
    sums: [Vec<i64>; 2],
    /// The zero points of those bytes, where they are not the codes' own and the shift.
    recentred: bool,
}

/// A two's complement of 32 bits.
#[expect(clippy::cast_possible_truncation, reason = "the truncation is the point")]
pub(super) fn wrap32(value: i64) -> i32 {
    value as i32
}

fn length(count: usize) -> i64 {
    // At most MOST_INPUTS.
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl<'a> RawSums<'a> {
    /// Those of a rule.
    pub fn new(view: &View, rule: &'a SumRule) -> RawSums<'a> {
        let rows = |grid: &super::numbers::Grid<i32>| -> Vec<i64> {
            let rows = grid.values.chunks(grid.columns);
            rows.map(|row| row.iter().map(|&code| i64::from(code)).sum()).collect()
        };
        let sums = [rows(&view.x), rows(&view.w)];
        match rule.summing {
            Summing::Exact => RawSums { rule, raw: exact(view), sums, recentred: false },
            // Its products are made of codes less their zero points.
            Summing::Float32 => RawSums { rule, raw: Vec::new(), sums, recentred: false },
            Summing::Narrow(narrow) => Self::narrow(view, rule, narrow),
        }
    }

    fn narrow(view: &View, rule: &'a SumRule, narrow: Narrow) -> RawSums<'a> {
        let (a, b) = narrow.shifted(view);
        let inputs = view.inputs();
        let sum = |codes: &[i32]| -> Vec<i64> {
            let rows = codes.chunks(inputs);
            rows.map(|row| row.iter().map(|&code| i64::from(code)).sum()).collect()
        };
        let counted: Vec<i32> = b
            .iter()
            .map(|&code| narrow.accumulator.counted_weight(i8::try_from(code).unwrap_or(0)))
            .collect();
        let counts = if narrow.is_b_left { sum(&b) } else { sum(&counted) };
        let sums = [sum(&a), counts];
        let (left, right) = if narrow.is_b_left { (&b, &a) } else { (&a, &b) };
        let bytes: Vec<u8> = left.iter().map(|&code| low_byte(code)).collect();
        let weights: Vec<i8> = right.iter().map(|&code| low_byte(code).cast_signed()).collect();
        // The lengths are whole rows.
        let made = products(narrow.accumulator, &bytes, &weights, inputs).unwrap_or_default();
        let [rows, outputs] = view.shape();
        let raw = if narrow.is_b_left {
            let cells = (0..rows).flat_map(|row| (0..outputs).map(move |n| n * rows + row));
            cells.filter_map(|at| made.get(at)).map(|&sum| sum.into()).collect()
        } else {
            made.into_iter().map(i64::from).collect()
        };
        RawSums { rule, raw, sums, recentred: narrow.recentred }
    }

    /// Whether a zero-point rule makes sense with this sum.
    pub fn allows(&self, zero_points: ZeroPointRule) -> bool {
        match (zero_points, self.rule.summing) {
            (ZeroPointRule::After, _) => true,
            (_, Summing::Exact) => zero_points != ZeroPointRule::Before,
            (_, Summing::Float32) => false,
            (ZeroPointRule::InBytes, _) => false,
            (ZeroPointRule::Before, Summing::Narrow(narrow)) => {
                narrow.accumulator == Accumulator::PAIR_SATURATING && !narrow.is_b_left
            }
            (_, Summing::Narrow(_)) => self.rule.cost < 4,
        }
    }

    /// The sums after the zero points, rows × outputs.
    pub fn after(&self, view: &View, zero_points: ZeroPointRule) -> Vec<i64> {
        let [rows, outputs] = view.shape();
        let cells = (0..rows).flat_map(|row| (0..outputs).map(move |output| [row, output]));
        match (zero_points, self.rule.summing) {
            (ZeroPointRule::InBytes, _) => {
                cells.map(|cell| centred(view, cell, true).map(|[x, w]| x * w).sum()).collect()
            }
            (_, Summing::Float32) => cells.map(|cell| float_sum(view, cell)).collect(),
            (ZeroPointRule::Before, Summing::Narrow(narrow)) => {
                cells.map(|cell| narrow_centred(view, cell, narrow.accumulator)).collect()
            }
            _ => cells.map(|cell| self.taken_off(view, cell, zero_points)).collect(),
        }
    }

    /// `raw - x_zp·(Σw - K·w_zp) - w_zp·Σx`, of the bytes that are multiplied: `docs/arithmetic.md`
    /// section 4.
    fn taken_off(&self, view: &View, [row, output]: [usize; 2], rule: ZeroPointRule) -> i64 {
        let takes_off = rule.takes_off();
        let shift = match self.rule.summing {
            Summing::Narrow(narrow) => narrow.shift,
            _ => [0, 0],
        };
        let own = [view.zero_point_of_a(row), view.zero_point_of_b(output)];
        let [x, w] = [0, 1].map(|side| {
            let is_own = takes_off[side] && !(side == 0 && self.recentred);
            i64::from(shift[side]) + if is_own { i64::from(own[side]) } else { 0 }
        });
        let [of_x, of_w] = [self.sums[0][row], self.sums[1][output]];
        let raw = self.raw[row * view.w.rows + output];
        let sum = raw - x * (of_w - length(view.inputs()) * w) - w * of_x;
        match self.rule.summing {
            Summing::Exact => sum,
            _ => wrap32(sum).into(),
        }
    }
}

impl Narrow {
    /// The codes of A and B as they are multiplied.
    pub fn shifted(self, view: &View) -> (Vec<i32>, Vec<i32>) {
        let rows = view.x.values.chunks(view.inputs()).enumerate();
        let a = rows.flat_map(|(row, codes)| {
            let zero_point = view.zero_point_of_a(row);
            codes.iter().map(move |&code| self.shifted_input(code, zero_point))
        });
        (a.collect(), view.w.values.iter().map(|&code| code + self.shift[1]).collect())
    }

    /// A code of A as it is multiplied.
    pub fn shifted_input(self, code: i32, zero_point: i32) -> i32 {
        let code = if self.recentred { (code - zero_point).clamp(-128, 127) } else { code };
        code + self.shift[0]
    }
}

/// The byte of a code from -128 to 255.
fn low_byte(code: i32) -> u8 {
    let [low, ..] = code.to_le_bytes();
    low
}

/// Σ x·w of every cell.
fn exact(view: &View) -> Vec<i64> {
    let inputs = view.inputs();
    let rows = view.x.values.chunks(inputs);
    rows.flat_map(|x| view.w.values.chunks(inputs).map(move |w| (x, w)))
        .map(|(x, w)| {
            // In 32 bits as far as they reach: 65 536 products of two bytes do not leave them.
            let sum = x.iter().zip(w).map(|(x, w)| x * w).fold(0, i32::wrapping_add);
            i64::from(sum)
        })
        .collect()
}

/// The factors of a cell, zero points taken off first; `in_bytes`: in 8 bits that wrap around.
fn centred(
    view: &View,
    [row, output]: [usize; 2],
    in_bytes: bool,
) -> impl Iterator<Item = [i64; 2]> {
    let zero_points = [view.zero_point_of_a(row), view.zero_point_of_b(output)];
    view.row(row).iter().zip(view.weights(output)).map(move |(&x, &w)| {
        let less = |side: usize, code: i32| {
            let less = code - zero_points[side];
            i64::from(if in_bytes { view.types[side].misread(less) } else { less })
        };
        [less(0, x), less(1, w)]
    })
}

fn narrow_centred(view: &View, cell: [usize; 2], accumulator: Accumulator) -> i64 {
    let products: Vec<i32> = centred(view, cell, false).map(|[x, w]| wrap32(x * w)).collect();
    let groups = accumulator.group.of(products.len());
    groups
        .map(|group| {
            let sum: i32 = group.map(|k| products[k]).sum();
            i64::from(match accumulator.lane {
                Lane::Saturate => saturate16(sum),
                Lane::Wrap => wrap16(sum),
                _ => sum,
            })
        })
        .sum()
}

/// Products added one by one in float32, which every one of them fits.
fn float_sum(view: &View, cell: [usize; 2]) -> i64 {
    let sum = centred(view, cell, false).fold(0.0_f32, |sum, [x, w]| sum + (x * w) as f32);
    #[expect(clippy::cast_possible_truncation, reason = "a whole number, at most 2³¹ in size")]
    let whole = sum as i64;
    whole
}
