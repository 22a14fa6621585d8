//! ONNX Runtime's dynamic quantization: `DynamicQuantizeLinear`, and the integer product of its codes
//! made real again.

use super::codes::Codes;
use super::dynamic::DynamicEngine;
use super::float::fma;
use super::onnx_runtime::OnnxCpu;
use super::onnx_weights::{OnnxError, OnnxWeights, check_count};
use super::qparams::QParams;

/// Which operators a dynamically quantized `MatMul` is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnnxDynamicForm {
    /// `DynamicQuantizeMatMul`, which ONNX Runtime makes of the others.
    Fused,
    /// `DynamicQuantizeLinear`, then `MatMulIntegerToFloat`.
    ToFloat,
    /// `DynamicQuantizeLinear`, `MatMulInteger`, `Cast`, `Mul` and `Add`, one by one.
    Separate,
}

/// What a [`OnnxDynamic`] gives.
#[derive(Clone, Debug, PartialEq)]
pub struct OnnxDynamicOutput {
    /// Codes of the inputs, `[M][K]`.
    pub codes: Vec<u8>,
    /// Their scale and zero point.
    pub input: QParams,
    /// Real outputs, `[M][N]`.
    pub values: Vec<f32>,
}

/// A dynamically quantized `MatMul`: real inputs and outputs, constant weights.
#[derive(Clone, Debug, PartialEq)]
pub struct OnnxDynamic {
    weights: OnnxWeights,
    /// One, or one per output.
    weight_scales: Vec<f32>,
    bias: Option<Vec<f32>>,
}

impl OnnxDynamic {
    /// Without a bias.
    ///
    /// # Errors
    /// If there are not as many weight scales as the weights have outputs, nor one.
    pub fn new(weights: OnnxWeights, weight_scales: Vec<f32>) -> Result<Self, OnnxError> {
        check_count("weight scales", weight_scales.len(), weights.outputs())?;
        Ok(OnnxDynamic { weights, weight_scales, bias: None })
    }

    /// The same with a real bias per output.
    ///
    /// # Errors
    /// If there is not one for each output.
    pub fn with_bias(self, bias: Vec<f32>) -> Result<Self, OnnxError> {
        let (outputs, found) = (self.weights.outputs(), bias.len());
        if found != outputs {
            return Err(OnnxError::Count { what: "bias values", outputs, found });
        }
        Ok(OnnxDynamic { bias: Some(bias), ..self })
    }

    /// Real outputs of real inputs `[M][K]`, which are quantized together.
    ///
    /// `docs/arithmetic.md` sections 14 and 15.
    ///
    /// # Panics
    /// If `x` is no number of whole rows.
    pub fn run(&self, cpu: OnnxCpu, form: OnnxDynamicForm, x: &[f32]) -> OnnxDynamicOutput {
        assert!(x.len().is_multiple_of(self.weights.inputs()), "whole rows of inputs");
        let (codes, input) = dynamic_quantize_linear(x);
        let is_fused = cpu.is_arm() && form != OnnxDynamicForm::Separate;
        let mut values = Vec::new();
        for row in codes.chunks(self.weights.inputs()) {
            let sums = self.weights.matmul_integer(cpu, Codes::u8(row), input.zero_point);
            values.extend(sums.into_iter().enumerate().map(|(output, acc)| {
                let one = self.weight_scales.len() == 1;
                let scale = input.scale * self.weight_scales[if one { 0 } else { output }];
                let bias = self.bias.as_ref().map(|bias| bias[output]);
                dequantize_onnx(acc, scale, bias, is_fused)
            }));
        }
        OnnxDynamicOutput { codes, input, values }
    }
}

/// `DynamicQuantizeLinear`: u8 codes of real inputs, and their scale and zero point. It divides by the
/// scale, where PyTorch multiplies by its reciprocal.
///
/// All in float32; zero is always in the range, and without a range the scale is 1. A NaN counts as
/// nothing for the range, and its code is that of `i32::MIN`. `docs/arithmetic.md` section 14.
pub fn dynamic_quantize_linear(x: &[f32]) -> (Vec<u8>, QParams) {
    let (min, max) = x.iter().fold((0.0_f32, 0.0_f32), |(min, max), &x| (min.min(x), max.max(x)));
    let params = DynamicEngine::OnnxRuntime.choose_qparams(min, max, false).narrow();
    // Within 0..=255, by the clamp.
    let code =
        |&x: &f32| u8::try_from(DynamicEngine::OnnxRuntime.code(x, params)).unwrap_or_default();
    (x.iter().map(code).collect(), params)
}

/// The real output of an integer product, `scale` being `a_scale·b_scale`: `acc·scale + bias`, rounded
/// once or twice.
pub fn dequantize_onnx(acc: i32, scale: f32, bias: Option<f32>, is_fused: bool) -> f32 {
    match bias {
        None => acc as f32 * scale,
        Some(bias) if is_fused => fma(acc as f32, scale, bias),
        Some(bias) => acc as f32 * scale + bias,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_inputs_has_zero_in_it() {
        let (codes, params) = dynamic_quantize_linear(&[1.0, 2.55]);
        assert_eq!((params.zero_point, codes), (0, vec![100, 255]));
        let (codes, params) = dynamic_quantize_linear(&[0.0, 0.0]);
        assert_eq!((params, codes), (QParams { scale: 1.0, zero_point: 0 }, vec![0, 0]));
        assert_eq!(dynamic_quantize_linear(&[-5.1]).1.zero_point, 255);
    }

    #[test]
    fn arm_rounds_once_where_operators_are_fused() {
        // 255·(1/255)·127·0.1 and a bias that leaves little of it.
        let weights = OnnxWeights::new([1, 1], Codes::s8(&[127]), vec![0]).expect("it fits");
        let matmul = OnnxDynamic::new(weights, vec![0.1]).expect("one scale");
        let matmul = matmul.with_bias(vec![-12.7]).expect("one");
        let run = |cpu, form| matmul.run(cpu, form, &[1.0]).values[0];
        let [x86, arm] = [OnnxCpu::Vnni, OnnxCpu::DotProduct];
        assert_eq!(run(arm, OnnxDynamicForm::Separate), run(x86, OnnxDynamicForm::Fused));
        assert_ne!(run(arm, OnnxDynamicForm::ToFloat), run(x86, OnnxDynamicForm::ToFloat));
        assert_eq!(run(arm, OnnxDynamicForm::ToFloat), run(arm, OnnxDynamicForm::Fused));
    }
}
