//! ONNX Runtime's integer operators, on x86 and on ARM64.

use super::accumulate::{Accumulator, Lane};
use super::codes::Codes;
use super::conv::ConvShape;
use super::float::{fma, round_to_i32};
use super::group::{Blocks, Group, Members};
use super::qparams::{QParams, QRange};

/// The CPUs that ONNX Runtime's products tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnnxCpu {
    /// x86 with AVX2, and AVX-512 without VNNI.
    Avx2,
    /// x86 with either VNNI.
    Vnni,
    /// ARM64 without dot product.
    Neon,
    /// ARM64 with dot product.
    DotProduct,
}

/// NEON without dot product: in every 16 products k and k + 8 are added in 16 bits and wrap, which
/// -128·-128 twice does.
const NEON: Accumulator = wrapping(Members::Apart(8));

impl OnnxCpu {
    /// Whether it is ARM64.
    pub const fn is_arm(self) -> bool {
        matches!(self, OnnxCpu::Neon | OnnxCpu::DotProduct)
    }

    /// Σ left·right as MLAS sums it; raw codes, no zero point taken off.
    ///
    /// On x86 without VNNI u8 × s8 saturates in pairs of neighbours, and nothing else does. On ARM
    /// without dot product a signed right operand wraps, and a u8 left one is made signed first. For
    /// `ConvInteger` the *weights* are the left operand. `docs/arithmetic.md` sections 14 and 15.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn product(self, left: Codes, right: Codes) -> i32 {
        match (self, left.signed, right.signed) {
            (OnnxCpu::Avx2, false, true) => {
                Accumulator::PAIR_SATURATING.accumulate(left.bytes, &right.signed_bytes())
            }
            (OnnxCpu::Neon, _, true) => signed(NEON, left, right),
            _ => left.dot(right),
        }
    }

    /// The same for a row of `QLinearConv`, channels innermost; `zero_point`: the weights'.
    ///
    /// Depthwise convolutions have kernels of their own: exact on x86, and on ARM pairs of taps that
    /// wrap with or without dot product, where channels come in eights and the weights are symmetric.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn conv_product(self, shape: &ConvShape, x: Codes, w: Codes, zero_point: i32) -> i32 {
        let is_symmetric = w.signed && zero_point == 0;
        if shape.is_depthwise() {
            let is_wrapping = self.is_arm() && is_symmetric && shape.channels.is_multiple_of(8);
            // A 3×3 kernel takes the taps of two rows of four.
            let members = match shape.taps() == 9 && shape.channels.is_multiple_of(16) {
                true => Members::Apart(2),
                false => Members::Run(2),
            };
            return if is_wrapping { signed(wrapping(members), x, w) } else { x.dot(w) };
        }
        // Another kernel, whose sums have 32 bits.
        if self == OnnxCpu::Neon && x.signed && is_symmetric {
            x.dot(w)
        } else {
            self.product(x, w)
        }
    }

    /// Whether a bias is added to a float output with one rounding, and not with two: by the fused
    /// operators `DynamicQuantizeMatMul` and `MatMulIntegerToFloat` on ARM.
    pub const fn fuses_float_bias(self) -> bool {
        self.is_arm()
    }
}

const fn wrapping(members: Members) -> Accumulator {
    let group = Group { members, blocks: Blocks::Whole };
    Accumulator { group, lane: Lane::Wrap, signed_inputs: true }
}

/// A sum of signed products, of u8 codes as `(a - 128)·b + 128·b`.
fn signed(accumulator: Accumulator, left: Codes, right: Codes) -> i32 {
    let weights = right.signed_bytes();
    if left.signed {
        accumulator.accumulate(left.bytes, &weights)
    } else {
        let sum = accumulator.accumulate(&left.shifted_bytes(), &weights);
        sum.wrapping_add(right.sum().wrapping_mul(128))
    }
}

/// Output codes per unit of the accumulator: `(a_scale·b_scale)/y_scale`, each step in float32.
pub fn onnx_multiplier(input: f32, weight: f32, output: f32) -> f32 {
    input * weight / output
}

/// The rescaling of `QLinearMatMul`, `QGemm` and `QLinearConv`: the product in float32 is clamped to
/// the range of codes less the zero point, rounded half to even, and the zero point added.
///
/// MLAS `MlasRequantizeOutput`; `docs/arithmetic.md` section 14.
pub fn requantize_onnx(acc: i32, multiplier: f32, zero_point: i32, range: QRange) -> i32 {
    let steps = |code: i32| code.saturating_sub(zero_point) as f32;
    let value = (acc as f32 * multiplier).max(steps(range.qmin)).min(steps(range.qmax));
    round_to_i32(value).saturating_add(zero_point)
}

