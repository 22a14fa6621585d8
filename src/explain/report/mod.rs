//! A whole report as text: the matrices, lists and numbers in it, with the words around them.
//!
//! [`read_report`] is modest: what a word names is taken for that, and what no word names is handed
//! back for the person to say. It never guesses which of two matrices is A.

mod assemble;
mod blocks;
mod candidate;
mod fills;
mod named;
mod names;
mod nested;
mod operator;
mod scan;

pub use assemble::{Open, ReportText, read_report};
pub(super) use names::is_expectation;

pub use candidate::{Candidate, MOST_CANDIDATES, Role, Side};
