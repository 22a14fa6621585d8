//! Every value of every recording in `tests/golden/`, reproduced to the bit, natively and in the
//! browser; and the proof that a wrong, missing or extra value would be seen.

#![expect(
    clippy::cast_possible_truncation,
    reason = "recorded numbers are float32, and indices small"
)]

mod golden_support;

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use golden_support::{Line, ReplayError, decode, layer, ort, presets, replay, tflite, verdict};
use rampscope::arith::{
    Engine, Experiment, ExperimentSpec, Library, Order, Provenance, QScheme, Ramp,
};
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const EDGE: &[u8] = include_bytes!("golden/edge.json.gz");
const LINEAR: &[u8] = include_bytes!("golden/linear.json.gz");
const ORT: &[u8] = include_bytes!("golden/ort.json.gz");
const PRESETS: &[u8] = include_bytes!("golden/presets.json.gz");
const RNG: &[u8] = include_bytes!("golden/rng.json.gz");
const TFLITE: &[u8] = include_bytes!("golden/tflite.json.gz");
const THREAD: &[u8] = include_bytes!("golden/thread.json.gz");
const TIES: &[u8] = include_bytes!("golden/ties.json.gz");

fn say(line: &str) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_test::console_log!("{line}");
    #[cfg(not(target_arch = "wasm32"))]
    println!("{line}");
}

fn recording(gzipped: &[u8]) -> Value {
    decode(gzipped).expect("a recording of this repository is readable")
}

