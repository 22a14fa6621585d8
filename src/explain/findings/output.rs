//! The clamp at the end of the output's range.

use super::super::comparison::{Compared, Comparison};
use super::super::finding::{Code, Finding};
use super::super::finish::{Clamp, CodeRule};
use super::super::words::{self, whole};

/// Results that are at an end of the range since the exact one is beyond it.
pub(super) fn find(comparison: &Comparison) -> Option<Finding> {
    let rule = comparison.expected.code_rule()?;
    let given = comparison.reason.and_then(|reason| reason.finish.code_rule());
    if given.is_some_and(|given| given.clamp == Clamp::WithoutRelu) {
        return None;
    }
    let ending = comparison.matcher.ending;
    let params = ending.output.as_ref()?;
    let range = rule.range(ending);
    let unclamped = |one: &Compared| {
        CodeRule { clamp: Clamp::None, ..rule }.code(ending, one.exact, one.cell[1])
    };
    // How far it is beyond the range.
    let beyond = |one: &Compared| {
        let code = unclamped(one);
        code.abs_diff(range.clamp(code))
    };
    // The first of equals.
    let worst = comparison.cells.iter().rev().max_by_key(|one| beyond(one))?;
    if beyond(worst) == 0 {
        return None;
    }
    let cells = comparison.cells.iter().filter(|one| beyond(one) > 0).map(|one| one.cell).collect();
    let (code, end) = (unclamped(worst), range.clamp(unclamped(worst)));
    let is_below = code < end;
    let needed = i64::from(params.zero_point) + i64::from(end) - i64::from(code);
    let is_held = i32::try_from(needed).is_ok_and(|needed| rule.output.holds(needed));
    let is_relu = ending.relu && is_below && range.qmin == params.zero_point;
    let cell = words::cell(comparison.exact.shape, worst.cell);
    let subject = match cell.as_str() {
        "" => "The exact result".to_string(),
        cell => format!("The exact result of {cell}"),
    };
    let advice = match (is_relu, is_held, is_below) {
        (true, ..) => "relu does so".to_string(),
        (_, true, true) => format!("give the output a zero point of at least {}", whole(needed)),
        (_, true, false) => format!("give the output a zero point of at most {}", whole(needed)),
        (_, false, _) => "give the output a larger scale".to_string(),
    };
    let sentence = format!(
        "{subject} is the code {}, {} the range {} to {}, and becomes {}: {advice}.",
        whole(code.into()),
        if is_below { "below" } else { "above" },
        whole(range.qmin.into()),
        whole(range.qmax.into()),
        whole(end.into()),
    );
    let size = f64::from(beyond(worst));
    Some(Finding { size, ..comparison.finding(Code::OutputClamp, sentence, cells) })
}
