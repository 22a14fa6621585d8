//! A recorded value of another number is seen, in every field of every set in `tests/golden/`.

#![expect(clippy::cast_possible_truncation, reason = "recorded numbers are float32")]

mod golden_files;
mod golden_support;

use golden_files::{
    CONV, DYNAMIC, EDGE, LINEAR, ONEDNN, ORT, ORT_ARM, ORT_Q, PRESETS, RNG, TFLITE, THREAD, TIES,
    recording, say,
};
use golden_support::{Line, ReplayError, replay, verdict};
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The least change of a recorded number: the next integer (the one before at the end of a type),
/// or the next float32. A name becomes one that nobody has.
fn flip(value: &mut Value) {
    *value = match (value.as_str(), value.as_i64()) {
        (Some(name), _) => json!(format!("no {name}")),
        (_, Some(last @ (127 | 255))) => json!(last - 1),
        (_, Some(int)) => json!(int + 1),
        _ => json!((value.as_f64().expect("a number") as f32).next_up()),
    };
}

/// Flips the values at `paths` (line of the field, place in the JSON) one by one and expects the
/// line of each to lose exactly one, and a verdict against it.
fn sees_a_flip(mut recording: Value, paths: &[(&str, &str)]) {
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

/// The recording with only a few of its cases, so that a flip is quick to replay.
fn shortened(gzipped: &'static [u8], cases: &[usize]) -> Value {
    let mut recording = recording(gzipped);
    let all = recording["cases"].take();
    recording["cases"] = cases.iter().map(|&index| all[index].clone()).collect();
    recording
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn one_flipped_value_is_seen_in_every_set() {
    sees_a_flip(
        recording(EDGE),
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
        recording(LINEAR),
        &[
            ("fbgemm_avx2", "/cases/0/out_u8/fbgemm_avx2/0"),
            ("fbgemm_vnni", "/cases/120/out_u8/fbgemm_vnni/0"),
            ("qnnpack", "/cases/239/out_u8/qnnpack/0"),
        ],
    );
    sees_a_flip(
        recording(TIES),
        &[
            ("fbgemm_avx2", "/cases/0/out_u8/fbgemm_avx2/0"),
            ("fbgemm_vnni", "/cases/80/out_u8/fbgemm_vnni/0"),
            ("qnnpack", "/cases/159/out_u8/qnnpack/0"),
        ],
    );
    sees_a_flip(
        recording(ORT),
        &[
            ("acc_avx2", "/cases/0/acc_avx2/0"),
            ("acc_vnni", "/cases/60/acc_vnni/0"),
            ("acc_u8u8_avx2", "/cases/119/acc_u8u8_avx2/0"),
        ],
    );
    sees_a_flip(
        recording(PRESETS),
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
        recording(RNG),
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
        recording(TFLITE),
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
        shortened(THREAD, &[4, 16]),
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

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn one_flipped_value_is_seen_in_every_field_of_pytorchs_convolutions_and_dynamic_layers() {
    // Without a limit that matters, with one, and depthwise with a bias.
    sees_a_flip(
        shortened(CONV, &[0, 1, 204]),
        &[
            ("out_dims", "/cases/0/out_dims/1"),
            ("out_u8.fbgemm_avx2", "/cases/0/out_u8/fbgemm_avx2/0"),
            ("out_u8.fbgemm_avx2 by 2.15", "/cases/0/out_u8/fbgemm_avx2/44"),
            ("out_u8.fbgemm_avx2 by fbgemm_avx2env", "/cases/2/out_u8/fbgemm_avx2/1"),
            ("out_u8.fbgemm_avx2 by fbgemm_avx2env of 2.15", "/cases/0/out_u8/fbgemm_avx2/2"),
            ("out_u8.fbgemm_vnni", "/cases/2/out_u8/fbgemm_vnni/23"),
            ("out_u8.fbgemm_vnni by 2.15", "/cases/1/out_u8/fbgemm_vnni/0"),
            ("out_u8.fbgemm_avx2env", "/cases/1/out_u8/fbgemm_avx2env/0"),
            ("out_u8.fbgemm_avx2env by 2.15", "/cases/1/out_u8/fbgemm_avx2env/1"),
            ("out_u8.qnnpack", "/cases/1/out_u8/qnnpack/0"),
            ("out_u8.qnnpack by 2.15", "/cases/2/out_u8/qnnpack/0"),
            ("out_u8_215.fbgemm_avx2", "/cases/2/out_u8_215/fbgemm_avx2/0"),
            ("out_u8_215.fbgemm_vnni", "/cases/2/out_u8_215/fbgemm_vnni/1"),
            ("out_u8_215.fbgemm_avx2env", "/cases/2/out_u8_215/fbgemm_avx2env/2"),
        ],
    );
    sees_a_flip(
        recording(DYNAMIC),
        &[
            ("fbgemm_avx2", "/cases/0/out/fbgemm_avx2/2"),
            ("fbgemm_vnni", "/cases/90/out/fbgemm_vnni/0"),
            ("qnnpack", "/cases/179/out/qnnpack/0"),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn one_flipped_value_is_seen_in_every_field_of_onednn() {
    // Linear as it was, with later values, and drawn from a seed; _int_mm; convolutions with later
    // values of one ISA and of two.
    sees_a_flip(
        shortened(ONEDNN, &[0, 91, 11, 120, 185, 275]),
        &[
            ("linear.impl", "/cases/0/impl/avx2"),
            ("linear.impl", "/cases/0/impl/amx"),
            ("linear.impl_215", "/cases/1/impl_215/vnni"),
            ("linear.out.avx2", "/cases/0/out/avx2/0"),
            ("linear.out.avx2 by 2.15", "/cases/2/out/avx2/0"),
            ("linear.out.avx512_core", "/cases/1/out/avx512_core/0"),
            ("linear.out.avx512_core by 2.15", "/cases/0/out/avx512_core/0"),
            ("linear.out.vnni", "/cases/2/out/vnni/1"),
            ("linear.out.vnni by 2.15", "/cases/0/out/vnni/0"),
            ("linear.out_215.avx512_core", "/cases/1/out_215/avx512_core/0"),
            ("linear.out_215.vnni", "/cases/1/out_215/vnni/0"),
            ("int_mm.impl", "/cases/3/impl/vnni"),
            ("int_mm.impl_215", "/cases/3/impl_215/avx2"),
            ("int_mm.out.avx2", "/cases/3/out/avx2/0"),
            ("int_mm.out.avx512_core", "/cases/3/out/avx512_core/47"),
            ("int_mm.out.avx512_core by 2.15", "/cases/3/out/avx512_core/0"),
            ("int_mm.out.vnni", "/cases/3/out/vnni/9"),
            ("conv.out_dims", "/cases/4/out_dims/0"),
            ("conv.out.avx2", "/cases/4/out/avx2/0"),
            ("conv.out.avx2 by 2.15", "/cases/5/out/avx2/0"),
            ("conv.out.avx512_core", "/cases/5/out/avx512_core/0"),
            ("conv.out.vnni", "/cases/5/out/vnni/0"),
            ("conv.out.vnni by 2.15", "/cases/4/out/vnni/0"),
            ("conv.out_215.avx512_core", "/cases/4/out_215/avx512_core/0"),
            ("conv.out_215.vnni", "/cases/5/out_215/vnni/0"),
        ],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn one_flipped_value_is_seen_in_every_field_of_onnx_runtimes_operators() {
    // One case of each operator.
    sees_a_flip(
        shortened(ORT_Q, &[0, 1, 3, 4, 153, 197, 198, 199, 322]),
        &[
            ("qdq_matmul.avx2", "/cases/0/out/avx2/0"),
            ("qdq_gemm.vnni", "/cases/1/out/vnni/0"),
            ("qlinearmatmul.vnni", "/cases/2/out/vnni/23"),
            ("qgemm.avx2", "/cases/3/out/avx2/0"),
            ("dynamic.a", "/cases/4/a/0"),
            ("dynamic.a_scale", "/cases/4/a_scale"),
            ("dynamic.a_zp", "/cases/4/a_zp"),
            ("dynamic.fused.avx2", "/cases/4/out/avx2/fused/0"),
            ("dynamic.unfused.avx2", "/cases/4/out/avx2/unfused/1"),
            ("dynamic.to_float.vnni", "/cases/4/out/vnni/to_float/8"),
            ("qlinearconv.out_dims", "/cases/5/out_dims/2"),
            ("qlinearconv.avx2", "/cases/5/out/avx2/47"),
            ("qdq_conv.out_dims", "/cases/6/out_dims/0"),
            ("qdq_conv.vnni", "/cases/6/out/vnni/0"),
            ("convinteger.out_dims", "/cases/7/out_dims/0"),
            ("convinteger.avx2", "/cases/7/out/avx2/0"),
            ("dql.codes.avx2", "/cases/8/out/avx2/1"),
            ("dql.scale.vnni", "/cases/8/out/vnni/41"),
            ("dql.zp.avx2", "/cases/8/out/avx2/42"),
        ],
    );
    sees_a_flip(
        shortened(ORT_ARM, &[0, 1, 4, 71, 85, 87, 91]),
        &[
            ("qgemm.neon", "/cases/0/out/neon/0"),
            ("matmulinteger.dotprod", "/cases/1/out/dotprod/0"),
            ("qlinearmatmul.neon", "/cases/2/out/neon/3"),
            ("dynamic.a", "/cases/3/a/4"),
            ("dynamic.a_scale", "/cases/3/a_scale"),
            ("dynamic.a_zp", "/cases/3/a_zp"),
            ("dynamic.fused.neon", "/cases/3/out/neon/fused/0"),
            ("dynamic.unfused.dotprod", "/cases/3/out/dotprod/unfused/10"),
            ("dynamic.to_float.neon", "/cases/3/out/neon/to_float/0"),
            ("qlinearconv.out_dims", "/cases/4/out_dims/0"),
            ("qlinearconv.dotprod", "/cases/4/out/dotprod/5"),
            ("convinteger.out_dims", "/cases/5/out_dims/1"),
            ("convinteger.neon", "/cases/5/out/neon/0"),
            ("qdq_conv.out_dims", "/cases/6/out_dims/1"),
            ("qdq_conv.dotprod", "/cases/6/out/dotprod/47"),
        ],
    );
}
