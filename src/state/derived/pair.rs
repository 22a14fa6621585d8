//! [`PairVerdict`]: what an engine does to a pair of weights.

use crate::arith::{Engine, Lane, Linear, clamp15, saturate16};

/// What an engine does to two neighbouring weights, or to the last one of an odd number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairVerdict {
    /// The first weight, and the second where there is one.
    pub weights: (i8, Option<i8>),
    /// What the engine loses of the pair.
    pub loss: PairLoss,
}

/// At which inputs an engine loses something of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairLoss {
    /// At none, equal or not.
    Never,
    /// While both inputs have one code: from this one on, the first that the layer's inputs can
    /// have.
    From(u8),
    /// An odd weight loses its last bit when it is halved, whatever its input.
    OddWeights,
    /// That is not a matter of this pair: one sum of 16 bits runs through all products.
    DependsOnOthers,
}

impl PairVerdict {
    /// The sum of the weights.
    pub fn sum(&self) -> i32 {
        let (first, second) = self.weights;
        i32::from(first) + i32::from(second.unwrap_or(0))
    }
}

/// A verdict for each pair of an output.
///
/// A pair that fits while both inputs are equal fits at any two inputs: two weights of one sign are
/// worst when both codes are, and of two signs no more than one product remains, which fits.
pub(super) fn verdicts(engine: Engine, layer: &Linear, output: usize) -> Vec<PairVerdict> {
    let verdict = |weights: &[i8]| {
        let sum: i32 = weights.iter().map(|w| i32::from(*w)).sum();
        let loses = |code: &u8| {
            let byte = i32::from(engine.raw_byte(layer, *code));
            match engine.accumulator().lane {
                Lane::Product15 => weights.iter().any(|w| {
                    let product = byte * i32::from(*w);
                    clamp15(product) != product
                }),
                _ => saturate16(byte * sum) != byte * sum,
            }
        };
        let is_odd = weights.iter().any(|w| w % 2 != 0);
        let loss = match engine.accumulator().lane {
            Lane::Exact => PairLoss::Never,
            Lane::HalfWeights if is_odd => PairLoss::OddWeights,
            Lane::HalfWeights => PairLoss::Never,
            Lane::Running16 => PairLoss::DependsOnOthers,
            Lane::Saturate | Lane::Wrap | Lane::Product15 | Lane::Acc16 => {
                let reached = |code: &u8| {
                    let codes = layer.activation_codes;
                    (codes.qmin..=codes.qmax).contains(&i32::from(*code))
                };
                let mut codes = (0..=u8::MAX).filter(reached);
                // What is lost at a code is lost at all above it: most pairs lose nothing at the last.
                match codes.clone().next_back() {
                    Some(last) if loses(&last) => {
                        codes.find(loses).map_or(PairLoss::Never, PairLoss::From)
                    }
                    _ => PairLoss::Never,
                }
            }
        };
        PairVerdict { weights: (weights[0], weights.get(1).copied()), loss }
    };
    layer.row(output).chunks(2).map(verdict).collect()
}
