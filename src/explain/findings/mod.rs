//! What a [`Comparison`] shows, each thing by a function of its own.

mod bias;
mod flips;
mod form;
mod lanes;
mod operands;
mod output;
mod place;
mod remainder;
mod tie;

use super::comparison::Comparison;
use super::finding::Finding;

/// Every function, causes first.
const FINDERS: &[fn(&Comparison) -> Option<Finding>] = &[
    lanes::find,
    operands::mistake,
    operands::zero_points,
    form::find,
    tie::find,
    output::find,
    bias::find,
    place::find,
    remainder::find,
    flips::signs,
    flips::rankings,
];

/// Everything that it shows.
pub(super) fn all(comparison: &Comparison) -> Vec<Finding> {
    FINDERS.iter().filter_map(|find| find(comparison)).collect()
}
