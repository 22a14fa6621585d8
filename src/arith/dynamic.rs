//! Dynamic linear layers, whose input is quantized as it comes: PyTorch's `quantized::linear_dynamic`, and
//! how ONNX Runtime's `DynamicQuantizeMatMul` makes codes and outputs.

use super::accumulate::Accumulator;
use super::float::{fma, round_to_i32};
use super::linear::{Linear, LinearError};
use super::qparams::{QParams, QRange, QType, WideParams};
use super::quantize::{QuantizeTrace, quantize_trace};

/// The least scale of a dynamic input.
const SMALLEST_SCALE: f32 = 6.1e-5;

/// Who quantizes, and how; they all do it differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DynamicEngine {
    /// Codes are made while packing: the zero point is added before rounding, both at once. The bias
    /// is added with one rounding.
    Fbgemm,
    /// Codes as [`quantize()`](super::quantize()) makes them; the bias is added with a second rounding.
    /// It takes no notice of `reduce_range`.
    Qnnpack,
    /// ONNX Runtime on x86: it divides by the scale; the bias is added with a second rounding. It knows no
    /// `reduce_range`: that is a matter of its weights.
    OnnxRuntime,
}

impl DynamicEngine {
    /// Scale and zero point of real inputs between `min` and `max`, all rows together.
    ///
    /// ONNX Runtime's is that of `DynamicQuantizeLinear`, in float32; without a range its scale is 1.
    /// PyTorch `ChooseQuantizationParams` (`aten/src/ATen/native/quantized/cpu/QuantUtils.h`):
    /// another rule than an observer's, in double; zero is always in the range.
    /// `docs/arithmetic.md` section 16. A bound that is no number counts as 0.
    pub fn choose_qparams(self, min: f32, max: f32, reduce_range: bool) -> WideParams {
        if self == DynamicEngine::OnnxRuntime {
            return onnx_qparams(min.min(0.0), max.max(0.0));
        }
        let is_reduced = reduce_range && self == DynamicEngine::Fbgemm;
        choose_qparams(min, max, QType::QUInt8.observer_range(is_reduced))
    }

    /// The code of a real input, 0..=255 with `reduce_range` too.
    pub fn code(self, x: f32, params: QParams) -> i32 {
        self.quantize_trace(x, params, QType::QUInt8.range()).code
    }

    /// The same within a range of codes, step by step.
    pub fn quantize_trace(self, x: f32, params: QParams, range: QRange) -> QuantizeTrace {
        match self {
            DynamicEngine::Qnnpack => quantize_trace(x, params, range),
            DynamicEngine::OnnxRuntime => {
                let product = x / params.scale;
                let unclamped = round_to_i32(product).saturating_add(params.zero_point);
                QuantizeTrace {
                    product,
                    has_zero_point: false,
                    unclamped,
                    code: range.clamp(unclamped),
                }
            }
            DynamicEngine::Fbgemm => {
                let product = fma(x, 1.0 / params.scale, params.zero_point as f32);
                let unclamped = round_to_i32(product);
                QuantizeTrace {
                    product,
                    has_zero_point: true,
                    unclamped,
                    code: range.clamp(unclamped),
                }
            }
        }
    }

    /// The real output of an accumulator, zero-point terms included; `scale` is the input's.
    pub fn output(self, acc: i32, scale: f32, weight_scale: f32, bias: Option<f32>) -> f32 {
        let scale = scale * weight_scale;
        match (self, bias) {
            (_, None) => acc as f32 * scale,
            (DynamicEngine::Fbgemm, Some(bias)) => fma(acc as f32, scale, bias),
            (DynamicEngine::Qnnpack | DynamicEngine::OnnxRuntime, Some(bias)) => {
                acc as f32 * scale + bias
            }
        }
    }
}

/// A dynamic linear layer, `linear_relu_dynamic` too.
#[derive(Clone, Debug, PartialEq)]
pub struct DynamicLinear {
    /// Weights, bias and relu. Its input and output parameters are not looked at.
    layer: Linear,
    reduce_range: bool,
}

impl DynamicLinear {
    /// K inputs, and N outputs of `weights` `[N][K]` with the zero point 0; one weight scale, or N.
    ///
    /// # Errors
    /// Where a length does not fit, or a scale is not a positive finite number.
    pub fn new(
        inputs: usize,
        outputs: usize,
        weights: Vec<i8>,
        weight_scales: &[f32],
        reduce_range: bool,
    ) -> Result<Self, LinearError> {
        let params = |scale: &f32| QParams { scale: *scale, zero_point: 0 };
        let per_channel = weight_scales.len() != 1;
        let weight_params = weight_scales.iter().map(params).collect();
        let any = QParams { scale: 1.0, zero_point: 0 };
        let layer = Linear::new(inputs, outputs, weights, weight_params, per_channel, any, any)?;
        Ok(DynamicLinear { layer, reduce_range })
    }

    /// The same layer with a real bias per output.
    ///
    /// # Errors
    /// If there is not one for each output.
    pub fn with_bias(self, bias: Vec<f32>) -> Result<Self, LinearError> {
        Ok(DynamicLinear { layer: self.layer.with_bias(bias)?, ..self })
    }

    /// The same layer with or without relu.
    pub fn with_relu(self, relu: bool) -> Self {
        DynamicLinear { layer: self.layer.with_relu(relu), ..self }
    }

