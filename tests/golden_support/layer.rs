//! `linear`: random layers through PyTorch's engines. Its cases are read for `edge` too.

use rampscope::arith::{Engine, Linear, QParams};

use super::ReplayError;
use super::json::Object;
use super::tally::{Line, Tally};

/// PyTorch's engines as thread, linear and edge record them.
pub const TORCH: [(&str, Engine); 3] = [
    ("fbgemm_avx2", Engine::FbgemmAvx2),
    ("fbgemm_vnni", Engine::FbgemmVnni),
    ("qnnpack", Engine::Qnnpack),
];

/// The fields of a layer: what [`read`] reads, and its weights.
pub const LAYER: [&str; 10] = [
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
];
/// The other fields of a case.
const FIELDS: [&str; 8] = ["kind", "act_max", "K", "N", "B", "x", "out_u8", "set"];

/// Replays the set.
pub fn replay(root: &Object) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new("linear");
    for case in root.objects("cases")? {
        layer_case(&case, &mut tally, "")?;
    }
    tally.finish(&TORCH.map(|(key, _)| key))
}

/// Replays one layer; its lines are named by engine, after a prefix.
pub fn layer_case(case: &Object, tally: &mut Tally, prefix: &str) -> Result<(), ReplayError> {
    case.only(&[&FIELDS[..], &LAYER].concat())?;
    let [inputs, outputs, rows] = [case.size("K")?, case.size("N")?, case.size("B")?];
    let x: Vec<u8> = case.narrow("x", case.product("x", &[rows, inputs])?)?;
    let layer = read(case, inputs, outputs)?;
    let recorded = case.object("out_u8")?;
    recorded.only(&TORCH.map(|(key, _)| key))?;
    for (key, engine) in TORCH {
        let computed: Vec<i32> =
            x.chunks(inputs).flat_map(|row| codes(engine, &layer, row)).collect();
        let recorded = recorded.ints(key, case.product(key, &[rows, outputs])?)?;
        tally.ints(&format!("{prefix}{key}"), &recorded, &computed);
    }
    Ok(())
}

/// The output codes of a row.
pub fn codes(engine: Engine, layer: &Linear, x: &[u8]) -> Vec<i32> {
    engine.run(layer, x).into_iter().filter_map(|output| output.code).collect()
}

/// The layer of a case: weights, scales, zero points, bias and relu.
pub fn read(case: &Object, inputs: usize, outputs: usize) -> Result<Linear, ReplayError> {
    let weights = case.narrow("w", case.product("w", &[inputs, outputs])?)?;
    let per_channel = case.flag("per_channel")?;
    let count = if per_channel { outputs } else { 1 };
    let scales = case.reals("w_scale", count)?.into_iter();
    let weight_params = scales.zip(case.ints("w_zp", count)?);
    let weight_params =
        weight_params.map(|(scale, zero_point)| QParams { scale, zero_point }).collect();
    let input = case.params("in_scale", "in_zp")?;
    let output = case.params("out_scale", "out_zp")?;
    let layer = Linear::new(inputs, outputs, weights, weight_params, per_channel, input, output)
        .map_err(|error| case.invalid("w", error))?
        .with_relu(case.flag("relu")?);
    if case.is_null("bias")? {
        return Ok(layer);
    }
    let bias = case.reals("bias", outputs)?;
    layer.with_bias(bias).map_err(|error| case.invalid("bias", error))
}
