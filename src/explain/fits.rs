//! That nothing leaves 16 bits: pairs of the codes as they are.

use super::finding::{Code, Finding};
use super::view::View;
use super::words::{self, whole};

/// The largest pair of neighbours, where all of them fit 16 bits.
pub(super) fn find(view: &View, [rows, outputs]: [usize; 2], is_seen: bool) -> Option<Finding> {
    let mut largest: Option<(i32, [usize; 2], usize)> = None;
    for row in 0..rows.min(view.x.rows) {
        for output in 0..outputs.min(view.w.rows) {
            let (x, w) = (view.row(row), view.weights(output));
            for (pair, (x, w)) in x.chunks(2).zip(w.chunks(2)).enumerate() {
                let sum: i32 = x.iter().zip(w).map(|(x, w)| x * w).sum();
                if largest.is_none_or(|(most, ..)| sum.abs() > most.abs()) {
                    largest = Some((sum, [row, output], 2 * pair));
                }
            }
        }
    }
    let (sum, cell, k) = largest?;
    if !(i32::from(i16::MIN)..=i32::from(i16::MAX)).contains(&sum) {
        return None;
    }
    let (x, w) = (view.row(cell[0]), view.weights(cell[1]));
    let ks: Vec<usize> = (k..x.len().min(k + 2)).collect();
    let factors: Vec<[i64; 2]> = ks.iter().map(|&k| [x[k].into(), w[k].into()]).collect();
    let what = if ks.len() == 2 { "pair" } else { "product" };
    let sentence = format!(
        "No pair of the codes leaves 16 bits: the largest {what} {}, {} = {}, is within −32768 to 32767.",
        words::places(&ks),
        words::products(&factors),
        whole(sum.into())
    );
    let seen = is_seen.then_some(0);
    let source = Code::Fits.source();
    Some(Finding { code: Code::Fits, sentence, size: 0.0, cells: vec![cell], seen, source })
}
