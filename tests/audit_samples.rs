//! What happens for samples: the counts against the definition, and the reference's twelve.

mod layers_support;
mod properties;

use std::fs;
use std::rc::Rc;

use layers_support::{bytes, json, path, text};
use properties::holds;
use proptest::collection::vec;
use proptest::prelude::*;
use rampscope::arith::QParams;
use rampscope::audit::{InputFile, Options, SampleCounts, audit};
use rampscope::tensor::Source;
use serde_json::{Value, json, to_value};

fn file(name: &str, bytes: Vec<u8>) -> InputFile {
    let source = Rc::new(bytes) as Rc<dyn Source>;
    InputFile { name: name.to_string(), folder: None, source, beside: None }
}

/// By the definition, in 64 bits.
fn by_definition(weights: &[i8], codes: &[u8], inputs: usize, zero_point: i32) -> SampleCounts {
    let mut counts = SampleCounts::default();
    let outputs = weights.len() / inputs;
    let mut is_changed = vec![false; outputs];
    for x in codes.chunks(inputs) {
        let (mut exact, mut saturated) = (Vec::new(), Vec::new());
        for (output, w) in weights.chunks(inputs).enumerate() {
            let products: Vec<i64> =
                x.iter().zip(w).map(|(&x, &w)| i64::from(x) * i64::from(w)).collect();
            let pairs: Vec<i64> = products.chunks(2).map(|pair| pair.iter().sum()).collect();
            let kept: Vec<i64> = pairs.iter().map(|sum| (*sum).clamp(-32768, 32767)).collect();
            let clamps = pairs.iter().zip(&kept).filter(|(one, two)| one != two).count() as u64;
            let (all, left): (i64, i64) = (pairs.iter().sum(), kept.iter().sum());
            counts.pair_clamps += clamps;
            counts.outputs_with_clamps += u64::from(clamps > 0);
            counts.outputs_changed += u64::from(all != left);
            counts.largest_error = counts.largest_error.max((left - all).unsigned_abs());
            counts.error_sum += left - all;
            is_changed[output] |= all != left;
            let offset = i64::from(zero_point) * w.iter().map(|&w| i64::from(w)).sum::<i64>();
            exact.push(all - offset);
            saturated.push(left - offset);
        }
        counts.samples += 1;
        counts.outputs += outputs as u64;
        let flips =
            exact.iter().zip(&saturated).filter(|(a, b)| **a > 0 && **b < 0 || **a < 0 && **b > 0);
        counts.sign_flips += flips.count() as u64;
        let winner = |sums: &[i64]| {
            let most = sums.iter().max();
            sums.iter().position(|sum| Some(sum) == most)
        };
        counts.winner_changes += u64::from(winner(&exact) != winner(&saturated));
        let order = |sums: &[i64]| {
            let mut places: Vec<usize> = (0..sums.len()).collect();
            places.sort_by(|&a, &b| sums[b].cmp(&sums[a]).then(a.cmp(&b)));
            places
        };
        counts.order_changes += u64::from(order(&exact) != order(&saturated));
    }
    counts.rows_changed = is_changed.iter().filter(|changed| **changed).count() as u64;
    counts
}

#[test]
fn counts_are_their_definition() {
    // Large codes and weights, so that much clamps, and ties are common.
    let weight = prop_oneof![any::<i8>(), Just(127_i8), Just(-128), Just(0)];
    let code = prop_oneof![any::<u8>(), Just(255_u8), Just(0)];
    let layers = (1_usize..6, 1_usize..20, 1_usize..9).prop_flat_map(move |(n, k, b)| {
        (vec(weight.clone(), n * k), vec(code.clone(), b * k), Just(k), 0_i32..256)
    });
    holds(1000, layers, |(weights, codes, inputs, zero_point)| {
        let found = SampleCounts::of(&weights, &codes, inputs, zero_point).expect("it fits");
        prop_assert_eq!(found, by_definition(&weights, &codes, inputs, zero_point));
        Ok(())
    });
    assert!(SampleCounts::of(&[1; 6], &[1; 4], 3, 0).is_err());
    assert!(SampleCounts::of(&[1; 6], &[1; 4], 0, 0).is_err());
}

