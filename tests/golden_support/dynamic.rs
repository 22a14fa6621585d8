//! `dynamic`: PyTorch's dynamic linear layer.

use rampscope::arith::{Accumulator, DynamicEngine, DynamicLinear};

use super::ReplayError;
use super::json::Object;
use super::tally::{Line, Tally};

const ENGINES: [(&str, DynamicEngine, Accumulator); 3] = [
    ("fbgemm_avx2", DynamicEngine::Fbgemm, Accumulator::PAIR_SATURATING),
    ("fbgemm_vnni", DynamicEngine::Fbgemm, Accumulator::EXACT),
    ("qnnpack", DynamicEngine::Qnnpack, Accumulator::EXACT),
];

const FIELDS: [&str; 13] = [
    "kind",
    "K",
    "N",
    "B",
    "x",
    "w",
    "per_channel",
    "w_scale",
    "w_zp",
    "bias",
    "relu",
    "reduce_range",
    "out",
];

/// Replays the set.
pub fn replay(root: &Object) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new("dynamic");
    let engines = ENGINES.map(|(key, ..)| key);
    for case in root.objects("cases")? {
        case.only(&FIELDS)?;
        let [inputs, outputs, rows] = [case.size("K")?, case.size("N")?, case.size("B")?];
        let x = case.reals("x", case.product("x", &[rows, inputs])?)?;
        let layer = layer(&case, inputs, outputs)?;
        let recorded = case.object("out")?;
        recorded.only(&engines)?;
        for (key, engine, accumulator) in ENGINES {
            let values = recorded.reals(key, case.product(key, &[rows, outputs])?)?;
            tally.reals(key, &values, &layer.run(engine, accumulator, &x));
        }
    }
    tally.finish(&engines)
}

fn layer(case: &Object, inputs: usize, outputs: usize) -> Result<DynamicLinear, ReplayError> {
    let weights = case.narrow("w", case.product("w", &[inputs, outputs])?)?;
    let count = if case.flag("per_channel")? { outputs } else { 1 };
    if case.ints("w_zp", count)?.iter().any(|&zero_point| zero_point != 0) {
        return Err(case.invalid("w_zp", "recorded for symmetric weights only"));
    }
    let scales = case.reals("w_scale", count)?;
    let layer = DynamicLinear::new(inputs, outputs, weights, &scales, case.flag("reduce_range")?);
    let layer = layer.map_err(|error| case.invalid("w", error))?.with_relu(case.flag("relu")?);
    if case.is_null("bias")? {
        return Ok(layer);
    }
    let bias = case.reals("bias", outputs)?;
    layer.with_bias(bias).map_err(|error| case.invalid("bias", error))
}
