//! [`RowAudit`]: one output: its unsafe pairs, and what it can lose.

use super::pair::{CodeRange, first_code, pairs};

/// What an output can lose with codes of a range.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RowAudit {
    /// Pairs that some codes make leave int16.
    pub pairs: u64,
    /// The smallest code of 0..=255 at which a pair of the row can clamp; it does not depend on the
    /// range.
    pub first: Option<u8>,
    /// The most that the row can lose at the upper rail, over all its pairs. One input reaches it.
    pub over: i64,
    /// The same at the lower rail.
    pub under: i64,
    /// The pair that can lose most, the first of equals.
    pub worst_pair: Option<u64>,
    /// The largest |exact sum| that the row can reach: its full scale, before zero points.
    pub peak: i64,
}

impl RowAudit {
    /// By the definition, pair by pair.
    pub fn of(row: &[i8], range: CodeRange) -> RowAudit {
        let mut audit = RowAudit::default();
        let (mut top, mut bottom, mut worst) = (0_i64, 0_i64, 0);
        for (pair, place) in pairs(row).zip(0..) {
            let (over, under) = range.losses(pair);
            let (highest, lowest) = range.extremes(pair);
            audit.pairs += u64::from(over > 0 || under > 0);
            audit.over += i64::from(over);
            audit.under += i64::from(under);
            top += i64::from(highest);
            bottom += i64::from(lowest);
            if over.max(under) > worst {
                worst = over.max(under);
                audit.worst_pair = Some(place);
            }
            audit.first = match (audit.first, first_code(pair)) {
                (Some(one), Some(two)) => Some(one.min(two)),
                (one, two) => one.or(two),
            };
        }
        audit.peak = top.max(-bottom);
        audit
    }

    /// The most that the row can lose: the error of its sum is within −over..=under.
    pub fn loss(&self) -> i64 {
        self.over.max(self.under)
    }

    /// The loss as a share of the full scale.
    pub fn share(&self) -> f64 {
        if self.peak > 0 { self.loss() as f64 / self.peak as f64 } else { 0.0 }
    }
}
