//! [`whole`].

use crate::documents::grouped;

/// A whole number that JavaScript has as a float.
pub fn whole(number: f64) -> String {
    format!("{number:.0}").parse().map_or_else(|_| format!("{number:.0}"), grouped)
}
