//! [`read_report`]: what of a text is sure as an entry, and what is left for the person to say.

use serde::Serialize;

use super::super::code_type::CodeType;
use super::super::entry::{Bias, Entry, Layout, Operator, Seen};
use super::super::numbers::Numbers;
use super::blocks::floor;
use super::candidate::{Candidate, Role, Side};
use super::{names, operator, scan};
use crate::paste::MOST_BYTES;

/// What a text holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportText {
    /// Every list, matrix and named number, in order.
    pub candidates: Vec<Candidate>,
    /// What is sure, as an entry.
    pub entry: Entry,
    /// What the person has to say.
    pub open: Vec<Open>,
}

/// Something that a text leaves open.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Open {
    /// The question.
    pub sentence: String,
    /// The candidates that come into question, by their place in the list.
    pub candidates: Vec<usize>,
}

/// Reads a report: prints of NumPy and PyTorch, arrays of C, lists, and numbers that a word names.
///
/// A text longer than [`MOST_BYTES`] is read up to there.
pub fn read_report(text: &str) -> ReportText {
    let text = &text[..floor(text, text.len().min(MOST_BYTES))];
    let mut candidates = scan::candidates(text);
    let has_weights = candidates.iter().any(|one| one.role == Some(Role::Codes(Side::B)));
    let said = text.to_ascii_lowercase();
    let operator = operator::operator(&said, has_weights);
    if operator == Operator::Quantize {
        // There is one scale and one zero point, the output's.
        for one in &mut candidates {
            if let Some(Role::Scale(side) | Role::ZeroPoint(side)) = &mut one.role {
                *side = Some(Side::Output);
            }
        }
    }
    let answers = operator::answers(&said);
    let (mut entry, mut open) = (Entry { operator, answers, ..Entry::default() }, Vec::new());
    let of = |role: Role| -> Vec<usize> {
        let all = candidates.iter().enumerate();
        all.filter(|(_, one)| one.role == Some(role)).map(|(at, _)| at).collect()
    };
    let mut only = |what: &str, role: Role| -> Option<&Candidate> {
        match of(role).as_slice() {
            [] => None,
            [one] => candidates.get(*one),
            // The same numbers twice are one.
            several
                if several
                    .iter()
                    .all(|&at| candidates[at].numbers == candidates[several[0]].numbers) =>
            {
                candidates.get(several[0])
            }
            several => {
                let sentence = format!("Several may be {what}. Which is it?");
                open.push(Open { sentence, candidates: several.to_vec() });
                None
            }
        }
    };
    if let Some(a) = only("A", Role::Codes(Side::A)) {
        (entry.a, entry.types.a) = (a.numbers.clone(), a.code_type);
    }
    let rows = rows_of_b(&candidates);
    if let Some((rows, code_type)) = rows {
        (entry.b, entry.types.b, entry.layout) = (rows, code_type, Some(Layout::Rows));
    } else if let Some(b) = only("B", Role::Codes(Side::B)) {
        (entry.b, entry.types.b) = (b.numbers.clone(), b.code_type);
    }
    repeat_single(&mut entry);
    let zero_point = |side| Role::ZeroPoint(Some(side));
    let scale = |side| Role::Scale(Some(side));
    if let Some(one) = only("the zero point of A", zero_point(Side::A)) {
        entry.zero_points.a = one.numbers.clone();
    }
    if let Some(one) = only("the zero point of B", zero_point(Side::B)) {
        entry.zero_points.b = one.numbers.clone();
    }
    if let Some(one) = only("the zero point of the output", zero_point(Side::Output)) {
        #[expect(clippy::cast_possible_truncation, reason = "`as` saturates; it is checked later")]
        let value = one.numbers.iter().next().unwrap_or(0.0) as i32;
        entry.zero_points.output = value;
    }
    if let Some(one) = only("the scale of A", scale(Side::A)) {
        entry.scales.a = one.numbers.iter().next();
    }
    if let Some(one) = only("the scale of B", scale(Side::B)) {
        entry.scales.b = one.numbers.clone();
    }
    if let Some(one) = only("the scale of the output", scale(Side::Output)) {
        entry.scales.output = one.numbers.iter().next();
    }
    if entry.a.is_empty()
        && entry.b.is_empty()
        && let Some(one) = only("the sums", Role::Sums)
    {
        entry.sums = one.numbers.clone();
    }
    if let Some(one) = only("the bias", Role::Bias) {
        let is_whole = one.numbers.iter().all(|value| value.fract() == 0.0);
        // A whole real bias is rare, and a person sees what it was taken for.
        let numbers = one.numbers.clone();
        entry.bias = Some(if is_whole { Bias::Integer(numbers) } else { Bias::Real(numbers) });
    }
    for role in [Role::Seen, Role::Wanted] {
        for at in of(role) {
            let Candidate { numbers, name, .. } = &candidates[at];
            let known = entry.seen.iter().any(|seen| seen.values == *numbers);
            if !known && entry.seen.len() < super::super::limits::MOST_SEEN {
                let seen = Seen {
                    label: names::label(name).into(),
                    values: numbers.clone(),
                    ..Seen::default()
                };
                entry.seen.push(seen);
            }
        }
    }
    lay_out(&mut entry, said.contains("conv"));
    to_codes(&mut entry);
    let mut ask = |sentence: &str, is_asked: &dyn Fn(&Candidate) -> bool| {
        let all = candidates.iter().enumerate();
        let asked: Vec<usize> = all.filter(|(_, one)| is_asked(one)).map(|(at, _)| at).collect();
        if !asked.is_empty() {
            open.push(Open { sentence: sentence.into(), candidates: asked });
        }
    };
    ask("Whose zero point is it?", &|one| one.role == Some(Role::ZeroPoint(None)));
    ask("Whose scale is it?", &|one| one.role == Some(Role::Scale(None)));
    let is_list = |one: &Candidate| !matches!(one.numbers, Numbers::One(_));
    ask("No word names these numbers. What are they?", &|one| one.role.is_none() && is_list(one));
    ReportText { candidates, entry, open }
}

