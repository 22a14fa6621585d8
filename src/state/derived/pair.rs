//! [`PairVerdict`]: what an engine does to a pair of weights.

use crate::arith::{Engine, Ks, Linear, PairLoss, PairReach};

/// What an engine does to two weights that it adds together, or to one that stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairVerdict {
    /// The first k, and its weight.
    pub first: (usize, i8),
    /// The second, where there is one.
    pub second: Option<(usize, i8)>,
    /// What the engine loses of the pair.
    pub loss: PairLoss,
}

impl PairVerdict {
    /// Its products, one or two.
    pub fn products(&self) -> impl Iterator<Item = (usize, i8)> {
        std::iter::once(self.first).chain(self.second)
    }

    /// The sum of the weights.
    pub fn sum(&self) -> i32 {
        self.products().map(|(_, weight)| i32::from(weight)).sum()
    }

    /// Whether the engine loses something of it at some code of both inputs.
    pub fn saturates(&self) -> bool {
        matches!(self.loss, PairLoss::From(_) | PairLoss::UpTo(_))
    }
}

/// A verdict for each pair of an output, in the order in which the engine adds them.
pub(super) fn verdicts(engine: Engine, layer: &Linear, output: usize) -> Vec<PairVerdict> {
    let accumulator = engine.accumulator_of(layer);
    let (row, reach) = (layer.row(output), PairReach::new(engine, layer));
    let verdict = |mut ks: Ks| {
        let product = |k: usize| (k, row[k]);
        let (first, second) = (product(ks.next().unwrap_or_default()), ks.next().map(product));
        let both = [first.1, second.map_or(0, |(_, weight)| weight)];
        let loss = reach.loss(&both[..1 + usize::from(second.is_some())]);
        PairVerdict { first, second, loss }
    };
    accumulator.group.of(row.len()).map(verdict).collect()
}
