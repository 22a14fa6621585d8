//! Operators that go element by element: no products are added, and rules of rounding are all that can
//! differ. What they share: rules, each with the codes that it gives, held against what was seen.

use super::code_type::CodeType;
use super::entry::Entry;
use super::explanation::{Exact, Explanation, Nearest, SeenExplanation, joined};
use super::fault::{EntryFault, Operand};
use super::finding::{Code, Finding, sorted};
use super::finish::Quantity;
use super::matched::Match;
use super::numbers::Grid;
use super::questions::{Answers, HowLarge, Kind, OneCpu};
use super::seen::{Place, SeenValues};
use super::verdict::verdict;
use super::words;
use super::zero_points::ZeroPointRule;

/// Codes that are named where nothing was seen.
const MOST_NAMED: usize = 8;
/// The most rows, and the most elements of each, that are matched.
pub(super) const MOST_ELEMENTS: [usize; 2] = [16, 256];

/// A rule, with what it gives.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// A stable key.
    pub key: &'static str,
    /// Who computes so, as the subject of a sentence.
    pub who: &'static str,
    /// What they do to what is rounded, as its verb.
    pub does: &'static str,
    /// What it is where it gives other codes than the exact value; `None` for that.
    pub code: Option<Code>,
    /// How far it is from what is expected first.
    pub cost: u8,
    /// The codes, element by element.
    pub codes: Vec<i32>,
    /// What is rounded, element by element: in output steps.
    pub steps: Vec<f64>,
}

/// Elements and the rules for them, the exact value's first.
pub(super) struct Elements {
    /// Rows and columns that are matched.
    pub shape: [usize; 2],
    /// At least one.
    pub rules: Vec<Rule>,
    /// How each element is written in a sentence.
    pub written: Vec<String>,
    /// Other elements, and the code of each rule for them.
    pub probes: Vec<(String, Vec<i32>)>,
    /// What there is to say beside the answer.
    pub notes: Vec<String>,
}

/// The answer about elements.
pub(super) fn answer(entry: &Entry, elements: &Elements) -> Result<Explanation, EntryFault> {
    let whole = entry.a.shape(Operand::A)?;
    let seen = SeenValues::check(&entry.seen, whole, MOST_ELEMENTS)?;
    let mut findings = Vec::new();
    let mut results = Vec::new();
    let mut off = Vec::new();
    for (index, values) in seen.iter().enumerate() {
        let (result, found) = tell(elements, index, values);
        let cells = result.values.iter().flatten().zip(result.expected.iter().flatten());
        off.extend(cells.map(|(seen, expected)| seen - expected));
        results.push(result);
        findings.extend(found);
    }
    off.retain(|off| *off != 0.0);
    let findings = sorted(findings);
    let how_large = match off.is_empty() {
        true => None,
        false if off.iter().all(|off| off.abs() == 1.0) => Some(HowLarge::One),
        false => Some(HowLarge::Other),
    };
    let has_place = findings.iter().any(|one| one.code == Code::VectorPosition);
    let following = Answers {
        how_large,
        kind: Some(Kind::Elementwise),
        one_cpu: has_place.then_some(OneCpu::PlaceInTensor),
        ..Answers::default()
    };
    let answers = entry.answers.or(following);
    let [rows, columns] = elements.shape;
    let codes = Grid { rows, columns, values: elements.rules[0].codes.clone() };
    let verdict = verdict(answers, &findings);
    let sentence = match results.is_empty() {
        true => nearest_codes(&elements.rules[0].codes),
        false => joined(&results),
    };
    Ok(Explanation {
        sentence,
        readings: Vec::new(),
        reading: None,
        exact: Exact { sums: Vec::new(), codes: Some(codes.nested()) },
        seen: results,
        findings,
        notes: elements.notes.iter().cloned().chain(limited(whole, elements.shape)).collect(),
        answers,
        open: answers.open().collect(),
        verdict,
    })
}

/// That there are more elements than are matched.
fn limited(whole: [usize; 2], matched: [usize; 2]) -> Option<String> {
    let [[rows, columns], [first, of_each]] = [whole, matched];
    (whole != matched).then(|| {
        format!("Of {rows} × {columns} elements the first {first} × {of_each} are matched.")
    })
}

