//! [`SampleCounts`]: what really happens for samples of activations: pairs that clamp, outputs that
//! change, signs and rankings.

use serde::Serialize;

use super::pair::{CodeRange, pairs};
use crate::arith::MAX_INPUTS;
use crate::kernel::{PackedWeights, PairSum, gemm};
use crate::tensor::{ErrorKind, ReadError, order};

/// What happened. Sign and rank are those of Σ(x − zero point)·w.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SampleCounts {
    /// Samples.
    pub samples: u64,
    /// Pairs that clamp, over all samples and outputs.
    pub pair_clamps: u64,
    /// Outputs whose sum is another.
    pub outputs_changed: u64,
    /// Outputs of all samples.
    pub outputs: u64,
    /// Outputs with a pair that clamps: more than changed if two of them cancel exactly.
    pub outputs_with_clamps: u64,
    /// Outputs of the layer that change for any sample.
    pub rows_changed: u64,
    /// The largest |saturated − exact|.
    pub largest_error: u64,
    /// Σ(saturated − exact).
    pub error_sum: i64,
    /// Outputs that go from above 0 to below it, or back.
    pub sign_flips: u64,
    /// Samples whose largest output is another one, the first of equals.
    pub winner_changes: u64,
    /// Samples whose outputs are ranked in another order, equals in their order.
    pub order_changes: u64,
}

/// Sums that are held at once: of some samples for all outputs.
const MOST_SUMS: usize = 1 << 20;

impl SampleCounts {
    /// Of a layer in memory: weights `[N][K]`, codes `[B][K]`, both row by row.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] for more inputs than [`MAX_INPUTS`];
    /// [`ErrorKind::HeaderLies`] for lengths that are no whole rows.
    pub fn of(
        weights: &[i8],
        codes: &[u8],
        inputs: usize,
        zero_point: i32,
    ) -> Result<SampleCounts, ReadError> {
        let outputs = weights.len() / inputs.max(1);
        let mut sampler = Sampler::new(outputs, inputs, zero_point)?;
        sampler.count(codes, &mut |take| take(weights))?;
        Ok(sampler.finish())
    }
}

/// Hands on all weights, some whole rows at once.
pub(super) type Weights<'w> =
    dyn FnMut(&mut dyn FnMut(&[i8]) -> Result<(), ReadError>) -> Result<(), ReadError> + 'w;

/// Counts what happens for samples.
pub(super) struct Sampler {
    outputs: usize,
    inputs: usize,
    zero_point: i32,
    counts: SampleCounts,
    /// Outputs that have changed.
    is_changed: Vec<bool>,
}

/// An unsafe pair of a row.
struct Unsafe {
    place: usize,
    weights: [i32; 2],
}

impl Sampler {
    /// Of a layer with so many outputs and inputs.
    pub fn new(outputs: usize, inputs: usize, zero_point: i32) -> Result<Sampler, ReadError> {
        if inputs > MAX_INPUTS || inputs == 0 {
            let (what, most) = ("Inputs of a layer with samples", MAX_INPUTS as u64);
            return Err(ErrorKind::TooLarge { what, found: Some(inputs as u64), most }.into());
        }
        let is_changed = vec![false; outputs];
        let counts = SampleCounts::default();
        Ok(Sampler { outputs, inputs, zero_point, counts, is_changed })
    }

    /// Counts more samples, row by row; `weights` hands on all weights each time it is asked to.
    pub fn count(&mut self, codes: &[u8], weights: &mut Weights<'_>) -> Result<(), ReadError> {
        if !codes.len().is_multiple_of(self.inputs) {
            let reason = format!("{} codes are no rows of {}", codes.len(), self.inputs);
            return Err(ErrorKind::HeaderLies { reason }.into());
        }
        let at_once = (MOST_SUMS / self.outputs.max(1)).clamp(1, 1024);
        for part in codes.chunks(at_once * self.inputs) {
            let mut sums = Sums::new(part.len() / self.inputs, self.outputs);
            let mut first = 0;
            weights(&mut |rows| {
                self.rows(part, rows, first, &mut sums)?;
                first += rows.len() / self.inputs;
                Ok(())
            })?;
            self.judge(&sums);
        }
        Ok(())
    }

