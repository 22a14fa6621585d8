//! A recording that is damaged, or lacks a field or has one too many, is refused.

#[expect(dead_code, reason = "nothing is printed here")]
mod golden_files;
mod golden_support;

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use golden_files::{
    CONV, DYNAMIC, EDGE, LINEAR, ONEDNN, ORT, ORT_ARM, ORT_Q, PRESETS, RNG, TFLITE, THREAD, TIES,
    recording,
};
use golden_support::{ReplayError, decode, replay, verdict};
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// What replaying a changed recording says.
fn complaint(gzipped: &'static [u8], change: impl FnOnce(&mut Value)) -> String {
    let mut recording = recording(gzipped);
    change(&mut recording);
    let error = replay(&recording).expect_err("the change is seen");
    error.to_string()
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn rename(value: &mut Value, from: &str, to: &str) {
    let fields = value.as_object_mut().expect("an object");
    let moved = fields.remove(from).expect("it is there");
    fields.insert(to.to_string(), moved);
}

fn remove(value: &mut Value, key: &str) {
    value.as_object_mut().expect("an object").remove(key).expect("it is there");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn damaged_files_are_refused() {
    for cut in [0, 1, 9, 20, THREAD.len() / 2, THREAD.len() - 9, THREAD.len() - 1] {
        assert!(decode(&THREAD[..cut]).is_err(), "cut at {cut}");
    }
    assert!(matches!(decode(&PRESETS[..2000]), Err(ReplayError::Gzip(_))));
    assert!(matches!(decode(b"{\"set\": \"edge\"}"), Err(ReplayError::Gzip(_))));
    let mut damaged = PRESETS.to_vec();
    damaged[1000] ^= 1;
    assert!(decode(&damaged).is_err());
    let mut trailing = PRESETS.to_vec();
    trailing.extend(b"more");
    assert!(decode(&trailing).is_err());
    assert!(matches!(decode(&gzip(b"{\"set\": ")), Err(ReplayError::Json(_))));
    assert!(matches!(decode(&gzip(b"")), Err(ReplayError::Json(_))));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn missing_renamed_and_extra_engines_are_refused() {
    let missing = |key: &str| format!("cases[3].out_u8: {key:?} is missing");
    let unknown = |key: &str| format!("cases[3].out_u8: {key:?} is not in the schema");
    let of = |recording: &mut Value, change: &dyn Fn(&mut Value)| {
        change(&mut recording["cases"][3]["out_u8"]);
    };
    assert_eq!(
        complaint(LINEAR, |all| of(all, &|engines| remove(engines, "qnnpack"))),
        missing("qnnpack")
    );
    assert_eq!(
        complaint(LINEAR, |all| of(all, &|engines| rename(engines, "qnnpack", "xnnpack"))),
        unknown("xnnpack")
    );
    assert_eq!(
        complaint(LINEAR, |all| of(all, &|engines| engines["fbgemm_neon"] = json!([]))),
        unknown("fbgemm_neon")
    );
    for (set, list, engines, key) in [
        (THREAD, "cases", "probe_out_u8", "fbgemm_vnni"),
        (THREAD, "cases", "calib_out_u8", "fbgemm_avx2"),
        (EDGE, "linear", "out_u8", "fbgemm_avx2"),
        (TFLITE, "cases", "out_i8", "rt214_opt"),
        (PRESETS, "presets", "out_u8", "fbgemm_avx512"),
        (CONV, "cases", "out_u8", "qnnpack"),
        (ONEDNN, "cases", "out", "avx512_core"),
        (ONEDNN, "cases", "impl", "avx2_vnni"),
        (ORT_Q, "cases", "out", "vnni"),
        (ORT_ARM, "cases", "out", "neon"),
        (DYNAMIC, "cases", "out", "fbgemm_vnni"),
    ] {
        let error = complaint(set, |all| remove(&mut all[list][0][engines], key));
        assert_eq!(error, format!("{list}[0].{engines}: {key:?} is missing"));
    }
    let error = complaint(ORT, |all| remove(&mut all["cases"][0], "acc_vnni"));
    assert_eq!(error, "cases[0]: \"acc_vnni\" is missing");
    for (set, case, engines, key) in [
        (CONV, 1, "out_u8", "fbgemm_neon"),
        (CONV, 204, "out_u8_215", "x86"),
        (ONEDNN, 0, "out", "amx"),
        (ONEDNN, 2, "out_215", "avx512"),
        (ONEDNN, 2, "impl_215", "amx"),
        (ORT_Q, 0, "out", "neon"),
        (ORT_ARM, 0, "out", "avx2"),
        (DYNAMIC, 0, "out", "x86"),
    ] {
        let error = complaint(set, |all| all["cases"][case][engines][key] = json!([]));
        assert_eq!(error, format!("cases[{case}].{engines}: {key:?} is not in the schema"));
    }
    let error = complaint(ORT_Q, |all| remove(&mut all["cases"][153]["out"]["avx2"], "to_float"));
    assert_eq!(error, "cases[153].out.avx2: \"to_float\" is missing");
    let error = complaint(ONEDNN, |all| all["cases"][169]["impl"]["avx2"] = json!("winograd:any"));
    assert_eq!(error, "cases[169].impl.avx2: no kernel is known as \"winograd:any\"");
}

/// Values of a later version, or of a limited CPU, that are not recorded are those of the older one,
/// or of the other CPU: without theirs, these differ.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn missing_differences_are_mismatches() {
    for (set, case, engines, key) in [
        (CONV, 1, "out_u8", Some("fbgemm_avx2env")),
        (CONV, 204, "out_u8_215", Some("fbgemm_vnni")),
        (CONV, 209, "out_u8_215", None),
        (ONEDNN, 91, "out_215", Some("vnni")),
        (ONEDNN, 185, "out_215", None),
    ] {
        let mut recording = recording(set);
        let mut case = recording["cases"][case].take();
        match key {
            Some(key) => remove(&mut case[engines], key),
            None => remove(&mut case, engines),
        }
        recording["cases"] = json!([case]);
        let lines = replay(&recording).expect("it still follows the schema");
        assert!(matches!(verdict(&lines), Err(ReplayError::Mismatch { .. })), "{engines} {key:?}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn missing_and_extra_fields_are_refused() {
    let error = complaint(THREAD, |all| remove(&mut all["cases"][0], "calib_in_max"));
    assert_eq!(error, "cases[0]: \"calib_in_max\" is missing");
    let error = complaint(THREAD, |all| all["cases"][0]["calib_in_mean"] = json!(0.5));
    assert_eq!(error, "cases[0]: \"calib_in_mean\" is not in the schema");
    let error = complaint(EDGE, |all| all["dequantize"] = json!([]));
    assert_eq!(error, "file: \"dequantize\" is not in the schema");
    let error = complaint(EDGE, |all| remove(all, "observer"));
    assert_eq!(error, "file: \"observer\" is missing");
    let error = complaint(RNG, |all| all["seqs"][0]["calls"][0]["call"][0] = json!("rand64"));
    assert_eq!(error, "seqs[0].calls[0].call: \"rand64\" of [700]");
    for (set, case, field) in [
        (CONV, 0, "out_dims"),
        (CONV, 0, "dil"),
        (ONEDNN, 0, "impl"),
        (ONEDNN, 0, "in_scale"),
        (ONEDNN, 120, "layout"),
        (ONEDNN, 169, "impl_215"),
        (ORT_Q, 0, "y_zp"),
        (ORT_Q, 153, "a_scale"),
        (ORT_Q, 322, "K"),
        (ORT_ARM, 1, "a_zp"),
        (DYNAMIC, 0, "reduce_range"),
    ] {
        let error = complaint(set, |all| remove(&mut all["cases"][case], field));
        assert_eq!(error, format!("cases[{case}]: {field:?} is missing"));
        let error = complaint(set, |all| rename(&mut all["cases"][case], field, "other"));
        assert_eq!(error, format!("cases[{case}]: \"other\" is not in the schema"));
    }
    let error = complaint(ONEDNN, |all| all["cases"][0]["x_lcg"] = json!(5));
    assert_eq!(error, "cases[0].x: there is x_lcg too");
    let error = complaint(ONEDNN, |all| remove(&mut all["cases"][0], "w"));
    assert_eq!(error, "cases[0]: \"w\" is missing");
    for (set, other) in [(ONEDNN, "matmul"), (ORT_Q, "qlinearadd"), (ORT_ARM, "linear")] {
        let error = complaint(set, |all| all["cases"][0]["set"] = json!(other));
        assert_eq!(error, format!("cases[0].set: {other:?}"));
    }
    let error = complaint(RNG, |all| all["set"] = json!("rgn"));
    assert_eq!(error, "unknown set \"rgn\"");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn nothing_recorded_is_no_success() {
    for (set, list) in [
        (EDGE, "quantize"),
        (EDGE, "observer"),
        (EDGE, "linear"),
        (LINEAR, "cases"),
        (ORT, "cases"),
        (PRESETS, "presets"),
        (RNG, "seqs"),
        (TFLITE, "cases"),
        (THREAD, "cases"),
        (TIES, "cases"),
        (CONV, "cases"),
        (ONEDNN, "cases"),
        (ORT_Q, "cases"),
        (ORT_ARM, "cases"),
        (DYNAMIC, "cases"),
    ] {
        let error = complaint(set, |all| all[list] = json!([]));
        assert_eq!(error, format!("file.{list}: an empty list"));
    }
    let never = complaint(TFLITE, |all| {
        for case in all["cases"].as_array_mut().expect("a list") {
            case["out_i8"]["rt214_ref"] = Value::Null;
        }
    });
    assert_eq!(never, "tflite_fc rt214_ref: no value is recorded");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn values_that_do_not_fit_the_schema_are_refused() {
    let error = complaint(LINEAR, |all| {
        all["cases"][0]["out_u8"]["qnnpack"].as_array_mut().expect("a list").pop();
    });
    assert_eq!(error, "cases[0].out_u8.qnnpack: 71 values where the shape needs 72");
    let error = complaint(LINEAR, |all| all["cases"][0]["x"][5] = json!(256));
    assert_eq!(error, "cases[0].x: 256 is out of range");
    let error = complaint(LINEAR, |all| all["cases"][0]["out_u8"]["qnnpack"][0] = json!(1.5));
    assert_eq!(error, "cases[0].out_u8.qnnpack: 1.5 is not a 32-bit integer");
    let error = complaint(LINEAR, |all| all["cases"][0]["in_scale"] = json!(0.0));
    assert_eq!(error, "cases[0].w: the scale 0 is not a positive finite number");
    let error = complaint(THREAD, |all| all["cases"][0]["bs"] = json!(2_000_000_000));
    assert_eq!(error, "cases[0].bs: not a size");
    let error = complaint(THREAD, |all| all["cases"][0]["order"] = json!("both_first"));
    assert_eq!(error, "cases[0].order: \"both_first\"");
    let error = complaint(CONV, |all| all["cases"][0]["kernel"] = json!([4, 1]));
    assert_eq!(error, "cases[0].kernel: the kernel is larger than the padded input");
    let error = complaint(CONV, |all| all["cases"][0]["in_dims"] = json!([1, 1, 1]));
    assert_eq!(error, "cases[0].in_dims: 3 values where the shape needs 2");
    let error = complaint(CONV, |all| all["cases"][0]["nd"] = json!(4));
    assert_eq!(error, "cases[0].nd: more than 3");
    let error = complaint(CONV, |all| all["cases"][0]["stride"][0] = json!(0));
    assert_eq!(error, "cases[0].stride: not sizes");
    let error = complaint(CONV, |all| all["cases"][0]["pad"][0] = json!(16_000_000));
    assert!(error.starts_with("cases[0].kernel: too large"), "{error}");
    let error = complaint(CONV, |all| all["cases"][0]["B"] = json!(2_000_000));
    assert_eq!(error, "cases[0].out_dims: too large");
    let error = complaint(ONEDNN, |all| all["cases"][11]["x_lcg"] = json!(1_u64 << 32));
    assert_eq!(error, "cases[11].x_lcg: more than 32 bits");
    let error = complaint(ONEDNN, |all| all["cases"][11]["K"] = json!(1 << 24));
    assert_eq!(error, "cases[11].w: too large");
    let error = complaint(ONEDNN, |all| all["cases"][0]["out_scale"] = json!(-1.0));
    assert_eq!(error, "cases[0].w: the scale -1 is not a positive finite number");
    let error = complaint(ORT_Q, |all| all["cases"][0]["b_zp"] = json!([0, 0]));
    assert_eq!(error, "cases[0].b: 1 or 6 weight zero points are needed, 2 were given");
    let error = complaint(ORT_ARM, |all| all["cases"][0]["a"][0] = json!(-1));
    assert_eq!(error, "cases[0].a: -1 is out of range");
    let error = complaint(DYNAMIC, |all| all["cases"][0]["w_zp"][0] = json!(1));
    assert_eq!(error, "cases[0].w_zp: recorded for symmetric weights only");
    let error = complaint(THREAD, |all| *all = json!([]));
    assert_eq!(error, "file: not an object");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_file_with_one_case_is_enough() {
    for (set, case, fields) in [
        (THREAD, 20, 21),
        (CONV, 0, 9),
        (ONEDNN, 120, 8),
        (ORT_Q, 322, 6),
        (ORT_ARM, 1, 2),
        (DYNAMIC, 7, 3),
    ] {
        let mut recording = recording(set);
        recording["cases"] = json!([recording["cases"][case]]);
        let one = replay(&recording).expect("it is enough");
        verdict(&one).expect("it is reproduced");
        assert_eq!(one.len(), fields);
    }
}
