//! The product of bytes and s8 weights, with whatever becomes of pairs, once for all lanes.
//!
//! Codes and weights are laid out first (`pack.rs`). A tile is [`ROWS`] rows × 8 outputs, in a
//! register for 4 sums each: a step loads two vectors of weights, and of each row two neighbouring codes, four
//! times. 16 multiply-adds take two dot products and two additions, and no sum is spread over lanes. That
//! and a list of what pairs lose (`correction.rs`) is all where few pairs can lose something.
//!
//! Where more of them saturate, a tile is 4 rows × 4 outputs and a step four codes of each row: two dot
//! products give the sums of eight pairs, which one narrowing saturates and another dot product adds by twos.
//!
//! A code times a weight fits 16 bits (255 · -128 = -32640), so the saturating sum of two products is exactly
//! what `vpmaddubsw` makes of a pair; the rest is exact, see
//! [`MAX_INPUTS`](crate::arith::MAX_INPUTS). Two signed bytes fit just as well. Source of the arithmetic: `docs/arithmetic.md` section 3.

use super::Fastest;
use super::lanes::{Lanes, Plane, add_four};
use super::pack::Packed;
use super::shape::{ShapeError, elements};
use super::soft::Soft;
use super::weights::{EXACT_OUTPUTS, PackedWeights, PairRule, PairSum, SATURATED_OUTPUTS};

/// Rows computed together, so that each weight is loaded once for all of them.
const ROWS: usize = 4;

/// Rows whose codes are packed at once: it takes twice their room.
const ROWS_AT_ONCE: usize = 128;

/// Planes of codes of a group that are worked off at once: with their weights they stay in the nearest
/// cache.
const BLOCK: usize = 1024;

/// Accumulators of a layer: `out[m][n]` = Σ over k of `x[m][k] · w[n][k]`.
///
/// `x`: codes, row-major `[rows][inputs]` (M × K). `out`: row-major `[rows][outputs]` (M × N),
/// overwritten. Zero points are not subtracted. Pairs are summed as the weights are packed for.
/// Runs on [`super::backend`].
///
/// # Errors
/// [`ShapeError::Codes`] or [`ShapeError::Accumulators`] where a length does not fit,
/// [`ShapeError::TooLarge`] where the shape overflows. `out` is untouched then.
///
/// ```
/// use rampscope::kernel::{PackedWeights, PairSum, gemm};
/// let mut out = [0];
/// let weights = PackedWeights::pack(&[127, 127, 127], 1, 3, PairSum::Exact)?;
/// gemm(&[255, 255, 1], 1, &weights, &mut out)?;
/// assert_eq!(out, [64_770 + 127]);
/// let weights = PackedWeights::pack(&[127, 127, 127], 1, 3, PairSum::Saturate)?;
/// gemm(&[255, 255, 1], 1, &weights, &mut out)?;
/// assert_eq!(out, [32_767 + 127]);
/// # Ok::<(), rampscope::kernel::ShapeError>(())
/// ```
pub fn gemm(
    x: &[u8],
    rows: usize,
    weights: &PackedWeights,
    out: &mut [i32],
) -> Result<(), ShapeError> {
    on_lanes::<Fastest>(x, rows, weights, out)
}

/// [`gemm`] on plain arrays whatever the target, to compare the backends with each other.
///
/// # Errors
/// As [`gemm`].
pub fn gemm_soft(
    x: &[u8],
    rows: usize,
    weights: &PackedWeights,
    out: &mut [i32],
) -> Result<(), ShapeError> {
    on_lanes::<Soft>(x, rows, weights, out)
}

fn on_lanes<L: Lanes>(
    x: &[u8],
    rows: usize,
    weights: &PackedWeights,
    out: &mut [i32],
) -> Result<(), ShapeError> {
    let expected = elements(rows, weights.inputs())?;
    if x.len() != expected {
        return Err(ShapeError::Codes { expected, found: x.len() });
    }
    let expected = elements(rows, weights.outputs())?;
    if out.len() != expected {
        return Err(ShapeError::Accumulators { expected, found: out.len() });
    }
    out.fill(0);
    let (inputs, outputs) = (weights.inputs(), weights.outputs());
    let parts = x.chunks((ROWS_AT_ONCE * inputs).max(1));
    for (x, out) in parts.zip(out.chunks_mut((ROWS_AT_ONCE * outputs).max(1))) {
        add_rows::<L>(x, x.len() / inputs, weights, out)?;
    }
    Ok(())
}

