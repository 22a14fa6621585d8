//! [`EntryFault`]: why an entry cannot be explained, where it is wrong, and what to do.

use std::error::Error;
use std::fmt;

use super::code_type::CodeType;
use super::limits::{MOST_INPUTS, MOST_NUMBERS, MOST_SEEN};
use super::words::{number, whole};

/// A part of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operand {
    /// A.
    A,
    /// B.
    B,
    /// The sums in place of both.
    Sums,
    /// The zero points of A.
    ZeroPointsOfA,
    /// The zero points of B.
    ZeroPointsOfB,
    /// The scales of B.
    ScalesOfB,
    /// The bias.
    Bias,
    /// A result, counted from 0.
    Seen(usize),
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::A => write!(f, "A"),
            Self::B => write!(f, "B"),
            Self::Sums => write!(f, "the list of sums"),
            Self::ZeroPointsOfA => write!(f, "the zero point of A"),
            Self::ZeroPointsOfB => write!(f, "the zero point of B"),
            Self::ScalesOfB => write!(f, "the scale of B"),
            Self::Bias => write!(f, "the bias"),
            Self::Seen(index) => write!(f, "result {}", index + 1),
        }
    }
}

/// Why an entry cannot be explained. Rows, columns and outputs are counted from 0.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EntryFault {
    /// A part that is needed has no number.
    Missing {
        /// Which.
        what: Operand,
    },
    /// More than [`MOST_NUMBERS`].
    TooManyNumbers {
        /// Of what.
        what: Operand,
    },
    /// More than [`MOST_INPUTS`].
    TooManyInputs {
        /// K.
        inputs: usize,
    },
    /// More than [`MOST_SEEN`].
    TooManySeen {
        /// Results given.
        found: usize,
    },
    /// Rows of different lengths.
    Ragged {
        /// Of what.
        what: Operand,
        /// The first row unlike row 0.
        row: usize,
        /// Its length.
        found: usize,
        /// The length of row 0.
        expected: usize,
    },
    /// A NaN or an infinity.
    NotFinite {
        /// Of what.
        what: Operand,
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
    },
    /// A number that is no whole one, where codes or sums are needed, or is beyond them.
    NotWhole {
        /// Of what.
        what: Operand,
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// The number.
        value: f64,
    },
    /// A number that is no code of any 8-bit type, or of the one that was given.
    NotACode {
        /// Of what.
        what: Operand,
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// The number.
        value: f64,
        /// The type that was given.
        given: Option<CodeType>,
    },
    /// Codes below 0 and codes above 127 in one operand.
    MixedTypes {
        /// Of what.
        what: Operand,
        /// The lowest code, below 0.
        lowest: i32,
        /// The highest, above 127.
        highest: i32,
    },
    /// No layout of B fits A.
    Shapes {
        /// Rows and columns of A.
        a: [usize; 2],
        /// Rows and columns of B.
        b: [usize; 2],
    },
    /// Operands of an addition that are not alike.
    Unequal {
        /// Rows and columns of A.
        a: [usize; 2],
        /// Rows and columns of B.
        b: [usize; 2],
    },
    /// Neither one value nor one for each.
    Count {
        /// Of what.
        what: Operand,
        /// Values given.
        found: usize,
        /// Rows or outputs that there are.
        expected: usize,
    },
    /// A zero point that is no code of the type.
    ZeroPoint {
        /// Of what.
        what: &'static str,
        /// The zero point.
        value: f64,
    },
    /// A scale that is not a positive finite number in float32.
    Scale {
        /// Of what.
        what: &'static str,
        /// The scale.
        value: f64,
    },
    /// A scale of the output without scales of A and B, or another part that needs one.
    NoScale {
        /// What needs it.
        what: &'static str,
        /// Which scale is missing.
        missing: &'static str,
    },
    /// A result that is neither a number nor a row nor a matrix of the outputs.
    SeenShape {
        /// Which result, from 0.
        seen: usize,
        /// Its rows and columns.
        found: [usize; 2],
        /// Rows and outputs that there are.
        expected: [usize; 2],
    },
    /// A result at a row or output that is not matched.
    SeenPlace {
        /// Which result, from 0.
        seen: usize,
        /// Rows and outputs that are matched.
        matched: [usize; 2],
    },
}

