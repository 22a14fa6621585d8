//! A result in words: what gives it, or what it is not.

use super::apart;
use super::bits::Bits;
use super::choose;
use super::comparison::{Compared, Comparison, Reason};
use super::explanation::{Nearest, SeenExplanation};
use super::finding::{Code, Finding, sorted};
use super::findings;
use super::finish::{Clamp, Finish, Quantity, RealForm, SumForm};
use super::matched;
use super::matcher::{Matcher, SumSet};
use super::rounding::NEAREST;
use super::search::Found;
use super::seen::SeenValues;
use super::view::View;
use super::words;
use super::zero_points::ZeroPointRule;

/// What results are compared with: the right reading and its exact sums.
#[derive(Clone, Copy)]
pub(super) struct Right<'a> {
    /// What was tried.
    pub matcher: &'a Matcher<'a>,
    /// The right reading, and which view it is; `None` where sums were given.
    pub view: Option<(usize, &'a View)>,
    /// Its exact sums.
    pub exact: &'a SumSet,
}

/// A result, and what it shows.
pub(super) struct Told {
    /// The result.
    pub seen: SeenExplanation,
    /// What it shows.
    pub findings: Vec<Finding>,
    /// How far numbers are from what is expected, those that are.
    pub off: Vec<f64>,
}

/// Arithmetics that are named as what a number is not.
const MOST_NAMED: usize = 4;

impl Right<'_> {
    fn just_view(&self) -> Option<&View> {
        self.view.map(|(_, view)| view)
    }
}

/// A result in words.
pub(super) fn tell(right: Right, index: usize, values: &SeenValues, found: &Found) -> Told {
    let Right { matcher, exact, .. } = right;
    let view = right.view.map(|(_, view)| view);
    // What gives most of it says what kind of number it is.
    let guess = found.parts.first().copied().or(found.nearest);
    let compared = |reason: Option<Reason>| {
        Comparison::new(matcher, view, exact, (index, values), reason, guess)
    };
    let reason = choose::best(matcher, &found.whole, view);
    let whole = compared(reason);
    let own = findings::all(&whole);
    // No arithmetic knows the place in a tensor; what seems to explain a part of it is chance.
    let by_place = own.iter().find(|one| one.code == Code::VectorPosition).cloned();
    let parts = if by_place.is_some() { &[] } else { found.parts.as_slice() };
    let mut given = Bits::default();
    let mut causes: Vec<Finding> = Vec::new();
    for part in parts {
        let Some(reason) = choose::way(matcher, *part, view) else { continue };
        let mut one = compared(Some(reason));
        let fresh = part.given.without(given);
        let mut at = 0..;
        one.cells.retain(|_| at.next().is_some_and(|at| fresh.has(at)));
        given = given.or(part.given);
        causes.extend(findings::all(&one));
    }
    let findings = sorted(causes.iter().chain(&own).cloned().collect());
    let explained = match reason {
        Some(_) => values.count(),
        None => usize::try_from(given.count()).unwrap_or(0),
    };
    let sentence = match (reason, by_place) {
        (Some(_), _) => explained_sentence(&whole, &findings),
        (None, Some(by_place)) => by_place.sentence,
        (None, None) => open_sentence(right, &whole, &sorted(causes), (found, given)),
    };
    let cell = whole.cells.first().map_or([0, 0], |one| one.cell);
    let tell_apart = match (reason, right.just_view()) {
        (Some(reason), Some(view)) => {
            let others = matched::distinct(found);
            apart::sentence(matcher, view, reason, &others, cell)
        }
        _ => String::new(),
    };
    let columns = values.values.columns;
    let rows = |each: fn(&Compared) -> f64| -> Vec<Vec<f64>> {
        let all: Vec<f64> = whole.cells.iter().map(each).collect();
        all.chunks(columns).map(<[f64]>::to_vec).collect()
    };
    let is_off = |one: &Compared| !whole.expected.is(one.expected, one.seen);
    let differs: Vec<bool> = whole.cells.iter().map(is_off).collect();
    let seen = SeenExplanation {
        label: values.label.clone(),
        quantity: whole.quantity(),
        place: [whole.place.row, whole.place.output],
        is_turned: whole.place.is_turned,
        values: rows(|one| one.seen),
        expected: rows(|one| one.expected),
        differs: differs.chunks(columns).map(<[bool]>::to_vec).collect(),
        explained,
        matches: matched::matches(matcher, found),
        nearest: nearest(right, &whole, found),
        sentence,
        tell_apart,
    };
    let off = whole.differing().map(|one| one.seen - one.expected).collect();
    Told { seen, findings, off }
}

