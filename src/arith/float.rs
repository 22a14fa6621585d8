//! The few float operations whose rounding matters, named once.

/// `a·b + c` in float32 with one rounding, the same bits on every target.
pub(super) fn fma(a: f32, b: f32, c: f32) -> f32 {
    libm::fmaf(a, b, c)
}

/// Float32 to int32 as x86's `cvtps2dq` does: ties to even; NaN and whatever does not fit become
/// -2³¹.
///
/// `docs/arithmetic.md` section 5: this is why absurdly large outputs of FBGEMM become 0.
#[expect(clippy::cast_possible_truncation, reason = "within i32 by the comparison")]
pub fn round_to_i32(value: f32) -> i32 {
    let rounded = value.round_ties_even();
    if (-2_147_483_648.0..2_147_483_648.0).contains(&rounded) { rounded as i32 } else { i32::MIN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_ties_to_even_and_overflows_to_the_lowest() {
        let cases = [(0.5, 0), (1.5, 2), (2.5, 2), (-0.5, 0), (-1.5, -2), (-2.5, -2)];
        for (value, code) in cases {
            assert_eq!(round_to_i32(value), code, "{value}");
        }
        for value in [2_147_483_648.0, -2_147_483_648.0, 3e9, -3e9, f32::INFINITY, f32::NAN] {
            assert_eq!(round_to_i32(value), i32::MIN, "{value}");
        }
        assert_eq!(round_to_i32(2_147_483_520.0), 2_147_483_520);
    }

    #[test]
    fn fma_rounds_once() {
        // 4097² needs 25 bits: rounded alone it loses the last one.
        assert_eq!(fma(4097.0, 4097.0, -16_785_408.0), 1.0);
        assert_eq!(4097.0_f32 * 4097.0 - 16_785_408.0, 0.0);
    }
}