/// The answer where nothing was seen.
fn nearest_codes(codes: &[i32]) -> String {
    let first: Vec<String> =
        codes.iter().take(MOST_NAMED).map(|&code| words::whole(code.into())).collect();
    let more = if codes.len() > MOST_NAMED { ", …" } else { "" };
    format!(
        "The codes nearest to the exact values are {}{more}. Enter those that were seen.",
        first.join(", ")
    )
}

/// The type of the output: the one that was given, else the one that its zero point and codes allow.
pub(super) fn output_type(entry: &Entry) -> CodeType {
    let has_negative = entry.seen.iter().any(|seen| seen.values.iter().any(|code| code < 0.0));
    let is_signed = entry.zero_points.output < 0 || has_negative;
    let inferred = if is_signed { CodeType::S8 } else { CodeType::U8 };
    entry.types.output.unwrap_or(inferred)
}

/// The codes that a type's range allows.
pub(super) fn clamped(output: CodeType, code: i64) -> i32 {
    let range = output.range();
    let code = code.clamp(range.qmin.into(), range.qmax.into());
    // Within 8 bits.
    i32::try_from(code).unwrap_or(range.qmax)
}

impl Elements {
    /// The element of a row and column.
    fn at(&self, [row, column]: [usize; 2]) -> Option<usize> {
        let [rows, columns] = self.shape;
        (row < rows && column < columns).then_some(row * columns + column)
    }

    /// The elements of a result at a place, with what was seen.
    fn elements(&self, values: &SeenValues, place: Place) -> Vec<(usize, f64)> {
        let cells = values.cells();
        let all = cells.filter_map(|(row, column, value)| {
            self.at(place.cell(row, column)).map(|at| (at, value))
        });
        all.collect()
    }

    /// How many elements a rule gives, and how far the farthest is.
    fn fit(&self, rule: &Rule, elements: &[(usize, f64)]) -> (usize, f64) {
        elements.iter().fold((0, 0.0_f64), |(given, far), (at, value)| {
            let off = (f64::from(rule.codes[*at]) - value).abs();
            (given + usize::from(off == 0.0), far.max(off))
        })
    }
}

fn tell(elements: &Elements, index: usize, values: &SeenValues) -> (SeenExplanation, Vec<Finding>) {
    // The place where most is given by the best rule.
    let best_of = |place: Place| {
        let here = elements.elements(values, place);
        let fits = elements.rules.iter().enumerate().map(|(at, rule)| {
            let (given, far) = elements.fit(rule, &here);
            (given, std::cmp::Reverse(rule.cost), std::cmp::Reverse(at), far)
        });
        fits.max_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)))
    };
    // Of a square the corner that is matched need not lie within itself the other way round.
    let is_within = |place: &Place| elements.elements(values, *place).len() == values.count();
    let place = values.places.iter().copied().filter(is_within).rev().max_by(|a, b| {
        let given = |place: &Place| best_of(*place).map_or(0, |(given, ..)| given);
        given(a).cmp(&given(b))
    });
    let place = place.unwrap_or(values.places[0]);
    let here = elements.elements(values, place);
    let whole: Vec<&Rule> =
        elements.rules.iter().filter(|rule| elements.fit(rule, &here).0 == here.len()).collect();
    let told = whole.iter().copied().min_by_key(|rule| rule.cost);
    let exact = &elements.rules[0];
    let off: Vec<(usize, f64)> =
        here.iter().copied().filter(|(at, value)| f64::from(exact.codes[*at]) != *value).collect();
    let mut findings = Vec::new();
    let sentence = match (told, off.first()) {
        (_, None) => match here.as_slice() {
            [(_, one)] => {
                format!("{} is the code nearest to the exact value.", words::number(*one))
            }
            many => format!("All {} codes are nearest to the exact values.", many.len()),
        },
        (Some(rule), Some(_)) => {
            let finding = of_rule(elements, rule, &off, index);
            let sentence = finding.sentence.clone();
            findings.push(finding);
            sentence
        }
        (None, Some((at, value))) => {
            let by_place = of_places(elements, &here, index);
            let sentence = by_place.as_ref().map(|finding| finding.sentence.clone());
            findings.extend(by_place);
            sentence.unwrap_or_else(|| {
                format!(
                    "No rule that was tried gives {} for {}: not the exact value ({}).",
                    words::number(*value),
                    elements.written[*at],
                    words::whole(exact.codes[*at].into())
                )
            })
        }
    };
    let columns = values.values.columns;
    let expected: Vec<f64> = here.iter().map(|(at, _)| exact.codes[*at].into()).collect();
    let differs: Vec<bool> =
        here.iter().map(|(at, value)| f64::from(exact.codes[*at]) != *value).collect();
    let nearest = told.is_none().then(|| {
        let far = |rule: &&Rule| elements.fit(rule, &here).1;
        let near = elements.rules.iter().min_by(|a, b| far(a).total_cmp(&far(b)));
        near.map(|rule| {
            let farthest = here.iter().max_by(|a, b| {
                let off = |(at, value): &(usize, f64)| (f64::from(rule.codes[*at]) - value).abs();
                off(a).total_cmp(&off(b))
            });
            let value = farthest.map_or(0.0, |(at, _)| rule.codes[*at].into());
            Nearest { words: rule.who.into(), value, distance: far(&rule) }
        })
    });
    let result = SeenExplanation {
        label: values.label.clone(),
        quantity: Quantity::Code,
        place: [place.row, place.output],
        is_turned: place.is_turned,
        values: values.values.nested(),
        expected: expected.chunks(columns).map(<[f64]>::to_vec).collect(),
        differs: differs.chunks(columns).map(<[bool]>::to_vec).collect(),
        explained: if told.is_some() { here.len() } else { 0 },
        matches: matches(&whole),
        nearest: nearest.flatten(),
        sentence,
        tell_apart: tell_apart(elements, &whole),
    };
    (result, findings)
}

