//! What pairs lose: in trained layers few of them can lose anything, so that the exact product and a list of
//! these is faster than a product that looks at each.

use std::ops::RangeInclusive;

use super::lanes::{Lanes, Plane, add_four};
use super::pack::Packed;

/// Rows of codes whose losses are worked out together.
const ROWS: usize = 16;

/// A pair that can lose something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    /// Its place among the pairs of the row.
    at: u32,
    weights: [i16; 2],
}

impl Pair {
    /// Adds its sums for four rows, one beyond a rail as the sum and the other rail, one within as both rails.
    /// Both rails come to -1: a one more for each pair, and what stays is how far its sum is beyond.
    #[inline(always)]
    fn add_to<L: Lanes>(&self, sums: L::Sums, codes: &[Plane], weights: L::Words) -> L::Sums {
        let pair = L::dot(L::load(&codes[self.at as usize]), weights);
        let (high, low) = (L::splat(i16::MAX.into()), L::splat(i16::MIN.into()));
        L::add(L::add(sums, L::max(pair, high)), L::min(pair, low))
    }
}

/// The pairs that can lose something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// By outputs.
    pairs: Vec<Pair>,
    /// How many each output has. Empty where nothing can be lost.
    counts: Vec<usize>,
    /// What a sum changes by for each unit beyond a rail: -1 where it saturates, -2¹⁶ where it wraps.
    unit: i32,
}

impl Listed {
    /// No pairs.
    pub(super) const fn none() -> Listed {
        Listed { pairs: Vec::new(), counts: Vec::new(), unit: 0 }
    }

    /// Of weights `[outputs][inputs]` the pairs that come to no safe sum; `None` where there are more than
    /// `most`.
    pub(super) fn of(
        weights: &[i8],
        inputs: usize,
        safe: &RangeInclusive<i16>,
        unit: i32,
        most: usize,
    ) -> Option<Listed> {
        let mut listed = Listed { unit, ..Listed::none() };
        for row in weights.chunks(inputs.max(1)) {
            let before = listed.pairs.len();
            for (at, &[a, b]) in (0..).zip(row.as_chunks().0) {
                let weights = [i16::from(a), i16::from(b)];
                if !safe.contains(&(weights[0] + weights[1])) {
                    listed.pairs.push(Pair { at, weights });
                }
            }
            listed.counts.push(listed.pairs.len() - before);
            if listed.pairs.len() > most {
                return None;
            }
        }
        Some(listed)
    }

    /// Takes off the exact sums `out [rows][outputs]` what the pairs lose. `codes` are packed by twos,
    /// four rows in a group.
    #[expect(
        clippy::needless_range_loop,
        reason = "a build for size calls iterators, and it is done often"
    )]
    pub(super) fn take_off<L: Lanes>(&self, codes: &Packed, rows: usize, out: &mut [i32]) {
        let (outputs, unit) = (self.counts.len(), L::splat(self.unit));
        for first in (0..rows).step_by(ROWS) {
            // Rows that have no others are computed again and stored once. The codes of these rows stay in
            // the nearest cache while all outputs pass them.
            let group = |at: usize| codes.group((first / 4 + at).min((rows - 1) / 4));
            let groups = [group(0), group(1), group(2), group(3)];
            let mut rest = &self.pairs[..];
            for (four, counts) in self.counts.chunks(4).enumerate() {
                if counts.iter().all(|&count| count == 0) {
                    continue;
                }
                // By outputs, and groups of each: not an array of arrays, which a build for size copies.
                let mut changes = [L::splat(0); 16];
                for output in 0..counts.len() {
                    let (pairs, others) = rest.split_at(counts[output]);
                    rest = others;
                    let (a, b, c, d) = lost::<L>(groups, pairs);
                    changes[4 * output] = L::mul(a, unit);
                    changes[4 * output + 1] = L::mul(b, unit);
                    changes[4 * output + 2] = L::mul(c, unit);
                    changes[4 * output + 3] = L::mul(d, unit);
                }
                for group in 0..4 {
                    let changes = L::transpose(
                        changes[group],
                        changes[4 + group],
                        changes[8 + group],
                        changes[12 + group],
                    );
                    for row in 0..4 {
                        let place = [first + 4 * group + row, 4 * four];
                        if place[0] < rows {
                            add_four::<L>(out, outputs, place, changes[row]);
                        }
                    }
                }
            }
        }
    }
}

/// How far the pairs of an output are beyond the rails, all together, for 4 rows of each group.
#[inline(always)]
fn lost<L: Lanes>(
    [a, b, c, d]: [&[Plane]; 4],
    pairs: &[Pair],
) -> (L::Sums, L::Sums, L::Sums, L::Sums) {
    // All of one length, so that a place is looked at once.
    let (b, c, d) = (&b[..a.len()], &c[..a.len()], &d[..a.len()]);
    #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "of one row")]
    let start = L::splat(pairs.len() as i32);
    let (mut sums_a, mut sums_b, mut sums_c, mut sums_d) = (start, start, start, start);
    for pair in pairs {
        let weights = L::load_two(&pair.weights);
        sums_a = pair.add_to::<L>(sums_a, a, weights);
        sums_b = pair.add_to::<L>(sums_b, b, weights);
        sums_c = pair.add_to::<L>(sums_c, c, weights);
        sums_d = pair.add_to::<L>(sums_d, d, weights);
    }
    (sums_a, sums_b, sums_c, sums_d)
}
