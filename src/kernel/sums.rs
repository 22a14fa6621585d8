//! The sums of an engine: by the kernel where it has a product for them, by the oracle else.

use super::arrangement::Arrangement;
use super::equal::EqualInputs;
use super::sweep::{CODES, sweep_exact, sweep_saturating};
use super::{MAX_INPUTS, PackedWeights, PairSum, ShapeError, gemm, gemm_soft};
use crate::arith::{Accumulator, Engine, Lane, Linear, Ramp, saturate16, wrap16};

impl PairSum {
    /// What [`gemm`] makes of two products that share an accumulator's lane, where it can.
    pub const fn of(accumulator: Accumulator) -> Option<PairSum> {
        match (accumulator.lane, accumulator.signed_inputs) {
            (Lane::Exact, false) => Some(PairSum::Exact),
            (Lane::Saturate, false) => Some(PairSum::Saturate),
            (Lane::Wrap, true) => Some(PairSum::Wrap),
            _ => None,
        }
    }
}

/// What the kernel does for an accumulator over rows of K, where it can: no group may have more than two
/// products, and no arranged row more than [`MAX_INPUTS`] places.
fn fast(accumulator: Accumulator, inputs: usize) -> Option<(PairSum, Arrangement)> {
    let pair_sum = PairSum::of(accumulator)?;
    let arrangement = match pair_sum {
        // Without loss it does not matter which products are together.
        PairSum::Exact => Arrangement::none(inputs),
        _ => Arrangement::of(accumulator.group, inputs)?,
    };
    (arrangement.length() <= MAX_INPUTS).then_some((pair_sum, arrangement))
}

/// Whether [`products`] has a kernel for an accumulator over rows of K, and need not ask the oracle.
pub fn is_quick(accumulator: Accumulator, inputs: usize) -> bool {
    fast(accumulator, inputs).is_some()
}

/// Sums of bytes and weights: `bytes` is `[rows][inputs]`, `weights` `[outputs][inputs]`, both row by
/// row; what comes is `[rows][outputs]`.
///
/// # Errors
/// [`ShapeError`] where the lengths are none of that shape, or too large.
pub fn products(
    accumulator: Accumulator,
    bytes: &[u8],
    weights: &[i8],
    inputs: usize,
) -> Result<Vec<i32>, ShapeError> {
    by(gemm, accumulator, bytes, weights, inputs)
}

/// [`products`] on plain arrays whatever the target, to compare the backends with each other.
///
/// # Errors
/// As [`products`].
pub fn products_soft(
    accumulator: Accumulator,
    bytes: &[u8],
    weights: &[i8],
    inputs: usize,
) -> Result<Vec<i32>, ShapeError> {
    by(gemm_soft, accumulator, bytes, weights, inputs)
}

/// [`gemm`], or [`gemm_soft`].
type Gemm = fn(&[u8], usize, &PackedWeights, &mut [i32]) -> Result<(), ShapeError>;

fn by(
    gemm: Gemm,
    accumulator: Accumulator,
    bytes: &[u8],
    weights: &[i8],
    inputs: usize,
) -> Result<Vec<i32>, ShapeError> {
    let length = inputs.max(1);
    let [rows, outputs] = [bytes.len() / length, weights.len() / length];
    if rows * inputs != bytes.len() {
        return Err(ShapeError::Codes { expected: rows * inputs, found: bytes.len() });
    }
    if outputs * inputs != weights.len() {
        return Err(ShapeError::Weights { expected: outputs * inputs, found: weights.len() });
    }
    let Some((pair_sum, arrangement)) = fast(accumulator, inputs) else {
        let mut sums = Vec::with_capacity(rows * outputs);
        for x in bytes.chunks(length) {
            sums.extend(weights.chunks(length).map(|w| accumulator.accumulate(x, w)));
        }
        return Ok(sums);
    };
    let arranged = arrangement.rows(weights);
    let packed = PackedWeights::pack(&arranged, outputs, arrangement.length(), pair_sum)?;
    let mut sums = vec![0; rows * outputs];
    gemm(&arrangement.rows(bytes), rows, &packed, &mut sums)?;
    Ok(sums)
}

/// The sums of one output for rows of bytes, `[rows][K]`: those of [`products`], and as fast for rows as short
/// as the page's. They need neither its code nor room for packed weights.
pub fn row_sums(accumulator: Accumulator, bytes: &[u8], row: &[i8]) -> Vec<i32> {
    let Some((pair_sum, arrangement)) = fast(accumulator, row.len()) else {
        let rows = bytes.chunks_exact(row.len().max(1));
        return rows.map(|x| accumulator.accumulate(x, row)).collect();
    };
    let (row, bytes) = (arrangement.rows(row), arrangement.rows(bytes));
    let rows = bytes.chunks_exact(row.len().max(1));
    rows.map(|x| sum_of_pairs(pair_sum, x, &row)).collect()
}

