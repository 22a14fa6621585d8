//! [`PairLanes`] on WebAssembly's 128-bit vectors: eight lanes after the other eight, so that all sums of one
//! stay in registers.

use core::arch::wasm32 as wasm;
use core::arch::wasm32::v128;

use super::pair_lanes::{LANES, PairLanes, SAFE};

/// Lanes of a vector.
const HALF: usize = LANES / 2;

#[inline(always)]
fn load(bytes: &[u8; LANES]) -> v128 {
    // SAFETY: the reference covers the 16 bytes read; `v128.load` takes any alignment.
    unsafe { wasm::v128_load(bytes.as_ptr().cast()) }
}

#[inline(always)]
fn store(vector: v128, into: &mut [i16; LANES], half: usize) {
    if let Some(into) = into.as_chunks_mut::<HALF>().0.get_mut(half) {
        // SAFETY: the reference covers the 8 × 2 bytes written; `v128.store` takes any alignment.
        unsafe { wasm::v128_store(into.as_mut_ptr().cast(), vector) }
    }
}

/// What eight lanes have.
struct Sums {
    positive: v128,
    negative: v128,
    over_count: v128,
    over_excess: v128,
    under_count: v128,
    under_excess: v128,
    worst: v128,
    worst_step: v128,
}

impl Sums {
    #[inline(always)]
    fn new() -> Sums {
        let zero = wasm::i16x8_splat(0);
        Sums {
            positive: zero,
            negative: zero,
            over_count: zero,
            over_excess: zero,
            under_count: zero,
            under_excess: zero,
            worst: zero,
            worst_step: zero,
        }
    }

    /// Adds pairs of 16-bit weights.
    #[inline(always)]
    fn add(&mut self, step: v128, w0: v128, w1: v128) {
        let (zero, safe) = (wasm::i16x8_splat(0), wasm::i16x8_splat(SAFE));
        let p = wasm::i16x8_add(wasm::i16x8_max(w0, zero), wasm::i16x8_max(w1, zero));
        let n = wasm::i16x8_sub(p, wasm::i16x8_add(w0, w1));
        let (over, under) = (wasm::i16x8_sub(p, safe), wasm::i16x8_sub(n, safe));
        let (over, under) = (wasm::i16x8_max(over, zero), wasm::i16x8_max(under, zero));
        // −1 where it is so.
        let (is_over, is_under) = (wasm::i16x8_gt(over, zero), wasm::i16x8_gt(under, zero));
        self.positive = wasm::i16x8_add(self.positive, p);
        self.negative = wasm::i16x8_add(self.negative, n);
        self.over_count = wasm::i16x8_sub(self.over_count, is_over);
        self.over_excess = wasm::i16x8_add(self.over_excess, over);
        self.under_count = wasm::i16x8_sub(self.under_count, is_under);
        self.under_excess = wasm::i16x8_add(self.under_excess, under);
        let both = wasm::i16x8_add(over, under);
        let rank = wasm::i16x8_sub(wasm::i16x8_add(both, both), is_over);
        let is_worse = wasm::i16x8_gt(rank, self.worst);
        self.worst_step = wasm::v128_bitselect(step, self.worst_step, is_worse);
        self.worst = wasm::i16x8_max(self.worst, rank);
    }

    #[inline(always)]
    fn store(self, lanes: &mut PairLanes, half: usize) {
        store(self.positive, &mut lanes.positive, half);
        store(self.negative, &mut lanes.negative, half);
        store(self.over_count, &mut lanes.over_count, half);
        store(self.over_excess, &mut lanes.over_excess, half);
        store(self.under_count, &mut lanes.under_count, half);
        store(self.under_excess, &mut lanes.under_excess, half);
        store(self.worst, &mut lanes.worst, half);
        store(self.worst_step, &mut lanes.worst_step, half);
    }
}

pub(super) fn of_pairs(steps: &[[u8; 2 * LANES]]) -> PairLanes {
    let mut lanes = PairLanes::ZERO;
    let one = wasm::i16x8_splat(1);
    for half in 0..2 {
        let (mut sums, mut step) = (Sums::new(), wasm::i16x8_splat(0));
        for pairs in steps {
            // Lanes are little-endian: the first weight is the low byte.
            let both = load(&pairs.as_chunks::<LANES>().0[half]);
            let w0 = wasm::i16x8_shr(wasm::i16x8_shl(both, 8), 8);
            sums.add(step, w0, wasm::i16x8_shr(both, 8));
            step = wasm::i16x8_add(step, one);
        }
        sums.store(&mut lanes, half);
    }
    lanes
}

pub(super) fn of_columns<const GROUPS: usize>(
    lines: &[[[u8; LANES]; GROUPS]],
    group: usize,
) -> PairLanes {
    let mut lanes = PairLanes::ZERO;
    let one = wasm::i16x8_splat(1);
    for half in 0..2 {
        let (mut sums, mut step) = (Sums::new(), wasm::i16x8_splat(0));
        for [first, second] in lines.as_chunks::<2>().0 {
            let widened = |line: &[[u8; LANES]; GROUPS]| {
                let bytes = load(&line[group]);
                if half == 0 {
                    wasm::i16x8_extend_low_i8x16(bytes)
                } else {
                    wasm::i16x8_extend_high_i8x16(bytes)
                }
            };
            sums.add(step, widened(first), widened(second));
            step = wasm::i16x8_add(step, one);
        }
        sums.store(&mut lanes, half);
    }
    lanes
}