/// What gives every number.
fn explained_sentence(whole: &Comparison, findings: &[Finding]) -> String {
    let (count, off) = (whole.cells.len(), whole.differing().count());
    let cause = findings.iter().find(|one| one.code.is_cause());
    let prefix = match (count, off) {
        (1, _) | (_, 0) => String::new(),
        _ => format!("{off} of {} differ. ", words::counted(count, "number", "numbers")),
    };
    let is_unclamped = whole
        .reason
        .and_then(|reason| reason.finish.code_rule())
        .is_some_and(|rule| rule.clamp == Clamp::None);
    match (off, cause) {
        (_, Some(cause)) if is_unclamped && count == 1 => {
            let seen = whole.cells.first().map_or(0.0, |one| one.seen);
            format!("{} is the result before the clamp. {}", words::number(seen), cause.sentence)
        }
        (_, Some(cause)) => format!("{prefix}{}", cause.sentence),
        (0, None) => as_expected(whole),
        (_, None) => match whole.worst(|one| one.off() > 0.0) {
            Some(worst) => format!("{prefix}{}: {}.", whole.head(worst), form(whole)),
            // Real numbers that differ in the last bit.
            None => as_expected(whole),
        },
    }
}

/// The form that gives numbers for which there are no other words.
fn form(whole: &Comparison) -> String {
    let rounding = whole.reason.and_then(|reason| reason.finish.code_rule());
    match rounding {
        Some(rule) if rule.rounding != NEAREST => format!("so {} gives it", rule.rounding.who()),
        _ => "another form of the exact sum".into(),
    }
}

/// Numbers that are as expected.
fn as_expected(whole: &Comparison) -> String {
    // The real value of a code is another number than the sum times the scales.
    let code = whole.reason.and_then(|reason| match reason.finish {
        Finish::RealOfCode(rule) => Some(rule),
        _ => None,
    });
    if let Some(rule) = code {
        let clamp = if rule.clamp == Clamp::None { ", before it is clamped" } else { "" };
        return match whole.cells.as_slice() {
            [one] => format!(
                "{} is the exact result rounded to a code and taken back to a real number{clamp}.",
                words::number(one.seen)
            ),
            many => format!(
                "All {} numbers are the exact results rounded to codes and taken back to real numbers{clamp}.",
                many.len()
            ),
        };
    }
    let kind = match (whole.quantity(), whole.cells.len()) {
        (Quantity::Sum, 1) => "the exact result",
        (Quantity::Sum, _) => "the exact results",
        (Quantity::Code, 1) => "the code nearest to the exact result",
        (Quantity::Code, _) => "the codes nearest to the exact results",
        (Quantity::Real, 1) => "the exact sum times the scales",
        (Quantity::Real, _) => "the exact sums times the scales",
    };
    match whole.cells.as_slice() {
        [one] => format!("{} is {kind}.", words::number(one.seen)),
        many => format!("All {} numbers are {kind}.", many.len()),
    }
}