/// Adds the sums of some rows, one at least, to `out`.
fn add_rows<L: Lanes>(
    x: &[u8],
    rows: usize,
    weights: &PackedWeights,
    out: &mut [i32],
) -> Result<(), ShapeError> {
    let is_signed = weights.pair_sum() == PairSum::Wrap;
    let lines = [rows, weights.inputs(), ROWS];
    let codes = Packed::new::<L, u8>(x, lines, weights.rule.order(), is_signed)?;
    match &weights.rule {
        PairRule::Listed(listed) => {
            product::<L, { EXACT_OUTPUTS / 4 }>(&codes, rows, weights, out, exact_tile::<L>);
            listed.take_off::<L>(&codes, rows, out);
        }
        PairRule::Saturated => {
            let ones = L::ones();
            let tile =
                |codes: &[Plane], weights: &[Plane]| saturated_tile::<L>(codes, weights, ones);
            product::<L, { SATURATED_OUTPUTS / 4 }>(&codes, rows, weights, out, tile);
        }
    }
    Ok(())
}

/// Adds all tiles to `out`. A tile is [`ROWS`] rows by `FOURS` times four outputs; the lengths are those of
/// the shape (checked by the caller).
#[inline(always)]
#[expect(
    clippy::needless_range_loop,
    reason = "a build for size calls iterators, and it is done often"
)]
fn product<L: Lanes, const FOURS: usize>(
    codes: &Packed,
    rows: usize,
    weights: &PackedWeights,
    out: &mut [i32],
    tile: impl Fn(&[Plane], &[Plane]) -> [[L::Sums; FOURS]; ROWS],
) {
    let (planes, outputs) = (codes.group_len(), weights.outputs());
    for start in (0..planes).step_by(BLOCK) {
        let end = planes.min(start + BLOCK);
        // A panel of weights stays in the nearest cache while all rows pass it.
        for panel in 0..outputs.div_ceil(4 * FOURS) {
            let first_output = panel * 4 * FOURS;
            let panel = &weights.packed.group(panel)[start * FOURS..end * FOURS];
            for group in 0..rows.div_ceil(ROWS) {
                let sums = tile(&codes.group(group)[start..end], panel);
                for row in 0..ROWS.min(rows - group * ROWS) {
                    for four in 0..FOURS {
                        let place = [group * ROWS + row, first_output + 4 * four];
                        add_four::<L>(out, outputs, place, sums[row][four]);
                    }
                }
            }
        }
    }
}

/// The sums of four rows with eight outputs, both packed by twos.
///
/// Nothing in the loop is an array, a closure or a loop over a tile: a build for size leaves those as they
/// are, and the sums would live in memory instead of registers (six times slower in V8). Nor is more than
/// one step made at a time: V8 then has too few registers.
#[inline(always)]
fn exact_tile<L: Lanes>(codes: &[Plane], weights: &[Plane]) -> [[L::Sums; 2]; ROWS] {
    let zero = (L::splat(0), L::splat(0));
    let (mut a, mut b, mut c, mut d) = (zero, zero, zero, zero);
    for (codes, [left, right]) in codes.iter().zip(weights.as_chunks().0) {
        let weights = (L::load(left), L::load(right));
        a = exact::<L>(a, L::load_two(codes.two::<0>()), weights);
        b = exact::<L>(b, L::load_two(codes.two::<1>()), weights);
        c = exact::<L>(c, L::load_two(codes.two::<2>()), weights);
        d = exact::<L>(d, L::load_two(codes.two::<3>()), weights);
    }
    [[a.0, a.1], [b.0, b.1], [c.0, c.1], [d.0, d.1]]
}

/// The sums of a row with eight outputs, and a step of it.
#[inline(always)]
fn exact<L: Lanes>(
    sums: (L::Sums, L::Sums),
    codes: L::Words,
    weights: (L::Words, L::Words),
) -> (L::Sums, L::Sums) {
    (L::add(sums.0, L::dot(codes, weights.0)), L::add(sums.1, L::dot(codes, weights.1)))
}

/// The sums of four rows with four outputs, each pair saturated, both packed by fours.
#[inline(always)]
fn saturated_tile<L: Lanes>(
    codes: &[Plane],
    weights: &[Plane],
    ones: L::Words,
) -> [[L::Sums; 1]; ROWS] {
    let zero = L::splat(0);
    let (mut a, mut b, mut c, mut d) = (zero, zero, zero, zero);
    for ([upper, lower], [left, right]) in codes.as_chunks().0.iter().zip(weights.as_chunks().0) {
        let weights = (L::load(left), L::load(right));
        a = saturated::<L>(a, L::load_four(upper.four::<0>()), weights, ones);
        b = saturated::<L>(b, L::load_four(upper.four::<1>()), weights, ones);
        c = saturated::<L>(c, L::load_four(lower.four::<0>()), weights, ones);
        d = saturated::<L>(d, L::load_four(lower.four::<1>()), weights, ones);
    }
    [[a], [b], [c], [d]]
}

/// The sums of a row with four outputs, and a step of it.
#[inline(always)]
fn saturated<L: Lanes>(
    sums: L::Sums,
    codes: L::Words,
    weights: (L::Words, L::Words),
    ones: L::Words,
) -> L::Sums {
    let pairs = L::narrow(L::dot(codes, weights.0), L::dot(codes, weights.1));
    L::add(sums, L::dot(pairs, ones))
}
