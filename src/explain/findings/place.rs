//! Equal inputs and two results: the place in a tensor decides.

use super::super::comparison::{Compared, Comparison};
use super::super::finding::{Code, Finding};
use super::super::view::View;
use super::super::words;

/// Outputs with equal inputs, weights and parameters of which two numbers were seen.
pub(super) fn find(comparison: &Comparison) -> Option<Finding> {
    // Nobody has seen it, or one arithmetic gives all of it.
    if comparison.seen.is_none() || comparison.reason.is_some() {
        return None;
    }
    let view = comparison.view?;
    let classes = Classes::new(comparison, view);
    let mut known: Vec<([usize; 2], &Compared)> = Vec::new();
    let mut told = None;
    let mut cells = Vec::new();
    for one in &comparison.cells {
        let class = classes.of(one.cell);
        match known.iter().find(|(of, _)| *of == class) {
            None => known.push((class, one)),
            Some((_, first)) if first.seen != one.seen => {
                cells.push(one.cell);
                told = told.or(Some((*first, one)));
            }
            Some(_) => {}
        }
    }
    let (first, other) = told?;
    let name = |one: &Compared| words::cell(comparison.exact.shape, one.cell);
    let sentence = format!(
        "The same inputs and weights give {} at {} and {} at {}: the place in a vector decides, not the CPU, and nothing saturates. A vector loop and what is left over after it round otherwise, as with and without a fused multiply-add.",
        words::number(first.seen),
        name(first),
        words::number(other.seen),
        name(other)
    );
    let size = (first.seen - other.seen).abs();
    Some(Finding { size, ..comparison.finding(Code::VectorPosition, sentence, cells) })
}

/// The first row and output that equal each.
struct Classes([Vec<usize>; 2]);

impl Classes {
    fn new(comparison: &Comparison, view: &View) -> Classes {
        let ending = comparison.matcher.ending;
        let [rows, outputs] = view.shape();
        let row = |at: usize| (view.row(at), view.zero_point_of_a(at));
        let output = |at: usize| {
            (
                view.weights(at),
                view.zero_point_of_b(at),
                ending.integer_bias(at),
                ending.real_bias(at),
                ending.steps(at),
            )
        };
        let of_rows = (0..rows).map(|at| (0..at).find(|&one| row(one) == row(at)).unwrap_or(at));
        let of_outputs =
            (0..outputs).map(|at| (0..at).find(|&one| output(one) == output(at)).unwrap_or(at));
        Classes([of_rows.collect(), of_outputs.collect()])
    }

    fn of(&self, [row, output]: [usize; 2]) -> [usize; 2] {
        [self.0[0][row], self.0[1][output]]
    }
}
