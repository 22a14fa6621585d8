//! [`ColumnScan`]: the audit of a matrix `[K][N]`, whose outputs are columns, as it is stored.
//!
//! Two lines hold a pair of every column beside each other, so that neighbouring columns are neighbouring
//! lanes. Tiles of columns are copied together: lines may lie a power of two apart, which caches dislike.
//! Of a tile, sixteen columns go through all its pairs with their sums in registers.

use super::sums::RowSums;
use crate::kernel::pair_lanes::{LANES, PairLanes, STEPS};
use crate::kernel::pair_scan::of_columns;

/// Columns of a tile.
const TILE: usize = 256;

/// A line of a tile.
type Line = [[u8; LANES]; TILE / LANES];

/// The audit of all columns of a matrix, as its lines are read.
#[derive(Debug)]
pub(super) struct ColumnScan {
    columns: usize,
    sums: Vec<RowSums>,
    /// Weights of two lines that have not all come.
    begun: Vec<u8>,
    /// The place of the next pair.
    next: u64,
    /// Room for a tile.
    tile: Vec<Line>,
}

impl ColumnScan {
    /// Of a matrix with so many columns, at least one.
    pub fn new(columns: usize) -> ColumnScan {
        let sums = vec![RowSums::default(); columns];
        let tile = vec![[[0; LANES]; TILE / LANES]; 2 * STEPS];
        ColumnScan { columns, sums, begun: Vec::new(), next: 0, tile }
    }

    /// Takes the next weights, line by line, as bytes of two's complement.
    pub fn feed(&mut self, mut weights: &[u8]) {
        let pair = 2 * self.columns;
        if !self.begun.is_empty() {
            let missing = weights.len().min(pair - self.begun.len());
            let (first, rest) = weights.split_at(missing);
            self.begun.extend_from_slice(first);
            weights = rest;
            if self.begun.len() == pair {
                let both = std::mem::take(&mut self.begun);
                self.pairs(&both);
            }
        }
        let (whole, left) = weights.split_at(weights.len() - weights.len() % pair);
        whole.chunks(pair * STEPS).for_each(|part| self.pairs(part));
        self.begun.extend_from_slice(left);
    }

    /// What has come of each column, as a whole matrix; the next one begins.
    pub fn finish(&mut self) -> Vec<RowSums> {
        if !self.begun.is_empty() {
            let mut both = std::mem::take(&mut self.begun);
            both.resize(2 * self.columns, 0);
            self.pairs(&both);
        }
        self.next = 0;
        let columns = self.columns;
        std::mem::replace(&mut self.sums, vec![RowSums::default(); columns])
    }

    /// At most [`STEPS`] pairs of lines.
    fn pairs(&mut self, part: &[u8]) {
        let columns = self.columns;
        let count = part.len() / columns;
        for start in (0..columns).step_by(TILE) {
            let width = TILE.min(columns - start);
            for (line, stored) in self.tile.iter_mut().zip(part.chunks_exact(columns)) {
                let stored = &stored[start..start + width];
                line.as_flattened_mut()[..width].copy_from_slice(stored);
            }
            for group in 0..width.div_ceil(LANES) {
                let lanes = of_columns(&self.tile[..count], group);
                let first = start + group * LANES;
                let last = columns.min(first + LANES);
                widen(&lanes, &mut self.sums[first..last], self.next);
            }
        }
        self.next += (count / 2) as u64;
    }
}

/// Adds what lanes have to the sums of their columns; `next` is the place of the first pair.
fn widen(lanes: &PairLanes, sums: &mut [RowSums], next: u64) {
    for (lane, sums) in sums.iter_mut().enumerate() {
        sums.positive += i64::from(lanes.positive[lane]);
        sums.negative += i64::from(lanes.negative[lane]);
        sums.over_count += i64::from(lanes.over_count[lane]);
        sums.over_excess += i64::from(lanes.over_excess[lane]);
        sums.under_count += i64::from(lanes.under_count[lane]);
        sums.under_excess += i64::from(lanes.under_excess[lane]);
        if lanes.worst[lane] > sums.worst {
            sums.worst = lanes.worst[lane];
            sums.worst_pair = next + u64::from(lanes.worst_step[lane].unsigned_abs());
        }
    }
}
