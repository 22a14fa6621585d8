//! [`Lanes`]: what comes of pairs in each of sixteen lanes, in 16 bits until it is widened.

use super::sums::{SAFE, rank};

/// Pairs at once.
pub(super) const LANES: usize = 16;
/// Steps until sums are widened: each adds at most 256.
pub(super) const STEPS: usize = 127;

/// What each lane has.
pub(super) struct Lanes {
    pub positive: [i16; LANES],
    pub negative: [i16; LANES],
    pub over_count: [i16; LANES],
    pub over_excess: [i16; LANES],
    pub under_count: [i16; LANES],
    pub under_excess: [i16; LANES],
    /// The rank of its worst pair, and the step of that.
    pub worst: [i16; LANES],
    pub worst_step: [i16; LANES],
}

impl Lanes {
    pub const ZERO: Lanes = Lanes {
        positive: [0; LANES],
        negative: [0; LANES],
        over_count: [0; LANES],
        over_excess: [0; LANES],
        under_count: [0; LANES],
        under_excess: [0; LANES],
        worst: [0; LANES],
        worst_step: [0; LANES],
    };

    /// Adds a pair to every lane; `sides` gives its p and n.
    // Inlined where the lanes are local, so that they stay in registers.
    #[inline(always)]
    pub fn add(&mut self, step: i16, sides: impl Fn(usize) -> (i16, i16)) {
        for lane in 0..LANES {
            let (p, n) = sides(lane);
            self.positive[lane] += p;
            self.negative[lane] += n;
            self.over_count[lane] += i16::from(p > SAFE);
            self.over_excess[lane] += (p - SAFE).max(0);
            self.under_count[lane] += i16::from(n > SAFE);
            self.under_excess[lane] += (n - SAFE).max(0);
            let rank = rank(p, n);
            self.worst_step[lane] =
                if rank > self.worst[lane] { step } else { self.worst_step[lane] };
            self.worst[lane] = self.worst[lane].max(rank);
        }
    }
}
