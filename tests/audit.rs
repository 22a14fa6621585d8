//! What programs print of files: every file of `tests/layers` as `expected.json` has it, field by field.

#![cfg(not(target_arch = "wasm32"))]

mod layers_support;

use std::fs;
use std::rc::Rc;

use layers_support::{bytes, entries, is_close, path, text};
use rampscope::audit::{InputFile, Options, audit};
use rampscope::tensor::{Folder, Source};
use serde_json::{Value, json, to_value};

fn file(name: &str, bytes: Vec<u8>) -> InputFile {
    let source = Rc::new(bytes) as Rc<dyn Source>;
    InputFile { name: name.to_string(), folder: None, source, beside: None }
}

/// The report of a call, as JSON.
fn report(names: &[&str]) -> Vec<Value> {
    let files: Vec<InputFile> = names.iter().map(|name| file(name, bytes(name))).collect();
    let report = audit(&files, &Options::default());
    assert_eq!(report.files.len(), files.len());
    let Value::Array(all) = to_value(&report).expect("it is JSON") else {
        panic!("a report is a list");
    };
    all
}

/// Fields of a tensor that are compared where the entry has them.
const FIELDS: &[&str] = &[
    "node",
    "op",
    "activation",
    "name",
    "shape",
    "dtype",
    "hashed_as",
    "sha256_values",
    "first",
    "layout",
    "verdict",
    "audit",
    "audit_if_shifted_by_128",
    "audit_if_quantized",
    "bits",
    "N",
    "K",
    "block_size",
    "accuracy_level",
    "groups",
    "ort_avx2",
];

/// How a field differs from what is expected; numbers as the rules for them say.
fn differs(found: Option<&Value>, expected: &Value) -> bool {
    match (found, expected) {
        (Some(Value::Object(found)), Value::Object(expected)) => {
            expected.iter().any(|(key, value)| differs(found.get(key), value))
        }
        (Some(found), expected) => !is_close(found, expected),
        (None, _) => true,
    }
}

/// Names of tensors that count.
fn counted(value: &Value) -> Vec<&Value> {
    let tensors = value["tensors"].as_array().into_iter().flatten();
    tensors.filter(|tensor| tensor["verdict"] != "none").collect()
}

fn tensor_differences(found: &Value, expected: &Value) -> Vec<String> {
    let mut left = counted(found);
    let mut wrong = Vec::new();
    for wanted in counted(expected) {
        let Some(place) = left.iter().position(|one| one["name"] == wanted["name"]) else {
            wrong.push(format!("{} is missing", wanted["name"]));
            continue;
        };
        let one = left.remove(place);
        for key in FIELDS {
            let Some(value) = wanted.get(*key) else { continue };
            if differs(one.get(*key), value) {
                wrong.push(format!("{} {key}: {:?}, not {value}", wanted["name"], one.get(*key)));
            }
        }
        match (one.get("quant"), wanted.get("quant")) {
            (found, Some(value)) if differs(found, value) => {
                wrong.push(format!("{} quant: {found:?}, not {value}", wanted["name"]));
            }
            (Some(found), None) => wrong.push(format!("{} quant: {found}", wanted["name"])),
            _ => {}
        }
    }
    wrong.extend(left.iter().map(|one| format!("{} is not expected", one["name"])));
    wrong
}

/// How an answer differs from one that is right.
fn differences(found: &Value, expected: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let outcome = expected.get("outcome").and_then(Value::as_str).unwrap_or("read");
    if found["outcome"] != outcome {
        return vec![format!("{} {} {}", found["outcome"], found["error"], found["message"])];
    }
    for key in ["error", "verdict", "skipped", "tensor_errors", "activations", "detail"] {
        let Some(value) = expected.get(key) else { continue };
        if differs(found.get(key), value) {
            wrong.push(format!("{key}: {:?}, not {value}", found.get(key)));
        }
    }
    if outcome == "read" {
        wrong.extend(tensor_differences(found, expected));
    } else if !found["message"].as_str().is_some_and(|message| message.ends_with(['.', '?'])) {
        wrong.push(format!("the message is no sentence: {}", found["message"]));
    }
    for key in ["skipped", "tensor_errors"] {
        if expected.get(key).is_none() && found.get(key).is_some() {
            wrong.push(format!("{key} is not expected: {}", found[key]));
        }
    }
    wrong
}