    /// Real outputs `[B][N]` of real inputs `[B][K]`. They are quantized together: a row's outputs
    /// depend on the other rows.
    ///
    /// `accumulator` is how the engine sums on the CPU: pairs saturate on AVX2 in FBGEMM.
    ///
    /// # Panics
    /// If `x` is no number of whole rows.
    pub fn run(&self, engine: DynamicEngine, accumulator: Accumulator, x: &[f32]) -> Vec<f32> {
        let layer = &self.layer;
        assert!(x.len().is_multiple_of(layer.inputs), "whole rows of inputs");
        let (min, max) =
            x.iter().fold((0.0_f32, 0.0_f32), |(min, max), &x| (min.min(x), max.max(x)));
        let params = engine.choose_qparams(min, max, self.reduce_range).narrow();
        // Within 0..=255, by the clamp.
        let code = |&x: &f32| u8::try_from(engine.code(x, params)).unwrap_or_default();
        let codes: Vec<u8> = x.iter().map(code).collect();
        let output = |codes: &[u8], output: usize| {
            let weights = layer.row(output);
            let sum_w = weights.iter().map(|&w| i32::from(w)).sum::<i32>();
            let raw = accumulator.accumulate(codes, weights);
            let acc = raw.wrapping_sub(params.zero_point.wrapping_mul(sum_w));
            let bias = layer.bias.as_ref().map(|bias| bias[output]);
            let y = engine.output(acc, params.scale, layer.weight_param(output).scale, bias);
            if layer.relu { y.max(0.0) } else { y }
        };
        let rows = codes.chunks(layer.inputs);
        rows.flat_map(|row| (0..layer.outputs).map(move |n| (row, n)))
            .map(|(row, n)| output(row, n))
            .collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "float32 where the library has it")]
fn choose_qparams(min: f32, max: f32, QRange { qmin, qmax }: QRange) -> WideParams {
    let (mut min, mut max) = (min.min(0.0), max.max(0.0));
    let steps = f64::from(qmax - qmin);
    let mut scale = (f64::from(max) - f64::from(min)) / steps;
    if scale as f32 == 0.0 || (1.0 / scale as f32).is_infinite() {
        scale = 0.1;
    }
    if scale < f64::from(SMALLEST_SCALE) {
        let given = scale as f32;
        scale = SMALLEST_SCALE.into();
        // The range grows with the scale.
        if min == 0.0 {
            max = SMALLEST_SCALE * steps as f32;
        } else if max == 0.0 {
            min = -SMALLEST_SCALE * steps as f32;
        } else {
            let grown = SMALLEST_SCALE / given;
            (min, max) = (min * grown, max * grown);
        }
    }
    // From the end of the range whose error is less.
    let (low, high) = (f64::from(min) / scale, f64::from(max) / scale);
    let error = |code: i32, steps: f64| f64::from(code).abs() - steps.abs();
    let zero_point = if error(qmin, low) < error(qmax, high) {
        f64::from(qmin) - low
    } else {
        f64::from(qmax) - high
    };
    let zero_point = zero_point.round_ties_even().clamp(qmin.into(), qmax.into()) as i32;
    WideParams { scale, zero_point }
}

fn onnx_qparams(min: f32, max: f32) -> WideParams {
    let scale = if min == max { 1.0 } else { (max - min) / 255.0 };
    let zero_point = round_to_i32(((0.0 - min) / scale).clamp(0.0, 255.0));
    WideParams { scale: scale.into(), zero_point }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zero_point_is_added_before_rounding_in_fbgemm() {
        // 0.5 steps above an odd zero point: 1.5 is 2, and 0 + 1 is 1.
        let params = QParams { scale: 1.0, zero_point: 1 };
        let codes = [DynamicEngine::Fbgemm, DynamicEngine::Qnnpack].map(|e| e.code(0.5, params));
        assert_eq!(codes, [2, 1]);
    }

    #[test]
    fn small_and_empty_ranges() {
        let of = |min, max| DynamicEngine::Fbgemm.choose_qparams(min, max, false);
        assert_eq!(of(0.0, 0.0).scale, 0.1);
        assert_eq!(of(0.0, 1e-6), WideParams { scale: SMALLEST_SCALE.into(), zero_point: 0 });
        assert_eq!(of(-1e-6, 0.0).zero_point, 255);
        assert_eq!(of(-1.0, 1.0).zero_point, 128);
        assert_eq!(of(f32::NAN, 2.55).zero_point, 0);
    }

    #[test]
    fn qnnpack_takes_no_notice_of_reduce_range() {
        let of = |engine: DynamicEngine| engine.choose_qparams(0.0, 127.0, true).scale;
        assert_eq!(of(DynamicEngine::Fbgemm), 1.0);
        assert!(of(DynamicEngine::Qnnpack) < 0.5);
    }

    #[test]
    fn rows_are_quantized_together() {
        let layer = DynamicLinear::new(2, 1, vec![127, 127], &[1.0], false).expect("it fits");
        let run = |accumulator, x: &[f32]| layer.run(DynamicEngine::Fbgemm, accumulator, x);
        // Alone, 1 is the code 255, and twice 255·127 saturates; next to 4 it is 64.
        let [exact, saturating] = [Accumulator::EXACT, Accumulator::PAIR_SATURATING];
        let step = 1.0 / 255.0;
        assert_eq!(run(exact, &[1.0, 1.0]), [64_770.0 * step]);
        assert_eq!(run(saturating, &[1.0, 1.0]), [32_767.0 * step]);
        assert_eq!(run(saturating, &[1.0, 1.0, 4.0, 4.0])[0], 16_256.0 * (4.0 * step));
        let layer = layer.with_bias(vec![-300.0]).expect("one").with_relu(true);
        assert_eq!(layer.run(DynamicEngine::Qnnpack, exact, &[1.0, 1.0]), [0.0]);
    }
}