/// Every rule that gives a result.
fn matches(whole: &[&Rule]) -> Vec<Match> {
    let mut all: Vec<&Rule> = whole.to_vec();
    all.sort_by_key(|rule| rule.cost);
    let made = all.into_iter().map(|rule| Match {
        reading: None,
        sum: "values".into(),
        words: rule.who.into(),
        zero_points: ZeroPointRule::After,
        quantity: Quantity::Code,
        forms: vec![rule.key.into()],
        engines: Vec::new(),
        provenance: None,
        cost: rule.cost,
    });
    made.collect()
}

/// That a rule gives other codes than the exact values.
fn of_rule(elements: &Elements, rule: &Rule, off: &[(usize, f64)], index: usize) -> Finding {
    let exact = &elements.rules[0];
    let (at, value) = off.iter().copied().fold(off[0], |worst, one| {
        let far = |(at, value): (usize, f64)| (value - f64::from(exact.codes[at])).abs();
        if far(one) > far(worst) { one } else { worst }
    });
    let code = rule.code.unwrap_or(Code::Tie);
    let sentence = format!(
        "{} in place of {}: for {} {} {} {}, and the exact value is {}.",
        words::number(value),
        words::whole(exact.codes[at].into()),
        elements.written[at],
        rule.who,
        rule.does,
        words::decimals(rule.steps[at]),
        words::decimals(exact.steps[at])
    );
    let [_, columns] = elements.shape;
    let cells = off.iter().map(|(at, _)| [at / columns, at % columns]).collect();
    let size = (value - f64::from(exact.codes[at])).abs();
    Finding { code, sentence, size, cells, seen: Some(index), source: code.source() }
}

/// That two rules give equal elements at two places.
fn of_places(elements: &Elements, here: &[(usize, f64)], index: usize) -> Option<Finding> {
    let (first, value) = *here.first()?;
    let written = &elements.written[first];
    let (other, another) =
        *here.iter().find(|(at, seen)| *seen != value && elements.written[*at] == *written)?;
    let gives = |at: usize, value: f64| {
        // Rather somebody's rule than the exact value.
        let all = elements.rules.iter().skip(1).chain(elements.rules.first());
        all.into_iter().find(|rule| f64::from(rule.codes[at]) == value)
    };
    let (one, two) = (gives(first, value)?, gives(other, another)?);
    let code = Code::VectorPosition;
    let sentence = format!(
        "Elements {first} and {other} are equal, and {} and {} were seen: {} {} {}, {} {} {}. The place in a vector decides, not the CPU, and nothing saturates.",
        words::number(value),
        words::number(another),
        one.who,
        one.does,
        words::decimals(one.steps[first]),
        two.who,
        two.does,
        words::decimals(two.steps[other])
    );
    let [_, columns] = elements.shape;
    let is_other = |(_, seen): &&(usize, f64)| *seen != value;
    let cells = here.iter().filter(is_other).map(|(at, _)| [at / columns, at % columns]).collect();
    let size = (value - another).abs();
    Some(Finding { code, sentence, size, cells, seen: Some(index), source: code.source() })
}

