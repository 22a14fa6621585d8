//! [`PairVerdict`]: what an engine does to a pair of weights.

use crate::arith::{Engine, Ks, Linear, PairLoss, PairReach};

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

impl PairVerdict {
    /// The sum of the weights.
    pub fn sum(&self) -> i32 {
        let (first, second) = self.weights;
        i32::from(first) + i32::from(second.unwrap_or(0))
    }
}

/// A verdict for each pair of an output, in the order in which the engine adds them.
pub(super) fn verdicts(engine: Engine, layer: &Linear, output: usize) -> Vec<PairVerdict> {
    let accumulator = engine.accumulator_of(layer);
    let (row, reach) = (layer.row(output), PairReach::new(engine, layer));
    let verdict = |mut ks: Ks| {
        let first = ks.next().unwrap_or_default();
        let ks = (first, ks.next());
        let weights = (row[first], ks.1.map(|k| row[k]));
        let both = [weights.0, weights.1.unwrap_or(0)];
        let loss = reach.loss(&both[..1 + usize::from(ks.1.is_some())]);
        PairVerdict { ks, weights, loss }
    };
    accumulator.group.of(row.len()).map(verdict).collect()
}