/// Replays a set, prints its lines and compares them with the number of values that are known to
/// be recorded, so that a lost case is noticed.
fn reproduces(gzipped: &[u8], totals: &[(&str, usize)]) {
    let lines = replay(&recording(gzipped)).expect("it follows the schema");
    for line in &lines {
        say(&line.to_string());
    }
    let matched: Vec<_> = lines.iter().map(|line| (line.what.as_str(), line.matched)).collect();
    let recorded: Vec<_> = lines.iter().map(|line| (line.what.as_str(), line.total)).collect();
    assert_eq!(recorded, totals);
    assert_eq!(matched, totals);
    verdict(&lines).expect("every line is full");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn edge() {
    reproduces(
        EDGE,
        &[
            ("quantize.q", 909),
            ("observer.scale", 199),
            ("observer.zp", 199),
            ("linear.fbgemm_avx2", 1746),
            ("linear.fbgemm_vnni", 1746),
            ("linear.qnnpack", 1746),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn linear() {
    reproduces(LINEAR, &[("fbgemm_avx2", 9148), ("fbgemm_vnni", 9148), ("qnnpack", 9148)]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn onnx_runtime() {
    reproduces(ORT, &[("acc_avx2", 4319), ("acc_vnni", 4319), ("acc_u8u8_avx2", 4319)]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn presets() {
    reproduces(
        PRESETS,
        &[
            ("fbgemm_avx2", 4096),
            ("fbgemm_avx512", 4096),
            ("fbgemm_vnni", 4096),
            ("qnnpack_avx2", 4096),
            ("qnnpack_avx512", 4096),
            ("qnnpack_vnni", 4096),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn random_numbers() {
    reproduces(
        RNG,
        &[
            ("random_int32", 1400),
            ("rand", 86),
            ("randn", 18_434),
            ("linear_nobias", 1760),
            ("linear_bias", 80),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn tensorflow_lite() {
    reproduces(
        TFLITE,
        &[
            ("litert_ref", 4511),
            ("litert_opt", 4511),
            ("litert_xnnpack", 4511),
            ("rt214_ref", 3780),
            ("rt214_opt", 3780),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn thread() {
    reproduces(
        THREAD,
        &[
            ("weight_float", 6220),
            ("calib_in_min", 44),
            ("calib_in_max", 44),
            ("calib_out_min", 44),
            ("calib_out_max", 44),
            ("calib_in_first8", 4976),
            ("in_scale", 44),
            ("in_zp", 44),
            ("w_scale", 44),
            ("w_zp", 44),
            ("out_scale", 44),
            ("out_zp", 44),
            ("w_int8", 6220),
            ("probe_in_u8", 35_200),
            ("calib_in_u8_first8", 4976),
            ("probe_out_u8.fbgemm_avx2", 352_000),
            ("calib_out_u8.fbgemm_avx2", 3520),
            ("probe_out_u8.fbgemm_vnni", 352_000),
            ("calib_out_u8.fbgemm_vnni", 3520),
            ("probe_out_u8.qnnpack", 352_000),
            ("calib_out_u8.qnnpack", 3520),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn ties() {
    reproduces(TIES, &[("fbgemm_avx2", 11_640), ("fbgemm_vnni", 11_640), ("qnnpack", 11_640)]);
}

/// The least change of a recorded number: the next integer (the one before at the end of a type),
/// or the next float32.
fn flip(value: &mut Value) {
    *value = match value.as_i64() {
        Some(last @ (127 | 255)) => json!(last - 1),
        Some(int) => json!(int + 1),
        None => json!((value.as_f64().expect("a number") as f32).next_up()),
    };
}

/// Flips the values at `paths` (line of the field, place in the JSON) one by one and expects the
/// line of each to lose exactly one, and a verdict against it.
fn sees_a_flip(gzipped: &[u8], paths: &[(&str, &str)]) {
    let mut recording = recording(gzipped);
    let full = replay(&recording).expect("it follows the schema");
    for (what, path) in paths {
        let place = recording.pointer_mut(path).unwrap_or_else(|| panic!("{path} exists"));
        let recorded = place.clone();
        flip(place);
        let lines = replay(&recording).expect("it still follows the schema");
        let line = |lines: &[Line]| lines.iter().find(|line| line.what == *what).cloned();
        let (before, after) = (line(&full), line(&lines));
        let (before, after) = before.zip(after).unwrap_or_else(|| panic!("{what} has a line"));
        assert_eq!(after.matched, before.matched - 1, "{path}");
        assert_eq!(after.total, before.total, "{path}");
        assert!(matches!(verdict(&lines), Err(ReplayError::Mismatch { .. })), "{path}");
        *recording.pointer_mut(path).expect("it was there") = recorded;
    }
    say(&format!("{}: {} flipped values seen", full[0].set, paths.len()));
}

/// The recording with only its first few cases, so that a flip is quick to replay.
fn shortened(gzipped: &[u8], list: &str, cases: &[usize]) -> Vec<u8> {
    let mut recording = recording(gzipped);
    let all = recording[list].as_array().expect("a list").clone();
    recording[list] = cases.iter().map(|&index| all[index].clone()).collect();
    gzip(recording.to_string().as_bytes())
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn one_flipped_value_is_seen_in_every_set() {
    sees_a_flip(
        EDGE,
        &[
            ("quantize.q", "/quantize/0/q/0"),
            ("quantize.q", "/quantize/59/q/0"),
            ("observer.scale", "/observer/0/scale"),
            ("observer.scale", "/observer/198/scale"),
            ("observer.zp", "/observer/0/zp"),
            ("observer.zp", "/observer/198/zp"),
            ("linear.fbgemm_avx2", "/linear/0/out_u8/fbgemm_avx2/0"),
            ("linear.fbgemm_vnni", "/linear/40/out_u8/fbgemm_vnni/1"),
            ("linear.qnnpack", "/linear/72/out_u8/qnnpack/0"),
        ],
    );
    sees_a_flip(
        LINEAR,
        &[
            ("fbgemm_avx2", "/cases/0/out_u8/fbgemm_avx2/0"),
            ("fbgemm_vnni", "/cases/120/out_u8/fbgemm_vnni/0"),
            ("qnnpack", "/cases/239/out_u8/qnnpack/0"),
        ],
    );
    sees_a_flip(
        TIES,
        &[
            ("fbgemm_avx2", "/cases/0/out_u8/fbgemm_avx2/0"),
            ("fbgemm_vnni", "/cases/80/out_u8/fbgemm_vnni/0"),
            ("qnnpack", "/cases/159/out_u8/qnnpack/0"),
        ],
    );
    sees_a_flip(
        ORT,
        &[
            ("acc_avx2", "/cases/0/acc_avx2/0"),
            ("acc_vnni", "/cases/60/acc_vnni/0"),
            ("acc_u8u8_avx2", "/cases/119/acc_u8u8_avx2/0"),
        ],
    );
    sees_a_flip(
        PRESETS,
        &[
            ("fbgemm_avx2", "/presets/0/out_u8/fbgemm_avx2/0"),
            ("fbgemm_avx512", "/presets/1/out_u8/fbgemm_avx512/255"),
            ("fbgemm_vnni", "/presets/5/out_u8/fbgemm_vnni/130"),
            ("qnnpack_avx2", "/presets/10/out_u8/qnnpack_avx2/7"),
            ("qnnpack_avx512", "/presets/14/out_u8/qnnpack_avx512/200"),
            ("qnnpack_vnni", "/presets/15/out_u8/qnnpack_vnni/255"),
        ],
    );
    sees_a_flip(
        RNG,
        &[
            ("random_int32", "/seqs/0/calls/0/out/699"),
            ("rand", "/seqs/1/calls/0/out/39"),
            ("randn", "/seqs/2/calls/0/out/0"),
            ("randn", "/seqs/6/calls/0/out/16"),
            ("linear_nobias", "/seqs/10/calls/0/out/29"),
            ("linear_bias", "/seqs/13/calls/0/out/39"),
        ],
    );
    sees_a_flip(
        TFLITE,
        &[
            ("litert_ref", "/cases/0/out_i8/litert_ref/0"),
            ("litert_opt", "/cases/30/out_i8/litert_opt/0"),
            ("litert_xnnpack", "/cases/60/out_i8/litert_xnnpack/0"),
            ("rt214_ref", "/cases/0/out_i8/rt214_ref/1"),
            ("rt214_opt", "/cases/0/out_i8/rt214_opt/2"),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn one_flipped_value_is_seen_in_every_field_of_thread() {
    // 2 and 8 inputs.
    sees_a_flip(
        &shortened(THREAD, "cases", &[4, 16]),
        &[
            ("weight_float", "/cases/0/weight_float/19"),
            ("calib_in_min", "/cases/0/calib_in_min"),
            ("calib_in_max", "/cases/1/calib_in_max"),
            ("calib_out_min", "/cases/0/calib_out_min"),
            ("calib_out_max", "/cases/1/calib_out_max"),
            ("calib_in_first8", "/cases/0/calib_in_first8/15"),
            ("in_scale", "/cases/1/in_scale"),
            ("in_zp", "/cases/0/in_zp"),
            ("w_scale", "/cases/1/w_scale"),
            ("w_zp", "/cases/0/w_zp"),
            ("out_scale", "/cases/1/out_scale"),
            ("out_zp", "/cases/0/out_zp"),
            ("w_int8", "/cases/1/w_int8/79"),
            ("probe_in_u8", "/cases/0/probe_in_u8/799"),
            ("calib_in_u8_first8", "/cases/1/calib_in_u8_first8/63"),
            ("probe_out_u8.fbgemm_avx2", "/cases/0/probe_out_u8/fbgemm_avx2/0/0"),
            ("probe_out_u8.fbgemm_vnni", "/cases/1/probe_out_u8/fbgemm_vnni/9/799"),
            ("probe_out_u8.qnnpack", "/cases/0/probe_out_u8/qnnpack/5/400"),
            ("calib_out_u8.fbgemm_avx2", "/cases/1/calib_out_u8/fbgemm_avx2/0"),
            ("calib_out_u8.fbgemm_vnni", "/cases/0/calib_out_u8/fbgemm_vnni/79"),
            ("calib_out_u8.qnnpack", "/cases/1/calib_out_u8/qnnpack/40"),
        ],
    );
}

/// What replaying a changed recording says.
fn complaint(gzipped: &[u8], change: impl FnOnce(&mut Value)) -> String {
    let mut recording = recording(gzipped);
    change(&mut recording);
    let error = replay(&recording).expect_err("the change is seen");
    error.to_string()
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
    ] {
        let error = complaint(set, |all| remove(&mut all[list][0][engines], key));
        assert_eq!(error, format!("{list}[0].{engines}: {key:?} is missing"));
    }
    let error = complaint(ORT, |all| remove(&mut all["cases"][0], "acc_vnni"));
    assert_eq!(error, "cases[0]: \"acc_vnni\" is missing");
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
    let error = complaint(THREAD, |all| *all = json!([]));
    assert_eq!(error, "file: not an object");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_file_with_one_case_is_enough() {
    let one = replay(&recording(&shortened(THREAD, "cases", &[20]))).expect("it is enough");
    verdict(&one).expect("it is reproduced");
    assert_eq!(one.len(), 21);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_engine_is_recorded_if_it_is_replayed_here() {
    let named = layer::TORCH.iter().chain(&presets::ENGINES).chain(&ort::FIELDS);
    let named: Vec<Engine> = named.map(|(_, engine)| *engine).collect();
    for &engine in Engine::ALL {
        // TensorFlow Lite is replayed in int8, by its rules.
        let is_rule = |rule| tflite::KERNELS.iter().any(|(_, known)| Some(*known) == rule);
        let is_lite = engine.family().info().library == Library::TfLite;
        let is_replayed = named.contains(&engine) || is_lite && is_rule(engine.rescale());
        let says_so = engine.provenance() == Provenance::Recorded;
        assert_eq!(says_so, is_replayed, "{engine:?} is recorded: {says_so}");
    }
}

/// The models without a recording, by how many of FBGEMM's recorded points they miss: the counts
/// of `docs/arithmetic.md` section 11 (seed 100, 8 inputs, 10 outputs, 8000 points).
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn theories_miss_as_many_points_as_is_known() {
    let recording = recording(THREAD);
    let case = &recording["cases"][16];
    let about = ["shape_in", "shape_out", "reduce_range", "weight_qscheme", "calib_gain"];
    let known = [json!(8), json!(10), json!(false), json!("per_tensor_symmetric"), json!(1.0)];
    assert_eq!(about.map(|key| case[key].clone()), known);
    let layer = Experiment::new(&ExperimentSpec {
        seed: 100,
        batch: 100,
        inputs: 8,
        outputs: 10,
        order: Order::ModelFirst,
        calibration_gain: 1.0,
        reduce_range: false,
        weight_scheme: QScheme::Symmetric,
        per_channel: false,
        reduce_weights: false,
    })
    .layer;
    let wrong = |engine| {
        let ramps = (0..10).map(|output| Ramp::brute_force(engine, &layer, output));
        let points = ramps.enumerate().flat_map(|(output, ramp)| {
            let probes = case["probe_in_u8"].as_array().expect("a list").iter();
            let recorded = case["probe_out_u8"]["fbgemm_avx2"][output].as_array().expect("a list");
            let probes = probes.map(|code| code.as_u64().expect("a code") as usize);
            probes.map(|code| json!(ramp.code[code])).zip(recorded).collect::<Vec<_>>()
        });
        let (wrong, right): (Vec<_>, Vec<_>) =
            points.partition(|(made, recorded)| made != *recorded);
        assert_eq!(wrong.len() + right.len(), 8000);
        wrong.len()
    };
    for (engine, missed) in [
        (Engine::FbgemmAvx2, 0),
        (Engine::FbgemmVnni, 1878),
        (Engine::PairWraps, 1888),
        (Engine::FbgemmAcc16, 2737),
        (Engine::Running16Bit, 3383),
        (Engine::Products15Bit, 3507),
    ] {
        say(&format!("{}: {} of 8000 points wrong", engine.name(), wrong(engine)));
        assert_eq!(wrong(engine), missed, "{engine:?}");
    }
}
