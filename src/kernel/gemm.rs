//! The product of bytes and s8 weights, with whatever becomes of pairs, once for all lanes.
//!
//! A tile is [`TILE_ROWS`] rows × [`PANEL`] outputs, 2 × 2: with its codes and weights it fits the
//! 16 vector registers of x86-64 (larger tiles were not faster in V8). 16 multiply-adds
//! take two multiplications, an addition in 16 bits, a pairwise widening and an addition
//! ([`Saturate`], [`Wrap`]), or two dot products and two additions ([`Exact`]).
//!
//! A code times a weight fits 16 bits (255 · -128 = -32640), so the saturating sum of the even
//! and the odd product is exactly what `vpmaddubsw` makes of a pair; the rest is exact, see
//! [`MAX_INPUTS`](crate::arith::MAX_INPUTS). Two signed bytes fit just as well. Source of the arithmetic: `docs/arithmetic.md` section 3.

use super::Fastest;
use super::lanes::{Lanes, STEP};
use super::pack::{PANEL, PackedWeights, PanelStep};
use super::shape::{ShapeError, elements};
use super::soft::Soft;

/// Rows computed together, so that each weight is loaded once for all of them.
const TILE_ROWS: usize = 2;

/// What becomes of two neighbouring products, counted from k = 0, before they are in 32 bits. An odd
/// last product has a zero for a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PairSum {
    /// Nothing: `Σ x·w`, as FBGEMM with VNNI, QNNPACK and TFLite do.
    Exact,
    /// Their sum saturates to `i16`, as FBGEMM with AVX2 does.
    Saturate,
    /// Their sum wraps around to `i16`, and codes are bytes in two's complement: ONNX Runtime on ARM64
    /// without dot product. No library wraps unsigned ones.
    Wrap,
}

/// Accumulators of a layer: `out[m][n]` = Σ over k of `x[m][k] · w[n][k]`.
///
/// `x`: codes, row-major `[rows][inputs]` (M × K). `out`: row-major `[rows][outputs]` (M × N),
/// overwritten. Zero points are not subtracted. Runs on [`super::backend`].
///
/// # Errors
/// [`ShapeError::Codes`] or [`ShapeError::Accumulators`] where a length does not fit,
/// [`ShapeError::TooLarge`] where the shape overflows. `out` is untouched then.
///
/// ```
/// use rampscope::kernel::{PackedWeights, PairSum, gemm};
/// let weights = PackedWeights::pack(&[127, 127, 127], 1, 3)?;
/// let mut out = [0];
/// gemm(&[255, 255, 1], 1, &weights, PairSum::Exact, &mut out)?;
/// assert_eq!(out, [64_770 + 127]);
/// gemm(&[255, 255, 1], 1, &weights, PairSum::Saturate, &mut out)?;
/// assert_eq!(out, [32_767 + 127]);
/// # Ok::<(), rampscope::kernel::ShapeError>(())
/// ```
pub fn gemm(
    x: &[u8],
    rows: usize,
    weights: &PackedWeights,
    pair_sum: PairSum,
    out: &mut [i32],
) -> Result<(), ShapeError> {
    on_lanes::<Fastest>(x, rows, weights, pair_sum, out)
}

/// [`gemm`] on plain arrays whatever the target, to compare the backends with each other.
///
/// # Errors
/// As [`gemm`].
pub fn gemm_soft(
    x: &[u8],
    rows: usize,
    weights: &PackedWeights,
    pair_sum: PairSum,
    out: &mut [i32],
) -> Result<(), ShapeError> {
    on_lanes::<Soft>(x, rows, weights, pair_sum, out)
}

fn on_lanes<L: Lanes>(
    x: &[u8],
    rows: usize,
    weights: &PackedWeights,
    pair_sum: PairSum,
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
    match pair_sum {
        PairSum::Exact => product::<L, Exact>(x, rows, weights, out),
        PairSum::Saturate => product::<L, Saturate>(x, rows, weights, out),
        PairSum::Wrap => product::<L, Wrap>(x, rows, weights, out),
    }
    Ok(())
}

/// What one step of 16 codes and 16 weights adds to the sums.
trait Rule {
    /// Codes at even and at odd places.
    #[inline(always)]
    fn split<L: Lanes>(codes: &[u8; STEP]) -> (L::Words, L::Words) {
        L::split_codes(codes)
    }

    fn accumulate<L: Lanes>(
        sums: L::Sums,
        codes: (L::Words, L::Words),
        weights: (L::Words, L::Words),
    ) -> L::Sums;
}

struct Exact;

impl Rule for Exact {
    #[inline(always)]
    fn accumulate<L: Lanes>(
        sums: L::Sums,
        codes: (L::Words, L::Words),
        weights: (L::Words, L::Words),
    ) -> L::Sums {
        let sums = L::add(sums, L::dot(codes.0, weights.0));
        L::add(sums, L::dot(codes.1, weights.1))
    }
}

