//! What was explained, opened in the Lab: the layer there gives the numbers that were seen.

mod explain_entries;

use explain_entries::{entry, reports};
use rampscope::documents::InLab;
use rampscope::explain::{CodeType, Entry, Explanation, Numbers, Quantity, Seen, Types, explain};
use rampscope::state::{Change, Deriver, State, View, link};

/// A layer's numbers beside those of the answer.
fn hold(name: &str, entry: &Entry, answer: &Explanation) -> Option<InLab> {
    let lab = InLab::of(entry, answer, &State::default())?;
    let state = &lab.state;
    assert_eq!(state.page.view, View::Lab);
    let derived = Deriver::default().derive(state);
    assert_eq!(derived.unavailable, None, "{name}");
    let cursor = &derived.cursor;
    let output = state.picture.output;
    let reading = answer.readings[answer.reading.expect("a product has one")].reading;
    // Every code is what was entered.
    let mut worst = (0.0, None);
    for seen in &answer.seen {
        for (row, (values, expected)) in seen.values.iter().zip(&seen.expected).enumerate() {
            for (column, (value, expected)) in values.iter().zip(expected).enumerate() {
                if (value - expected).abs() > worst.0 {
                    let at = if seen.is_turned { column } else { row };
                    worst = ((value - expected).abs(), Some((seen, *value, seen.place[0] + at)));
                }
            }
        }
    }
    let row = worst.1.map_or(0, |(_, _, row)| row);
    let codes: Vec<f64> = match &entry.a {
        Numbers::One(one) => vec![*one],
        Numbers::Row(row) => row.clone(),
        Numbers::Matrix(rows) => rows[row].clone(),
    };
    let shift = if reading.types[0] == CodeType::S8 { 128.0 } else { 0.0 };
    let shown: Vec<f64> = cursor.codes.iter().map(|code| f64::from(*code) - shift).collect();
    assert_eq!(shown, codes, "{name}");
    // Its exact sum is the answer's.
    let bias: f64 = cursor.trace.bias.unwrap_or(0.0);
    let exact = f64::from(cursor.exact.acc);
    let sum = answer.exact.sums[row][output] as f64;
    assert!((exact + bias - sum).abs() < 1.0 || entry.bias.is_some(), "{name}: {exact} {sum}");
    // What the engine gives is what was seen.
    if let (_, Some((seen, value, _))) = worst
        && seen.matches.iter().any(|one| one.engines.contains(&state.arithmetic.engine.key()))
    {
        match seen.quantity {
            Quantity::Sum => assert_eq!(f64::from(cursor.trace.acc) + bias, value, "{name}"),
            Quantity::Code => {
                let is_signed = derived.layer.output.zero_point != entry.zero_points.output;
                let code = cursor.trace.code.expect("an output code");
                assert_eq!(f64::from(code) - if is_signed { 128.0 } else { 0.0 }, value, "{name}");
            }
            Quantity::Real => assert_eq!(f64::from(cursor.trace.real), value, "{name}"),
        }
    }
    // It is a link.
    let opened = rampscope::state::reduce(&State::default(), &Change::Open(link::write(state)));
    assert_eq!(&opened.state, state, "{name}");
    Some(lab)
}

#[test]
fn a_report_that_fits_is_a_layer_that_gives_its_numbers() {
    let mut held = Vec::new();
    for (name, report) in reports() {
        for case in report["cases"].as_array().expect("cases") {
            let entry = entry(case);
            let answer = explain(&entry).expect("it fits");
            held.extend(hold(&name, &entry, &answer).map(|lab| (name.clone(), lab.part)));
        }
    }
    let of = |name: &str| {
        let found = held.iter().find(|(held, _)| held == name);
        found.map(|(_, part)| part.as_str())
    };
    assert_eq!(of("onednn-518"), Some(""));
    assert_eq!(of("onnxruntime-7524"), Some("row 1, of 3 rows"));
    assert_eq!(of("onednn-476"), Some("row 3, of 4 rows"));
    assert_eq!(of("pytorch-56331"), Some(""));
    // No product, or too long.
    assert_eq!([of("onnxruntime-25512"), of("onednn-3435"), of("pytorch-139464")], [None; 3]);
}

#[test]
fn what_the_lab_cannot_hold_is_no_layer() {
    let of = |inputs: usize, outputs: usize| {
        let entry = Entry {
            a: vec![200.0; inputs].into(),
            b: vec![vec![100.0; inputs]; outputs].into(),
            types: Types { a: Some(CodeType::U8), b: Some(CodeType::S8), output: None },
            seen: vec![Seen { values: 32_767.0.into(), ..Seen::default() }],
            ..Entry::default()
        };
        let answer = explain(&entry).expect("it fits");
        hold("made", &entry, &answer).map(|lab| lab.part)
    };
    assert_eq!(of(64, 16).as_deref(), Some(""));
    assert_eq!(of(2, 17).as_deref(), Some("the first 16 of 17 outputs"));
    assert_eq!(of(65, 1), None);
}
