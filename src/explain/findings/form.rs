//! The form in which a sum is seen: few bits, float32, something left out, cut and not rounded.

use super::super::comparison::{Compared, Comparison};
use super::super::ending::BiasValues;
use super::super::finding::{Code, Finding};
use super::super::finish::{Clamp, CodeRule, Finish, Omitted, SumForm};
use super::super::rounding::{Plain, Rounding, To};
use super::super::words::{self, whole};

/// What the form makes of a sum.
pub(super) fn find(comparison: &Comparison) -> Option<Finding> {
    let reason = comparison.reason?;
    let differing: Vec<[usize; 2]> = comparison.differing().map(|one| one.cell).collect();
    let worst = comparison.worst(|one| differing.contains(&one.cell))?;
    let (code, sentence) = match reason.finish {
        Finish::Sum(form) => of_sum(comparison, worst, form)?,
        Finish::Code(rule) | Finish::RealOfCode(rule) => of_code(comparison, worst, rule)?,
        Finish::Real(_) => return None,
    };
    Some(comparison.finding(code, sentence, differing))
}

fn of_sum(comparison: &Comparison, worst: &Compared, form: SumForm) -> Option<(Code, String)> {
    let head = comparison.head(worst);
    match form {
        SumForm::AsIs => None,
        SumForm::Float32 => {
            let sum = worst.expected;
            Some((
                Code::Beyond2Pow24,
                format!(
                    "{head}: the sum is right, its conversion to float32 rounds. Beyond 2²⁴ it holds every {}th whole number here.",
                    step(sum)
                ),
            ))
        }
        SumForm::WithoutBias => Some((Code::LeftOut, format!("{head}: the bias is left out."))),
        SumForm::Wraps { bits, signed } => {
            let kind = if signed { "int" } else { "uint" };
            let modulus = 2.0_f64.powi(i32::try_from(bits).unwrap_or(0));
            let off = worst.expected - worst.seen;
            Some((
                Code::ReferenceWraps,
                format!(
                    "{head}: that is what {kind}{bits} keeps of it. The difference {} is {} times {}.",
                    words::number(off),
                    words::number(off / modulus),
                    words::number(modulus)
                ),
            ))
        }
        SumForm::Clamps { bits, signed } => {
            let kind = if signed { "int" } else { "uint" };
            Some((
                Code::OutputClamp,
                format!("{head}: the sum is clamped to {kind}{bits} at its end."),
            ))
        }
    }
}

/// The step between float32 numbers of a size.
fn step(size: f64) -> String {
    let exponent = size.abs().max(1.0).log2().floor();
    words::number((exponent - 23.0).max(0.0).exp2())
}

fn of_code(comparison: &Comparison, worst: &Compared, rule: CodeRule) -> Option<(Code, String)> {
    let head = comparison.head(worst);
    let zero_point = comparison.matcher.ending.output.as_ref().map_or(0, |one| one.zero_point);
    let bias = match &comparison.matcher.ending.bias {
        Some(BiasValues::Integer(_) | BiasValues::Real(_)) => "the bias",
        None => "nothing",
    };
    match (rule.omitted, rule.clamp) {
        (Omitted::Bias, _) => return Some((Code::LeftOut, format!("{head}: {bias} is left out."))),
        (Omitted::ZeroPoint, _) => {
            let zero_point = whole(zero_point.into());
            let sentence = format!("{head}: the output zero point {zero_point} is left out.");
            return Some((Code::LeftOut, sentence));
        }
        (_, Clamp::WithoutRelu) => {
            return Some((Code::LeftOut, format!("{head}: the relu is left out.")));
        }
        (_, Clamp::Wraps) => {
            let name = rule.output.name();
            let sentence = format!("{head}: the code is not clamped to {name}, it wraps around.");
            return Some((Code::ReferenceWraps, sentence));
        }
        // The clamp is told by itself.
        (_, Clamp::None) => return None,
        (_, Clamp::Range) => {}
    }
    match rule.rounding {
        Rounding::Plain(Plain { to: To::Zero, .. }) => {
            Some((Code::Truncates, format!("{head}: the result is cut towards zero, not rounded.")))
        }
        Rounding::Plain(Plain { to: To::Down, .. }) => {
            Some((Code::Truncates, format!("{head}: the result is rounded down, not to nearest.")))
        }
        _ => None,
    }
}
