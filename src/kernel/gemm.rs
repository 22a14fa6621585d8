//! The u8 × s8 product, with and without pair saturation, once for all lanes.
//!
//! A tile is [`TILE_ROWS`] rows × [`PANEL`] outputs, 2 × 2: with its codes and weights it fits the
//! 16 vector registers of x86-64 (larger tiles were not faster in V8). 16 multiply-adds
//! take two multiplications, a saturating addition, a pairwise widening and an addition
//! ([`Pairs`]), or two dot products and two additions ([`Exact`]).
//!
//! A code times a weight fits 16 bits (255 · -128 = -32640), so the saturating sum of the even
//! and the odd product is exactly what `vpmaddubsw` makes of a pair; the rest is exact, see
//! [`MAX_INPUTS`](crate::arith::MAX_INPUTS). Source of the arithmetic: `docs/arithmetic.md` section 3.

use super::Fastest;
use super::lanes::{Lanes, STEP};
use super::pack::{PANEL, PackedWeights, PanelStep, Planes};
use super::shape::{ShapeError, elements};
use super::soft::Soft;

/// Rows computed together, so that each weight is loaded once for all of them.
const TILE_ROWS: usize = 2;

/// Which sum of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Saturation {
    /// `Σ x·w`, as FBGEMM with VNNI, QNNPACK and TFLite do.
    Exact,
    /// Each pair of neighbouring products, counted from k = 0, saturates to `i16`, as FBGEMM with
    /// AVX2 does. An odd last product is paired with zero.
    Pairs,
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
/// use rampscope::kernel::{PackedWeights, Saturation, gemm};
/// let weights = PackedWeights::pack(&[127, 127, 127], 1, 3)?;
/// let mut out = [0];
/// gemm(&[255, 255, 1], 1, &weights, Saturation::Exact, &mut out)?;
/// assert_eq!(out, [64_770 + 127]);
/// gemm(&[255, 255, 1], 1, &weights, Saturation::Pairs, &mut out)?;
/// assert_eq!(out, [32_767 + 127]);
/// # Ok::<(), rampscope::kernel::ShapeError>(())
/// ```
pub fn gemm(
    x: &[u8],
    rows: usize,
    weights: &PackedWeights,
    saturation: Saturation,
    out: &mut [i32],
) -> Result<(), ShapeError> {
    on_lanes::<Fastest>(x, rows, weights, saturation, out)
}

/// [`gemm`] on plain arrays whatever the target, to compare the backends with each other.
///
/// # Errors
/// As [`gemm`].
pub fn gemm_soft(
    x: &[u8],
    rows: usize,
    weights: &PackedWeights,
    saturation: Saturation,
    out: &mut [i32],
) -> Result<(), ShapeError> {
    on_lanes::<Soft>(x, rows, weights, saturation, out)
}

fn on_lanes<L: Lanes>(
    x: &[u8],
    rows: usize,
    weights: &PackedWeights,
    saturation: Saturation,
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
    match saturation {
        Saturation::Exact => product::<L, Exact>(x, rows, weights, out),
        Saturation::Pairs => product::<L, Pairs>(x, rows, weights, out),
    }
    Ok(())
}

/// What one step of 16 codes and 16 weights adds to the sums.
trait Rule {
    fn accumulate<L: Lanes>(
        sums: L::Sums,
        codes: (L::Words, L::Words),
        weights: (L::Words, L::Words),
    ) -> L::Sums;
}

struct Pairs;

impl Rule for Pairs {
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

/// All tiles. The lengths are those of the shape (checked by the caller).
fn product<L: Lanes, R: Rule>(x: &[u8], rows: usize, weights: &PackedWeights, out: &mut [i32]) {
    let (inputs, outputs) = (weights.inputs(), weights.outputs());
    let row = |m: usize| &x[m * inputs..][..inputs];
    let full_rows = rows - rows % TILE_ROWS;
    // A panel of weights stays in the nearest cache while all rows pass it.
    for (panel, first_output) in (0..outputs).step_by(PANEL).enumerate() {
        let steps = weights.panel(panel);
        for first_row in (0..full_rows).step_by(TILE_ROWS) {
            let rows = std::array::from_fn(|i| row(first_row + i));
            let sums = tile::<L, R, TILE_ROWS>(rows, steps);
            store(&sums, first_row, first_output, outputs, out);
        }
        for last_row in full_rows..rows {
            let sums = tile::<L, R, 1>([row(last_row)], steps);
            store(&sums, last_row, first_output, outputs, out);
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

/// The sums of `ROWS` rows of equal length with one panel.
#[inline(always)]
fn tile<L: Lanes, R: Rule, const ROWS: usize>(
    rows: [&[u8]; ROWS],
    panel: &[PanelStep],
) -> [[i32; PANEL]; ROWS] {
    let mut sums = [[L::zero(); PANEL]; ROWS];
    let split = rows.map(|row| row.as_chunks::<STEP>());
    let full_steps = split[0].0.len();
    let full = split.map(|(steps, _)| &steps[..full_steps]);
    let (full_panel, last_panel) = panel.split_at(full_steps);
    for (at, weights) in full_panel.iter().enumerate() {
        // Not `full.map`: that costs the exact product a sixth of its speed in V8.
        let codes: [_; ROWS] = std::array::from_fn(|i| L::split_codes(&full[i][at]));
        step::<L, R, ROWS>(&mut sums, codes, weights);
    }
    if let Some(weights) = last_panel.first() {
        // Copied, because a load of 16 codes would read beyond the row.
        let codes = split.map(|(_, rest)| {
            let mut padded = [0; STEP];
            padded[..rest.len()].copy_from_slice(rest);
            L::split_codes(&padded)
        });
        step::<L, R, ROWS>(&mut sums, codes, weights);
    }
    sums.map(|row| row.map(L::total))
}

/// One step of all rows of a tile with all outputs of a panel.
#[inline(always)]
fn step<L: Lanes, R: Rule, const ROWS: usize>(
    sums: &mut [[L::Sums; PANEL]; ROWS],
    codes: [(L::Words, L::Words); ROWS],
    weights: &PanelStep,
) {
    for (output, Planes { even, odd }) in weights.iter().enumerate() {
        let weights = (L::load(even), L::load(odd));
        for (sums, &codes) in sums.iter_mut().zip(&codes) {
            sums[output] = R::accumulate::<L>(sums[output], codes, weights);
        }
    }
}
