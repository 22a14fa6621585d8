//! The forum thread's experiment, made from its seed.

use serde::{Deserialize, Serialize};

use super::float::fma;
use super::linear::Linear;
use super::qparams::{QParams, QScheme, QType, min_max_qparams};
use super::quantize::quantize;
use super::row_shape::RowShape;
use super::torch_rng::TorchRng;

/// What the script draws first after `manual_seed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// `nn.Linear`, then the calibration data.
    #[default]
    ModelFirst,
    /// The calibration data, then `nn.Linear`.
    DataFirst,
}

/// All that the experiment depends on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExperimentSpec {
    /// Of `torch.manual_seed`.
    pub seed: u64,
    /// Rows of calibration data; 100 in the thread.
    pub batch: usize,
    /// K, at least 1.
    pub inputs: usize,
    /// N, at least 1.
    pub outputs: usize,
    /// What is drawn first.
    pub order: Order,
    /// Factor on the normal calibration data.
    pub calibration_gain: f32,
    /// Whether the activation observers (input and output) use half of their codes.
    pub reduce_range: bool,
    /// Zero point of the weights (qint8): 0, or where min and max put it.
    pub weight_scheme: QScheme,
    /// One weight scale per output.
    pub per_channel: bool,
    /// Whether the weight observer uses 7 bits, -64..=63: the form that ONNX Runtime, OpenVINO and
    /// NNCF know. No pair of such weights saturates.
    pub reduce_weights: bool,
}

/// The float layer `nn.Linear(inputs, outputs, bias=False)`, its calibration, and the quantized
/// layer that PyTorch's static quantization makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// `[outputs][inputs]`.
    pub weights_float: Vec<f32>,
    /// `[batch][inputs]`, gain included.
    pub calibration: Vec<f32>,
    /// Lowest calibration input.
    pub input_min: f32,
    /// Highest calibration input.
    pub input_max: f32,
    /// Lowest output of the float layer on the calibration data.
    pub output_min: f32,
    /// Highest output of the float layer on the calibration data.
    pub output_max: f32,
    /// The same per output: (lowest, highest).
    pub output_ranges: Vec<(f32, f32)>,
    /// The calibrated layer.
    pub layer: Linear,
}

impl Experiment {
    /// Runs it. A shape of 0 counts as 1.
    pub fn new(spec: &ExperimentSpec) -> Self {
        let (inputs, outputs) = (spec.inputs.max(1), spec.outputs.max(1));
        let mut rng = TorchRng::new(spec.seed);
        let data = |rng: &mut TorchRng| {
            let mut data = rng.randn(spec.batch * inputs);
            data.iter_mut().for_each(|x| *x *= spec.calibration_gain);
            data
        };
        let (weights_float, calibration) = match spec.order {
            Order::ModelFirst => {
                let weights = rng.linear_weight(inputs, outputs);
                (weights, data(&mut rng))
            }
            Order::DataFirst => {
                let calibration = data(&mut rng);
                (rng.linear_weight(inputs, outputs), calibration)
            }
        };
        let (input_min, input_max) = range_of(calibration.iter().copied());
        let output_ranges: Vec<_> =
            weights_float.chunks(inputs).map(|row| output_range(row, &calibration)).collect();
        let (output_min, output_max) =
            range_of(output_ranges.iter().flat_map(|&(low, high)| [low, high]));
        let activation =
            |min, max| min_max_qparams(min, max, QType::QUInt8, QScheme::Affine, spec.reduce_range);
        let (weights, weight_params) = quantize_weights(&weights_float, spec, inputs);
        let layer = Linear {
            inputs,
            outputs,
            weights,
            weight_params,
            per_channel: spec.per_channel,
            input: activation(input_min, input_max),
            output: activation(output_min, output_max),
            bias: None,
            relu: false,
            activation_codes: QType::QUInt8.range(),
            row_shape: RowShape::linear(inputs),
        };
        Experiment {
            weights_float,
            calibration,
            input_min,
            input_max,
            output_min,
            output_max,
            output_ranges,
            layer,
        }
    }

    /// Lowest and highest output of one row of float weights on the calibration data, so that
    /// an edited row can be calibrated alone. `row` has as many weights as the layer has inputs.
    pub fn output_range(&self, row: &[f32]) -> (f32, f32) {
        output_range(row, &self.calibration)
    }
}

/// One output of the float layer: `Σ x[k]·w[k]` as a chain of fused multiply-adds from k = 0.
///
/// It reproduces every recorded calibration range. The one thing here that depends on the CPU:
/// under an emulated Haswell 4 of 64 cases (K = 48 and 100) differ in the last bit
/// (`docs/arithmetic.md` section 9). The shorter of the two ends the sum.
pub fn float_forward(weights: &[f32], row: &[f32]) -> f32 {
    weights.iter().zip(row).fold(0.0, |sum, (&w, &x)| fma(x, w, sum))
}

fn output_range(weights: &[f32], calibration: &[f32]) -> (f32, f32) {
    let rows = calibration.chunks(weights.len().max(1));
    range_of(rows.map(|row| float_forward(weights, row)))
}

