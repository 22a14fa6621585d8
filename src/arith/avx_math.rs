//! The float32 polynomials that PyTorch's AVX2 build uses for normal random numbers.
//!
//! Cephes' `logf` and `sincosf` as `avx_mathfun.h` (Julien Pommier, Giovanni Garberoglio) writes
//! them, with every multiply-add fused as PyTorch's compiler does. `docs/arithmetic.md` section 9.

use super::float::fma;

const SQRT_HALF: f32 = std::f32::consts::FRAC_1_SQRT_2;
// ln 2 in two parts, the first with few bits, so that exponent·part is exact.
const LN2_HIGH: f32 = 0.693_359_4;
const LN2_LOW: f32 = -2.121_944_4e-4;
const LOG_POLYNOMIAL: [f32; 9] = [
    7.037_683_6e-2,
    -1.151_461e-1,
    1.167_699_84e-1,
    -1.242_014_1e-1,
    1.424_932_3e-1,
    -1.666_805_7e-1,
    2.000_071_4e-1,
    -2.499_999_4e-1,
    3.333_333e-1,
];

/// Natural logarithm of a normal number in (0, 1].
pub(super) fn log(x: f32) -> f32 {
    let x = x.max(f32::MIN_POSITIVE);
    let bits = x.to_bits();
    // The exponent of a number in [0.5, 1); -126 + 1 at least.
    let mut exponent = (bits >> 23) as f32 - 126.0;
    let mut m = f32::from_bits((bits & 0x007f_ffff) | 0.5_f32.to_bits());
    if m < SQRT_HALF {
        exponent -= 1.0;
        m = (m - 1.0) + m;
    } else {
        m -= 1.0;
    }
    let square = m * m;
    let mut y = LOG_POLYNOMIAL[0];
    for coefficient in &LOG_POLYNOMIAL[1..] {
        y = fma(y, m, *coefficient);
    }
    y *= m;
    y = fma(y, square, exponent * LN2_LOW);
    y = fma(-square, 0.5, y);
    fma(exponent, LN2_HIGH, m + y)
}

const FOUR_BY_PI: f32 = 1.273_239_5;
// π/4 in three parts, negated.
const PI_QUARTERS: [f32; 3] = [-0.785_156_25, -2.418_756_5e-4, -3.774_895e-8];
const SIN_POLYNOMIAL: [f32; 3] = [-1.951_529_6e-4, 8.332_161e-3, -1.666_665_5e-1];
const COS_POLYNOMIAL: [f32; 3] = [2.443_315_7e-5, -1.388_731_6e-3, 4.166_664_6e-2];

/// Sine and cosine of a number in [0, 8192).
pub(super) fn sin_cos(x: f32) -> (f32, f32) {
    // Octant, rounded up to even.
    #[expect(clippy::cast_possible_truncation, reason = "the truncation is the library's")]
    let octant = ((x * FOUR_BY_PI) as i32 + 1) & !1;
    let turns = octant as f32;
    let x = PI_QUARTERS.iter().fold(x, |x, part| fma(turns, *part, x));
    let square = x * x;
    let mut cos = COS_POLYNOMIAL[0];
    cos = fma(cos, square, COS_POLYNOMIAL[1]);
    cos = fma(cos, square, COS_POLYNOMIAL[2]);
    cos *= square;
    cos = fma(cos, square, -(square * 0.5));
    cos += 1.0;
    let mut sin = SIN_POLYNOMIAL[0];
    sin = fma(sin, square, SIN_POLYNOMIAL[1]);
    sin = fma(sin, square, SIN_POLYNOMIAL[2]);
    sin *= square;
    sin = fma(sin, x, x);
    let (sin, cos) = if octant & 2 == 0 { (sin, cos) } else { (cos, sin) };
    let sin = if octant & 4 == 0 { sin } else { -sin };
    let cos = if (octant - 2) & 4 == 0 { -cos } else { cos };
    (sin, cos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_to_the_real_functions() {
        for step in 1..=1000 {
            let u = step as f32 / 1000.0;
            assert!((f64::from(log(u)) - f64::from(u).ln()).abs() < 1e-6, "log {u}");
            let turn = std::f32::consts::TAU * u;
            let (sin, cos) = sin_cos(turn);
            assert!((f64::from(sin) - f64::from(turn).sin()).abs() < 1e-6, "sin {turn}");
            assert!((f64::from(cos) - f64::from(turn).cos()).abs() < 1e-6, "cos {turn}");
        }
    }
}
