//! `tflite_fc`: TensorFlow Lite's int8 `FULLY_CONNECTED`.

use rampscope::arith::{Int8Linear, MAX_INPUTS, Rescale};

use super::ReplayError;
use super::json::Object;
use super::tally::{Line, Tally};

/// Recorded kernels. `litert` is ai-edge-litert 2.3, `rt214` tflite-runtime 2.14.
pub const KERNELS: [(&str, Rescale); 5] = [
    ("litert_ref", Rescale::Double),
    ("litert_opt", Rescale::Ruy),
    ("litert_xnnpack", Rescale::Xnnpack),
    ("rt214_ref", Rescale::Gemmlowp),
    ("rt214_opt", Rescale::Ruy),
];

const FIELDS: [&str; 16] = [
    "set",
    "K",
    "N",
    "B",
    "x",
    "w",
    "per_channel",
    "w_scale",
    "w_zp",
    "in_scale",
    "in_zp",
    "bias",
    "relu",
    "out_scale",
    "out_zp",
    "out_i8",
];

/// Replays the set.
pub fn replay(root: &Object) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new("tflite_fc");
    let kernels = KERNELS.map(|(key, _)| key);
    for case in root.objects("cases")? {
        case.only(&FIELDS)?;
        let [inputs, outputs, rows] = [case.size("K")?, case.size("N")?, case.size("B")?];
        let x: Vec<i8> = case.narrow("x", case.product("x", &[rows, inputs])?)?;
        if inputs > MAX_INPUTS {
            return Err(case.invalid("K", format!("more than {MAX_INPUTS} inputs")));
        }
        if case.int("w_zp")? != 0 {
            return Err(case.invalid("w_zp", "the library takes symmetric weights only"));
        }
        let per_channel = case.flag("per_channel")?;
        let bias = if case.is_null("bias")? { None } else { Some(case.ints("bias", outputs)?) };
        let layer = Int8Linear {
            inputs,
            weights: case.narrow("w", case.product("w", &[inputs, outputs])?)?,
            weight_scales: case.reals("w_scale", if per_channel { outputs } else { 1 })?,
            per_channel,
            input: case.params("in_scale", "in_zp")?,
            output: case.params("out_scale", "out_zp")?,
            bias,
            relu: case.flag("relu")?,
        };
        let recorded = case.object("out_i8")?;
        recorded.only(&kernels)?;
        for (key, rescale) in KERNELS {
            // The older library lacks per-channel weights.
            if recorded.is_null(key)? {
                continue;
            }
            let computed: Vec<i32> =
                x.chunks(inputs).flat_map(|row| layer.run(rescale, row)).collect();
            let recorded = recorded.ints(key, case.product(key, &[rows, outputs])?)?;
            tally.ints(key, &recorded, &computed);
        }
    }
    tally.finish(&kernels)
}