/// What would tell the rules apart that give the same codes; empty where the exact value gives them, or
/// one rule only.
fn tell_apart(elements: &Elements, whole: &[&Rule]) -> String {
    let mut all: Vec<&Rule> = whole.to_vec();
    all.sort_by_key(|rule| rule.cost);
    let [first, rest @ ..] = all.as_slice() else { return String::new() };
    if first.key == elements.rules[0].key {
        return String::new();
    }
    let place = |rule: &Rule| elements.rules.iter().position(|one| one.key == rule.key);
    for other in rest {
        let Some((one, two)) = place(first).zip(place(other)) else { continue };
        let differ = |(_, codes): &&(String, Vec<i32>)| codes[one] != codes[two];
        if let Some((probe, codes)) = elements.probes.iter().find(differ) {
            return format!(
                "{} gives the same here. To tell them apart take {probe}: {} gives {} then, {} {}.",
                words::capital(other.who),
                first.who,
                words::whole(codes[one].into()),
                other.who,
                words::whole(codes[two].into())
            );
        }
    }
    match rest.is_empty() {
        true => String::new(),
        false => {
            let others: Vec<&str> = rest.iter().map(|rule| rule.who).collect();
            let list = words::capital(&words::list(&others, "and"));
            let gives = if others.len() == 1 { "gives" } else { "give" };
            format!("{list} {gives} the same here.")
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::explain::questions::HowLarge;
    use crate::explain::{Entry, Operator, Scales, Seen, explain};

    /// Codes of 0 to 5, and a result of them.
    fn quantized(seen: Vec<Vec<f64>>) -> crate::explain::Explanation {
        let entry = Entry {
            operator: Operator::Quantize,
            a: vec![vec![0.0, 1.0, 2.0], vec![3.0, 4.0, 5.0]].into(),
            scales: Scales { output: Some(1.0), ..Scales::default() },
            seen: vec![Seen { values: seen.into(), ..Seen::default() }],
            ..Entry::default()
        };
        explain(&entry).expect("it fits")
    }

    #[test]
    fn a_result_the_other_way_round_is_measured_at_its_elements() {
        let answer = quantized(vec![vec![0.0, 3.0], vec![1.0, 4.0], vec![2.0, 6.0]]);
        assert!(answer.seen[0].is_turned);
        assert_eq!(answer.seen[0].differs, [[false, false], [false, false], [false, true]]);
        assert_eq!(answer.answers.how_large, Some(HowLarge::One));
        let answer = quantized(vec![vec![0.0, 3.0], vec![1.0, 4.0], vec![2.0, 5.0]]);
        assert_eq!(answer.answers.how_large, None);
    }

    #[test]
    fn of_a_square_that_is_too_large_the_first_rows_are_matched() {
        let side = || (0..20).map(f64::from);
        let square: Vec<Vec<f64>> =
            side().map(|row| side().map(|one| row + one).collect()).collect();
        let entry = Entry {
            operator: Operator::Quantize,
            a: square.clone().into(),
            scales: Scales { output: Some(1.0), ..Scales::default() },
            seen: vec![Seen { values: square.into(), ..Seen::default() }],
            ..Entry::default()
        };
        let answer = explain(&entry).expect("it fits");
        assert_eq!([answer.seen[0].values.len(), answer.seen[0].expected.len()], [16, 16]);
        assert_eq!(answer.seen[0].explained, 320);
        assert_eq!(answer.notes, ["Of 20 × 20 elements the first 16 × 20 are matched."]);
    }
}