/// What is known of a result that nothing gives as a whole.
fn open_sentence(
    right: Right,
    whole: &Comparison,
    causes: &[Finding],
    (found, given): (&Found, Bits),
) -> String {
    let count = whole.cells.len();
    let open = whole.cells.iter().enumerate().find(|(at, _)| !given.has(*at));
    let mut said = Vec::new();
    if given != Bits::default() {
        let explained = given.count();
        said.push(match open {
            Some(_) => format!(
                "{explained} of {} are explained.",
                words::counted(count, "number", "numbers")
            ),
            None => format!(
                "No single arithmetic gives all {}, several together do.",
                words::counted(count, "number", "numbers")
            ),
        });
        said.extend(causes.iter().find(|one| one.code.is_cause()).map(|one| one.sentence.clone()));
    }
    if let Some((_, one)) = open {
        let cell = words::cell(whole.exact.shape, one.cell);
        let at = if cell.is_empty() || count == 1 { String::new() } else { format!(" at {cell}") };
        let seen = words::number(one.seen);
        let not: Vec<String> = others(right, whole, one)
            .into_iter()
            .map(|(name, value)| format!("not {name} ({})", words::number(value)))
            .collect();
        let not = match not.is_empty() {
            true => String::new(),
            false => format!(": {}", not.join(", ")),
        };
        said.push(format!("No arithmetic that was tried gives {seen}{at}{not}."));
        if let Some(near) = nearest(right, whole, found) {
            let most = if count == 1 { "" } else { " at most" };
            said.push(format!(
                "The nearest is {} with {}, {} away{most}.",
                near.words,
                words::number(near.value),
                words::number(near.distance)
            ));
        }
    }
    said.join(" ")
}

/// What the usual arithmetics give in the place of a number, in the form in which it is expected.
fn others(right: Right, whole: &Comparison, one: &Compared) -> Vec<(String, f64)> {
    let Right { matcher, view, exact } = right;
    let mut named = vec![("the exact result".to_string(), one.expected)];
    let Some((at, _)) = view else { return named };
    let [row, output] = one.cell;
    for (rule_at, rule) in matcher.rules[at].iter().enumerate() {
        let set = matcher.sets.iter().find(|set| {
            set.sources.iter().any(|source| {
                source.view == at
                    && source.rule == rule_at
                    && source.zero_points == ZeroPointRule::After
            })
        });
        let value = set.and_then(|set| set.values.get(row * exact.shape[1] + output));
        let Some(&sum) = value.filter(|_| rule.cost <= 1) else { continue };
        let value = whole.expected.apply(matcher.ending, sum, output);
        let is_new = named.iter().all(|(_, known)| *known != value);
        if is_new && named.len() < MOST_NAMED {
            named.push((matched::words(rule.summing), value));
        }
    }
    named
}

/// What comes nearest to a result that nothing gives.
fn nearest(right: Right, whole: &Comparison, found: &Found) -> Option<Nearest> {
    let Right { matcher, exact, .. } = right;
    let candidate = found.nearest.filter(|_| whole.reason.is_none())?;
    let set = matcher.sets.get(candidate.set)?;
    let finish = *matcher.finishes.get(candidate.finish)?;
    let distance = |one: &Compared| {
        let [row, output] = one.cell;
        let sum = set.values.get(row * exact.shape[1] + output).copied().unwrap_or(0);
        let value = finish.apply(matcher.ending, sum, output);
        (value, (value - one.seen).abs())
    };
    let farthest = whole.cells.iter().map(distance);
    let (value, distance) = farthest.max_by(|a, b| a.1.total_cmp(&b.1))?;
    let way = choose::way(matcher, candidate, right.just_view()).and_then(|way| way.source);
    let rule = way.and_then(|source| matcher.rules.get(source.view)?.get(source.rule));
    let sum = rule.map_or("the sum that was given".into(), |rule| matched::words(rule.summing));
    let form = match finish {
        Finish::Sum(SumForm::AsIs) | Finish::Real(RealForm::Separate) => String::new(),
        Finish::Code(rule) => format!(", as a code by {}", rule.rounding.who()),
        Finish::RealOfCode(rule) => {
            format!(", as the real value of a code by {}", rule.rounding.who())
        }
        Finish::Sum(SumForm::Float32) => " in float32".into(),
        Finish::Sum(_) | Finish::Real(_) => " in another form".into(),
    };
    Some(Nearest { words: sum + &form, value, distance })
}
