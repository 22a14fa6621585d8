//! Differences that no arithmetic explains and that a power of two divides.

use super::super::comparison::{Compared, Comparison};
use super::super::finding::{Code, Finding};
use super::super::finish::Quantity;
use super::super::words;

/// The powers of two that something wraps at, the largest first.
const MODULI: [f64; 3] = [4_294_967_296.0, 65_536.0, 256.0];

/// Differences that are multiples of 256, 65536 or 2³².
pub(super) fn find(comparison: &Comparison) -> Option<Finding> {
    let is_open = comparison.seen.is_some() && comparison.reason.is_none();
    if !is_open || comparison.quantity() != Quantity::Sum {
        return None;
    }
    let off = |one: &Compared| one.expected - one.seen;
    let cells: Vec<[usize; 2]> = comparison.differing().map(|one| one.cell).collect();
    let worst = comparison.worst(|one| cells.contains(&one.cell))?;
    let divides = |modulus: &&f64| comparison.differing().all(|one| off(one) % **modulus == 0.0);
    let modulus = MODULI.iter().find(divides)?;
    let sentence = format!(
        "{}: the difference {} is {} times {}, so something wraps around.",
        comparison.head(worst),
        words::number(off(worst)),
        words::number(off(worst) / modulus),
        words::number(*modulus)
    );
    Some(comparison.finding(Code::ReferenceWraps, sentence, cells))
}
