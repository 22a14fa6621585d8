//! [`RowScan`]: a row's audit in one pass, in pieces of any length, for all codes 0..=255.
//!
//! Sixteen pairs at once in 16 bits, which compilers turn into vectors: pairs are first loaded as 16 bits
//! each, and sums are local, so that they stay in registers. They are widened before they can overflow.
//! `tests/audit_tensor.rs` holds it to [`RowAudit::of`](super::RowAudit::of).

use super::lanes::{LANES, Lanes, STEPS};
use super::sums::{RowSums, SAFE, rank};

/// A byte of two's complement.
pub trait Byte: Copy {
    /// Its bits.
    fn bits(self) -> u8;
}

impl Byte for i8 {
    #[inline]
    fn bits(self) -> u8 {
        self.cast_unsigned()
    }
}

impl Byte for u8 {
    #[inline]
    fn bits(self) -> u8 {
        self
    }
}

/// Both weights of a pair, as 16 bits.
#[inline]
fn load<B: Byte>([w0, w1]: [B; 2]) -> i16 {
    i16::from_le_bytes([w0.bits(), w1.bits()])
}

/// p and n of a pair.
#[inline]
fn sides(pair: i16) -> (i16, i16) {
    let (w0, w1) = ((pair << 8) >> 8, pair >> 8);
    let p = w0.max(0) + w1.max(0);
    (p, p - w0 - w1)
}

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
    /// Takes the next weights.
    pub fn feed<B: Byte>(&mut self, mut weights: &[B]) {
        if let (Some(half), Some((first, rest))) = (self.half, weights.split_first()) {
            self.half = None;
            self.one(load([half, first.bits()]));
            weights = rest;
        }
        let (pairs, left) = weights.as_chunks::<2>();
        let mut loaded = [0; LANES * STEPS];
        for part in pairs.chunks(LANES * STEPS) {
            let loaded = &mut loaded[..part.len()];
            loaded.iter_mut().zip(part).for_each(|(pair, two)| *pair = load(*two));
            let (steps, rest) = loaded.as_chunks::<LANES>();
            self.widen(&Lanes::of(steps));
            self.next += steps.as_flattened().len() as u64;
            rest.iter().for_each(|&pair| self.one(pair));
        }
        self.half = left.first().map(|byte| byte.bits());
    }

    /// What has come, as a whole row; the next one begins.
    pub fn finish(&mut self) -> RowSums {
        if let Some(half) = self.half.take() {
            self.one(load([half, 0_u8]));
        }
        self.next = 0;
        std::mem::take(&mut self.sums)
    }

    fn one(&mut self, pair: i16) {
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
    fn widen(&mut self, lanes: &Lanes) {
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

impl Lanes {
    /// Of at most [`STEPS`] steps.
    fn of(steps: &[[i16; LANES]]) -> Lanes {
        let mut lanes = Lanes::ZERO;
        for (pairs, step) in steps.iter().zip(0_i16..) {
            lanes.add(step, |lane| sides(pairs[lane]));
        }
        lanes
    }
}
