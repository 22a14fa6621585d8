//! [`RowSums`]: what a row's audit follows from, for all codes 0..=255.
//!
//! Of a pair, p is the sum of its positive weights and n that of its negative ones, as magnitudes; both
//! are at most 256. It is unsafe if one of them exceeds 128 (the other is 0 then). At code 255 it loses
//! 255·p − 32767 or 255·n − 32768, which are 255·e − 127 and 255·e − 128 of the *excess* e above 128.

use super::row::RowAudit;
use crate::kernel::pair_lanes::SAFE;

/// What a row's audit follows from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RowSums {
    /// Σp and Σn.
    pub positive: i64,
    pub negative: i64,
    /// How many pairs exceed the upper rail, and by how much together.
    pub over_count: i64,
    pub over_excess: i64,
    /// The same at the lower rail.
    pub under_count: i64,
    pub under_excess: i64,
    /// The [`rank`](crate::kernel::pair_lanes::rank) of the worst pair, 0 if there is none, and its place.
    pub worst: i16,
    pub worst_pair: u64,
}

impl RowSums {
    pub fn audit(&self) -> RowAudit {
        RowAudit {
            pairs: (self.over_count + self.under_count).unsigned_abs(),
            first: self.first(),
            over: 255 * self.over_excess - 127 * self.over_count,
            under: 255 * self.under_excess - 128 * self.under_count,
            worst_pair: (self.worst > 0).then_some(self.worst_pair),
            peak: 255 * self.positive.max(self.negative),
        }
    }

    /// The pair that can lose most is also the one that clamps first: 32767/p and 32768/n fall where
    /// the rank grows.
    fn first(&self) -> Option<u8> {
        if self.worst <= 0 {
            return None;
        }
        let sum = i32::from(SAFE + self.worst / 2);
        let rail = if self.worst % 2 == 1 { 32767 } else { 32768 };
        u8::try_from(rail / sum + 1).ok()
    }
}
