//! The audit in the browser: every tensor of `tests/layers/expected_audit.json`, read and audited in WebAssembly
//! with its vectors, is what the reference says; natively the same.

use std::rc::Rc;

use rampscope::arith::QParams;
use rampscope::audit::{InputFile, Options, audit, json};
use rampscope::kernel::pair_lanes::{LANES, PairLanes, STEPS};
use rampscope::kernel::pair_scan;
use rampscope::tensor::Source;
use serde_json::Value;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Names with their bytes: a browser has no folder.
macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_bytes!(concat!("layers/", $folder, "/", $name)).as_slice())),*]
    };
}

const FILES: &[(&str, &[u8])] = files!["files":
    "npy_v1_i8.npy"
    "npy_v1_i8_fortran.npy"
    "npy_i64_codes.npy"
    "npy_bool.npy"
    "npy_1d.npy"
    "npy_conv_4d.npy"
    "npy_python2_header.npy"
    "npy_header_spaces.npy"
    "npy_header_long.npy"
    "npy_trailing_bytes.npy"
    "npz_stored.npz"
    "npz_deflated.npz"
    "npz_mixed.npz"
    "npz_no_suffix.npz"
    "st_all_types.safetensors"
    "pt_bf16_f16.pt"
    "pt_quantized_tensors.pt"
    "pt_quantized_mlp.pt"
    "pt_quantized_mlp_per_tensor.pt"
    "pt_quantized_conv.pt"
    "pt_dynamic_mlp.pt"
    "onnx_matmulinteger.onnx"
    "onnx_matmulinteger_per_channel.onnx"
    "onnx_matmulinteger_reduce_range.onnx"
    "onnx_convinteger.onnx"
    "onnx_qoperator_matmul.onnx"
    "onnx_qoperator_gemm.onnx"
    "onnx_qoperator_gemm_per_channel.onnx"
    "onnx_qoperator_conv.onnx"
    "onnx_qoperator_conv_per_channel.onnx"
    "onnx_qdq_mlp_u8s8.onnx"
    "onnx_qdq_conv_u8s8.onnx"
    "onnx_qdq_mlp_u8s8_per_channel.onnx"
    "onnx_qdq_conv_u8s8_per_channel.onnx"
    "onnx_qdq_mlp_s8s8.onnx"
    "onnx_qdq_conv_s8s8.onnx"
    "onnx_dynamicquantizematmul.onnx"
    "onnx_matmulintegertofloat.onnx"
    "onnx_int32_data.onnx"
    "onnx_s8s8.onnx"
    "onnx_constant_node.onnx"
    "onnx_shared.onnx"
    "onnx_batched.onnx"
    "onnx_if.onnx"
    "onnx_loop.onnx"
    "onnx_stored_cast_mul.onnx"
    "onnx_stored_dequantize.onnx"
    "onnx_qdq_transposed.onnx"
    "onnx_lstm.onnx"
    "onnx_qlinearconv_depthwise.onnx"
    "onnx_qlinearconv_grouped.onnx"
    "onnx_named.bin"
    "npy_named.txt"
    "text_codes.json"
    "text_codes.csv"
    "text_codes_semicolon.csv"
    "text_codes_header.csv"
    "text_codes.tsv"
    "text_printed_int8.txt"
    "text_printed_int_repr.txt"
    "text_printed_numpy.txt"
    "text_printed_quantized.txt"
    "onnx_qoperator_s8s8.onnx"
    "onnx_qoperator_conv_s8s8.onnx"
    "onnx_qlinearconv_depthwise_x2.onnx"
];
const SAMPLES: &[(&str, &[u8])] = files!["samples":
    "npy_v1_i8__normal.npy"
    "npy_v1_i8__extreme.npy"
    "npy_v1_i8__reduced.npy"
    "onnx_int32_data__normal.npy"
    "onnx_int32_data__extreme.npy"
    "onnx_int32_data__reduced.npy"
    "onnx_qdq_transposed__normal.npy"
    "onnx_qdq_transposed__extreme.npy"
    "onnx_qdq_transposed__reduced.npy"
    "npy_conv_4d__normal.npy"
    "npy_conv_4d__extreme.npy"
    "npy_conv_4d__reduced.npy"
];
const EXPECTED: &str = include_str!("layers/expected_audit.json");

