//! Files of weights: every file of `tests/layers` is read as expected, and none is a panic.

mod layers_support;

use layers_support::{Beside, bytes, entries, flatten, is_close, open_bytes, text};
use rampscope::tensor::{Digest, Named, Opened, ReadError, Tensor};
use serde_json::{Value, json};

/// What the audit says of files that were read: not the readers' matter.
const AUDITS: &[&str] = &["not_int8", "nonfinite", "not_a_matrix", "empty_tensor"];

/// The kind of error of a file, if nothing of it can be used. What is wrong with the constants of a
/// graph is found where they multiply.
fn word(opened: &Result<Opened, ReadError>) -> Option<&'static str> {
    match opened {
        Err(error) => Some(error.word()),
        Ok(opened) if opened.tensors.read.is_empty() => {
            let Opened { tensors, .. } = opened;
            let why = tensors.errors.iter().chain(&tensors.skipped).next().map(|named| &named.why);
            Some(why.map_or("nothing_to_audit", ReadError::word))
        }
        Ok(_) => None,
    }
}

/// A tensor as `expected.json` has it, as far as readers know it.
fn described(tensor: &Tensor) -> Value {
    let mut digest = Digest::new(tensor.stored, true);
    let walked = tensor.view.blocks(&mut |block| {
        digest.take(block);
        Ok(())
    });
    walked.unwrap_or_else(|error| panic!("{}: {error}", tensor.name));
    let (first, hash) = digest.finish();
    json!({
        "name": tensor.name,
        "shape": tensor.shape(),
        "dtype": tensor.dtype.name(),
        "hashed_as": tensor.stored.hashed_as().name(),
        "first": first,
        "sha256_values": hash,
    })
}

/// What is wrong with the tensors that were read.
fn differences(opened: &Opened, expected: &Value) -> Vec<String> {
    let mut found: Vec<Value> = opened.tensors.read.iter().map(described).collect();
    let mut wrong = Vec::new();
    for tensor in expected["tensors"].as_array().expect("tensors") {
        if matches!(text(tensor, "verdict"), "none" | "nbits" | "not_constant") {
            continue;
        }
        let Some(index) = found.iter().position(|one| one["name"] == tensor["name"]) else {
            wrong.push(format!("{} is missing", tensor["name"]));
            continue;
        };
        let one = found.remove(index);
        for (key, value) in one.as_object().expect("an object") {
            if !is_close(value, &tensor[key]) {
                wrong.push(format!("{} {key}: {value}, not {}", tensor["name"], tensor[key]));
            }
        }
    }
    let names = |named: &[Named]| named.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    let skipped = json!(names(&opened.tensors.skipped));
    if expected.get("skipped").is_some_and(|expected| *expected != skipped) {
        wrong.push(format!("skipped: {skipped}"));
    }
    wrong
}

/// What is wrong with an answer.
fn answer(opened: &Result<Opened, ReadError>, expected: &Value) -> Vec<String> {
    match (text(expected, "outcome"), opened) {
        ("error", opened) => {
            let expected = text(expected, "error");
            let found = word(opened);
            let is_graph = opened.as_ref().is_ok_and(|opened| opened.model.is_some());
            let is_right = found == Some(expected) || AUDITS.contains(&expected) || is_graph;
            if is_right { vec![] } else { vec![format!("{found:?}, not {expected}")] }
        }
        (_, Ok(opened)) => differences(opened, expected),
        (_, Err(error)) => vec![format!("{}: {error}", error.word())],
    }
}

#[test]
fn every_file_is_read_as_expected() {
    let (mut tried, mut failures) = (0, Vec::new());
    for entry in entries() {
        let name = text(&entry, "file");
        tried += 1;
        let opened = open_bytes(name, bytes(name), &Beside(vec![]));
        let opened = opened.map(|opened| flatten(opened, &entry));
        let also = entry["also"].as_array().cloned().unwrap_or_default();
        let wrong = answer(&opened, &entry);
        if !wrong.is_empty() && also.iter().all(|also| !answer(&opened, also).is_empty()) {
            failures.push(format!("{name}: {}", wrong.join("; ")));
        }
        let Some(together) = entry.get("expected_with_files") else { continue };
        let files = entry["detail"]["files"].as_array().expect("names of files");
        let files = files.iter().map(|file| file.as_str().expect("a name").to_string()).collect();
        let opened = open_bytes(name, bytes(name), &Beside(files)).expect("all files are there");
        let opened = flatten(opened, together);
        failures.extend(differences(&opened, together));
    }
    println!("{tried} files were read");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn members_that_share_bytes_are_refused() {
    let mut archive = bytes("npz_stored.npz");
    let entries = archive.windows(4).enumerate().filter(|(_, four)| four == b"PK\x01\x02");
    let second = entries.map(|(at, _)| at).nth(1).expect("two members");
    // The second one begins where the first does.
    archive[second + 42..second + 46].fill(0);
    let opened = open_bytes("w.npz", archive, &Beside(vec![]));
    assert_eq!(opened.expect_err("it is refused").word(), "corrupt_archive");
}
