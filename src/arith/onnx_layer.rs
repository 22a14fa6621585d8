//! [`OnnxLayer`]: ONNX Runtime's operators from codes to codes, `QLinearMatMul`, `QGemm` and
//! `QLinearConv`, and what becomes of them where it stays in float.

use super::codes::Codes;
use super::conv::{ConvError, ConvShape, TapOrder};
use super::float::round_to_i32;
use super::onnx_runtime::OnnxCpu;
use super::onnx_weights::{OnnxError, OnnxWeights, check_count, check_zero_point};
use super::qparams::{QParams, QRange, QType};
use super::rescale::Rescale;
use super::scales::Scales;

/// An operator that a `DequantizeLinear` → operator → `QuantizeLinear` of a model stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnnxOperator {
    /// `MatMul`, or `QLinearMatMul`.
    MatMul,
    /// `Gemm`, or `QGemm`.
    Gemm,
    /// `Conv`, or `QLinearConv`.
    Conv,
}

impl OnnxOperator {
    /// Whether ONNX Runtime, with default options, makes an integer operator of it between
    /// `DequantizeLinear` and `QuantizeLinear`, its input being codes of the model's input.
    ///
    /// On x86 only `Gemm` takes s8 inputs; the others stay in float32. (s8 codes that a
    /// `QuantizeLinear` of the model makes become u8 first.) `docs/arithmetic.md` section 14.
    pub const fn is_fused(self, cpu: OnnxCpu, signed_input: bool) -> bool {
        cpu.is_arm() || !signed_input || matches!(self, OnnxOperator::Gemm)
    }
}

/// Weights with the parameters of input, output and bias. The output has the input's type.
#[derive(Clone, Debug, PartialEq)]
pub struct OnnxLayer {
    weights: OnnxWeights,
    /// One, or one per output.
    weight_scales: Vec<f32>,
    signed: bool,
    input: QParams,
    output: QParams,
    /// In units of `a_scale·b_scale`.
    bias: Option<Vec<i32>>,
}

impl OnnxLayer {
    /// Without a bias; `signed`: whether inputs and outputs are s8, not u8.
    ///
    /// # Errors
    /// If there are not as many weight scales as the weights have outputs, nor one; a scale is not a
    /// positive finite number; or a zero point is no code.
    pub fn new(
        weights: OnnxWeights,
        weight_scales: Vec<f32>,
        signed: bool,
        input: QParams,
        output: QParams,
    ) -> Result<Self, OnnxError> {
        check_count("weight scales", weight_scales.len(), weights.outputs())?;
        let is_scale = |scale: f32| scale.is_finite() && scale > 0.0;
        let scales = weight_scales.iter().copied().chain([input.scale, output.scale]);
        if let Some(scale) = scales.into_iter().find(|&scale| !is_scale(scale)) {
            return Err(OnnxError::Scale { scale });
        }
        check_zero_point(input.zero_point, signed)?;
        check_zero_point(output.zero_point, signed)?;
        Ok(OnnxLayer { weights, weight_scales, signed, input, output, bias: None })
    }

    /// The same layer with an int32 bias per output, in units of `a_scale·b_scale`.
    ///
    /// # Errors
    /// If there is not one for each output.
    pub fn with_bias(self, bias: Vec<i32>) -> Result<Self, OnnxError> {
        let (outputs, found) = (self.weights.outputs(), bias.len());
        if found != outputs {
            return Err(OnnxError::Count { what: "bias values", outputs, found });
        }
        Ok(OnnxLayer { bias: Some(bias), ..self })
    }

    /// `QLinearMatMul`, `QGemm`: N codes of a row of K.
    ///
    /// `docs/arithmetic.md` sections 14 and 15.
    ///
    /// # Panics
    /// If `a` is not K long.
    pub fn matmul(&self, cpu: OnnxCpu, a: &[u8]) -> Vec<i32> {
        let sums = self.weights.matmul_integer(cpu, self.codes(a), self.input.zero_point);
        sums.into_iter().enumerate().map(|(output, acc)| self.rescale(output, acc)).collect()
    }

    /// `QLinearConv`: codes `[B][N][output]` of codes `[B][C][input]`.
    ///
    /// # Errors
    /// If the shape is none, or does not fit the weights or the input.
    pub fn conv(&self, cpu: OnnxCpu, shape: &ConvShape, x: &[u8]) -> Result<Vec<i32>, ConvError> {
        let zero_point = self.input.zero_point;
        let sums = self.weights.qlinear_conv_sums(cpu, shape, self.codes(x), zero_point)?;
        let output = |index: usize| index / shape.places() % shape.outputs;
        let codes = sums.into_iter().enumerate();
        Ok(codes.map(|(index, acc)| self.rescale(output(index), acc)).collect())
    }

    /// `MatMul` between `DequantizeLinear` and `QuantizeLinear` where it is not fused
    /// ([`OnnxOperator::is_fused`]): N codes of a row of K.
    ///
    /// # Panics
    /// If `a` is not K long.
    pub fn matmul_in_float(&self, a: &[u8]) -> Vec<i32> {
        let a = self.codes(a);
        (0..self.weights.outputs()).map(|n| self.in_float(n, a, self.weights.row(n))).collect()
    }