/// Of two rows of one length, at most [`MAX_INPUTS`].
fn sum_of_pairs(pair_sum: PairSum, x: &[u8], w: &[i8]) -> i32 {
    let is_signed = pair_sum == PairSum::Wrap;
    let product = |x: u8, w: i8| {
        let x = if is_signed { i32::from(x.cast_signed()) } else { i32::from(x) };
        x * i32::from(w)
    };
    let ((xs, x), (ws, w)) = (x.as_chunks(), w.as_chunks());
    // A product alone is in the range of 16 bits.
    let mut sum = x.iter().zip(w).map(|(x, w)| product(*x, *w)).sum();
    for (&[x0, x1], &[w0, w1]) in xs.iter().zip(ws) {
        let pair = product(x0, w0) + product(x1, w1);
        sum += match pair_sum {
            PairSum::Exact => pair,
            PairSum::Saturate => saturate16(pair),
            PairSum::Wrap => wrap16(pair),
        };
    }
    sum
}

/// The raw sums of an output at every code, all inputs having it: what [`Ramp::brute_force`] finds.
///
/// # Panics
/// If the layer has no such output.
pub fn ramp_sums(engine: Engine, layer: &Linear, output: usize) -> Vec<i32> {
    let mut raw = [0; CODES];
    match engine.raw_accumulator(layer) {
        Some(Accumulator { lane: Lane::Exact, signed_inputs: false, .. }) => {
            sweep_exact(layer.row(output), &mut raw);
        }
        Some(Accumulator::PAIR_SATURATING) => sweep_saturating(layer.row(output), &mut raw),
        _ => match EqualInputs::of(engine, layer, output) {
            Some(equal) => {
                for (code, raw) in (0..=u8::MAX).zip(&mut raw) {
                    *raw = equal.at(engine.raw_byte(layer, code));
                }
            }
            None => return Ramp::brute_force(engine, layer, output).raw,
        },
    }
    raw.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::QParams;

    const X: [u8; 9] = [255, 3, 200, 0, 129, 130, 255, 255, 255];
    const W: [i8; 6] = [127, 127, -128, 5, -90, 66];

    #[test]
    fn every_accumulators_products_are_the_oracles() {
        for &accumulator in Accumulator::ALL {
            let sums = products(accumulator, &X, &W, 3).expect("whole rows");
            let rows = X.chunks(3).flat_map(|x| W.chunks(3).map(move |w| (x, w)));
            let oracle: Vec<i32> = rows.map(|(x, w)| accumulator.accumulate(x, w)).collect();
            assert_eq!(sums, oracle, "{accumulator:?}");
            for (at, w) in W.chunks(3).enumerate() {
                let of =
                    |sums: &[i32]| sums.iter().skip(at).step_by(2).copied().collect::<Vec<_>>();
                assert_eq!(row_sums(accumulator, &X, w), of(&oracle), "{accumulator:?}");
            }
        }
    }

    #[test]
    fn every_engines_ramp_is_the_oracles() {
        let params = |zero_point| QParams { scale: 1.0, zero_point };
        let layer = |zero_point| {
            let weight = vec![params(0)];
            Linear::new(3, 2, W.to_vec(), weight, false, params(zero_point), params(0))
                .expect("it fits")
        };
        for &engine in Engine::ALL {
            for layer in [layer(0), layer(77), layer(128)] {
                for output in 0..2 {
                    let oracle = Ramp::brute_force(engine, &layer, output).raw;
                    assert_eq!(ramp_sums(engine, &layer, output), oracle, "{engine:?}");
                }
            }
        }
    }

    #[test]
    fn rows_that_are_not_whole_are_refused() {
        for &accumulator in Accumulator::ALL {
            let codes = ShapeError::Codes { expected: 6, found: 8 };
            assert_eq!(products(accumulator, &X[..8], &W, 3), Err(codes), "{accumulator:?}");
            let weights = ShapeError::Weights { expected: 3, found: 5 };
            assert_eq!(products(accumulator, &X, &W[..5], 3), Err(weights), "{accumulator:?}");
            assert!(products(accumulator, &X, &W, 0).is_err(), "{accumulator:?}");
            assert_eq!(products(accumulator, &[], &[], 0), Ok(vec![]), "{accumulator:?}");
        }
    }
}
