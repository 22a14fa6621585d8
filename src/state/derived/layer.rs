//! The layer that a state describes, and what calibration alone gives.

use std::rc::Rc;

use super::memo::Ranges;
use crate::arith::{
    Experiment, Linear, QParams, QRange, QType, dequantize, float_forward, min_max_qparams,
};
use crate::state::{CodeClamp, State};

/// Parameters from the calibration pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibrated {
    /// Real range of the inputs that the observer has seen.
    pub input_range: (f32, f32),
    /// Real range of the float layer's outputs on them.
    pub output_range: (f32, f32),
    /// Activation parameters (quint8).
    pub input: QParams,
    /// Weight parameters (qint8): one for all, or one per output.
    pub weights: Vec<QParams>,
    /// Output parameters (quint8).
    pub output: QParams,
    /// What the observers have seen before a range is set by hand.
    pub from_data: FromData,
}

/// The ranges of the experiment's data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FromData {
    /// Real range of the calibration inputs.
    pub input_range: (f32, f32),
    /// Real range of the float layer's outputs on them.
    pub output_range: (f32, f32),
}

impl Calibrated {
    /// The calibrated parameters of an output's weights.
    pub fn weight(&self, output: usize) -> QParams {
        self.weights[if self.weights.len() > 1 { output } else { 0 }]
    }
}

/// The experiment's layer with whatever is set by hand, and what calibration alone gives.
///
/// A weight code set by hand also stands in the float layer of the
/// calibration pass, as code times calibrated weight scale, so that the
/// calibrated output range follows it. Bias and relu shift and clamp that range.
pub(super) fn layer(
    state: &State,
    experiment: &Rc<Experiment>,
    ranges: &mut Ranges,
) -> (Linear, Calibrated) {
    let mut layer = experiment.layer.clone().with_kernel(state.experiment.kernel.size());
    layer.relu = state.arithmetic.relu;
    if state.by_hand.bias.keys().any(|output| *output < layer.outputs) {
        let bias = |output| state.by_hand.bias.get(&output).copied().unwrap_or(0.0);
        layer.bias = Some((0..layer.outputs).map(bias).collect());
    }
    let mut observed = (f32::INFINITY, f32::NEG_INFINITY);
    for output in 0..layer.outputs {
        let (low, high) = output_range(state, experiment, &mut layer, output, ranges);
        let bias = layer.bias.as_ref().map_or(0.0, |bias| bias[output]);
        let relu = |value: f32| if state.arithmetic.relu { value.max(0.0) } else { value };
        observed = (observed.0.min(relu(low + bias)), observed.1.max(relu(high + bias)));
    }
    let from_data = FromData {
        input_range: (experiment.input_min, experiment.input_max),
        output_range: observed,
    };
    let range = |data: (f32, f32), min: Option<f32>, max: Option<f32>| {
        (min.unwrap_or(data.0), max.unwrap_or(data.1))
    };
    let activation = |(min, max)| {
        min_max_qparams(
            min,
            max,
            QType::QUInt8,
            state.experiment.input_scheme,
            state.experiment.reduce_range,
        )
    };
    let input_range =
        range(from_data.input_range, state.by_hand.input_min, state.by_hand.input_max);
    let output_range =
        range(from_data.output_range, state.by_hand.output_min, state.by_hand.output_max);
    let calibrated = Calibrated {
        input_range,
        output_range,
        input: activation(input_range),
        weights: layer.weight_params.clone(),
        output: activation(output_range),
        from_data,
    };
    layer.input =
        by_hand(calibrated.input, state.by_hand.input_scale, state.by_hand.input_zero_point);
    layer.output =
        by_hand(calibrated.output, state.by_hand.output_scale, state.by_hand.output_zero_point);
    for (output, params) in layer.weight_params.iter_mut().enumerate() {
        let own = state.experiment.per_channel.then_some(output);
        let scale = own.and_then(|output| state.by_hand.weight_scales.get(&output)).copied();
        let zero_point =
            own.and_then(|output| state.by_hand.weight_zero_points.get(&output)).copied();
        *params = by_hand(
            *params,
            scale.or(state.by_hand.weight_scale),
            zero_point.or(state.by_hand.weight_zero_point),
        );
    }
    layer.activation_codes = match state.arithmetic.clamp {
        CodeClamp::Type => QType::QUInt8.range(),
        CodeClamp::Observer => observer_codes(state),
    };
    (layer, calibrated)
}

/// The codes that fake-quantize clamps to. A zero point by hand, or 128 of a symmetric scheme, may
/// lie outside of them, as it may there.
fn observer_codes(state: &State) -> QRange {
    QType::QUInt8.observer_range(state.experiment.reduce_range)
}

fn by_hand(calibrated: QParams, scale: Option<f32>, zero_point: Option<i32>) -> QParams {
    QParams {
        scale: scale.unwrap_or(calibrated.scale),
        zero_point: zero_point.unwrap_or(calibrated.zero_point),
    }
}

/// Writes an output's weights set by hand into the layer, and gives the range of its float output
/// on the calibration data.
fn output_range(
    state: &State,
    experiment: &Rc<Experiment>,
    layer: &mut Linear,
    output: usize,
    ranges: &mut Ranges,
) -> (f32, f32) {
    let place = output * layer.inputs;
    let params = layer.weight_param(output);
    let mut row = Vec::new();
    for ((_, k), code) in state.by_hand.weights.range((output, 0)..(output, layer.inputs)) {
        if row.is_empty() {
            row.extend_from_slice(&experiment.weights_float[place..place + layer.inputs]);
        }
        layer.weights[place + k] = *code;
        row[*k] = dequantize((*code).into(), params);
    }
    if row.is_empty() {
        experiment.output_ranges[output]
    } else {
        ranges.of(experiment, output, row)
    }
}

/// The layer before quantization: real weights, real inputs, no clamp but relu.
pub(super) struct FloatRow {
    weights: Vec<f32>,
    bias: f32,
    relu: bool,
}

impl FloatRow {
    /// The float weights of an output. What was set by hand, codes or their meaning, stands for
    /// its real value.
    pub(super) fn new(
        state: &State,
        experiment: &Experiment,
        layer: &Linear,
        calibrated: &Calibrated,
        output: usize,
    ) -> FloatRow {
        let params = layer.weight_param(output);
        let is_calibrated = params == calibrated.weight(output);
        let place = output * layer.inputs;
        let weights = layer.row(output).iter().enumerate().map(|(k, code)| {
            if is_calibrated && !state.by_hand.weights.contains_key(&(output, k)) {
                experiment.weights_float[place + k]
            } else {
                dequantize((*code).into(), params)
            }
        });
        let bias = layer.bias.as_ref().map_or(0.0, |bias| bias[output]);
        FloatRow { weights: weights.collect(), bias, relu: layer.relu }
    }

    /// The real output of real inputs, in float32.
    pub(super) fn output(&self, x: &[f32]) -> f32 {
        let y = float_forward(&self.weights, x) + self.bias;
        if self.relu { y.max(0.0) } else { y }
    }
}
