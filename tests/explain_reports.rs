//! Public reports, entered as their reporters would: what is told of each, and what is not.

mod explain_entries;

use explain_entries::{entry, reports};
use rampscope::explain::{Code, Explanation, explain};
use serde_json::{Value, json};

fn codes(answer: &Explanation, is_seen: bool) -> Vec<&'static str> {
    let all = answer.findings.iter().filter(|one| one.seen.is_some() == is_seen);
    all.map(|one| one.code.key()).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list").iter().map(|one| one.as_str().expect("a text")).collect()
}

#[test]
fn every_report_is_answered_in_words_and_none_wrongly() {
    let reports = reports();
    assert_eq!(reports.len(), 22);
    let (mut answered, mut open) = (0, Vec::new());
    for (name, report) in &reports {
        let cases = report["cases"].as_array().expect("cases");
        assert!(!cases.is_empty());
        for (at, case) in cases.iter().enumerate() {
            let answer =
                explain(&entry(case)).unwrap_or_else(|fault| panic!("{name} {at}: {fault}"));
            let told = || format!("{name} {at}: {answer:#?}");
            assert_eq!(codes(&answer, true), texts(&case["codes"]), "{}", told());
            assert_eq!(codes(&answer, false), texts(&case["can"]), "{}", told());
            for phrase in texts(&case["says"]) {
                let said = [&answer.sentence, answer.verdict.sentence];
                assert!(said.iter().any(|said| said.contains(phrase)), "{phrase}\n{}", told());
            }
            assert_eq!(json!(answer.verdict.is), case["verdict"], "{}", told());
            // Everything that was seen is explained.
            for seen in &answer.seen {
                let count: usize = seen.values.iter().map(Vec::len).sum();
                let is_by_place =
                    answer.findings.iter().any(|one| one.code == Code::VectorPosition);
                assert!(seen.explained == count || is_by_place, "{}", told());
            }
        }
        match report["cannot"].as_str() {
            None => answered += 1,
            Some(why) => open.push((name, why)),
        }
    }
    // Those that numbers do not answer as a whole say why.
    assert_eq!((answered, open.len()), (20, 2), "{open:?}");
}

#[test]
fn what_is_written_of_a_report_can_be_read_again() {
    for (name, report) in reports() {
        for case in report["cases"].as_array().expect("cases") {
            let answer = explain(&entry(case)).expect("it fits");
            let written = serde_json::to_value(&answer).unwrap_or_else(|e| panic!("{name}: {e}"));
            for key in ["sentence", "readings", "exact", "seen", "findings", "notes", "verdict"] {
                assert!(!written[key].is_null(), "{name}: {key}");
            }
            for finding in written["findings"].as_array().expect("a list") {
                let code = finding["code"].as_str().expect("a text");
                assert!(Code::from_key(code).is_some(), "{name}: {code}");
            }
        }
    }
}

/// `cargo test --test explain_reports -- --ignored --nocapture` prints what is told of every report.
#[test]
#[ignore = "it prints"]
fn all_that_is_told() {
    for (name, report) in reports() {
        for case in report["cases"].as_array().expect("cases") {
            let answer = explain(&entry(case)).expect("it fits");
            let codes = [codes(&answer, true), codes(&answer, false)];
            println!("{name} {codes:?}\n  {}\n  {}", answer.sentence, answer.verdict.sentence);
            for note in answer.notes {
                println!("  note: {note}");
            }
        }
    }
}
