//! [`EqualInputs`]: the sum of a row whose inputs are all equal, from sums of its weights.

use crate::arith::{Accumulator, Engine, Lane, Linear, saturate16, wrap16};

/// The widest range of sums that are counted: pairs of weights have 511.
const MOST: usize = 1 << 12;

/// How often the groups of a row have each sum of weights. Where all inputs hold one byte, a group comes
/// to that byte times its sum, so groups with the same sum are worked out once.
#[derive(Clone, Debug)]
pub struct EqualInputs {
    accumulator: Accumulator,
    /// Sums of weights that there are, ascending, and how many groups have each.
    sums: Vec<(i32, i32)>,
}

impl EqualInputs {
    /// Of a row of K weights; `None` where what a group comes to does not follow from its sum, or sums
    /// are too far apart.
    pub fn new(accumulator: Accumulator, row: &[i8]) -> Option<EqualInputs> {
        let sums = match accumulator.lane {
            // Without loss the row is one group.
            Lane::Exact => vec![(row.iter().map(|&w| i32::from(w)).sum(), 1)],
            Lane::Saturate | Lane::Wrap => counted(accumulator, row)?,
            _ => return None,
        };
        Some(EqualInputs { accumulator, sums })
    }

    /// The same of an output on an engine. What [`at`](Self::at) takes are its bytes
    /// ([`Engine::raw_byte`]).
    ///
    /// # Panics
    /// If the layer has no such output.
    pub fn of(engine: Engine, layer: &Linear, output: usize) -> Option<EqualInputs> {
        EqualInputs::new(engine.accumulator_of(layer), layer.row(output))
    }

    /// What [`Accumulator::accumulate`] gives where all K inputs hold a byte.
    pub fn at(&self, byte: u8) -> i32 {
        let x = self.accumulator.read(byte);
        self.sums.iter().fold(0_i32, |all, &(sum, groups)| {
            // At most K·255·128, as of the whole row.
            let sum = x.wrapping_mul(sum);
            let kept = match self.accumulator.lane {
                Lane::Saturate => saturate16(sum),
                Lane::Wrap => wrap16(sum),
                _ => sum,
            };
            all.wrapping_add(kept.wrapping_mul(groups))
        })
    }
}

fn counted(accumulator: Accumulator, row: &[i8]) -> Option<Vec<(i32, i32)>> {
    let of = |ks: crate::arith::Ks| ks.map(|k| i32::from(row[k])).sum::<i32>();
    let groups = || accumulator.group.of(row.len()).map(of);
    let (lowest, highest) = (groups().min()?, groups().max()?);
    let place = |sum: i32| usize::try_from(sum - lowest).ok();
    let range = place(highest)? + 1;
    if range > MOST {
        return None;
    }
    let mut counts = vec![0; range];
    for sum in groups() {
        counts[place(sum)?] += 1;
    }
    Some((lowest..).zip(counts).filter(|(_, count)| *count > 0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::{Blocks, Group, Members};

    /// Numbers without a pattern, the lowest weight among them.
    fn row(length: usize) -> Vec<i8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [.., byte] = state.to_le_bytes();
            if byte % 3 == 0 { -128 } else { byte.cast_signed() }
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn it_is_the_oracle_at_every_byte() {
        let members = [
            Members::Run(2),
            Members::Run(3),
            Members::Apart(8),
            Members::Apart(2),
            Members::Taps(3),
        ];
        let blocks = [Blocks::Whole, Blocks::Every(5), Blocks::Halved { whole: 16, size: 32 }];
        let mut lossy = 0;
        for length in [1, 2, 9, 16, 17, 40, 99] {
            let row = row(length);
            for (members, blocks) in
                members.iter().flat_map(|m| blocks.iter().map(move |b| (*m, *b)))
            {
                for lane in [Lane::Exact, Lane::Saturate, Lane::Wrap] {
                    for signed_inputs in [false, true] {
                        let group = Group { members, blocks };
                        let accumulator = Accumulator { group, lane, signed_inputs };
                        let equal = EqualInputs::new(accumulator, &row).expect("it has the form");
                        for byte in 0..=u8::MAX {
                            let oracle = accumulator.accumulate(&vec![byte; length], &row);
                            assert_eq!(equal.at(byte), oracle, "{accumulator:?} {byte} {length}");
                            let exact = Accumulator { lane: Lane::Exact, ..accumulator };
                            let exact = exact.accumulate(&vec![byte; length], &row);
                            lossy += usize::from(oracle != exact);
                        }
                    }
                }
            }
        }
        assert!(lossy > 1000, "{lossy} sums lose something");
    }

    #[test]
    fn what_has_no_such_form_is_left_to_the_oracle() {
        for lane in [Lane::Product15, Lane::Running16, Lane::Acc16, Lane::HalfWeights] {
            let accumulator = Accumulator { lane, ..Accumulator::EXACT };
            assert!(EqualInputs::new(accumulator, &row(9)).is_none(), "{lane:?}");
        }
        // The sums of groups that are half a row each reach too far.
        let group = Group { members: Members::Run(64), blocks: Blocks::Whole };
        let wide = Accumulator { group, ..Accumulator::PAIR_SATURATING };
        assert!(EqualInputs::new(wide, &[[127; 64], [-128; 64]].concat()).is_none());
        assert!(EqualInputs::new(Accumulator::PAIR_SATURATING, &[]).is_none());
    }
}