/// More samples and outputs than are summed at once.
#[test]
fn counts_of_many_samples_are_their_definition() {
    let noise = |count: u64, seed: u64| {
        let mixed = (0..count).map(move |k| (k + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        mixed.map(|mixed| {
            (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9).to_le_bytes()[7]
        })
    };
    let weights: Vec<i8> = noise(200 * 6, 0).map(u8::cast_signed).collect();
    let codes: Vec<u8> = noise(2100 * 6, 1 << 40).collect();
    let found = SampleCounts::of(&weights, &codes, 6, 128).expect("it fits");
    assert_eq!(found, by_definition(&weights, &codes, 6, 128));
    assert!(found.order_changes > 0 && found.sign_flips > 0 && found.winner_changes > 0);
}

fn sample(name: &str) -> InputFile {
    let bytes = fs::read(path("samples").join(name)).expect("it is there");
    file(name, bytes)
}

/// The report of one file with samples.
fn report(name: &str, samples: Vec<InputFile>, input: Option<QParams>) -> Value {
    let options = Options { samples, input, ..Options::default() };
    let report = audit(&[file(name, bytes(name))], &options);
    to_value(report).expect("it is JSON")[0].take()
}

#[test]
fn the_references_counts_are_found() {
    let expected = json("expected_audit.json")["samples"].take();
    let expected = expected.as_array().expect("counts");
    assert_eq!(expected.len(), 12);
    for wanted in expected {
        let zero_point =
            i32::try_from(wanted["zero_point"].as_i64().expect("a number")).expect("it fits");
        let given = QParams { scale: 1.0, zero_point };
        let found =
            report(text(wanted, "file"), vec![sample(text(wanted, "samples_file"))], Some(given));
        let counts = &found["tensors"][0]["samples"][0];
        for key in [
            "zero_point",
            "samples",
            "pair_clamps",
            "outputs_changed",
            "outputs",
            "outputs_with_clamps",
            "rows_changed",
            "largest_error",
            "error_sum",
            "sign_flips",
            "winner_changes",
            "order_changes",
        ] {
            assert_eq!(counts[key], wanted[key], "{key} of {wanted}");
        }
    }
}

/// A .npy of these values.
fn npy(name: &str, descr: &str, shape: &str, values: &[u8]) -> InputFile {
    let header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}\n");
    let length = u16::try_from(header.len()).expect("it is short").to_le_bytes();
    file(name, [b"\x93NUMPY\x01\x00", &length[..], header.as_bytes(), values].concat())
}

#[test]
fn real_samples_become_codes_as_the_model_says() {
    // The graph has QuantizeLinear with scale 0.03 and zero point 120.
    let name = "onnx_qdq_transposed.onnx";
    let codes = sample("onnx_qdq_transposed__extreme.npy");
    let with_codes = report(name, vec![codes], None);
    let with_codes = &with_codes["tensors"][0]["samples"][0];
    assert_eq!(with_codes["zero_point"], 120);
    let raw = fs::read(path("samples/onnx_qdq_transposed__extreme.npy")).expect("it is there");
    let floats: Vec<u8> = raw[128..]
        .iter()
        .flat_map(|&code| ((f32::from(code) - 120.0) * 0.03).to_le_bytes())
        .collect();
    let found = report(name, vec![npy("real.npy", "<f4", "(64, 24)", &floats)], None);
    let found = &found["tensors"][0]["samples"][0];
    assert_eq!(found["scale"], json!(0.03_f32));
    for key in ["zero_point", "pair_clamps", "error_sum", "order_changes"] {
        assert_eq!(found[key], with_codes[key], "{key}");
    }
    // Nothing is known of these: the samples' own range is taken, as ONNX Runtime does for a batch.
    let dynamic =
        report("onnx_matmulinteger.onnx", vec![npy("r.npy", "<f4", "(64, 24)", &floats)], None);
    let samples = &dynamic["tensors"][0]["samples"][0];
    assert_eq!((&samples["samples"], samples["scale"].is_number()), (&json!(64), true));
    // Of 16 inputs, the second layer, there are none.
    assert_eq!(dynamic["tensors"][1].get("samples"), None);
}

#[test]
fn signed_codes_are_shifted() {
    let raw = fs::read(path("samples/npy_v1_i8__extreme.npy")).expect("it is there");
    let signed: Vec<u8> = raw[128..].iter().map(|code| code ^ 0x80).collect();
    let given = |zero_point| Some(QParams { scale: 1.0, zero_point });
    let one = report("npy_v1_i8.npy", vec![sample("npy_v1_i8__extreme.npy")], given(120));
    let two =
        report("npy_v1_i8.npy", vec![npy("signed.npy", "|i1", "(64, 16)", &signed)], given(-8));
    let counts = |report: &Value| {
        let mut counts = report["tensors"][0]["samples"][0].clone();
        counts["file"] = Value::Null;
        counts
    };
    assert_eq!(counts(&one), counts(&two));
}

#[test]
fn samples_that_fit_nothing_are_named() {
    let message = |samples: InputFile| {
        let found = report("npy_v1_i8.npy", vec![samples], None);
        assert_eq!(found["outcome"], "read");
        (
            found["message"].as_str().unwrap_or("").to_string(),
            found["tensors"][0]["samples"].clone(),
        )
    };
    let (said, _) = message(npy("narrow.npy", "|u1", "(2, 3)", &[1; 6]));
    assert!(said.contains("narrow.npy") && said.contains("fit no layer"), "{said}");
    let (said, _) = message(file("nothing.npy", vec![]));
    assert!(said.contains("nothing.npy") && said.contains("empty"), "{said}");
    let (said, samples) = message(npy("wide.npy", "<i2", "(1, 16)", &[1; 32]));
    assert_eq!(said, "");
    assert!(
        samples[0]["message"].as_str().is_some_and(|message| message.contains("257")),
        "{samples}"
    );
    let (_, samples) = message(npy("nan.npy", "<f4", "(1, 16)", &[0xff; 64]));
    assert!(
        samples[0]["message"].as_str().is_some_and(|message| message.contains("NaN")),
        "{samples}"
    );
}
