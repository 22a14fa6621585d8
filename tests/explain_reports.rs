//! Public reports, entered as their reporters would: what is told of each, and what is not.

use std::fs;
use std::path::Path;

use rampscope::explain::report::read_report;
use rampscope::explain::{Code, Entry, Explanation, explain};
use serde_json::{Value, json};

/// Every report, by its file.
fn reports() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    let mut all = Vec::new();
    for entry in fs::read_dir(&folder).expect("the folder is readable") {
        let path = entry.expect("the entry is readable").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = fs::read_to_string(&path).expect("the report is text");
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
            all.push((name, value));
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// What the text holds, with what a person says beside it.
fn entry(case: &Value) -> Entry {
    let read = case["text"].as_str().map(|text| read_report(text).entry).unwrap_or_default();
    let mut value = serde_json::to_value(&read).expect("an object");
    if let Some(said) = case["say"].as_object() {
        for (key, said) in said {
            match (value[key].as_object_mut(), said.as_object()) {
                (Some(known), Some(said)) => known.extend(said.clone()),
                _ => value[key] = said.clone(),
            }
        }
    }
    serde_json::from_value(value).expect("an entry")
}

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
    // Those that are not answered by their numbers say why.
    assert!(answered >= 18 && open.len() <= 4, "{answered} {open:?}");
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
