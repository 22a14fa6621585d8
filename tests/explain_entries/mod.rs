//! The public reports of `tests/reports`, as entries.

use std::fs;
use std::path::Path;

use rampscope::explain::Entry;
use rampscope::explain::report::read_report;
use serde_json::Value;

/// Every report, by its file.
pub fn reports() -> Vec<(String, Value)> {
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
pub fn entry(case: &Value) -> Entry {
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
