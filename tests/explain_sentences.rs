//! Every number in every sentence of an explanation is computed again, by arithmetic of the test's own.
//! A sentence that fits no template here fails: it has to be given one, with its check.

mod explain_entries;
mod explain_more;
mod explain_support;
mod explain_templates;

use explain_support::Draw;
use explain_templates::Told;
use rampscope::explain::{Entry, Numbers, Seen, explain};

/// Entries of one kind.
const CASES: usize = 25;

/// An entry and what becomes of it when it is told otherwise: without a layout, without types, with a
/// wrong number among the right ones, with nothing seen.
fn variants(entry: &Entry, draw: &mut Draw) -> Vec<Entry> {
    let mut all = vec![entry.clone()];
    all.push(Entry { layout: None, ..entry.clone() });
    let mut untyped = entry.clone();
    (untyped.types.a, untyped.types.b) = (None, None);
    all.push(untyped);
    let mut wrong = entry.clone();
    for seen in &mut wrong.seen {
        let by = draw.within(-3000, 3000) as f64;
        match &mut seen.values {
            Numbers::One(value) => *value += by,
            Numbers::Row(row) => row[0] += by,
            Numbers::Matrix(rows) => rows[0][0] += by,
        }
    }
    all.push(wrong);
    // A power of two off.
    let mut off = entry.clone();
    for seen in &mut off.seen {
        if let Numbers::Row(row) = &mut seen.values {
            row.iter_mut().for_each(|value| *value += 256.0 * 3.0);
        }
    }
    all.push(off);
    all.push(Entry { seen: Vec::new(), ..entry.clone() });
    all
}

#[test]
fn every_number_in_every_sentence_is_true() {
    let mut told = Told::default();
    let makers = explain_support::MAKERS.map(|(code, maker)| (code.key(), maker));
    for (name, maker) in makers.into_iter().chain(explain_more::MAKERS) {
        let mut draw = Draw(77);
        let mut count = 0;
        for _ in 0..20_000 {
            let Some(entry) = maker(&mut draw) else { continue };
            for entry in variants(&entry, &mut draw) {
                // Not all of them fit together any more.
                if let Ok(answer) = explain(&entry) {
                    told.check(name, &entry, &answer);
                }
            }
            count += 1;
            if count == CASES {
                break;
            }
        }
        assert_eq!(count, CASES, "{name}");
    }
    for (name, report) in explain_entries::reports() {
        for case in report["cases"].as_array().expect("cases") {
            let entry = explain_entries::entry(case);
            let answer = explain(&entry).expect("it fits");
            // Answers alone are a verdict, without a number.
            if !answer.exact.sums.is_empty() || answer.exact.codes.is_some() {
                told.check(&name, &entry, &answer);
            }
        }
    }
    println!("{told:?}");
    // The walk has met what it is for.
    assert!(told.sentences > 3000 && told.numbers > 10_000, "{told:?}");
    assert!(told.unmet().is_empty(), "no sentence was of the form {:?}", told.unmet());
}

#[test]
fn labels_and_places_are_those_that_were_given() {
    let entry = Entry {
        a: vec![vec![255.0, 255.0], vec![1.0, 2.0]].into(),
        b: vec![vec![127.0, 127.0], vec![1.0, -1.0], vec![0.0, 5.0]].into(),
        seen: vec![Seen {
            label: " machine 2 ".into(),
            values: 32_767.0.into(),
            row: Some(0),
            output: Some(0),
        }],
        ..Entry::default()
    };
    let answer = explain(&entry).expect("it fits");
    assert_eq!(answer.seen[0].label, "machine 2");
    assert!(answer.sentence.starts_with("machine 2: Row 0, output 0 is 32767 in place of 64770"));
    assert_eq!(answer.seen[0].expected, [[64_770.0]]);
    assert_eq!(answer.seen[0].differs, [[true]]);
    assert_eq!(answer.exact.sums, [[64_770, 0, 1275], [381, -1, 10]]);
}
