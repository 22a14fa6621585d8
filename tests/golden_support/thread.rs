//! `thread`: the forum thread's experiment, from its seed to the outputs of every probe.

use rampscope::arith::{
    Experiment, ExperimentSpec, Linear, Order, QParams, QScheme, QType, min_max_qparams, quantize,
};

use super::ReplayError;
use super::edge::SCHEMES;
use super::json::Object;
use super::layer::{TORCH, codes};
use super::tally::{Line, Tally};

const PROBES: usize = 800;
/// Calibration rows that are recorded in full.
const ROWS: usize = 8;

const FIELDS: [&str; 25] = [
    "seed",
    "bs",
    "shape_in",
    "shape_out",
    "reduce_range",
    "weight_qscheme",
    "order",
    "calib_gain",
    "weight_float",
    "calib_in_min",
    "calib_in_max",
    "calib_out_min",
    "calib_out_max",
    "in_scale",
    "in_zp",
    "w_scale",
    "w_zp",
    "w_int8",
    "out_scale",
    "out_zp",
    "probe_in_u8",
    "probe_out_u8",
    "calib_in_first8",
    "calib_in_u8_first8",
    "calib_out_u8",
];

/// Replays the set.
pub fn replay(root: &Object) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new("thread");
    for case in root.objects("cases")? {
        case.only(&FIELDS)?;
        let spec = spec(&case)?;
        replay_floats(&case, &spec, &mut tally)?;
        let layer = replay_parameters(&case, &spec, &mut tally)?;
        replay_codes(&case, &spec, &layer, &mut tally)?;
    }
    tally.finish(&[])
}

fn spec(case: &Object) -> Result<ExperimentSpec, ReplayError> {
    let orders = [("model_first", Order::ModelFirst), ("data_first", Order::DataFirst)];
    let spec = ExperimentSpec {
        seed: case.seed("seed")?,
        batch: case.size("bs")?,
        inputs: case.size("shape_in")?,
        outputs: case.size("shape_out")?,
        order: case.one_of("order", orders)?,
        calibration_gain: case.real("calib_gain")?,
        reduce_range: case.flag("reduce_range")?,
        weight_scheme: case.one_of("weight_qscheme", SCHEMES)?,
        per_channel: false,
        reduce_weights: false,
    };
    case.product("bs", &[spec.batch, spec.inputs])?;
    case.product("shape_out", &[spec.outputs, spec.inputs])?;
    Ok(spec)
}

/// What is drawn and observed in float, all of it from the seed.
fn replay_floats(
    case: &Object,
    spec: &ExperimentSpec,
    tally: &mut Tally,
) -> Result<(), ReplayError> {
    let made = Experiment::new(spec);
    let weights = case.reals("weight_float", made.weights_float.len())?;
    tally.reals("weight_float", &weights, &made.weights_float);
    let observed = [
        ("calib_in_min", made.input_min),
        ("calib_in_max", made.input_max),
        ("calib_out_min", made.output_min),
        ("calib_out_max", made.output_max),
    ];
    for (key, made) in observed {
        tally.reals(key, &[case.real(key)?], &[made]);
    }
    let rows = ROWS.min(spec.batch) * spec.inputs;
    let first = case.reals("calib_in_first8", rows)?;
    tally.reals("calib_in_first8", &first, &made.calibration);
    Ok(())
}

