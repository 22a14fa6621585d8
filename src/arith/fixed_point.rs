//! Fixed-point multiplication of an accumulator by a real number, as TensorFlow Lite does it.
//!
//! `docs/arithmetic.md` section 8. Two libraries multiply by the same mantissa and shift and
//! round the last step differently.

/// A positive real number as `mantissa·2^(shift - 31)`, mantissa in 2³⁰..2³¹ (or 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Multiplier {
    /// Q31 fraction.
    pub mantissa: i32,
    /// Power of two: to the left if positive.
    pub shift: i32,
}

impl Multiplier {
    /// TensorFlow Lite `QuantizeMultiplier` (`kernels/internal/quantization_util.cc`).
    ///
    /// Below 2⁻³² it is 0. The library aborts on what is not finite; here that is the largest
    /// multiplier.
    pub fn from_real(real: f64) -> Multiplier {
        if real == 0.0 {
            return Multiplier { mantissa: 0, shift: 0 };
        }
        if !real.is_finite() {
            return Multiplier { mantissa: i32::MAX, shift: 31 };
        }
        let (fraction, mut shift) = libm::frexp(real);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "at most 2³¹, so exact in f64 and within i64"
        )]
        let mut mantissa = (fraction * 2_147_483_648.0 + 0.5).floor() as i64;
        if mantissa == 1 << 31 {
            mantissa /= 2;
            shift += 1;
        }
        if shift < -31 {
            return Multiplier { mantissa: 0, shift: 0 };
        }
        #[expect(clippy::cast_possible_truncation, reason = "below 2³¹ after the step above")]
        let mantissa = mantissa as i32;
        Multiplier { mantissa, shift }
    }

    /// The real number that it stands for.
    pub fn real(self) -> f64 {
        libm::ldexp(self.mantissa.into(), self.shift - 31)
    }
}

/// `a·b·2⁻³¹` rounded to nearest, ties upwards; 2³¹ - 1 where both are -2³¹.
///
/// gemmlowp `fixedpoint/fixedpoint.h`, `SaturatingRoundingDoublingHighMul`.
#[expect(clippy::cast_possible_truncation, reason = "within i32 but for the case that comes first")]
pub fn saturating_rounding_doubling_high_mul(a: i32, b: i32) -> i32 {
    if a == i32::MIN && b == i32::MIN {
        return i32::MAX;
    }
    let product = i64::from(a) * i64::from(b);
    ((product + (1 << 30)) >> 31) as i32
}

/// `x / 2^exponent` rounded to nearest, ties away from zero (gemmlowp `RoundingDivideByPOT`).
///
/// `exponent` is 0..=31.
#[expect(clippy::cast_possible_truncation, reason = "not larger in size than x")]
pub fn rounding_divide_by_pot(x: i32, exponent: u32) -> i32 {
    let x = i64::from(x);
    let mask = (1_i64 << exponent) - 1;
    let remainder = x & mask;
    let threshold = (mask >> 1) + i64::from(x < 0);
    ((x >> exponent) + i64::from(remainder > threshold)) as i32
}

/// `x / 2^exponent` rounded to nearest, ties upwards: the second step of ruy's x86 kernels.
#[expect(clippy::cast_possible_truncation, reason = "not larger in size than x")]
fn rounding_shift_right(x: i32, exponent: u32) -> i32 {
    ((i64::from(x) + ((1_i64 << exponent) >> 1)) >> exponent) as i32
}

/// The first step of both libraries, and the exponent of the second.
fn high_part(acc: i32, multiplier: Multiplier) -> (i32, u32) {
    let left = u32::try_from(multiplier.shift).unwrap_or(0);
    // Bits shifted out are lost, as in the library's int32.
    let shifted = acc.checked_shl(left).unwrap_or(0);
    let high = saturating_rounding_doubling_high_mul(shifted, multiplier.mantissa);
    (high, if left > 0 { 0 } else { multiplier.shift.unsigned_abs().min(31) })
}

/// `acc·multiplier` by two roundings, the second with ties away from zero: gemmlowp's
/// specification, TensorFlow Lite's reference kernels (tflite-runtime 2.14).
pub fn multiply_gemmlowp(acc: i32, multiplier: Multiplier) -> i32 {
    let (high, exponent) = high_part(acc, multiplier);
    rounding_divide_by_pot(high, exponent)
}

/// `acc·multiplier` by two roundings, both with ties upwards: TensorFlow Lite's optimised kernels
/// on x86 (ruy; tflite-runtime 2.14 and LiteRT 2.3).
pub fn multiply_ruy(acc: i32, multiplier: Multiplier) -> i32 {
    let (high, exponent) = high_part(acc, multiplier);
    rounding_shift_right(high, exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multipliers() {
        let cases = [
            (0.0, (0, 0)),
            (0.5, (1 << 30, 0)),
            (1.0, (1 << 30, 1)),
            (0.75, (3 << 29, 0)),
            // The mantissa rounds up to 2³¹ and is halved.
            (1.0 - f64::EPSILON, (1 << 30, 1)),
            (2.0_f64.powi(-32), (1 << 30, -31)),
            (2.0_f64.powi(-33), (0, 0)),
            (f64::INFINITY, (i32::MAX, 31)),
        ];
        for (real, (mantissa, shift)) in cases {
            assert_eq!(Multiplier::from_real(real), Multiplier { mantissa, shift }, "{real}");
        }
    }

    #[test]
    fn the_two_libraries_part_at_negative_ties() {
        let quarter = Multiplier::from_real(0.25);
        let ties = [(2, 1, 1), (-2, -1, 0), (6, 2, 2), (-6, -2, -1), (4, 1, 1), (-4, -1, -1)];
        for (acc, gemmlowp, ruy) in ties {
            assert_eq!(multiply_gemmlowp(acc, quarter), gemmlowp, "gemmlowp {acc}");
            assert_eq!(multiply_ruy(acc, quarter), ruy, "ruy {acc}");
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        assert_eq!(saturating_rounding_doubling_high_mul(i32::MIN, i32::MIN), i32::MAX);
        for real in [1e-30, 1e-9, 0.3, 1.0, 1e9, 1e30, 1e300] {
            for acc in [i32::MIN, -1, 0, 1, i32::MAX] {
                multiply_gemmlowp(acc, Multiplier::from_real(real));
                multiply_ruy(acc, Multiplier::from_real(real));
            }
        }
    }
}
