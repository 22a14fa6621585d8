//! [`PairLanes`]: what comes of pairs of weights in each of sixteen lanes, in 16 bits until it is widened.
//!
//! Of a pair, p is the sum of its positive weights and n that of its negative ones, as magnitudes. What one of
//! them has above 128 is its excess: nothing else can leave int16, whatever the codes.

/// Pairs at once.
pub const LANES: usize = 16;
/// Steps until sums are widened: each adds at most 256.
pub const STEPS: usize = 127;
/// What p or n may be without loss.
pub const SAFE: i16 = 128;

/// A number that grows with what a pair can lose: 255·e − 127 above the upper rail is more than
/// 255·e − 128 below the lower one, of an excess e.
#[inline]
pub fn rank(p: i16, n: i16) -> i16 {
    let over = (p - SAFE).max(0);
    2 * over + i16::from(over > 0) + 2 * (n - SAFE).max(0)
}

/// p and n of a pair.
#[inline]
pub fn sides([w0, w1]: [u8; 2]) -> (i16, i16) {
    let (w0, w1) = (i16::from(w0.cast_signed()), i16::from(w1.cast_signed()));
    let p = w0.max(0) + w1.max(0);
    (p, p - w0 - w1)
}

/// What each lane has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairLanes {
    /// Σp.
    pub positive: [i16; LANES],
    /// Σn.
    pub negative: [i16; LANES],
    /// How many pairs exceed the upper rail, …
    pub over_count: [i16; LANES],
    /// … and by how much together.
    pub over_excess: [i16; LANES],
    /// The same at the lower rail.
    pub under_count: [i16; LANES],
    /// See `under_count`.
    pub under_excess: [i16; LANES],
    /// The [`rank`] of its worst pair, …
    pub worst: [i16; LANES],
    /// … and the step of the first that has it; 0 if none can saturate.
    pub worst_step: [i16; LANES],
}

impl PairLanes {
    pub(super) const ZERO: PairLanes = PairLanes {
        positive: [0; LANES],
        negative: [0; LANES],
        over_count: [0; LANES],
        over_excess: [0; LANES],
        under_count: [0; LANES],
        under_excess: [0; LANES],
        worst: [0; LANES],
        worst_step: [0; LANES],
    };

    /// Of at most [`STEPS`] steps of sixteen pairs, whose weights are beside each other; on plain arrays.
    pub fn of_pairs(steps: &[[u8; 2 * LANES]]) -> PairLanes {
        let mut lanes = PairLanes::ZERO;
        for (pairs, step) in steps.iter().zip(0_i16..) {
            // Loaded as 16 bits each, which compilers turn into vectors.
            let pairs = pairs.as_chunks::<2>().0;
            lanes.add(step, |lane| {
                let pair = i16::from_le_bytes(pairs[lane]);
                let (w0, w1) = ((pair << 8) >> 8, pair >> 8);
                let p = w0.max(0) + w1.max(0);
                (p, p - w0 - w1)
            });
        }
        lanes
    }

    /// Of at most [`STEPS`] pairs of lines, whose sixteen bytes at `group` are a column each; on plain arrays.
    pub fn of_columns<const GROUPS: usize>(
        lines: &[[[u8; LANES]; GROUPS]],
        group: usize,
    ) -> PairLanes {
        let mut lanes = PairLanes::ZERO;
        for (pair, step) in lines.chunks_exact(2).zip(0_i16..) {
            let (first, second) = (&pair[0][group], &pair[1][group]);
            lanes.add(step, |lane| sides([first[lane], second[lane]]));
        }
        lanes
    }

    /// Adds a pair to every lane; `sides` gives its p and n.
    // Inlined where the lanes are local, so that they stay in registers.
    #[inline(always)]
    fn add(&mut self, step: i16, sides: impl Fn(usize) -> (i16, i16)) {
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