/// Scales, zero points and weight codes, from the recorded floats. Returns the recorded layer.
fn replay_parameters(
    case: &Object,
    spec: &ExperimentSpec,
    tally: &mut Tally,
) -> Result<Linear, ReplayError> {
    let weights = case.reals("weight_float", spec.inputs * spec.outputs)?;
    let (low, high) =
        weights.iter().fold((0.0_f32, 0.0_f32), |(low, high), &w| (low.min(w), high.max(w)));
    let activation = |min: &str, max: &str| -> Result<QParams, ReplayError> {
        let (min, max) = (case.real(min)?, case.real(max)?);
        Ok(min_max_qparams(min, max, QType::QUInt8, QScheme::Affine, spec.reduce_range))
    };
    let made = [
        ("in_scale", "in_zp", activation("calib_in_min", "calib_in_max")?),
        ("w_scale", "w_zp", min_max_qparams(low, high, QType::QInt8, spec.weight_scheme, false)),
        ("out_scale", "out_zp", activation("calib_out_min", "calib_out_max")?),
    ];
    for (scale, zero_point, made) in made {
        let recorded = case.params(scale, zero_point)?;
        tally.reals(scale, &[recorded.scale], &[made.scale]);
        tally.ints(zero_point, &[recorded.zero_point], &[made.zero_point]);
    }
    let weight = case.params("w_scale", "w_zp")?;
    let made: Vec<i32> =
        weights.iter().map(|&w| quantize(w, weight, QType::QInt8.range())).collect();
    tally.ints("w_int8", &case.ints("w_int8", weights.len())?, &made);
    Linear::new(
        spec.inputs,
        spec.outputs,
        case.narrow("w_int8", weights.len())?,
        vec![weight],
        false,
        case.params("in_scale", "in_zp")?,
        case.params("out_scale", "out_zp")?,
    )
    .map_err(|error| case.invalid("w_int8", error))
}

/// Codes of the probes and of the first calibration rows, into and out of the recorded layer.
fn replay_codes(
    case: &Object,
    spec: &ExperimentSpec,
    layer: &Linear,
    tally: &mut Tally,
) -> Result<(), ReplayError> {
    let quantized = |x: &[f32]| -> Vec<i32> {
        x.iter().map(|&x| quantize(x, layer.input, QType::QUInt8.range())).collect()
    };
    tally.ints("probe_in_u8", &case.ints("probe_in_u8", PROBES)?, &quantized(&probes()));
    let rows = ROWS.min(spec.batch);
    let first = case.reals("calib_in_first8", rows * spec.inputs)?;
    let first_codes = case.ints("calib_in_u8_first8", first.len())?;
    tally.ints("calib_in_u8_first8", &first_codes, &quantized(&first));

    let probe_codes: Vec<u8> = case.narrow("probe_in_u8", PROBES)?;
    let row_codes: Vec<u8> = case.narrow("calib_in_u8_first8", first.len())?;
    let engines = TORCH.map(|(key, _)| key);
    let (probe_out, row_out) = (case.object("probe_out_u8")?, case.object("calib_out_u8")?);
    probe_out.only(&engines)?;
    row_out.only(&engines)?;
    for (key, engine) in TORCH {
        let recorded = probe_out.ints(key, case.product(key, &[spec.outputs, PROBES])?)?;
        // Made probe by probe, recorded output by output.
        let mut made = vec![0; recorded.len()];
        for (probe, &code) in probe_codes.iter().enumerate() {
            let outputs = codes(engine, layer, &vec![code; spec.inputs]);
            for (output, code) in outputs.into_iter().enumerate() {
                made[output * PROBES + probe] = code;
            }
        }
        tally.ints(&format!("probe_out_u8.{key}"), &recorded, &made);
        let recorded = row_out.ints(key, rows * spec.outputs)?;
        let made: Vec<i32> =
            row_codes.chunks(spec.inputs).flat_map(|row| codes(engine, layer, row)).collect();
        tally.ints(&format!("calib_out_u8.{key}"), &recorded, &made);
    }
    Ok(())
}

/// `float32(np.arange(-4, 4, 0.01))`. NumPy steps by the difference of the first two values.
#[expect(clippy::cast_possible_truncation, reason = "rounded as NumPy does")]
fn probes() -> Vec<f32> {
    let step = (-4.0 + 0.01) - -4.0_f64;
    (0..PROBES).map(|index| (-4.0 + index as f64 * step) as f32).collect()
}
