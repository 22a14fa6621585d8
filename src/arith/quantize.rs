//! Real values to codes and back.

use super::float::round_to_i32;
use super::qparams::{QParams, QRange};

/// The largest float32 below 2³¹; FBGEMM caps the product there before rounding it.
const PRODUCT_CAP: f32 = 2_147_483_520.0;

/// The code of a real value: `clamp(rint(x·(1/scale)) + zero_point)`.
///
/// `torch.quantize_per_tensor` on x86 (FBGEMM `src/QuantUtilsAvx2.cc`, `QuantizeAvx2` without
/// `LEGACY`); `docs/arithmetic.md` section 2. Pass the range of the *type*
/// ([`QType::range`](super::QType::range)), not the observer's.
///
/// The result is within `range` for every `x`. Corners of the real code are kept: the zero point
/// is added in wrapping int32, so a product at or beyond ±2³¹ can leave at the other end of the
/// range, and NaN counts as the cap (`minps` returns its second operand).
pub fn quantize(x: f32, q: QParams, range: QRange) -> i32 {
    quantize_trace(x, q, range).code
}

/// The numbers on the way from a real value to its code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantizeTrace {
    /// `x·(1/scale)`, both roundings in float32, capped below 2³¹.
    pub product: f32,
    /// Whether the product has the zero point in it already, added before it was rounded
    /// ([`DynamicEngine::Fbgemm`](super::DynamicEngine::Fbgemm)).
    pub has_zero_point: bool,
    /// The product rounded, halves to even, and the zero point, before the clamp.
    pub unclamped: i32,
    /// The code.
    pub code: i32,
}

/// The same as [`quantize`], step by step.
#[inline]
pub fn quantize_trace(x: f32, q: QParams, range: QRange) -> QuantizeTrace {
    // `min` drops a NaN, as the instruction does.
    let product = (x * (1.0 / q.scale)).min(PRODUCT_CAP);
    let unclamped = round_to_i32(product).wrapping_add(q.zero_point);
    QuantizeTrace { product, has_zero_point: false, unclamped, code: range.clamp(unclamped) }
}

/// The real value of a code: `(code - zero_point)·scale`, the product in float32.
///
/// Exact up to that one rounding for differences within ±2²⁴, so for every 8-bit code.
pub fn dequantize(code: i32, q: QParams) -> f32 {
    code.wrapping_sub(q.zero_point) as f32 * q.scale
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::QType;

    const UNIT: QParams = QParams { scale: 1.0, zero_point: 0 };

    #[test]
    fn ties_go_to_even_before_the_zero_point_is_added() {
        let range = QType::QUInt8.range();
        let odd = QParams { scale: 1.0, zero_point: 1 };
        assert_eq!(quantize(0.5, UNIT, range), 0);
        assert_eq!(quantize(1.5, UNIT, range), 2);
        assert_eq!(quantize(0.5, odd, range), 1);
        assert_eq!(quantize(2.5, odd, range), 3);
    }

    #[test]
    fn corners_of_the_real_code() {
        let signed = QType::QInt8.range();
        let below = QParams { scale: 1.0, zero_point: -1 };
        assert_eq!(quantize(-1e10, below, signed), 127);
        assert_eq!(quantize(-1e10, UNIT, signed), -128);
        assert_eq!(quantize(1e10, UNIT, signed), 127);
        let unsigned = QType::QUInt8.range();
        assert_eq!(quantize(f32::NAN, UNIT, unsigned), 255);
        assert_eq!(quantize(f32::NEG_INFINITY, UNIT, unsigned), 0);
    }

    #[test]
    fn the_reciprocal_is_rounded_before_it_multiplies() {
        let q = QParams { scale: 15.0, zero_point: 0 };
        // 757.5 ÷ 15 is 50.5, whose half goes to the even 50.
        let trace = quantize_trace(757.5, q, QType::QUInt8.range());
        assert_eq!((trace.product, trace.unclamped, trace.code), (50.500004, 51, 51));
    }

    #[test]
    fn codes_survive_the_way_back() {
        let q = QParams { scale: 0.023, zero_point: 139 };
        for code in 0..=255 {
            assert_eq!(quantize(dequantize(code, q), q, QType::QUInt8.range()), code);
        }
    }
}
