//! The codes of real values: [`Operator::Quantize`](super::Operator::Quantize).

use super::code_type::CodeType;
use super::elementwise::{Elements, MOST_ELEMENTS, Rule, clamped, output_type};
use super::ending::scale;
use super::entry::Entry;
use super::fault::{EntryFault, Operand};
use super::finding::Code;
use super::numbers::Grid;
use super::words;
use crate::arith::{QParams, quantize, quantize_trace};

/// Scale and zero point of a quantizer, and the range of its codes.
#[derive(Clone, Copy)]
struct Quantizer {
    scale: f32,
    zero_point: i32,
    output: CodeType,
}

/// How a code is made of a value.
#[derive(Clone, Copy)]
enum Way {
    /// x / s in double, to nearest, ties to even.
    Exact,
    /// x·f32(1/s) in float32: PyTorch.
    Reciprocal,
    /// f32(x/s): ONNX Runtime.
    Divided,
    /// The same, ties away from zero.
    Away,
    /// FMA(x, f32(1/s), zp), rounded once: FBGEMM's dynamic linear.
    Fused,
    /// f32(f32(x/s) + zp).
    ZeroPointFirst,
    /// f32(x/s), cut towards zero.
    Cut,
}

/// What is known of each way.
struct Known {
    way: Way,
    key: &'static str,
    who: &'static str,
    does: &'static str,
    code: Option<Code>,
    cost: u8,
}

const fn known(
    way: Way,
    key: &'static str,
    [who, does]: [&'static str; 2],
    code: Option<Code>,
    cost: u8,
) -> Known {
    Known { way, key, who, does, code, cost }
}

#[rustfmt::skip]
static WAYS: &[Known] = &[
    known(Way::Exact, "nearest", ["the exact value", "is"], None, 0),
    known(Way::Reciprocal, "reciprocal", ["PyTorch", "multiplies by the reciprocal of the scale and rounds"], Some(Code::Reciprocal), 0),
    known(Way::Divided, "divided", ["ONNX Runtime", "divides in float32 and rounds"], Some(Code::Tie), 0),
    known(Way::Away, "away", ["a rule with ties away from zero", "rounds"], Some(Code::Tie), 1),
    known(Way::Fused, "fused", ["PyTorch’s dynamic linear", "adds the zero point first and rounds"], Some(Code::ZeroPointFirst), 1),
    known(Way::ZeroPointFirst, "zero_point_first", ["a rule with the zero point inside", "rounds"], Some(Code::ZeroPointFirst), 2),
    known(Way::Cut, "cut", ["a kernel that does not round", "cuts"], Some(Code::Truncates), 2),
];

/// So many ties are asked what tells two ways apart.
const MOST_PROBES: u16 = 64;

impl Way {
    /// What is rounded for a value.
    fn steps(self, x: f32, q: Quantizer) -> f64 {
        let Quantizer { scale, zero_point, .. } = q;
        let zero_point = zero_point as f32;
        match self {
            Way::Exact => f64::from(x) / f64::from(scale),
            Way::Reciprocal => {
                let params = QParams { scale, zero_point: 0 };
                quantize_trace(x, params, q.output.range()).product.into()
            }
            Way::Divided | Way::Away | Way::Cut => (x / scale).into(),
            Way::Fused => libm::fmaf(x, 1.0 / scale, zero_point).into(),
            Way::ZeroPointFirst => (x / scale + zero_point).into(),
        }
    }

    fn code(self, x: f32, q: Quantizer) -> i32 {
        let Quantizer { scale, zero_point, output } = q;
        let steps = self.steps(x, q);
        let (rounded, zero_point) = match self {
            Way::Reciprocal => {
                return quantize(x, QParams { scale, zero_point }, output.range());
            }
            Way::Exact | Way::Divided => (steps.round_ties_even(), zero_point),
            Way::Away => (steps.round(), zero_point),
            Way::Cut => (steps.trunc(), zero_point),
            Way::Fused | Way::ZeroPointFirst => (steps.round_ties_even(), 0),
        };
        #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
        let rounded = rounded as i64;
        clamped(output, rounded.saturating_add(zero_point.into()))
    }
}

/// The elements of an entry.
#[expect(clippy::cast_possible_truncation, reason = "real values are float32 here")]
pub(super) fn elements(entry: &Entry) -> Result<Elements, EntryFault> {
    let grid = entry.a.grid(Operand::A)?.corner(MOST_ELEMENTS[0], MOST_ELEMENTS[1]);
    let grid = grid.map(|x| x as f32);
    let output = output_type(entry);
    let mut notes = Vec::new();
    let quantizers = match entry.scales.output {
        Some(given) => {
            scale("the output", given)?;
            let zero_point = entry.zero_points.output;
            if !output.holds(zero_point) {
                let value = zero_point.into();
                return Err(EntryFault::ZeroPoint { what: "the output", value });
            }
            vec![(Quantizer { scale: given as f32, zero_point, output }, None)]
        }
        None => {
            let found = dynamic(&grid);
            let said: Vec<String> =
                found.iter().map(|(q, _)| words::whole(q.zero_point.into())).collect();
            notes.push(format!(
                "The range of the values gives the scale {} and the zero point {}.",
                words::number(found[0].0.scale.into()),
                words::list(&said, "or")
            ));
            found
        }
    };
    let mut rules = Vec::new();
    for (at, (q, code)) in quantizers.iter().enumerate() {
        // With another zero point every code is another; the ways of rounding are told with the first.
        let ways = WAYS
            .iter()
            .filter(|_| at == 0)
            .chain(WAYS.iter().filter(|one| at > 0 && matches!(one.way, Way::Divided | Way::Away)));
        for one in ways {
            rules.push(Rule {
                key: if at == 0 { one.key } else { other_key(one.way) },
                who: if at == 0 { one.who } else { "a zero point with its tie away from zero" },
                does: if at == 0 { one.does } else { "shifts every code, and rounds" },
                code: code.or(one.code),
                cost: one.cost + u8::from(at > 0),
                codes: grid.values.iter().map(|&x| one.way.code(x, *q)).collect(),
                steps: grid.values.iter().map(|&x| one.way.steps(x, *q)).collect(),
            });
        }
    }
    let written = grid.values.iter().map(|&x| short(x)).collect();
    let probes = probes(&quantizers);
    let shape = [grid.rows, grid.columns];
    Ok(Elements { shape, rules, written, probes, notes })
}

const fn other_key(way: Way) -> &'static str {
    match way {
        Way::Away => "away_zero_point_away",
        _ => "divided_zero_point_away",
    }
}

