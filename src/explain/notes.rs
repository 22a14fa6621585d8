//! What should be known beside an answer: what is ambiguous, what was left out, who refuses it.

use super::code_type::CodeType;
use super::explanation::TriedReading;
use super::finding::{Code, Finding};
use super::limits::MOST_MATCHED;
use super::matcher::Matcher;
use super::operands::Operands;
use super::view::Reading;
use super::words;
use crate::arith::{Engine, Provenance, Weights};

/// Everything that should be known about operands and the reading that counts.
pub(super) fn of(
    operands: &Operands,
    matcher: &Matcher,
    tried: &[TriedReading],
    reading: Option<Reading>,
) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(layout(operands, matcher, tried, reading));
    notes.extend(types(operands));
    notes.extend(limited(operands));
    notes.extend(symmetric(operands));
    notes
}

/// Libraries that take symmetric weights only.
fn symmetric(operands: &Operands) -> Option<String> {
    let has = operands.zero_points[1].iter().any(|&one| one != 0);
    let of = |weights: Weights| {
        let is_one = |engine: &Engine| {
            engine.weights() == weights && engine.provenance() != Provenance::Theory
        };
        words::libraries(&Engine::ALL.iter().copied().filter(is_one).collect::<Vec<_>>())
    };
    // Some have other kernels for them.
    let any = of(Weights::Any);
    let names: Vec<&str> =
        of(Weights::Symmetric).into_iter().filter(|name| !any.contains(name)).collect();
    let take = if names.len() == 1 { "takes" } else { "take" };
    let said = || format!("{} {take} weights of zero point 0 only.", words::list(&names, "and"));
    (has && !names.is_empty()).then(said)
}

/// B may be read in two ways.
fn layout(
    operands: &Operands,
    matcher: &Matcher,
    tried: &[TriedReading],
    reading: Option<Reading>,
) -> Option<String> {
    let reading = reading?;
    let differ = |view: &usize| matcher.exact(*view).map(|set| &set.values);
    let plain = (0..matcher.views.len()).filter(|&at| matcher.views[at].reading.mistake.is_none());
    let mut exact: Vec<&Vec<i64>> = plain.filter_map(|at| differ(&at)).collect();
    exact.dedup();
    if operands.layouts.len() < 2 || exact.len() < 2 {
        return None;
    }
    let most = |is_own: bool| {
        let of = tried.iter().filter(|one| (one.reading.layout == reading.layout) == is_own);
        of.map(|one| one.explained).max().unwrap_or(0)
    };
    let (own, other) = (most(true), most(false));
    let told = match own > other {
        true => format!("What was seen fits its {} as outputs.", reading.layout.name()),
        false => format!(
            "What was seen does not tell which; here its {} are taken as outputs. Say which it is.",
            reading.layout.name()
        ),
    };
    let size = operands.b.rows;
    Some(format!(
        "B is {size} × {size}: its rows or its columns may be the outputs, and both were tried. {told}"
    ))
}

/// Values of more than one type.
fn types(operands: &Operands) -> Option<String> {
    let is_open = |side: usize| operands.types[side].len() > 1;
    let names = ["A", "B"];
    let open: Vec<&str> = (0..2).filter(|&side| is_open(side)).map(|side| names[side]).collect();
    (!open.is_empty()).then(|| {
        format!("The values of {} fit u8 and s8; both were tried.", words::list(&open, "and"))
    })
}

/// More outputs than are matched.
fn limited(operands: &Operands) -> Option<String> {
    let (rows, outputs) = (operands.rows, operands.outputs);
    (rows > MOST_MATCHED || outputs > MOST_MATCHED).then(|| {
        format!(
            "Of {rows} × {outputs} outputs the first {} × {} are matched.",
            rows.min(MOST_MATCHED),
            outputs.min(MOST_MATCHED)
        )
    })
}

/// Zero points that libraries refuse.
pub(super) fn refused(operands: &Operands) -> Option<Finding> {
    let [of_a, of_b] = &operands.zero_points;
    let mut said: Vec<String> = Vec::new();
    if of_a.len() > 1 {
        said.push("ONNX Runtime refuses a zero point for each row of A (issue 27897).".into());
    }
    if of_b.len() > 1 && operands.types[1] == [CodeType::U8] {
        said.push(
            "ONNX Runtime refuses u8 weights with a zero point for each output (issue 28447)."
                .into(),
        );
    }
    (!said.is_empty()).then(|| Finding {
        code: Code::Refused,
        sentence: said.join(" "),
        size: 0.0,
        cells: Vec::new(),
        seen: None,
        source: Code::Refused.source(),
    })
}

#[cfg(test)]
mod tests {
    use crate::explain::{Entry, ZeroPoints, explain};

    #[test]
    fn a_library_with_a_kernel_for_any_zero_point_takes_it() {
        let entry = Entry {
            a: vec![200.0, 1.0].into(),
            b: vec![3.0, 4.0].into(),
            zero_points: ZeroPoints { b: 1.0.into(), ..ZeroPoints::default() },
            ..Entry::default()
        };
        let notes = explain(&entry).expect("it fits").notes;
        let said = "TensorFlow Lite takes weights of zero point 0 only.";
        assert!(notes.iter().any(|note| note == said), "{notes:?}");
    }
}