#[test]
fn every_report_is_as_expected() {
    let mut failures = Vec::new();
    for entry in entries() {
        let name = text(&entry, "file");
        let found = &report(&[name])[0];
        assert_eq!(found["file"], name);
        let wrong = differences(found, &entry);
        let mut also = entry["also"].as_array().into_iter().flatten();
        if !wrong.is_empty() && also.all(|also| !differences(found, also).is_empty()) {
            failures.push(format!("{name}: {}", wrong.join("; ")));
        }
    }
    assert!(failures.is_empty(), "{} files:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn parts_are_found_in_the_call_and_in_the_folder() {
    let entries = entries();
    for name in ["onnx_external.onnx", "model.safetensors.index.json"] {
        let entry = entries.iter().find(|entry| entry["file"] == name).expect("it is there");
        let together = &entry["expected_with_files"];
        let parts: Vec<&str> = entry["detail"]["files"]
            .as_array()
            .expect("names")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        // In the same call, in any order.
        let call: Vec<&str> = parts.iter().copied().chain([name]).collect();
        let found = report(&call);
        let differences = tensor_differences(&found[parts.len()], together);
        assert!(differences.is_empty(), "{differences:?}");
        assert_eq!(found[parts.len()]["verdict"], together["verdict"]);
        for (part, name_of_part) in found.iter().zip(&parts) {
            assert_eq!(*part, json!({"file": name_of_part, "outcome": "part", "of": name}));
        }
        // Beside it on the disk.
        let path = path("files").join(name);
        let beside = Some(Rc::new(Folder::of(&path)) as Rc<_>);
        let one = InputFile { beside, ..file(name, bytes(name)) };
        let found = to_value(audit(&[one], &Options::default())).expect("it is JSON");
        assert_eq!(found[0]["verdict"], together["verdict"]);
        // One of several is missing.
        if let [first, missing] = parts[..] {
            let found = report(&[name, first]);
            assert_eq!(found[0]["detail"], json!({"files": [missing]}));
            assert_eq!(found[1]["outcome"], "read");
        }
    }
}

#[test]
fn the_examples_of_the_form_are_to_the_letter() {
    let found = report(&["npy_i32_not_codes.npy"]);
    let message = "The number 300 at row 2, column 3 (counted from 0) does not fit into int8.";
    let expected = json!([{
        "file": "npy_i32_not_codes.npy", "outcome": "error", "error": "not_int8",
        "message": message, "detail": {"value": 300, "at": [2, 3]},
    }]);
    assert_eq!(Value::Array(found), expected);
    let found = report(&["npy_v1_i8.npy"]);
    let expected = json!([{
        "file": "npy_v1_i8.npy", "outcome": "read", "verdict": "codes", "tensors": [{
            "name": "", "shape": [12, 16], "dtype": "int8", "first": [-40, 80, -9, -7, 11, -13],
            "sha256_values": "b375a4eb214991edcc4fc5212c48dfb7bd635f9d61d7d6e8058bf21674adfdf4",
            "hashed_as": "int8", "layout": "NK", "verdict": "codes",
            "audit": {
                "rows": 12, "inputs": 16, "pairs": 96, "unsafe_pairs": 6, "rows_hit": 4,
                "first_code": 193, "worst_row": 11, "worst_loss": 10583, "worst_share": 0.126_917_311,
                "worst_pair": 4, "most_pairs_in_a_row": 2, "minus128": 3, "wmin": -128, "wmax": 127,
            },
        }],
    }]);
    assert_eq!(Value::Array(found), expected);
    // Without hashes nothing else changes.
    let found = audit(
        &[file("npy_v1_i8.npy", bytes("npy_v1_i8.npy"))],
        &Options { is_hashed: false, ..Options::default() },
    );
    let found = to_value(found).expect("it is JSON");
    assert_eq!(found[0]["tensors"][0]["sha256_values"], Value::Null);
    assert_eq!(found[0]["tensors"][0]["audit"], expected[0]["tensors"][0]["audit"]);
}

#[test]
fn every_measured_file_has_a_verdict_that_agrees() {
    let measured = fs::read_to_string(path("ort_measured.json")).expect("it is there");
    let measured: Value = serde_json::from_str(&measured).expect("it is JSON");
    let mut differing = 0;
    for (name, runs) in measured["files"].as_object().expect("files") {
        let found = &report(&[name])[0];
        let can_differ = counted(found).iter().any(|tensor| {
            let audit = tensor["audit"]["unsafe_pairs"].as_u64().unwrap_or(0);
            let saturates =
                tensor["ort_avx2"].as_str().is_some_and(|said| said.starts_with("saturates"));
            saturates && (audit > 0 || tensor["verdict"] == "not_constant")
        });
        let differ = runs["optimised"]["differ"].as_u64().expect("a count");
        assert!(differ == 0 || can_differ, "{name}: {differ} outputs differ");
        differing += u32::from(differ > 0);
    }
    assert!(differing > 10, "only {differing} files differ");
}