/// (lowest, highest); (∞, -∞) of nothing.
fn range_of(values: impl Iterator<Item = f32>) -> (f32, f32) {
    let nothing = (f32::INFINITY, f32::NEG_INFINITY);
    values.fold(nothing, |(low, high), value| (low.min(value), high.max(value)))
}

/// Weight codes and parameters by min-max observers: one for all, or one per output.
fn quantize_weights(
    weights: &[f32],
    spec: &ExperimentSpec,
    inputs: usize,
) -> (Vec<i8>, Vec<QParams>) {
    let group = if spec.per_channel { inputs } else { weights.len() };
    let mut codes = Vec::with_capacity(weights.len());
    let mut params = Vec::new();
    for group in weights.chunks(group) {
        let (min, max) = range_of(group.iter().copied());
        let q = min_max_qparams(min, max, QType::QInt8, spec.weight_scheme, spec.reduce_weights);
        // The tools that know 7-bit weights clamp to them.
        let range = QType::QInt8.observer_range(spec.reduce_weights);
        #[expect(clippy::cast_possible_truncation, reason = "codes of qint8 fit i8")]
        let code = |&w: &f32| quantize(w, q, range) as i8;
        codes.extend(group.iter().map(code));
        params.push(q);
    }
    (codes, params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::{Effect, kinks};

    fn thread(inputs: usize, outputs: usize) -> ExperimentSpec {
        ExperimentSpec {
            seed: 100,
            batch: 100,
            inputs,
            outputs,
            order: Order::ModelFirst,
            calibration_gain: 1.0,
            reduce_range: false,
            weight_scheme: QScheme::Symmetric,
            per_channel: false,
            reduce_weights: false,
        }
    }

    /// (first saturated code, slope before, slope after) for each output.
    const KINKS: [&[(u8, i32, i32)]; 10] = [
        &[(185, -152, 26)],
        &[(190, 0, 173)],
        &[(170, 207, 14), (241, 14, -122)],
        &[],
        &[(168, 41, 237), (194, 237, 68)],
        &[],
        &[(255, 166, 37)],
        &[(173, 327, 137)],
        &[(190, 327, 154), (196, 154, -14)],
        &[(209, -33, 124), (240, 124, -13)],
    ];

    #[test]
    fn the_kinks_of_seed_100_with_8_inputs() {
        let layer = Experiment::new(&thread(8, 10)).layer;
        for (output, expected) in KINKS.iter().enumerate() {
            let found = kinks(layer.row(output), layer.weight_param(output).zero_point);
            let found: Vec<_> =
                found.iter().map(|kink| (kink.code, kink.slope_before, kink.slope_after)).collect();
            assert_eq!(found, *expected, "output {output}");
        }
        let effects = |output| -> Vec<Effect> {
            kinks(layer.row(output), 0).iter().map(|kink| kink.effect).collect()
        };
        assert_eq!(effects(0), [Effect::Turned]);
        assert_eq!(effects(1), [Effect::Steeper]);
        assert_eq!(effects(2), [Effect::Shallower, Effect::Turned]);
        assert_eq!(effects(4), [Effect::Steeper, Effect::Shallower]);
    }

    #[test]
    fn an_edited_row_is_calibrated_alone() {
        let experiment = Experiment::new(&thread(8, 10));
        for (output, &range) in experiment.output_ranges.iter().enumerate() {
            let row = &experiment.weights_float[8 * output..8 * (output + 1)];
            assert_eq!(experiment.output_range(row), range);
        }
    }

    #[test]
    fn per_channel_gives_each_output_its_own_scale() {
        let spec = ExperimentSpec { per_channel: true, ..thread(8, 10) };
        let layer = Experiment::new(&spec).layer;
        assert_eq!(layer.weight_params.len(), 10);
        for output in 0..10 {
            let largest = layer.row(output).iter().map(|w| w.unsigned_abs()).max();
            assert!(largest >= Some(127), "output {output} uses its range: {largest:?}");
        }
    }

    #[test]
    fn no_pair_of_7_bit_weights_saturates() {
        for scheme in [QScheme::Symmetric, QScheme::Affine] {
            let spec =
                ExperimentSpec { reduce_weights: true, weight_scheme: scheme, ..thread(8, 10) };
            let layer = Experiment::new(&spec).layer;
            assert!(layer.weights.iter().all(|w| (-64..=63).contains(w)));
            assert!(layer.weights.iter().any(|w| w.unsigned_abs() >= 63), "the range is used");
            assert!((0..10).all(|output| kinks(layer.row(output), 0).is_empty()));
        }
    }

    #[test]
    fn the_order_of_drawing_matters() {
        let data_first = ExperimentSpec { order: Order::DataFirst, ..thread(3, 10) };
        let (a, b) = (Experiment::new(&thread(3, 10)), Experiment::new(&data_first));
        assert_ne!(a.weights_float, b.weights_float);
        assert_ne!(a.calibration, b.calibration);
    }

    #[test]
    fn an_empty_shape_counts_as_one() {
        let spec = ExperimentSpec { batch: 0, ..thread(0, 0) };
        let layer = Experiment::new(&spec).layer;
        assert_eq!((layer.inputs, layer.outputs), (1, 1));
        assert!(layer.input.scale > 0.0);
    }
}
