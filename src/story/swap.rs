//! [`Swaps`]: the weights of an output in another order, and what that does to its line.

use super::guess::thread;
use crate::state::groups::{ByHand, Picture};
use crate::state::{Derived, State, WeightEdits};

/// The output that bends, to be mended.
pub const BENT: usize = 0;
/// The output that is straight, to be broken.
pub const STRAIGHT: usize = 3;

/// The weights of an output of the thread's layer, in an order of a reader's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swaps {
    /// The output.
    pub output: usize,
    /// The weights as they stand now.
    pub weights: Vec<i8>,
    /// How often two were swapped.
    pub count: usize,
}

impl Swaps {
    /// An output as it is; `thread` follows from [`thread`].
    pub fn of(output: usize, thread: &Derived) -> Swaps {
        Swaps { output, weights: thread.layer.row(output).to_vec(), count: 0 }
    }

    /// With two weights swapped. Two of one pair change nothing, and count.
    #[must_use]
    pub fn swapped(&self, one: usize, other: usize) -> Swaps {
        let mut next = self.clone();
        next.weights.swap(one, other);
        next.count += 1;
        next
    }

    /// The sum of each pair.
    pub fn sums(&self) -> Vec<i32> {
        let sum = |pair: &[i8]| pair.iter().map(|w| i32::from(*w)).sum();
        self.weights.chunks(2).map(sum).collect()
    }

    /// The thread's layer with the weights in this order, its scales as they were.
    pub fn state(&self, thread: &Derived) -> State {
        let own = self::thread();
        let weights: WeightEdits =
            self.weights.iter().enumerate().map(|(k, w)| ((self.output, k), *w)).collect();
        State {
            by_hand: ByHand {
                weights: if self.count == 0 { WeightEdits::new() } else { weights },
                output_scale: Some(thread.layer.output.scale).filter(|_| self.count > 0),
                output_zero_point: Some(thread.layer.output.zero_point).filter(|_| self.count > 0),
                ..own.by_hand
            },
            picture: Picture { output: self.output, ..own.picture },
            ..own
        }
    }
}

/// Whether a pair of that sum can leave 16 bits at some code.
pub fn can_saturate(sum: i32) -> bool {
    crate::arith::first_saturated_code(sum).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Deriver, Visibility};

    fn bends(swaps: &Swaps, deriver: &mut Deriver, thread: &Derived) -> bool {
        let state = swaps.state(thread);
        let derived = deriver.derive(&state);
        let kinks = &derived.outputs[swaps.output].kinks;
        let seen = kinks.iter().any(|kink| kink.visibility == Visibility::Visible);
        assert_eq!(derived.layer.output, thread.layer.output);
        let sum: i32 = swaps.sums().iter().sum();
        assert_eq!(sum, Swaps::of(swaps.output, thread).sums().iter().sum::<i32>());
        assert!(!seen || swaps.sums().into_iter().any(can_saturate));
        seen
    }

    #[test]
    fn one_swap_breaks_and_one_mends_and_not_every_one_does() {
        let mut deriver = Deriver::default();
        let thread = deriver.derive(&self::thread());
        for (output, is_bent) in [(BENT, true), (STRAIGHT, false)] {
            let own = Swaps::of(output, &thread);
            assert_eq!(bends(&own, &mut deriver, &thread), is_bent);
            let swaps = (0..8).flat_map(|a| (a + 1..8).map(move |b| (a, b)));
            let goals: Vec<(usize, usize)> = swaps
                .filter(|(a, b)| bends(&own.swapped(*a, *b), &mut deriver, &thread) != is_bent)
                .collect();
            println!("output {output}: {goals:?}");
            assert!((3..20).contains(&goals.len()), "{output}: {goals:?}");
            for (a, b) in goals {
                assert_ne!(a / 2, b / 2, "within a pair nothing changes");
            }
        }
    }
}
