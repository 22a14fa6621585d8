//! Tables: one row a line, separated by semicolons, tabs, commas or spaces.

use super::found::{Count, Found};
use super::number::{is_beside_decimal_comma, is_ellipsis, number};
use super::text_error::{PasteError, Place, clip};
use super::{Kind, Note};

/// What stands between the numbers of a line.
#[derive(Clone, Copy)]
enum Separator {
    Mark(char),
    Spaces,
}

impl Separator {
    /// The strongest separator that the line has: a comma beside a semicolon
    /// is none.
    fn of(line: &str) -> Separator {
        let mark = [';', '\t', ','].into_iter().find(|&mark| line.contains(mark));
        mark.map_or(Separator::Spaces, Separator::Mark)
    }

    /// The line's cells without spaces around them, and where each starts in
    /// the line. A last, empty cell is the mark after the last number.
    fn cells(self, line: &str) -> Vec<(usize, &str)> {
        let place = |cell: &str| cell.as_ptr() as usize - line.as_ptr() as usize;
        match self {
            Separator::Spaces => line.split_whitespace().map(|cell| (place(cell), cell)).collect(),
            Separator::Mark(mark) => {
                let mut cells: Vec<_> =
                    line.split(mark).map(str::trim).map(|cell| (place(cell), cell)).collect();
                if cells.len() > 1 && cells.last().is_some_and(|(_, cell)| cell.is_empty()) {
                    cells.pop();
                }
                cells
            }
        }
    }
}

/// Reads a table.
pub(super) fn read(text: &str) -> Result<Found, PasteError> {
    let mut rows = Vec::new();
    let mut skipped = None;
    let mut may_be_heading = true;
    let mut count = Count::default();
    let mut is_whole = true;
    let mut separator = None;
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let here = start;
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let own = Separator::of(line);
        let is_comment = line.trim_start().starts_with('#');
        if is_comment || may_be_heading && is_heading(&own.cells(line)) {
            may_be_heading &= is_comment;
            let (count, ..) = skipped.get_or_insert((0, index + 1, line));
            *count += 1;
            continue;
        }
        may_be_heading = false;
        let mut row = Vec::new();
        for (at, cell) in separator.get_or_insert(own).cells(line) {
            count.add()?;
            let (value, whole) = read_cell(text, here + at, cell)?;
            is_whole &= whole;
            row.push(value);
        }
        rows.push(row);
    }
    let kind = if is_whole { Kind::Integers } else { Kind::Reals };
    let note = skipped.map(|(count, line, text)| Note::SkippedLines {
        count,
        line,
        text: clip(text.trim()),
    });
    let notes = note.into_iter().collect();
    Ok(Found { rows, kind, scale: None, zero_point: None, axis: None, notes })
}

/// Whether a line names columns: words only. A piece that starts like a number
/// but is none is for [`read_cell`] to report.
fn is_heading(cells: &[(usize, &str)]) -> bool {
    // A quoted name may hold the separator, so that a cell is only a part of it.
    let mut names = cells.iter().map(|(_, cell)| cell.trim_matches('"').trim());
    let is_word = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || is_foreign_letter(c))
            && number(name).is_none()
    };
    names.clone().all(|name| name.is_empty() || is_word(name)) && names.any(|name| !name.is_empty())
}

/// Whether it lies where Unicode's alphabets other than ASCII's do: before punctuation, signs and
/// arrows, or behind them. The tables of every letter would be large for what they decide here.
fn is_foreign_letter(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{1fff}' | '\u{2c00}'..='\u{2dff}' | '\u{3040}'..)
}

fn unquoted(cell: &str) -> &str {
    let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.map_or(cell, str::trim)
}

/// The number of a cell, and whether it is whole. `at` is where the cell
/// starts in the text.
fn read_cell(text: &str, at: usize, cell: &str) -> Result<(f64, bool), PasteError> {
    let place = || Place::of(text, at);
    let piece = unquoted(cell);
    if piece.is_empty() {
        return Err(PasteError::MissingNumber { at: place() });
    }
    if is_ellipsis(piece) {
        return Err(PasteError::Shortened { at: place() });
    }
    let decimal_comma = || PasteError::DecimalComma { at: place(), piece: clip(piece) };
    if let Some(number) = number(piece) {
        return match is_beside_decimal_comma(text, at, at + cell.len()) {
            true => Err(decimal_comma()),
            false => Ok((number.value, number.is_whole)),
        };
    }
    let are_numbers =
        |mut parts: std::str::Split<'_, char>| parts.all(|part| number(part).is_some());
    if are_numbers(piece.split(',')) {
        return Err(decimal_comma());
    }
    if let Some(space) = piece.find(char::is_whitespace)
        && piece.split_whitespace().all(|part| number(part).is_some())
    {
        // Quotation marks and what they hold have the same length here and in the text.
        let inside = piece.as_ptr() as usize - cell.as_ptr() as usize;
        return Err(PasteError::MixedSeparators { at: Place::of(text, at + inside + space) });
    }
    if let Some(part) = piece.split_whitespace().find(|part| is_ellipsis(part)) {
        let inside = part.as_ptr() as usize - cell.as_ptr() as usize;
        return Err(PasteError::Shortened { at: Place::of(text, at + inside) });
    }
    Err(PasteError::unexpected(text, at, cell))
}