impl fmt::Display for EntryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { what } => write!(f, "There is no number in {what}. Enter one."),
            Self::TooManyNumbers { what } => {
                write!(f, "There are more than {MOST_NUMBERS} numbers in {what}. Enter a part.")
            }
            Self::TooManyInputs { inputs } => write!(
                f,
                "A row has {inputs} inputs, more than {MOST_INPUTS}. Enter a part of the row and the sum of that part."
            ),
            Self::TooManySeen { found } => {
                write!(f, "{found} results are more than {MOST_SEEN}. Enter them in two steps.")
            }
            Self::Ragged { what, row, found, expected } => write!(
                f,
                "Row {row} of {what} has length {found}, row 0 has length {expected}. Give all rows the same length."
            ),
            Self::NotFinite { what, row, column } => write!(
                f,
                "The number in row {row}, column {column} of {what} is not finite. Only finite numbers can be used."
            ),
            Self::NotWhole { what, row, column, value } => write!(
                f,
                "The number in row {row}, column {column} of {what} is {}. Enter whole numbers that fit 32 bits: codes and sums, not real values.",
                number(*value)
            ),
            Self::NotACode { what, row, column, value, given: Some(given) } => write!(
                f,
                "The number in row {row}, column {column} of {what} is {}, which is no code of {}. Change it or the type.",
                number(*value),
                given.name()
            ),
            Self::NotACode { what, row, column, value, given: None } => write!(
                f,
                "The number in row {row}, column {column} of {what} is {}, which is no 8-bit code. Codes are 0 to 255 or −128 to 127.",
                number(*value)
            ),
            Self::MixedTypes { what, lowest, highest } => write!(
                f,
                "{what} has {} and {highest}: no 8-bit type has both. Is it one matrix?",
                whole((*lowest).into())
            ),
            Self::Shapes { a: [rows, inputs], b: [b_rows, b_columns] } => write!(
                f,
                "A is {rows} × {inputs} and B is {b_rows} × {b_columns}: B needs {inputs} columns (its rows are outputs) or {inputs} rows (its columns are outputs)."
            ),
            Self::Unequal { a: [rows, columns], b: [b_rows, b_columns] } => write!(
                f,
                "A is {rows} × {columns} and B is {b_rows} × {b_columns}: an addition needs as many numbers in both, in the same rows."
            ),
            Self::Count { what, found, expected } => write!(
                f,
                "There are {found} values for {what}. Enter one, or one for each of the {expected}."
            ),
            Self::ZeroPoint { what, value } => {
                write!(f, "The zero point {} of {what} is no code of its type.", number(*value))
            }
            Self::Scale { what, value } => {
                write!(
                    f,
                    "The scale {} of {what} is not a positive finite number in float32.",
                    number(*value)
                )
            }
            Self::NoScale { what, missing } => {
                write!(f, "{what} needs {missing}. Enter it too.")
            }
            Self::SeenShape { seen, found: [rows, columns], expected: [m, n] } => write!(
                f,
                "Result {} has {rows} × {columns} numbers, and there are {m} × {n} outputs. Enter one number, a row of {n}, or all of them.",
                seen + 1
            ),
            Self::SeenPlace { seen, matched: [m, n] } => write!(
                f,
                "Result {} is at a place that is not matched: rows 0 to {} and outputs 0 to {} are.",
                seen + 1,
                m.saturating_sub(1),
                n.saturating_sub(1)
            ),
        }
    }
}

impl Error for EntryFault {}
