//! Codes of other codes, element by element: [`Operator::Add`](super::Operator::Add) and
//! [`Operator::Sigmoid`](super::Operator::Sigmoid).

use super::code_type::CodeType;
use super::elementwise::{Elements, MOST_ELEMENTS, Rule, clamped, output_type};
use super::ending::scale;
use super::entry::Entry;
use super::fault::{EntryFault, Operand};
use super::finding::Code;
use super::numbers::{Grid, Numbers};
use super::operands::{code, codes};
use super::words;

/// Scale and zero point.
#[derive(Clone, Copy)]
struct Params {
    scale: f64,
    zero_point: i32,
}

impl Params {
    #[expect(clippy::cast_possible_truncation, reason = "libraries have it in float32")]
    fn narrow(self) -> f32 {
        self.scale as f32
    }

    /// A code less the zero point.
    fn less(self, code: i32) -> i32 {
        code - self.zero_point
    }
}

/// The elements of a `QLinearAdd`.
pub(super) fn add(entry: &Entry) -> Result<Elements, EntryFault> {
    let [of_a, of_b] = [entry.a.shape(Operand::A)?, entry.b.shape(Operand::B)?];
    if of_a != of_b {
        return Err(EntryFault::Unequal { a: of_a, b: of_b });
    }
    let (a, b) = (corner(&entry.a, Operand::A)?, corner(&entry.b, Operand::B)?);
    let of_a = params("A", entry.scales.a, &entry.zero_points.a)?;
    let of_b = params("B", entry.scales.b.iter().next(), &entry.zero_points.b)?;
    let of_c = output(entry)?;
    let [sa, sb, sc] = [of_a, of_b, of_c].map(Params::narrow);
    let pairs = || a.values.iter().copied().zip(b.values.iter().copied());
    let exact = |(a, b): (i32, i32)| {
        let real = f64::from(of_a.less(a)) * of_a.scale + f64::from(of_b.less(b)) * of_b.scale;
        real / of_c.scale
    };
    let dequantized = |(a, b): (i32, i32)| -> f64 {
        let real = of_a.less(a) as f32 * sa + of_b.less(b) as f32 * sb;
        (real / sc).into()
    };
    let ratio = |(a, b): (i32, i32)| -> f64 {
        let (ra, rb) = (sa / sc, sb / sc);
        let fixed =
            of_c.zero_point as f32 - (ra * of_a.zero_point as f32 + rb * of_b.zero_point as f32);
        (fixed + a as f32 * ra + b as f32 * rb).into()
    };
    let output = output_type(entry);
    let code = |steps: f64, zero_point: i32| rounded(output, steps, zero_point);
    let rules = vec![
        Rule {
            key: "nearest",
            who: "the exact value",
            does: "is",
            code: None,
            cost: 0,
            codes: pairs().map(|two| code(exact(two), of_c.zero_point)).collect(),
            steps: pairs().map(exact).collect(),
        },
        Rule {
            key: "dequantized",
            who: "a sum of dequantized values in float32",
            does: "rounds",
            code: Some(Code::Tie),
            cost: 0,
            codes: pairs().map(|two| code(dequantized(two), of_c.zero_point)).collect(),
            steps: pairs().map(dequantized).collect(),
        },
        Rule {
            key: "ratios",
            who: "ONNX Runtime",
            does: "adds the output zero point first, in float32, and rounds",
            code: Some(Code::ZeroPointFirst),
            cost: 0,
            codes: pairs().map(|two| code(ratio(two), 0)).collect(),
            steps: pairs().map(ratio).collect(),
        },
    ];
    let written = pairs()
        .map(|(a, b)| format!("{} and {}", words::whole(a.into()), words::whole(b.into())))
        .collect();
    let notes = vec![SCOPE.to_string()];
    Ok(Elements { shape: [a.rows, a.columns], rules, written, probes: Vec::new(), notes })
}

/// The elements of a sigmoid.
pub(super) fn sigmoid(entry: &Entry) -> Result<Elements, EntryFault> {
    let a = corner(&entry.a, Operand::A)?;
    let of_a = params("A", entry.scales.a, &entry.zero_points.a)?;
    // PyTorch's own, where none is given.
    let of_c = match entry.scales.output {
        Some(_) => output(entry)?,
        None => Params { scale: 1.0 / 256.0, zero_point: entry.zero_points.output },
    };
    let output = output_type(entry);
    let (s, zero_point) = (of_a.narrow(), of_a.zero_point as f32);
    let steps = |real: f32| f64::from(1.0 / (1.0 + libm::expf(-real)) / of_c.narrow());
    let exact = |code: i32| {
        let real = f64::from(of_a.less(code)) * of_a.scale;
        1.0 / (1.0 + libm::exp(-real)) / of_c.scale
    };
    let scalar = |code: i32| steps(of_a.less(code) as f32 * s);
    // The product with the zero point is rounded before, the one with the code is not.
    let fused = |code: i32| steps(libm::fmaf(s, code as f32, -s * zero_point));
    let rule = |key, who, does, code, each: &dyn Fn(i32) -> f64| Rule {
        key,
        who,
        does,
        code,
        cost: 0,
        codes: a.values.iter().map(|&x| rounded(output, each(x), of_c.zero_point)).collect(),
        steps: a.values.iter().map(|&x| each(x)).collect(),
    };
    let rules = vec![
        rule("nearest", "the exact value", "is", None, &exact),
        rule("scalar", "the loop for what is left over", "rounds", Some(Code::Tie), &scalar),
        rule(
            "fused",
            "the vector loop, with a fused multiply-add,",
            "rounds",
            Some(Code::VectorPosition),
            &fused,
        ),
    ];
    let written = a.values.iter().map(|&code| format!("the code {}", words::whole(code.into())));
    let written = written.collect();
    let notes = vec![SCOPE.to_string()];
    Ok(Elements { shape: [a.rows, a.columns], rules, written, probes: Vec::new(), notes })
}

/// What such an answer is and is not.
const SCOPE: &str = "An operator that goes element by element adds no products: no pair can saturate, and the table of engines does not have it. The rules here are those of the public report.";

fn rounded(output: CodeType, steps: f64, zero_point: i32) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    let rounded = steps.round_ties_even() as i64;
    clamped(output, rounded.saturating_add(zero_point.into()))
}

/// The codes that are matched.
fn corner(numbers: &Numbers, what: Operand) -> Result<Grid<i32>, EntryFault> {
    Ok(codes(numbers, what)?.corner(MOST_ELEMENTS[0], MOST_ELEMENTS[1]))
}

fn params(
    what: &'static str,
    given: Option<f64>,
    zero_points: &Numbers,
) -> Result<Params, EntryFault> {
    let given = given.ok_or(EntryFault::NoScale { what, missing: "its scale" })?;
    scale(what, given)?;
    let value = zero_points.iter().next().unwrap_or(0.0);
    match code(value) {
        Some(zero_point) => Ok(Params { scale: given, zero_point }),
        None => Err(EntryFault::ZeroPoint { what, value }),
    }
}

fn output(entry: &Entry) -> Result<Params, EntryFault> {
    let zero_point = f64::from(entry.zero_points.output);
    params("the output", entry.scales.output, &zero_point.into())
}
