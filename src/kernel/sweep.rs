//! Every ramp of a layer from its pair sums, without a product per pair and code.
//!
//! On a ramp all inputs hold the same code `q`, so a pair's exact sum is the line
//! `q·(w0 + w1)`. The pair is that line up to the code at which it reaches a rail, and the rail
//! from there on. The sum of all pairs is therefore a running slope with an event at each such
//! code: O(pairs + 256) for a whole ramp, with no allocation.
//!
//! Pairing: `docs/arithmetic.md` section 3 (FBGEMM AVX2, `vpmaddubsw`).

use crate::arith::Rail;
pub use crate::arith::{CODES, first_saturated_code};

/// Sums of neighbouring weights, `w[0] + w[1]`, `w[2] + w[3]`, … in order (-256..=254 each).
///
/// The last weight of an odd row is paired with zero: its sum is that weight itself.
pub fn pair_sums(row: &[i8]) -> impl Iterator<Item = i32> {
    let (pairs, rest) = row.as_chunks();
    let sums = pairs.iter().map(|&[a, b]| i32::from(a) + i32::from(b));
    sums.chain(rest.iter().map(|&w| i32::from(w)))
}

/// The ramp of one output with pair saturation: `raw[q]` = Σ over pairs of
/// `clamp(q·(w0 + w1), -32768, 32767)`, what [`super::gemm`] with [`super::PairSum::Saturate`]
/// gives for an input of `row.len()` codes `q`.
///
/// The result is exact for rows of up to [`crate::arith::MAX_INPUTS`] weights; a longer row may exceed
/// `i32` and wraps around.
pub fn sweep_saturating(row: &[i8], raw: &mut [i32; CODES]) {
    let mut slope = 0_i32;
    // What changes at a code: the slope by -(w0 + w1), the offset by the rail reached.
    let mut slope_change = [0_i32; CODES];
    let mut offset_change = [0_i32; CODES];
    pair_sums(row).for_each(|sum| {
        slope = slope.wrapping_add(sum);
        // No code saturates these, which most pairs are: the division is for the others.
        if (-128..=128).contains(&sum) {
            return;
        }
        if let Some(code) = first_saturated_code(sum) {
            let code = usize::from(code);
            let rail = Rail::of(sum).value();
            slope_change[code] = slope_change[code].wrapping_sub(sum);
            offset_change[code] = offset_change[code].wrapping_add(rail);
        }
    });
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