fn input(files: &[(&str, &'static [u8])], name: &str) -> InputFile {
    let found = files.iter().find(|(own, _)| *own == name);
    let (_, bytes) = found.unwrap_or_else(|| panic!("{name} is not listed"));
    let source = Rc::new(bytes.to_vec()) as Rc<dyn Source>;
    InputFile { name: name.to_string(), folder: None, source, beside: None }
}

/// The tensors of a file, audited with samples if there are any.
fn tensors(name: &str, samples: Vec<InputFile>, params: Option<QParams>) -> Vec<Value> {
    let options = Options { samples, input: params, ..Options::default() };
    let report = json(&audit(&[input(FILES, name)], &options));
    let mut report: Value = serde_json::from_str(&report).expect("it is JSON");
    match report[0]["tensors"].take() {
        Value::Array(tensors) => tensors,
        _ => panic!("{name}: {report}"),
    }
}

/// Whether all numbers of what is expected are those of what was found.
fn holds(name: &str, found: &Value, expected: &Value, but: &[&str]) {
    let expected = expected.as_object().expect("an object");
    for (key, value) in expected.iter().filter(|(key, _)| !but.contains(&key.as_str())) {
        assert_eq!(&found[key], value, "{name} {key}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_tensor_is_what_the_reference_says() {
    let expected: Value = serde_json::from_str(EXPECTED).expect("it is JSON");
    let expected = expected["fixtures"].as_object().expect("an object");
    let mut held = 0;
    for (name, _) in FILES {
        let tensors = tensors(name, Vec::new(), None);
        for (key, wanted) in expected {
            let parts: Vec<&str> = key.split('|').collect();
            let &[file, node, tensor] = parts.as_slice() else { panic!("{key}") };
            if file != *name {
                continue;
            }
            let is_it =
                |one: &&Value| one["name"] == tensor && (node.is_empty() || one["node"] == node);
            let found = tensors.iter().find(is_it).unwrap_or_else(|| panic!("{key} is missing"));
            holds(key, &found["audit"], wanted, &["verdict"]);
            assert_eq!(found["verdict"], wanted["verdict"], "{key}");
            held += 1;
        }
    }
    assert_eq!(held, expected.len());
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn samples_are_what_the_reference_says() {
    let expected: Value = serde_json::from_str(EXPECTED).expect("it is JSON");
    let all = expected["samples"].as_array().expect("a list");
    assert_eq!(all.len(), 12);
    for wanted in all {
        let (file, samples) = (&wanted["file"], &wanted["samples_file"]);
        let [file, samples] = [file, samples].map(|name| name.as_str().expect("a name"));
        let given = input(SAMPLES, samples);
        let point = wanted["zero_point"].as_i64().expect("a code");
        let params = QParams { scale: 1.0, zero_point: i32::try_from(point).expect("it is small") };
        let tensors = tensors(file, vec![given], Some(params));
        let found = tensors.iter().find(|one| one["name"] == wanted["tensor"]);
        let found = &found.unwrap_or_else(|| panic!("{file}"))["samples"][0];
        holds(
            samples,
            found,
            wanted,
            &["file", "tensor", "layout", "samples_file", "inputs", "zero_point"],
        );
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn vectors_are_the_plain_arrays() {
    let mut state = 1_u32;
    let mut byte = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // The ends of the range are as frequent as all else.
        match state >> 28 {
            0..4 => 0x7f,
            4..8 => 0x80,
            _ => state.to_be_bytes()[1],
        }
    };
    for steps in [0, 1, 2, 3, 64, STEPS] {
        for _ in 0..20 {
            let pairs: Vec<[u8; 2 * LANES]> =
                (0..steps).map(|_| std::array::from_fn(|_| byte())).collect();
            assert_eq!(pair_scan::of_pairs(&pairs), PairLanes::of_pairs(&pairs));
            let mut line = || std::array::from_fn(|_| std::array::from_fn(|_| byte()));
            let lines: Vec<[[u8; LANES]; 3]> = (0..2 * steps).map(|_| line()).collect();
            for group in 0..3 {
                let own = pair_scan::of_columns(&lines, group);
                assert_eq!(own, PairLanes::of_columns(&lines, group));
            }
        }
    }
    for weight in [0x80, 0x7f] {
        let all = [[weight; 2 * LANES]; STEPS];
        assert_eq!(pair_scan::of_pairs(&all), PairLanes::of_pairs(&all));
    }
}
