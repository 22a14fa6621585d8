//! What is said of files, taken along: as Markdown for a pull request, as CSV, and as a page of its own.

mod csv;
mod html;
mod markdown;

use super::fate::Fate;
use super::said::FileSaid;
use super::totals::Totals;
use crate::hits::CpuClass;

pub use csv::csv;
pub use html::html;
pub use markdown::markdown;

/// What is said of the files of a report, for CPUs of a class.
pub fn said(report: &super::report::Report, class: CpuClass) -> Vec<FileSaid> {
    report.files.iter().map(|file| FileSaid::of(file, class)).collect()
}

/// What stands in a cell of a table.
struct Cells {
    hit: String,
    share: String,
    first: String,
}

impl Cells {
    /// Of a product.
    fn of(line: &super::said::Line) -> Cells {
        let none = || "–".to_string();
        // Numbers of pairs that no kernel adds would say what is not so.
        let is_so = |one: &&Totals| line.is_would_be || line.fate >= Fate::Can || one.rows_hit == 0;
        match line.numbers.as_ref().filter(is_so) {
            Some(one) => Cells {
                hit: format!(
                    "{} of {}",
                    crate::hits::grouped(one.rows_hit),
                    crate::hits::grouped(one.rows)
                ),
                share: crate::hits::percent(one.worst_share),
                first: one.first_code.map_or_else(none, |code| code.to_string()),
            },
            None => Cells { hit: none(), share: none(), first: none() },
        }
    }
}