struct Saturate;

impl Rule for Saturate {
    #[inline(always)]
    fn accumulate<L: Lanes>(
        sums: L::Sums,
        codes: (L::Words, L::Words),
        weights: (L::Words, L::Words),
    ) -> L::Sums {
        let pairs = L::add_sat(L::mul(codes.0, weights.0), L::mul(codes.1, weights.1));
        L::add(sums, L::widen_pairs(pairs))
    }
}

struct Wrap;

impl Rule for Wrap {
    #[inline(always)]
    fn split<L: Lanes>(codes: &[u8; STEP]) -> (L::Words, L::Words) {
        L::split_signed(codes)
    }

    #[inline(always)]
    fn accumulate<L: Lanes>(
        sums: L::Sums,
        codes: (L::Words, L::Words),
        weights: (L::Words, L::Words),
    ) -> L::Sums {
        let pairs = L::add_wrap(L::mul(codes.0, weights.0), L::mul(codes.1, weights.1));
        L::add(sums, L::widen_pairs(pairs))
    }
}

/// All tiles. The lengths are those of the shape (checked by the caller).
fn product<L: Lanes, R: Rule>(x: &[u8], rows: usize, weights: &PackedWeights, out: &mut [i32]) {
    let (inputs, outputs) = (weights.inputs(), weights.outputs());
    let row = |m: usize| &x[m * inputs..][..inputs];
    // A panel of weights stays in the nearest cache while all rows pass it.
    for (panel, first_output) in (0..outputs).step_by(PANEL).enumerate() {
        let steps = weights.panel(panel);
        for first_row in (0..rows).step_by(TILE_ROWS) {
            let last_row = (first_row + 1).min(rows - 1);
            // A row that has no other is computed twice and stored once.
            let sums = tile::<L, R>([row(first_row), row(last_row)], steps);
            store(&sums[..=last_row - first_row], first_row, first_output, outputs, out);
        }
    }
}

/// Writes a tile, without the outputs that only fill up the last panel.
fn store(sums: &[[i32; PANEL]], row: usize, output: usize, outputs: usize, out: &mut [i32]) {
    let width = PANEL.min(outputs - output);
    for (i, sums) in sums.iter().enumerate() {
        out[(row + i) * outputs + output..][..width].copy_from_slice(&sums[..width]);
    }
}

/// The sums of two rows of equal length with one panel.
///
/// Nothing here is an array or a loop over a tile: a build for size does not unroll those, and the
/// sums would live in memory instead of registers (six times slower in V8).
#[inline(always)]
fn tile<L: Lanes, R: Rule>(
    rows: [&[u8]; TILE_ROWS],
    panel: &[PanelStep],
) -> [[i32; PANEL]; TILE_ROWS] {
    let ((first, first_rest), (second, second_rest)) =
        (rows[0].as_chunks::<STEP>(), rows[1].as_chunks::<STEP>());
    let mut sums = Sums::<L>::zero();
    let (full_panel, last_panel) = panel.split_at(first.len());
    for ((weights, first), second) in full_panel.iter().zip(first).zip(second) {
        sums = sums.step::<R>(first, second, weights);
    }
    if let Some(weights) = last_panel.first() {
        // Copied, because a load of 16 codes would read beyond the row.
        let padded = |rest: &[u8]| {
            let mut padded = [0; STEP];
            padded[..rest.len()].copy_from_slice(rest);
            padded
        };
        sums = sums.step::<R>(&padded(first_rest), &padded(second_rest), weights);
    }
    let Sums { first, second } = sums;
    [[L::total(first.0), L::total(first.1)], [L::total(second.0), L::total(second.1)]]
}

/// The running sums of a tile: two rows by two outputs.
struct Sums<L: Lanes> {
    first: (L::Sums, L::Sums),
    second: (L::Sums, L::Sums),
}

impl<L: Lanes> Sums<L> {
    #[inline(always)]
    fn zero() -> Self {
        Sums { first: (L::zero(), L::zero()), second: (L::zero(), L::zero()) }
    }

    /// With one step of 16 codes of both rows.
    #[inline(always)]
    fn step<R: Rule>(self, first: &[u8; STEP], second: &[u8; STEP], weights: &PanelStep) -> Self {
        let [left, right] = weights;
        let (first, second) = (R::split::<L>(first), R::split::<L>(second));
        let left = (L::load(&left.even), L::load(&left.odd));
        let right = (L::load(&right.even), L::load(&right.odd));
        Sums {
            first: (
                R::accumulate::<L>(self.first.0, first, left),
                R::accumulate::<L>(self.first.1, first, right),
            ),
            second: (
                R::accumulate::<L>(self.second.0, second, left),
                R::accumulate::<L>(self.second.1, second, right),
            ),
        }
    }
}