    /// The sums of some samples and the outputs from `first` on.
    fn rows(
        &mut self,
        codes: &[u8],
        weights: &[i8],
        first: usize,
        sums: &mut Sums,
    ) -> Result<(), ReadError> {
        let inputs = self.inputs;
        let count = weights.len() / inputs;
        let lies =
            |error: &dyn std::fmt::Display| ErrorKind::HeaderLies { reason: error.to_string() };
        let packed = PackedWeights::pack(weights, count, inputs, PairSum::Exact)
            .map_err(|error| lies(&error))?;
        let mut exact = vec![0; sums.samples * count];
        gemm(codes, sums.samples, &packed, &mut exact).map_err(|error| lies(&error))?;
        for (row, weights) in weights.chunks_exact(inputs).enumerate() {
            let output = first + row;
            if output >= self.outputs {
                let reason = "there are more rows than outputs".to_string();
                return Err(ErrorKind::HeaderLies { reason }.into());
            }
            let sum: i64 = weights.iter().map(|&weight| i64::from(weight)).sum();
            sums.offsets[output] = sum * i64::from(self.zero_point);
            let unsafe_pairs: Vec<Unsafe> = pairs(weights)
                .enumerate()
                .filter(|(_, pair)| CodeRange::ALL.is_unsafe(*pair))
                .map(|(place, pair)| Unsafe { place: 2 * place, weights: pair.map(i32::from) })
                .collect();
            for (sample, codes) in codes.chunks_exact(inputs).enumerate() {
                let place = sample * self.outputs + output;
                sums.exact[place] = exact[sample * count + row];
                let (lost, clamps) = lost(codes, &unsafe_pairs);
                sums.lost[place] = lost;
                self.counts.pair_clamps += clamps;
                self.counts.outputs_with_clamps += u64::from(clamps > 0);
            }
        }
        Ok(())
    }

    /// Counts what the sums of some samples say.
    fn judge(&mut self, sums: &Sums) {
        let counts = &mut self.counts;
        let samples =
            sums.exact.chunks(self.outputs.max(1)).zip(sums.lost.chunks(self.outputs.max(1)));
        for (exact, lost) in samples {
            counts.samples += 1;
            counts.outputs += exact.len() as u64;
            if lost.iter().all(|&lost| lost == 0) {
                continue;
            }
            for (is_changed, &lost) in self.is_changed.iter_mut().zip(lost) {
                *is_changed |= lost != 0;
                counts.outputs_changed += u64::from(lost != 0);
                counts.largest_error = counts.largest_error.max(lost.unsigned_abs().into());
                counts.error_sum += i64::from(lost);
            }
            let before: Vec<i64> =
                exact.iter().zip(&sums.offsets).map(|(&sum, off)| i64::from(sum) - off).collect();
            let after: Vec<i64> =
                before.iter().zip(lost).map(|(sum, &lost)| sum + i64::from(lost)).collect();
            let flips =
                before.iter().zip(&after).filter(|(one, two)| one.signum() * two.signum() < 0);
            counts.sign_flips += flips.count() as u64;
            let (before, after) = (ranking(&before), ranking(&after));
            counts.winner_changes += u64::from(before.first() != after.first());
            counts.order_changes += u64::from(before != after);
        }
    }

    /// What was counted.
    pub fn finish(self) -> SampleCounts {
        let rows_changed = self.is_changed.iter().filter(|changed| **changed).count() as u64;
        SampleCounts { rows_changed, ..self.counts }
    }
}

/// Sums of some samples, `[sample][output]`.
struct Sums {
    samples: usize,
    exact: Vec<i32>,
    /// Saturated less exact.
    lost: Vec<i32>,
    /// What the zero point takes off each output.
    offsets: Vec<i64>,
}

impl Sums {
    fn new(samples: usize, outputs: usize) -> Sums {
        let count = samples * outputs;
        Sums { samples, exact: vec![0; count], lost: vec![0; count], offsets: vec![0; outputs] }
    }
}

/// What an output loses for a sample, with its sign, and how many pairs clamp: only unsafe ones can.
fn lost(codes: &[u8], unsafe_pairs: &[Unsafe]) -> (i32, u64) {
    let (mut all, mut clamps) = (0, 0);
    for Unsafe { place, weights: [w0, w1] } in unsafe_pairs {
        let x0 = i32::from(codes[*place]);
        let x1 = codes.get(place + 1).map_or(0, |&code| i32::from(code));
        let sum = x0 * w0 + x1 * w1;
        let lost = sum.clamp(i16::MIN.into(), i16::MAX.into()) - sum;
        all += lost;
        clamps += u64::from(lost != 0);
    }
    (all, clamps)
}

/// The outputs from the largest to the smallest, equals in their order.
fn ranking(sums: &[i64]) -> Vec<usize> {
    order(sums.len(), &mut |one, other| sums[other].cmp(&sums[one]))
}
