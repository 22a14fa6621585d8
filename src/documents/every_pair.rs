//! [`EveryPair`]: all cases of a pair, on a browser's relaxed dot product beside the model.

use crate::arith::saturate16;
use crate::evidence::every_pair::{CASES, parameters, weights};
use crate::state::number::{grouped, whole};

/// The module to run; see [`crate::evidence::every_pair::MODULE`].
pub const EVERY_PAIR_MODULE: &[u8] = crate::evidence::every_pair::MODULE;

/// How many pairs of weights there are.
pub const PAIRS_OF_WEIGHTS: u32 = 1 << 16;

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EveryPair {
    /// Nobody has begun it.
    NotBegun,
    /// So many pairs of weights were tried, each with all inputs.
    Running(u32),
    /// It was stopped there.
    Stopped(u32),
    /// It has come to an end.
    Done(Outcome),
    /// The module could not be run.
    Failed,
}

/// What came of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The model is right in every case.
    Agrees,
    /// The first case in which it is not.
    Differs {
        /// The weights.
        w: [i8; 2],
        /// The inputs.
        x: [u8; 2],
        /// What the browser gave.
        given: i32,
    },
}

impl EveryPair {
    /// The two parameters of the module's function for a pair of weights, by its number.
    pub fn parameters(number: u32) -> [i32; 2] {
        parameters(Self::weights(number))
    }

    /// The weights of a number.
    #[expect(clippy::cast_possible_truncation, reason = "below 2¹⁶, all of them once around")]
    pub fn weights(number: u32) -> [i8; 2] {
        weights(number as u16)
    }

    /// What the model gives.
    pub fn model(w: [i8; 2], x: [u8; 2]) -> i32 {
        let product = |k: usize| i32::from(w[k]) * i32::from(x[k]);
        saturate16(product(0) + product(1))
    }

    /// What it says.
    pub fn said(self) -> String {
        let cases = |pairs: u32| grouped(u64::from(pairs) << 16);
        match self {
            EveryPair::NotBegun => String::new(),
            EveryPair::Running(pairs) => format!("{} of {} cases …", cases(pairs), grouped(CASES)),
            EveryPair::Stopped(pairs) => {
                format!("Stopped after {} cases, in all of which the model is right.", cases(pairs))
            }
            EveryPair::Done(Outcome::Agrees) => {
                format!("In all {} cases this browser gives what the model gives.", grouped(CASES))
            }
            EveryPair::Done(Outcome::Differs { w, x, given }) => format!(
                "They differ: {} · {} + {} · {} is {} here and {} in the model.",
                whole(w[0].into()),
                x[0],
                whole(w[1].into()),
                x[1],
                whole(given.into()),
                whole(EveryPair::model(w, x).into())
            ),
            EveryPair::Failed => "This browser took the module and then did not run it.".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_as_it_is() {
        assert_eq!(EveryPair::Running(1).said(), "65,536 of 4,294,967,296 cases …");
        let (w, x) = ([127, 127], [255, 255]);
        let done = EveryPair::Done(Outcome::Differs { w, x, given: -766 });
        assert_eq!(
            done.said(),
            "They differ: 127 · 255 + 127 · 255 is −766 here and 32767 in the model."
        );
        assert!(EveryPair::Done(Outcome::Agrees).said().contains("4,294,967,296"));
        assert_eq!(EveryPair::parameters(0x80_7f), [0x80_7f, -1]);
    }
}
