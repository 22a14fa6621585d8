//! [`MatrixAudit`]: the audit of weights in memory, for all codes 0..=255.

use super::column_scan::ColumnScan;
use super::row::RowAudit;
use super::row_scan::RowScan;
use super::totals::{Tally, Totals};

/// The audit of a layer's weights.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixAudit {
    /// Of each output.
    pub rows: Vec<RowAudit>,
    /// Of all of them.
    pub totals: Totals,
}

/// Weights that are copied at once.
const AT_ONCE: usize = 1 << 16;

/// Weights as bytes of two's complement.
fn bytes(weights: &[i8]) -> Vec<u8> {
    weights.iter().map(|weight| weight.cast_unsigned()).collect()
}

impl MatrixAudit {
    /// Of weights `[N][K]`, one output after the other; what is no whole row is left out.
    pub fn by_rows(weights: &[i8], inputs: usize) -> MatrixAudit {
        let mut scan = RowScan::default();
        let rows = weights.chunks_exact(inputs.max(1)).map(|row| {
            scan.feed(&bytes(row));
            scan.finish().audit()
        });
        MatrixAudit::new(rows.collect(), weights, inputs)
    }

    /// Of weights `[K][N]`, whose outputs are columns; what is no whole line is left out.
    pub fn by_columns(weights: &[i8], outputs: usize) -> MatrixAudit {
        let inputs = weights.len() / outputs.max(1);
        let mut scan = ColumnScan::new(outputs.max(1));
        for part in weights[..inputs * outputs].chunks(AT_ONCE) {
            scan.feed(&bytes(part));
        }
        let rows = scan.finish().iter().map(super::sums::RowSums::audit).take(outputs).collect();
        MatrixAudit::new(rows, weights, inputs)
    }

    fn new(rows: Vec<RowAudit>, weights: &[i8], inputs: usize) -> MatrixAudit {
        let mut tally = Tally::new(inputs as u64);
        rows.iter().for_each(|row| tally.row(row));
        for part in weights.chunks(AT_ONCE) {
            tally.extent.add(&bytes(part));
        }
        MatrixAudit { rows, totals: tally.finish() }
    }
}
