//! Reports as people write them: what the page's field reads of a text, and what it comes to. The browser
//! test pastes the same ones.

use rampscope::documents::TypedEntry;
use rampscope::explain::{Entry, Field, explain};
use serde_json::{Value, json};

const CASES: &str = include_str!("explain_texts/cases.json");

#[test]
fn a_text_is_answered_as_it_stands() {
    let cases: Vec<Value> = serde_json::from_str(CASES).expect("it is JSON");
    assert!(cases.len() > 35);
    let mut wrong = Vec::new();
    for case in &cases {
        let text = |key: &str| case[key].as_str().expect("a text");
        let name = text("name");
        let typed = TypedEntry::default().reported(text("text").into());
        let mut draft = typed.draft.clone();
        // What a person fills in beside it.
        for (key, value) in case["fields"].as_object().expect("an object") {
            let field = Field::all().find(|field| field.key() == key).expect("a field");
            draft = draft.with(field, value.as_str().expect("a text"));
        }
        let entry: Entry = draft.entry().unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let answer = explain(&entry).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        if !answer.sentence.contains(text("says")) || json!(answer.verdict.is) != case["verdict"] {
            wrong.push(format!("{name}: {:?} {}", answer.verdict.is, answer.sentence));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
