//! [`order`]: places in an order.

use std::cmp::Ordering;

/// The places from 0 to below `count`, the first of `compare`'s order first, equals in theirs.
///
/// All that is sorted here goes through it: a sort of its own for each type weighs 3 kB.
pub fn order(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|&one, &other| compare(one, other));
    places
}
