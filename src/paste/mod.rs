//! Numbers of a layer that a person pastes: a row or a matrix, as PyTorch,
//! NumPy, JSON or a spreadsheet writes it.
//!
//! [`read`] tells the form by itself and never guesses a number: what could be
//! read in two ways is a [`PasteError`] that names the place.

mod cursor;
mod decimal;
mod found;
mod limits;
mod nested;
mod number;
mod object;
mod reader;
mod shown;
mod table;
mod text;
mod text_error;

pub use decimal::decimal;
pub use limits::{MOST_BYTES, MOST_NUMBERS};
pub use shown::Shown;
pub use text::read;
pub use text_error::{PasteError, Place, clip};

use std::fmt;

/// Numbers as pasted.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The matrix, row by row: at least one row, all of one length of at least
    /// one, all numbers finite. A single row or number is a matrix of one row.
    /// Whole numbers beyond ±2^53 are the nearest double.
    pub rows: Vec<Vec<f64>>,
    /// What the numbers are.
    pub kind: Kind,
    /// Scale and zero point, where the print of a quantized tensor has them.
    pub quantization: Option<Quantization>,
    /// What was passed over.
    pub notes: Vec<Note>,
}

/// What pasted numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers, every one written without point and exponent, of a dtype
    /// that is not floating or quantized.
    Integers,
    /// Real numbers. PyTorch prints a quantized tensor's real values, too, not
    /// its codes.
    Reals,
}

/// Scale and zero point as PyTorch prints them after a quantized tensor.
///
/// The values before them are real values, by default with four decimals, and
/// so are the scales of channels; the scale of a whole tensor has all its digits.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantization {
    /// One for the whole tensor.
    PerTensor {
        /// The scale, finite and greater than 0 in float32, too.
        scale: f64,
        /// The code of the real value 0.
        zero_point: i64,
    },
    /// One for each channel.
    PerChannel {
        /// The scales, finite and greater than 0 in float32, too, one a channel.
        scales: Vec<f64>,
        /// The zero points, as many as scales.
        zero_points: Vec<i64>,
        /// What a channel is: 0 for a row, 1 for a column.
        axis: usize,
    },
}

/// Something in the text that was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// Lines of a table: the first one, if it is words only, and all that
    /// start with `#`.
    SkippedLines {
        /// How many.
        count: usize,
        /// The first of them, from 1.
        line: usize,
        /// What that one says, clipped.
        text: String,
    },
    /// Entries of an object other than its weights.
    UnusedKeys {
        /// The keys, clipped.
        keys: Vec<String>,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::SkippedLines { count: 1, line, text } => {
                write!(f, "Line {line}, “{text}”, was taken for a heading and skipped.")
            }
            Note::SkippedLines { count, line, text } => write!(
                f,
                "{count} lines were taken for headings and skipped; the first is line {line}, “{text}”."
            ),
            Note::UnusedKeys { keys } => write!(f, "Not used: {}.", keys.join(", ")),
        }
    }
}

/// An entry of the matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// The row, from 1.
    pub row: usize,
    /// The column, from 1.
    pub column: usize,
    /// The number.
    pub value: f64,
}

impl Pasted {
    /// The numbers as int8 codes, if they are [`Kind::Integers`], all of them
    /// from −128 to 127.
    pub fn codes(&self) -> Option<Vec<Vec<i8>>> {
        let codes = |row: &Vec<f64>| row.iter().map(|&value| code(value)).collect();
        (self.kind == Kind::Integers).then(|| self.rows.iter().map(codes).collect())?
    }

    /// The first entry that is no whole number from −128 to 127. `None` when
    /// all are; they are [`codes`](Self::codes) only if written as integers.
    pub fn first_out_of_range(&self) -> Option<Entry> {
        entries(&self.rows).find(|entry| code(entry.value).is_none())
    }
}

impl Pasted {
    /// The same with rows and columns exchanged.
    #[must_use]
    pub fn turned(&self) -> Pasted {
        let columns = 0..self.rows[0].len();
        let rows = columns.map(|column| self.rows.iter().map(|row| row[column]).collect());
        let quantization = self.quantization.clone().map(|found| match found {
            Quantization::PerChannel { scales, zero_points, axis } => {
                Quantization::PerChannel { scales, zero_points, axis: 1 - axis }
            }
            whole => whole,
        });
        Pasted { rows: rows.collect(), kind: self.kind, quantization, notes: self.notes.clone() }
    }

    /// The first entry that is too large for float32.
    #[expect(clippy::cast_possible_truncation, reason = "what float32 makes of it is asked")]
    pub fn first_beyond_float32(&self) -> Option<Entry> {
        entries(&self.rows).find(|entry| (entry.value as f32).is_infinite())
    }
}

/// The int8 code of that value.
fn code(value: f64) -> Option<i8> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it saturates and drops fractions: only a code is unchanged by it"
    )]
    let code = value as i8;
    (f64::from(code) == value).then_some(code)
}

/// All entries, row by row.
fn entries(rows: &[Vec<f64>]) -> impl Iterator<Item = Entry> {
    rows.iter().enumerate().flat_map(|(row, values)| {
        values.iter().enumerate().map(move |(column, &value)| Entry {
            row: row + 1,
            column: column + 1,
            value,
        })
    })
}
