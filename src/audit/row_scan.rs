//! [`RowScan`]: a row's audit in one pass, in pieces of any length, for all codes 0..=255.
//!
//! Sixteen pairs at once in 16 bits, which are widened before they can overflow.
//! `tests/audit_tensor.rs` holds it to [`RowAudit::of`](super::RowAudit::of).

use super::sums::RowSums;
use crate::kernel::pair_lanes::{LANES, PairLanes, SAFE, STEPS, rank, sides};
use crate::kernel::pair_scan::of_pairs;

/// What comes of a row, as it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct RowScan {
    sums: RowSums,
    /// The first weight of a pair of which the second has not come.
    half: Option<u8>,
    /// The place of the next pair.
    next: u64,
}

impl RowScan {
    /// Takes the next weights, as bytes of two's complement.
    pub fn feed(&mut self, mut weights: &[u8]) {
        if let (Some(half), Some((&first, rest))) = (self.half, weights.split_first()) {
            self.half = None;
            self.one([half, first]);
            weights = rest;
        }
        let (steps, rest) = weights.as_chunks::<{ 2 * LANES }>();
        for part in steps.chunks(STEPS) {
            self.widen(&of_pairs(part));
            self.next += (part.len() * LANES) as u64;
        }
        let (pairs, left) = rest.as_chunks::<2>();
        pairs.iter().for_each(|&pair| self.one(pair));
        self.half = left.first().copied();
    }

    /// What has come, as a whole row; the next one begins.
    pub fn finish(&mut self) -> RowSums {
        if let Some(half) = self.half.take() {
            self.one([half, 0]);
        }
        self.next = 0;
        std::mem::take(&mut self.sums)
    }

    fn one(&mut self, pair: [u8; 2]) {
        let (p, n) = sides(pair);
        let sums = &mut self.sums;
        sums.positive += i64::from(p);
        sums.negative += i64::from(n);
        sums.over_count += i64::from(p > SAFE);
        sums.over_excess += i64::from((p - SAFE).max(0));
        sums.under_count += i64::from(n > SAFE);
        sums.under_excess += i64::from((n - SAFE).max(0));
        if rank(p, n) > sums.worst {
            sums.worst = rank(p, n);
            sums.worst_pair = self.next;
        }
        self.next += 1;
    }

    /// Adds what sixteen lanes have.
    fn widen(&mut self, lanes: &PairLanes) {
        let sum = |all: &[i16; LANES]| all.iter().map(|&one| i64::from(one)).sum::<i64>();
        let sums = &mut self.sums;
        sums.positive += sum(&lanes.positive);
        sums.negative += sum(&lanes.negative);
        sums.over_count += sum(&lanes.over_count);
        sums.over_excess += sum(&lanes.over_excess);
        sums.under_count += sum(&lanes.under_count);
        sums.under_excess += sum(&lanes.under_excess);
        let worst = lanes.worst.iter().copied().max().unwrap_or(0);
        if worst > sums.worst {
            // Each lane has the first step of its own; the first pair is the first of these.
            let steps = lanes.worst.iter().zip(&lanes.worst_step).zip(0_u64..);
            let is_worst = steps.filter(|((rank, _), _)| **rank == worst);
            let place = is_worst
                .map(|((_, step), lane)| u64::from(step.unsigned_abs()) * LANES as u64 + lane)
                .min();
            sums.worst = worst;
            sums.worst_pair = self.next + place.unwrap_or(0);
        }
    }
}
