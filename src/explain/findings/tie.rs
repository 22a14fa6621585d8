//! Ties: two rules round one sum to two codes.

use super::super::comparison::{Compared, Comparison};
use super::super::ending::Ending;
use super::super::finding::{Code, Finding};
use super::super::finish::{Clamp, CodeRule, Omitted};
use super::super::rounding::{NEAREST, Plain, ROUNDINGS, Rounding, To};
use super::super::words::{self, whole};

/// Sums up to here are asked whether two rules part at them, too.
const LAST_SUM: i64 = 4096;
/// So many of them are named.
const MOST_NAMED: usize = 6;

/// A code one beside the nearest, by another rule of rounding and the exact sum.
pub(super) fn find(comparison: &Comparison) -> Option<Finding> {
    let reason = comparison.reason?;
    let rule = reason.finish.code_rule()?;
    let is_rounded =
        matches!(rule.rounding, Rounding::Plain(Plain { to: To::Zero | To::Down, .. }));
    if rule.clamp != Clamp::Range || rule.omitted != Omitted::Nothing || is_rounded {
        return None;
    }
    let ending = comparison.matcher.ending;
    let is_off = |one: &Compared| {
        let codes = codes(ending, rule, one);
        one.made == Some(one.exact) && codes[0].abs_diff(codes[1]) == 1
    };
    let worst = comparison.worst(is_off)?;
    let cells = comparison.cells.iter().filter(|one| is_off(one)).map(|one| one.cell).collect();
    let [given, nearest] = codes(ending, rule, worst);
    let [of_given, of_nearest] =
        [given, nearest].map(|code| rounding_so(comparison, rule, worst, code));
    // The rule itself, where no library has it.
    let of_given = if of_given.is_empty() { vec![rule.rounding.who()] } else { of_given };
    let is_zero_point_first =
        matches!(rule.rounding, Rounding::Plain(Plain { zero_point_first: true, .. }));
    let zero_point = ending.output.as_ref().map_or(0, |output| output.zero_point);
    let [given, nearest] = [given, nearest].map(|code| i64::from(code) - i64::from(zero_point));
    let mut sentence = format!(
        "{}: the sum {} comes to {} output steps, of which {} {} {}",
        comparison.head(worst),
        whole(worst.exact),
        words::decimals(steps(ending, worst)),
        words::list(&of_given, "and"),
        if of_given.len() == 1 { "makes" } else { "make" },
        whole(given),
    );
    sentence += &match of_nearest.is_empty() {
        true => ".".to_string(),
        false => format!(", and {} {}.", words::list(&of_nearest, "and"), whole(nearest)),
    };
    sentence += &partings(ending, rule, worst);
    let code = if is_zero_point_first { Code::ZeroPointFirst } else { Code::Tie };
    Some(comparison.finding(code, sentence, cells))
}

/// The code by the rule and the nearest one.
fn codes(ending: &Ending, rule: CodeRule, one: &Compared) -> [i32; 2] {
    [rule.rounding, NEAREST]
        .map(|rounding| CodeRule { rounding, ..rule }.code(ending, one.exact, one.cell[1]))
}

/// Libraries whose rule gives a code, each once; where the operands are known those that take such
/// types, unless none does.
fn rounding_so(comparison: &Comparison, rule: CodeRule, one: &Compared, code: i32) -> Vec<String> {
    let ending = comparison.matcher.ending;
    let engines = comparison.rule().map(|(_, rule, _)| &rule.engines);
    let by = |is_asked: &dyn Fn(Rounding) -> bool| {
        let mut names = Vec::new();
        for &rounding in ROUNDINGS.iter().filter(|one| one.is_librarys() && is_asked(**one)) {
            let by = CodeRule { rounding, ..rule };
            let name = rounding.who();
            if by.code(ending, one.exact, one.cell[1]) == code && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let is_tables = |rounding: Rounding| matches!(rounding, Rounding::Table(_));
    let of_types = by(&|rounding| {
        rounding.engines().any(|engine| engines.is_none_or(|all| all.contains(&engine)))
    });
    if of_types.is_empty() { by(&is_tables) } else { of_types }
}

/// The result in output steps before it is rounded, without the zero point.
fn steps(ending: &Ending, one: &Compared) -> f64 {
    let output = one.cell[1];
    let Some(steps) = ending.steps(output) else { return 0.0 };
    let sum = one.exact.saturating_add(ending.integer_bias(output));
    let bias = ending.real_bias(output).map_or(0.0, |bias| bias / steps.scales[2]);
    sum as f64 * steps.multiplier() + bias
}

/// Other sums at which the rule parts from the nearest code.
fn partings(ending: &Ending, rule: CodeRule, one: &Compared) -> String {
    let differ = |sum: &i64| {
        let codes = codes(ending, rule, &Compared { exact: *sum, ..*one });
        *sum != one.exact && codes[0] != codes[1]
    };
    let sums: Vec<String> = (1..=LAST_SUM).filter(differ).take(MOST_NAMED).map(whole).collect();
    match sums.len() {
        0 | 1 => String::new(),
        _ => format!(" The first sums at which it differs: {}.", sums.join(", ")),
    }
}
