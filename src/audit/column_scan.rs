//! [`ColumnScan`]: the audit of a matrix `[K][N]`, whose outputs are columns, as it is stored.
//!
//! Two lines hold a pair of every column beside each other, so that neighbouring columns are neighbouring
//! lanes. Tiles of columns are copied together: lines may lie a power of two apart, which caches dislike.
//! Of a tile, sixteen columns go through all its pairs with their sums in registers.

use super::lanes::{LANES, Lanes, STEPS};
use super::row_scan::Byte;
use super::sums::RowSums;

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

    /// Takes the next weights, line by line.
    pub fn feed<B: Byte>(&mut self, mut weights: &[B]) {
        let pair = 2 * self.columns;
        if !self.begun.is_empty() {
            let missing = weights.len().min(pair - self.begun.len());
            let (first, rest) = weights.split_at(missing);
            self.begun.extend(first.iter().map(|byte| byte.bits()));
            weights = rest;
            if self.begun.len() == pair {
                let both = std::mem::take(&mut self.begun);
                self.pairs(&both);
            }
        }
        let (whole, left) = weights.split_at(weights.len() - weights.len() % pair);
        whole.chunks(pair * STEPS).for_each(|part| self.pairs(part));
        self.begun.extend(left.iter().map(|byte| byte.bits()));
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
    fn pairs<B: Byte>(&mut self, part: &[B]) {
        let columns = self.columns;
        let count = part.len() / columns;
        for start in (0..columns).step_by(TILE) {
            let width = TILE.min(columns - start);
            for (line, stored) in self.tile.iter_mut().zip(part.chunks_exact(columns)) {
                let stored = &stored[start..start + width];
                let line = line.as_flattened_mut().iter_mut().zip(stored);
                line.for_each(|(copy, byte)| *copy = byte.bits());
            }
            for group in 0..width.div_ceil(LANES) {
                let lanes = Lanes::of_columns(&self.tile[..count], group);
                let first = start + group * LANES;
                let last = columns.min(first + LANES);
                lanes.widen(&mut self.sums[first..last], self.next);
            }
        }
        self.next += (count / 2) as u64;
    }
}

impl Lanes {
    /// Of at most [`STEPS`] pairs of lines, a column in each lane.
    fn of_columns(lines: &[Line], group: usize) -> Lanes {
        let mut lanes = Lanes::ZERO;
        for (pair, step) in lines.chunks_exact(2).zip(0_i16..) {
            let (first, second) = (&pair[0][group], &pair[1][group]);
            lanes.add(step, |lane| {
                let w0 = i16::from(first[lane].cast_signed());
                let w1 = i16::from(second[lane].cast_signed());
                let p = w0.max(0) + w1.max(0);
                (p, p - w0 - w1)
            });
        }
        lanes
    }

    /// Adds them to the sums of their columns; `next` is the place of the first pair.
    fn widen(&self, sums: &mut [RowSums], next: u64) {
        for (lane, sums) in sums.iter_mut().enumerate() {
            sums.positive += i64::from(self.positive[lane]);
            sums.negative += i64::from(self.negative[lane]);
            sums.over_count += i64::from(self.over_count[lane]);
            sums.over_excess += i64::from(self.over_excess[lane]);
            sums.under_count += i64::from(self.under_count[lane]);
            sums.under_excess += i64::from(self.under_excess[lane]);
            if self.worst[lane] > sums.worst {
                sums.worst = self.worst[lane];
                sums.worst_pair = next + u64::from(self.worst_step[lane].unsigned_abs());
            }
        }
    }
}
