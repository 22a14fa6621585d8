//! A file of weights: where it is given, what is said of it, and a closer look.

mod give;
mod machine;
mod number;
mod output;
mod pictures;
mod product;
mod table;
mod take;
mod verdict;

pub use give::{GivePanel, begin, of_text, take};
pub use verdict::{FilePanel, linked};