/// One number beside a row of the other operand stands for as many: `weights 127 each`.
fn repeat_single(entry: &mut Entry) {
    let repeated = |one: &Numbers, other: &Numbers| match (one, other) {
        (Numbers::One(one), Numbers::Row(other)) if !other.is_empty() => {
            Some(Numbers::Row(vec![*one; other.len()]))
        }
        _ => None,
    };
    if let Some(b) = repeated(&entry.b, &entry.a) {
        entry.b = b;
    } else if let Some(a) = repeated(&entry.a, &entry.b) {
        entry.a = a;
    }
}

/// A quantized tensor is printed as the real values of its codes: where each is a code's to a thousandth
/// of a step, codes are meant.
fn to_codes(entry: &mut Entry) {
    let Entry { a, b, scales, zero_points, operator, .. } = entry;
    let scale_of_b = scales.b.iter().next();
    let sides = [(a, scales.a, &zero_points.a), (b, scale_of_b, &zero_points.b)];
    if *operator != Operator::Product {
        return;
    }
    for (numbers, scale, zero_point) in sides {
        let Some(scale) = scale.filter(|scale| *scale > 0.0) else { continue };
        let zero_point = zero_point.iter().next().unwrap_or(0.0);
        let code = |value: f64| value / scale + zero_point;
        let is_code = |value: f64| (code(value) - code(value).round()).abs() < 1e-3;
        let is_whole = numbers.iter().all(|value| value.fract() == 0.0);
        if is_whole || !numbers.iter().all(is_code) {
            continue;
        }
        *numbers = numbers.map(|value| code(value).round());
    }
}

