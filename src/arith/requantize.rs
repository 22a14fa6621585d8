//! From an accumulator to an output code: one function per rounding rule.
//!
//! Five rules meet in this field and none is implicit here. All functions add the output zero
//! point last and clamp to a range of codes. `docs/arithmetic.md` sections 5, 6, 8 and 11.

use super::fixed_point::{Multiplier, multiply_gemmlowp, multiply_ruy};
use super::float::{fma, round_to_i32};
use super::qparams::QRange;
use super::scales::Scales;

/// FBGEMM's accumulator plus bias, in float32 units of the accumulator.
///
/// Per tensor, `FMA(bias, 1/(input·weight), acc)`, rounded once; per channel,
/// `acc + bias/(input·weight)`, two roundings. `src/QuantUtilsAvx2.cc`,
/// `requantizeOutputProcessingAvx2`; `docs/arithmetic.md` section 5.
pub fn fbgemm_add_bias(acc: i32, bias: f32, scales: Scales) -> f32 {
    // Rounds to nearest even above 2²⁴, as `cvtdq2ps` does.
    let acc = acc as f32;
    if scales.per_channel {
        acc + bias / scales.accumulator()
    } else {
        fma(bias, 1.0 / scales.accumulator(), acc)
    }
}

/// The same per tensor with two roundings, `acc + bias·(1/(input·weight))`: FBGEMM's depthwise
/// kernels in PyTorch 2.15.
///
/// `docs/arithmetic.md` section 12.
pub fn fbgemm_add_bias_unfused(acc: i32, bias: f32, scales: Scales) -> f32 {
    acc as f32 + bias * (1.0 / scales.accumulator())
}

/// The bias in units of the accumulator as PyTorch gives it to QNNPACK:
/// `rint(bias·(1/(weight·input)))`, saturated to int32; a NaN becomes 0.
///
/// `docs/arithmetic.md` section 6.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates and maps NaN to 0, as said")]
pub fn bias_to_i32_qnnpack(bias: f32, scales: Scales) -> i32 {
    (bias * (1.0 / scales.accumulator())).round_ties_even() as i32
}

/// The bias in units of the accumulator as ONNX Runtime's quantizer stores it:
/// `rint(bias/(input·weight))` in float32, saturated to int32; a NaN becomes 0.
///
/// `onnxruntime/python/tools/quantization/base_quantizer.py`, `quantize_bias_static`.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates and maps NaN to 0, as said")]
pub fn bias_to_i32_onnx(bias: f32, scales: Scales) -> i32 {
    (bias / scales.accumulator()).round_ties_even() as i32
}

/// The bias in units of the accumulator as TensorFlow Lite's converter stores it:
/// `round(bias/(input·weight))` in double, ties away from zero, saturated to int32; a NaN becomes
/// 0.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates and maps NaN to 0, as said")]
pub fn bias_to_i32_tflite(bias: f32, scales: Scales) -> i32 {
    let unit = f64::from(scales.input) * f64::from(scales.weight);
    (f64::from(bias) / unit).round() as i32
}

/// The end of FBGEMM's and QNNPACK's x86 kernels: a value in output steps is rounded ties to even
/// ([`round_to_i32`]), saturated to int16, the zero point added saturating in int16, clamped.
pub fn requantize_float(value: f32, zero_point: i32, range: QRange) -> i32 {
    let saturate = |code: i32| code.clamp(i16::MIN.into(), i16::MAX.into());
    range.clamp(saturate(saturate(round_to_i32(value)).saturating_add(zero_point)))
}

/// Two roundings, the second with ties away from zero ([`multiply_gemmlowp`]).
pub fn requantize_gemmlowp(
    acc: i32,
    multiplier: Multiplier,
    zero_point: i32,
    range: QRange,
) -> i32 {
    range.clamp(multiply_gemmlowp(acc, multiplier).saturating_add(zero_point))
}

/// Two roundings, both with ties upwards ([`multiply_ruy`]).
pub fn requantize_ruy(acc: i32, multiplier: Multiplier, zero_point: i32, range: QRange) -> i32 {
    range.clamp(multiply_ruy(acc, multiplier).saturating_add(zero_point))
}

/// One rounding in double, ties away from zero: LiteRT 2.3's reference kernel.
pub fn requantize_double(acc: i32, multiplier: f64, zero_point: i32, range: QRange) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    let rounded = (f64::from(acc) * multiplier).round() as i32;
    range.clamp(rounded.saturating_add(zero_point))
}

