//! [`PairVerdict`]: what an engine does to a pair of weights.

use crate::arith::{Engine, Ks, Lane, Linear, clamp15, saturate16};

/// What an engine does to two weights that it adds together, or to one that stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairVerdict {
    /// The first k, and the second where there is one.
    pub ks: (usize, Option<usize>),
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
    /// While both inputs have one code: up to this one.
    UpTo(u8),
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

/// A verdict for each pair of an output, in the order in which the engine adds them.
///
/// A pair that fits while both inputs are equal fits at any two inputs: two weights of one sign are
/// worst when both codes are, and of two signs no more than one product remains, which fits.
pub(super) fn verdicts(engine: Engine, layer: &Linear, output: usize) -> Vec<PairVerdict> {
    let accumulator = engine.accumulator_of(layer);
    let row = layer.row(output);
    let verdict = |mut ks: Ks| {
        let first = ks.next().unwrap_or_default();
        let ks = (first, ks.next());
        let weights = (row[first], ks.1.map(|k| row[k]));
        PairVerdict { ks, weights, loss: loss(engine, layer, weights) }
    };
    accumulator.group.of(row.len()).map(verdict).collect()
}

fn loss(engine: Engine, layer: &Linear, (first, second): (i8, Option<i8>)) -> PairLoss {
    let weights = || std::iter::once(first).chain(second);
    let sum: i32 = weights().map(i32::from).sum();
    let loses = |code: u8| {
        let byte = match engine.raw_byte(layer, code) {
            byte if engine.accumulator().signed_inputs => i32::from(byte.cast_signed()),
            byte => i32::from(byte),
        };
        match engine.lane() {
            Lane::Product15 => weights().any(|w| {
                let product = byte * i32::from(w);
                clamp15(product) != product
            }),
            _ => saturate16(byte * sum) != byte * sum,
        }
    };
    match engine.lane() {
        Lane::Exact => PairLoss::Never,
        Lane::HalfWeights if weights().any(|w| w % 2 != 0) => PairLoss::OddWeights,
        Lane::HalfWeights => PairLoss::Never,
        Lane::Running16 => PairLoss::DependsOnOthers,
        Lane::Saturate | Lane::Wrap | Lane::Product15 | Lane::Acc16 => {
            let ends = layer.activation_codes;
            let reached = |code: &u8| (ends.qmin..=ends.qmax).contains(&i32::from(*code));
            let codes = (0..=u8::MAX).filter(reached);
            // The further from a byte of 0, the larger a sum: most pairs lose nothing at either end.
            let [low, high] = [codes.clone().next(), codes.clone().next_back()];
            if high.is_some_and(loses) {
                codes.clone().find(|code| loses(*code)).map_or(PairLoss::Never, PairLoss::From)
            } else if low.is_some_and(loses) {
                codes.rev().find(|code| loses(*code)).map_or(PairLoss::Never, PairLoss::UpTo)
            } else {
                PairLoss::Never
            }
        }
    }
}
