//! Every ramp of a layer from its pair sums, without a product per pair and code.
//!
//! On a ramp all inputs hold the same code `q`, so a pair's exact sum is the line
//! `q·(w0 + w1)`. The pair is that line up to the code at which it reaches a rail, and the rail
//! from there on. The sum of all pairs is therefore a running slope with an event at each such
//! code: O(pairs + 256) for a whole ramp, with no allocation.
//!
//! Pairing: `docs/arithmetic.md` section 3 (FBGEMM AVX2, `vpmaddubsw`).

pub use crate::arith::CODES;

const HIGH_RAIL: i32 = i16::MAX as i32;
const LOW_RAIL: i32 = i16::MIN as i32;

/// Sums of neighbouring weights, `w[0] + w[1]`, `w[2] + w[3]`, … in order (-256..=254 each).
///
/// The last weight of an odd row is paired with zero: its sum is that weight itself.
pub fn pair_sums(row: &[i8]) -> impl Iterator<Item = i32> {
    row.chunks(2).map(|pair| pair.iter().map(|&w| i32::from(w)).sum())
}

/// The first code (129..=255) at which a pair of this sum saturates on a ramp, `None` where no
/// code of 0..=255 does.
///
/// Only sums of 129 and more, or -129 and less, ever saturate, so a single 8-bit weight (the last
/// one of an odd row) never does.
///
/// ```
/// use rampscope::kernel::sweep::first_saturated_code;
/// assert_eq!(first_saturated_code(254), Some(130)); // 129 · 254 = 32766 still fits
/// assert_eq!(first_saturated_code(-256), Some(129)); // 128 · -256 = -32768 still fits
/// assert_eq!(first_saturated_code(128), None);
/// ```
pub const fn first_saturated_code(pair_sum: i32) -> Option<u8> {
    let code = match pair_sum {
        0 => return None,
        s if s > 0 => HIGH_RAIL / s + 1,
        s => LOW_RAIL / s + 1,
    };
    if code < CODES as i32 { Some(code as u8) } else { None }
}

/// The ramp of one output with pair saturation: `raw[q]` = Σ over pairs of
/// `clamp(q·(w0 + w1), -32768, 32767)`, what [`super::gemm`] with [`super::Saturation::Pairs`]
/// gives for an input of `row.len()` codes `q`.
///
/// The result is exact for rows of up to [`crate::arith::MAX_INPUTS`] weights; a longer row may exceed
/// `i32` and wraps around.
pub fn sweep_saturating(row: &[i8], raw: &mut [i32; CODES]) {
    let mut slope = 0_i32;
    // What changes at a code: the slope by -(w0 + w1), the offset by the rail reached.
    let mut slope_change = [0_i32; CODES];
    let mut offset_change = [0_i32; CODES];
    for sum in pair_sums(row) {
        slope = slope.wrapping_add(sum);
        if let Some(code) = first_saturated_code(sum) {
            let code = usize::from(code);
            let rail = if sum > 0 { HIGH_RAIL } else { LOW_RAIL };
            slope_change[code] = slope_change[code].wrapping_sub(sum);
            offset_change[code] = offset_change[code].wrapping_add(rail);
        }
    }
    let mut offset = 0_i32;
    for (code, value) in (0_i32..).zip(raw.iter_mut()) {
        let at = code as usize;
        slope = slope.wrapping_add(slope_change[at]);
        offset = offset.wrapping_add(offset_change[at]);
        *value = slope.wrapping_mul(code).wrapping_add(offset);
    }
}

/// The exact ramp of one output: `raw[q]` = `q·Σw`.
///
/// The result is exact for rows of up to [`crate::arith::MAX_INPUTS`] weights; a longer row may exceed
/// `i32` and wraps around.
pub fn sweep_exact(row: &[i8], raw: &mut [i32; CODES]) {
    let slope = row.iter().fold(0_i32, |sum, &w| sum.wrapping_add(i32::from(w)));
    for (code, value) in (0_i32..).zip(raw.iter_mut()) {
        *value = slope.wrapping_mul(code);
    }
}