/// One rounding in float32, ties to even, capped at the highest code first: the XNNPACK delegate
/// of LiteRT 2.3.
pub fn requantize_xnnpack(acc: i32, multiplier: f32, zero_point: i32, range: QRange) -> i32 {
    // A difference of two codes: exact in f32.
    let cap = range.qmax.saturating_sub(zero_point) as f32;
    requantize_float((acc as f32 * multiplier).min(cap), zero_point, range)
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

/// A shift instead of a multiplication: the multiplier's nearest power of two (in the exponent),
/// ties upwards. The forum author's suggestion; `docs/arithmetic.md` section 11.
///
/// A multiplier that is no positive number counts as one beyond every range.
pub fn requantize_power_of_two(acc: i32, multiplier: f32, zero_point: i32, range: QRange) -> i32 {
    let acc = i64::from(acc);
    let shifted = match right_shift(multiplier) {
        // Beyond 62 bits every int32 has become 0 long since.
        right @ 1.. => {
            let right = right.min(62);
            (acc + (1 << (right - 1))) >> right
        }
        // 31 bits to the left are beyond every range of codes but for 0.
        left => acc << left.unsigned_abs().min(31),
    };
    let wide = i64::from(i32::MIN)..=i64::from(i32::MAX);
    #[expect(clippy::cast_possible_truncation, reason = "within i32 by the clamp")]
    let shifted = shifted.clamp(*wide.start(), *wide.end()) as i32;
    range.clamp(shifted.saturating_add(zero_point))
}

/// The bits by which [`requantize_power_of_two`] shifts to the right: `rint(-log2(multiplier))`.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates and maps NaN to 0")]
pub(super) fn right_shift(multiplier: f32) -> i32 {
    (-libm::log2(f64::from(multiplier))).round_ties_even() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::QType;
    use crate::arith::scales::fixtures::{CODES, scales};

    #[test]
    fn absurdly_large_outputs_become_zero_in_fbgemm() {
        assert_eq!(requantize_float(2_147_483_648.0, 10, CODES), 0);
        assert_eq!(requantize_float(2_147_483_520.0, 10, CODES), 255);
    }

    #[test]
    fn codes_are_clamped_before_they_are_rounded() {
        assert_eq!(requantize_onnx(i32::MAX, 1e9, 10, CODES), 255);
        assert_eq!([requantize_onnx(1, 0.5, 1, CODES), requantize_onnx(3, 0.5, 1, CODES)], [1, 3]);
        assert_eq!(requantize_onnx(-9, 1.0, 7, CODES), 0);
    }

    #[test]
    fn relu_clamps_at_the_zero_point() {
        let relu = QRange { qmin: 10, qmax: 255 };
        assert_eq!(requantize_float(-5.0, 10, relu), 10);
        assert_eq!(requantize_float(5.0, 10, relu), 15);
    }

    #[test]
    fn the_bias_is_fused_per_tensor_only() {
        // 1/3 is inexact, so the two rules round differently.
        let tensor = scales(3.0, 1.0, 1.0, false);
        let channel = scales(3.0, 1.0, 1.0, true);
        let differ = (1..2000)
            .map(|n| n as f32 * 0.37)
            .filter(|&bias| {
                fbgemm_add_bias(7, bias, tensor).to_bits()
                    != fbgemm_add_bias(7, bias, channel).to_bits()
            })
            .count();
        assert!(differ > 0);
    }

    #[test]
    fn an_integer_bias_is_multiplied_in_qnnpack_and_divided_in_tflite() {
        // 26.25/0.42 is a tie away from the product with the rounded reciprocal.
        let unit = scales(0.42, 1.0, 1.0, false);
        assert_eq!(bias_to_i32_qnnpack(26.25, unit), 62);
        assert_eq!((26.25_f32 / 0.42).round_ties_even(), 63.0);
        assert_eq!(bias_to_i32_tflite(-7.5, scales(3.0, 1.0, 1.0, false)), -3);
        for bias in [f32::INFINITY, f32::NEG_INFINITY] {
            let saturated = if bias > 0.0 { i32::MAX } else { i32::MIN };
            assert_eq!(bias_to_i32_qnnpack(bias, unit), saturated);
            assert_eq!(bias_to_i32_tflite(bias, unit), saturated);
        }
    }

    #[test]
    fn xnnpack_caps_before_it_rounds() {
        // Without the cap 2³¹ would be rounded to -2³¹, the lowest code.
        let signed = QType::QInt8.range();
        assert_eq!(requantize_xnnpack(i32::MAX, 1.0, 0, signed), 127);
        assert_eq!(requantize_xnnpack(i32::MIN, 1.0, 0, signed), -128);
    }

    #[test]
    fn shifts_at_the_ends_of_every_range() {
        for multiplier in [0.0, f32::MIN_POSITIVE, 1e-20, 1.0, 1e20, f32::INFINITY, f32::NAN] {
            for acc in [i32::MIN, -1, 0, 1, i32::MAX] {
                let code = requantize_power_of_two(acc, multiplier, 7, CODES);
                assert!((0..=255).contains(&code));
            }
        }
        assert_eq!(requantize_power_of_two(1, 1e20, 7, CODES), 255);
        assert_eq!(requantize_power_of_two(i32::MIN, 1e-20, 7, CODES), 7);
        assert_eq!(requantize_power_of_two(100, 0.3, 0, CODES), 25);
        assert_eq!(requantize_power_of_two(100, 0.4, 0, CODES), 50);
    }
}