/// A window and a kernel of as many numbers, that are no operands of a product or are said to be a
/// convolution's, are a row each where one number was seen.
fn lay_out(entry: &mut Entry, is_convolution: bool) {
    let [a, b] = [&entry.a, &entry.b].map(Numbers::extent);
    let is_one = entry.seen.iter().all(|seen| seen.values.iter().count() == 1);
    let is_product = a[1] == b[0] || a[1] == b[1];
    let is_even = a[0] * a[1] == b[0] * b[1] && a[0].max(b[0]) > 1;
    if !is_one || !is_even || is_product && !is_convolution {
        return;
    }
    entry.kernel = Some(if b[0] > 1 { b } else { a });
    for one in [&mut entry.a, &mut entry.b] {
        *one = Numbers::Row(one.iter().collect());
    }
    entry.layout = None;
}

/// Weights of several outputs, each with a name of its own and as long as the others: `w0`, `w1`.
fn rows_of_b(candidates: &[Candidate]) -> Option<(Numbers, Option<CodeType>)> {
    let all: Vec<&Candidate> =
        candidates.iter().filter(|one| one.role == Some(Role::Codes(Side::B))).collect();
    let row = |one: &&Candidate| match &one.numbers {
        Numbers::Row(row) => Some(row.clone()),
        _ => None,
    };
    let rows: Vec<Vec<f64>> = all.iter().map(row).collect::<Option<_>>()?;
    let mut names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let is_each = names.len() == rows.len() && rows.len() > 1;
    let is_even = rows.iter().all(|row| row.len() == rows[0].len());
    (is_each && is_even).then(|| (Numbers::Matrix(rows), all[0].code_type))
}

#[cfg(test)]
mod tests {
    use super::super::MOST_CANDIDATES;
    use super::*;
    use crate::explain::{CodeType, explain};

    #[test]
    fn a_report_in_a_line_is_an_entry() {
        let read = read_report("x=[255,255] u8, w=[127,127] s8, observed 32767, wanted 64770");
        assert_eq!(read.open, []);
        assert_eq!(read.entry.types.a, Some(CodeType::U8));
        let labels: Vec<_> = read.entry.seen.iter().map(|seen| seen.label.as_str()).collect();
        assert_eq!(labels, ["observed", "wanted"]);
        let answer = explain(&read.entry).expect("it fits");
        assert!(answer.sentence.starts_with("observed: 32767 is the pair (0, 1)"));
    }

    #[test]
    fn hostile_texts_take_no_time() {
        let blank = " ".repeat(1 << 20);
        let far = format!("{}1", " \n".repeat(1 << 19));
        for text in [blank, far, "batch ".repeat(1 << 17), "batch size ".repeat(1 << 16)] {
            assert_eq!(read_report(&text).candidates, []);
        }
        for text in ["x scale 1 ".repeat(1 << 16), "0x".repeat(1 << 19), "1,000".repeat(1 << 17)] {
            assert!(read_report(&text).candidates.len() <= MOST_CANDIDATES);
        }
    }

    #[test]
    fn words_far_above_name_nothing() {
        let read =
            read_report("The result was 7, wrong.\nAnd then.\n\nSomething else:\n[[1, 2], [3, 4]]");
        let lists: Vec<_> = read.candidates.iter().filter(|one| one.line > 2).collect();
        assert_eq!(lists.len(), 1);
        assert_eq!(lists[0].role, None, "{lists:?}");
    }

    #[test]
    fn what_is_not_named_is_asked() {
        let read = read_report("[[1, 2], [3, 4]] times [[5, 6], [7, 8]], zero points 3 and 4");
        assert!(read.entry.a.is_empty() && read.entry.b.is_empty());
        let asked: Vec<_> = read.open.iter().map(|one| one.candidates.len()).collect();
        assert_eq!(asked, [1, 2], "{:?}", read.open);
        let twice = read_report("a = [1, 2]\na = [3, 4]");
        assert!(twice.entry.a.is_empty());
        assert_eq!(twice.open[0].candidates, [0, 1]);
    }
}