/// The float output of `DynamicQuantizeMatMul` and `MatMulIntegerToFloat`, and of their nodes one by
/// one: `acc·(a_scale·b_scale) + bias`.
pub fn dequantize_onnx(acc: i32, scale: f32, bias: Option<f32>, is_fused: bool) -> f32 {
    match bias {
        None => acc as f32 * scale,
        Some(bias) if is_fused => fma(acc as f32, scale, bias),
        Some(bias) => acc as f32 * scale + bias,
    }
}

/// `DynamicQuantizeLinear`: u8 codes of real inputs, and their scale and zero point. It divides by the
/// scale, where PyTorch multiplies by its reciprocal.
///
/// All in float32; zero is always in the range, and without a range the scale is 1. A NaN counts as
/// nothing for the range, and its code is that of `i32::MIN`.
pub fn dynamic_quantize_linear(x: &[f32]) -> (Vec<u8>, QParams) {
    let (min, max) = x.iter().fold((0.0_f32, 0.0_f32), |(min, max), &x| (min.min(x), max.max(x)));
    let scale = if min == max { 1.0 } else { (max - min) / 255.0 };
    let zero_point = round_to_i32(((0.0 - min) / scale).clamp(0.0, 255.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let code = |&x: &f32| round_to_i32(x / scale).saturating_add(zero_point).clamp(0, 255) as u8;
    (x.iter().map(code).collect(), QParams { scale, zero_point })
}

/// What an operator between `DequantizeLinear` and `QuantizeLinear` gives where ONNX Runtime does not
/// fuse them: the product of dequantized codes in float32, quantized again.
///
/// The library's order of summation is not known; here the sum is made in double and rounded once,
/// which has missed one recorded value of 29 936, a tie. `bias` is in units of `a_scale·b_scale`.
pub fn unfused_onnx(
    [a, b]: [Codes; 2],
    [input, weight]: [QParams; 2],
    bias: Option<i32>,
    output: QParams,
    range: QRange,
) -> i32 {
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

    const CPUS: [OnnxCpu; 4] = [OnnxCpu::Avx2, OnnxCpu::Vnni, OnnxCpu::Neon, OnnxCpu::DotProduct];

    #[test]
    fn one_pair_of_types_saturates_and_one_side_wraps() {
        let (high, low) = ([255; 16], [128; 16]);
        let sums = |left: Codes, right: Codes| CPUS.map(|cpu| cpu.product(left, right));
        // u8 × s8: 255·-128.
        let exact = -32_640 * 16;
        assert_eq!(sums(Codes::u8(&high), Codes::s8(&low)), [-32_768 * 8, exact, exact, exact]);
        // s8 × s8: -128·-128.
        let exact = 16_384 * 16;
        assert_eq!(sums(Codes::s8(&low), Codes::s8(&low)), [exact, exact, -exact, exact]);
        // The code 0 is -128 there.
        assert_eq!(sums(Codes::u8(&[0; 16]), Codes::s8(&low)), [0, 0, -2 * exact, 0]);
        for right in [Codes::u8(&high), Codes::u8(&low)] {
            let exact = Codes::s8(&low).dot(right);
            assert_eq!(sums(Codes::s8(&low), right), [exact; 4]);
        }
    }

    #[test]
    fn codes_are_clamped_before_they_are_rounded() {
        let range = QRange { qmin: 0, qmax: 255 };
        assert_eq!(requantize_onnx(i32::MAX, 1e9, 10, range), 255);
        assert_eq!([requantize_onnx(1, 0.5, 1, range), requantize_onnx(3, 0.5, 1, range)], [1, 3]);
        assert_eq!(requantize_onnx(-9, 1.0, 7, range), 0);
    }

    #[test]
    fn a_range_of_inputs_has_zero_in_it() {
        let (codes, params) = dynamic_quantize_linear(&[1.0, 2.55]);
        assert_eq!((params.zero_point, codes), (0, vec![100, 255]));
        let (codes, params) = dynamic_quantize_linear(&[0.0, 0.0]);
        assert_eq!((params, codes), (QParams { scale: 1.0, zero_point: 0 }, vec![0, 0]));
        assert_eq!(dynamic_quantize_linear(&[-5.1]).1.zero_point, 255);
    }
}
