//! Every value of every recording in `tests/golden/`, reproduced to the bit, natively and in the
//! browser. `tests/golden_flips.rs` proves that a wrong one would be seen, and
//! `tests/golden_refusals.rs` that a missing or extra one would.

#![expect(clippy::cast_possible_truncation, reason = "indices are small")]

mod golden_files;
mod golden_support;
mod recorded_rows;

use golden_files::{
    CONV, DYNAMIC, EDGE, LINEAR, ONEDNN, ORT, ORT_ARM, ORT_Q, PRESETS, RNG, TFLITE, THREAD, TIES,
    recording, say,
};
use golden_support::{layer, ort, presets, replay, tflite, verdict};
use rampscope::arith::{
    Engine, Experiment, ExperimentSpec, Library, Order, Provenance, QScheme, Ramp,
};
use recorded_rows::ROWS;
use serde_json::json;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Replays a set, prints its lines and compares them with the number of values that are known to
/// be recorded, so that a lost case is noticed.
fn reproduces(gzipped: &'static [u8], totals: &[(&str, usize)]) {
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

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn convolutions() {
    reproduces(
        CONV,
        &[
            ("out_dims", 462),
            ("out_u8.fbgemm_avx2", 13_711),
            ("out_u8.fbgemm_avx2 by 2.15", 13_591),
            ("out_u8.fbgemm_vnni", 13_711),
            ("out_u8.fbgemm_vnni by 2.15", 13_591),
            ("out_u8.fbgemm_avx2 by fbgemm_avx2env", 10_751),
            ("out_u8.fbgemm_avx2 by fbgemm_avx2env of 2.15", 10_631),
            ("out_u8.qnnpack", 13_711),
            ("out_u8.qnnpack by 2.15", 13_711),
            ("out_u8.fbgemm_avx2env", 2960),
            ("out_u8.fbgemm_avx2env by 2.15", 2960),
            ("out_u8_215.fbgemm_avx2", 120),
            ("out_u8_215.fbgemm_vnni", 120),
            ("out_u8_215.fbgemm_avx2env", 120),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn onednn() {
    reproduces(
        ONEDNN,
        &[
            ("linear.impl", 600),
            ("linear.impl_215", 360),
            ("linear.out.avx2", 12_225),
            ("linear.out.avx2 by 2.15", 12_225),
            ("linear.out.avx512_core", 12_225),
            ("linear.out.avx512_core by 2.15", 2912),
            ("linear.out.vnni", 12_225),
            ("linear.out.vnni by 2.15", 11_719),
            ("linear.out_215.avx512_core", 9313),
            ("linear.out_215.vnni", 506),
            ("int_mm.impl", 245),
            ("int_mm.impl_215", 147),
            ("int_mm.out.avx2", 2655),
            ("int_mm.out.avx2 by 2.15", 2655),
            ("int_mm.out.avx512_core", 2655),
            ("int_mm.out.avx512_core by 2.15", 2655),
            ("int_mm.out.vnni", 2655),
            ("int_mm.out.vnni by 2.15", 2655),
            ("conv.out_dims", 221),
            ("conv.out.avx2", 5102),
            ("conv.out.avx2 by 2.15", 5102),
            ("conv.out.avx512_core", 5102),
            ("conv.out.avx512_core by 2.15", 4684),
            ("conv.out.vnni", 5102),
            ("conv.out.vnni by 2.15", 4868),
            ("conv.out_215.avx512_core", 418),
            ("conv.out_215.vnni", 234),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn onnx_runtime_operators_on_x86() {
    reproduces(
        ORT_Q,
        &[
            ("qdq_matmul.avx2", 868),
            ("qdq_matmul.vnni", 868),
            ("qdq_gemm.avx2", 1062),
            ("qdq_gemm.vnni", 1062),
            ("qlinearmatmul.avx2", 1134),
            ("qlinearmatmul.vnni", 1134),
            ("qgemm.avx2", 954),
            ("qgemm.vnni", 954),
            ("dynamic.a", 4579),
            ("dynamic.a_scale", 44),
            ("dynamic.a_zp", 44),
            ("dynamic.fused.avx2", 1008),
            ("dynamic.unfused.avx2", 1008),
            ("dynamic.to_float.avx2", 1008),
            ("dynamic.fused.vnni", 1008),
            ("dynamic.unfused.vnni", 1008),
            ("dynamic.to_float.vnni", 1008),
            ("qlinearconv.out_dims", 120),
            ("qlinearconv.avx2", 2593),
            ("qlinearconv.vnni", 2593),
            ("qdq_conv.out_dims", 65),
            ("qdq_conv.avx2", 2239),
            ("qdq_conv.vnni", 2239),
            ("convinteger.out_dims", 74),
            ("convinteger.avx2", 1963),
            ("convinteger.vnni", 1963),
            ("dql.codes.avx2", 542),
            ("dql.scale.avx2", 13),
            ("dql.zp.avx2", 13),
            ("dql.codes.vnni", 542),
            ("dql.scale.vnni", 13),
            ("dql.zp.vnni", 13),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn onnx_runtime_operators_on_arm() {
    reproduces(
        ORT_ARM,
        &[
            ("qgemm.neon", 610),
            ("qgemm.dotprod", 610),
            ("matmulinteger.neon", 1442),
            ("matmulinteger.dotprod", 1442),
            ("qlinearmatmul.neon", 521),
            ("qlinearmatmul.dotprod", 521),
            ("dynamic.a", 975),
            ("dynamic.a_scale", 14),
            ("dynamic.a_zp", 14),
            ("dynamic.fused.neon", 218),
            ("dynamic.unfused.neon", 218),
            ("dynamic.to_float.neon", 218),
            ("dynamic.fused.dotprod", 218),
            ("dynamic.unfused.dotprod", 218),
            ("dynamic.to_float.dotprod", 218),
            ("qlinearconv.out_dims", 107),
            ("qlinearconv.neon", 4124),
            ("qlinearconv.dotprod", 4124),
            ("convinteger.out_dims", 34),
            ("convinteger.neon", 827),
            ("convinteger.dotprod", 827),
            ("qdq_conv.out_dims", 21),
            ("qdq_conv.neon", 562),
            ("qdq_conv.dotprod", 562),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn dynamic_linear() {
    reproduces(DYNAMIC, &[("fbgemm_avx2", 1704), ("fbgemm_vnni", 1704), ("qnnpack", 1704)]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_engine_is_recorded_if_it_is_replayed_here() {
    let named = layer::TORCH.iter().chain(&presets::ENGINES).chain(&ort::FIELDS);
    let named: Vec<Engine> = named.map(|(_, engine)| *engine).chain(ROWS).collect();
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