    /// The same for `Conv`: codes `[B][N][output]` of codes `[B][C][input]`.
    ///
    /// # Errors
    /// If the shape is none, or does not fit the weights or the input.
    pub fn conv_in_float(&self, shape: &ConvShape, x: &[u8]) -> Result<Vec<i32>, ConvError> {
        let (x, zero_point) = (self.codes(x), self.input.zero_point);
        let each = |output, row: Codes| self.in_float(output, row, self.weights.row(output));
        self.weights.over_rows(shape, x, zero_point, TapOrder::ChannelsOutermost, each)
    }

    fn codes<'a>(&self, bytes: &'a [u8]) -> Codes<'a> {
        Codes { bytes, signed: self.signed }
    }

    fn range(&self) -> QRange {
        if self.signed { QType::QInt8.range() } else { QType::QUInt8.range() }
    }

    fn weight(&self, output: usize) -> QParams {
        let scale = self.weight_scales[if self.weight_scales.len() == 1 { 0 } else { output }];
        QParams { scale, zero_point: self.weights.zero_point(output) }
    }

    fn rescale(&self, output: usize, acc: i32) -> i32 {
        let bias = self.bias.as_ref().map_or(0, |bias| bias[output]);
        let scales = Scales {
            input: self.input.scale,
            weight: self.weight(output).scale,
            output: self.output.scale,
            per_channel: self.weight_scales.len() > 1,
        };
        let (acc, zero_point) = (acc.wrapping_add(bias), self.output.zero_point);
        Rescale::OnnxRuntime.integer_output_code(acc, scales, zero_point, self.range())
    }

    fn in_float(&self, output: usize, a: Codes, b: Codes) -> i32 {
        let bias = self.bias.as_ref().map(|bias| bias[output]);
        unfused_onnx([a, b], [self.input, self.weight(output)], bias, self.output, self.range())
    }
}

/// What an operator between `DequantizeLinear` and `QuantizeLinear` gives where ONNX Runtime does not
/// fuse them: the product of dequantized codes in float32, quantized again.
///
/// The library's order of summation is not known; here the sum is made in double and rounded once.
/// At a tie that can be another code (`docs/arithmetic.md` section 14). `bias` is in units of
/// `a_scale·b_scale`.
///
/// # Panics
/// If the lengths differ.
pub fn unfused_onnx(
    [a, b]: [Codes; 2],
    [input, weight]: [QParams; 2],
    bias: Option<i32>,
    output: QParams,
    range: QRange,
) -> i32 {
    assert_eq!(a.bytes.len(), b.bytes.len(), "as many codes on both sides");
    let real = |code: i32, params: QParams| {
        f64::from(code.wrapping_sub(params.zero_point) as f32 * params.scale)
    };
    let products = a.values().zip(b.values()).map(|(a, b)| real(a, input) * real(b, weight));
    let bias = bias.map_or(0.0, |bias| f64::from(bias as f32 * (input.scale * weight.scale)));
    #[expect(clippy::cast_possible_truncation, reason = "a float32 is meant")]
    let sum = (products.sum::<f64>() + bias) as f32;
    range.clamp(round_to_i32(sum / output.scale).saturating_add(output.zero_point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_gemm_takes_signed_inputs_on_x86() {
        use OnnxOperator::{Conv, Gemm, MatMul};
        let fused = |cpu, signed| [MatMul, Gemm, Conv].map(|one| one.is_fused(cpu, signed));
        assert_eq!(fused(OnnxCpu::Avx2, true), [false, true, false]);
        assert_eq!(fused(OnnxCpu::Avx2, false), [true; 3]);
        assert_eq!(fused(OnnxCpu::Neon, true), [true; 3]);
    }

    fn layer(signed: bool) -> OnnxLayer {
        let params = |scale, zero_point| QParams { scale, zero_point };
        let weights = OnnxWeights::new([2, 1], Codes::s8(&[127, 127]), vec![0]).expect("it fits");
        OnnxLayer::new(weights, vec![1.0], signed, params(1.0, 0), params(512.0, 0))
            .expect("it fits")
    }

    #[test]
    fn u8_by_s8_saturates_on_avx2_and_float_does_not() {
        let x = [255, 255];
        let run = |cpu| layer(false).matmul(cpu, &x)[0];
        assert_eq!([run(OnnxCpu::Avx2), run(OnnxCpu::Vnni)], [64, 127]);
        assert_eq!(layer(false).matmul_in_float(&x), [127]);
        let biased = layer(false).with_bias(vec![-512]).expect("one");
        assert_eq!([biased.matmul(OnnxCpu::Vnni, &x)[0], biased.matmul_in_float(&x)[0]], [126; 2]);
        // The same bytes are -1 as s8.
        assert_eq!(layer(true).matmul(OnnxCpu::Avx2, &x), [0]);
    }

    #[test]
    fn misfits_are_told_apart() {
        let error = layer(true).with_bias(vec![0, 0]).expect_err("one output");
        assert_eq!(error, OnnxError::Count { what: "bias values", outputs: 1, found: 2 });
        let weights = OnnxWeights::new([1, 1], Codes::u8(&[0]), vec![0]).expect("it fits");
        let of = |scale, zero_point| {
            let params = QParams { scale, zero_point };
            OnnxLayer::new(weights.clone(), vec![1.0], true, params, params).expect_err("none")
        };
        assert_eq!(of(0.0, 0), OnnxError::Scale { scale: 0.0 });
        assert_eq!(of(1.0, 128), OnnxError::ZeroPoint { zero_point: 128, signed: true });
    }
}