/// Scale and zero point of the values' range, widened to 0, in float32 (`docs/arithmetic.md` section
/// 14); at a tie of the zero point the two that rules give.
fn dynamic(grid: &Grid<f32>) -> Vec<(Quantizer, Option<Code>)> {
    let values = || grid.values.iter().copied();
    let (_, params) = crate::arith::dynamic_quantize_linear(&grid.values);
    let lowest = values().fold(0.0_f32, f32::min);
    let exact = (0.0 - lowest) / params.scale;
    let of = |zero_point| Quantizer { scale: params.scale, zero_point, output: CodeType::U8 };
    let mut all = vec![(of(params.zero_point), None)];
    #[expect(clippy::cast_possible_truncation, reason = "0 to 255 by the clamp")]
    let away = exact.clamp(0.0, 255.0).round() as i32;
    if away != params.zero_point {
        all.push((of(away), Some(Code::Tie)));
    }
    all
}

/// A float32 with as many digits as tell it from others.
fn short(x: f32) -> String {
    format!("{}", x + 0.0).replace('-', "−")
}

/// Values at ties, and the code of each rule for them, in the order of the rules.
fn probes(quantizers: &[(Quantizer, Option<Code>)]) -> Vec<(String, Vec<i32>)> {
    // Another zero point tells itself.
    let [(q, _)] = quantizers else { return Vec::new() };
    let values = (0..MOST_PROBES).map(|k| (f32::from(k) + 0.5) * q.scale);
    let probe = |x: f32| {
        let codes = WAYS.iter().map(|one| one.way.code(x, *q)).collect();
        (format!("the value {}", short(x)), codes)
    };
    values.map(probe).collect()
}
