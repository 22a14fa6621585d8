//! [`PasteError`]: why a pasted text cannot be used, where, and what to do.

use std::fmt;

use super::limits::{MOST_BYTES, MOST_NUMBERS};
use super::shown::Shown;

/// A place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

impl Place {
    /// The place of the byte at `offset`, which is on a character's border.
    pub(super) fn of(text: &str, offset: usize) -> Place {
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}, column {}", self.line, self.column)
    }
}

/// What is quoted back never fills the page: at most 40 characters of it.
pub fn clip(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

/// Why a pasted text cannot be used. Pieces of the text are clipped.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PasteError {
    /// Nothing but spaces.
    Empty,
    /// Text, brackets or a heading, but no number.
    NoNumbers,
    /// More than [`MOST_BYTES`].
    TooLong {
        /// The text's length in bytes.
        bytes: usize,
    },
    /// More than [`MOST_NUMBERS`].
    TooManyNumbers,
    /// The print leaves out numbers, with `...` in their place.
    Shortened {
        /// Where the dots are.
        at: Place,
    },
    /// Lists inside lists of lists.
    TooDeep {
        /// Where the list starts that holds a matrix.
        at: Place,
    },
    /// Rows of different lengths.
    Ragged {
        /// The first row unlike row 1, from 1.
        row: usize,
        /// How many numbers it has.
        found: usize,
        /// How many row 1 has.
        expected: usize,
    },
    /// An entry is nan, inf, or too large for a double.
    NotFinite {
        /// Its row, from 1.
        row: usize,
        /// Its column, from 1.
        column: usize,
        /// NaN or an infinity.
        value: f64,
    },
    /// Two separators with nothing between them.
    MissingNumber {
        /// Where a number should stand.
        at: Place,
    },
    /// A comma that seems to stand for a decimal point or to group digits.
    DecimalComma {
        /// Where the number starts, or its part after the comma.
        at: Place,
        /// The number or its part.
        piece: String,
    },
    /// Commas between some numbers, spaces only between others.
    MixedSeparators {
        /// Where the second kind of separator is used.
        at: Place,
    },
    /// A piece that is no number and no known part of a print.
    Unexpected {
        /// Where it starts.
        at: Place,
        /// The piece.
        piece: String,
    },
    /// A bracket, a quotation mark or an argument without its end.
    Unclosed {
        /// Where it starts.
        at: Place,
    },
    /// Something after the end of the matrix.
    TrailingText {
        /// Where it starts.
        at: Place,
        /// Its line from there.
        piece: String,
    },
    /// An object without an entry of weights.
    NoWeightKey {
        /// The first keys it has.
        keys: Vec<String>,
    },
    /// A scale that is not finite or not greater than 0 in float32.
    BadScale {
        /// The scale.
        value: f64,
    },
    /// A zero point that is not a whole number.
    BadZeroPoint {
        /// The zero point.
        value: f64,
    },
    /// A scale without zero point, or the other way round; or one number for
    /// the one and a list for the other; or lists without axis 0 or 1.
    HalfQuantized,
    /// As many scales or zero points as the axis has no channels.
    ChannelsDiffer {
        /// How many scales there are.
        scales: usize,
        /// How many zero points there are.
        zero_points: usize,
        /// How many channels the matrix has along that axis.
        channels: usize,
    },
}

impl PasteError {
    /// [`PasteError::Unexpected`] for the piece at that byte.
    pub(super) fn unexpected(text: &str, offset: usize, piece: &str) -> PasteError {
        PasteError::Unexpected { at: Place::of(text, offset), piece: clip(piece) }
    }
}

impl fmt::Display for PasteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PasteError::Empty => {
                write!(f, "There is no text. Paste a row or a matrix of numbers.")
            }
            PasteError::NoNumbers => write!(
                f,
                "There are no numbers in the text. Paste a row or a matrix, as PyTorch, NumPy, JSON or a spreadsheet writes it."
            ),
            PasteError::TooLong { bytes } => write!(
                f,
                "The text has {bytes} bytes, more than {MOST_BYTES}. Paste a part of the matrix."
            ),
            PasteError::TooManyNumbers => write!(
                f,
                "The text holds more than {MOST_NUMBERS} numbers. Paste a part of the matrix."
            ),
            PasteError::Shortened { at } => write!(
                f,
                "{at}: the print is shortened. Print it again after torch.set_printoptions(profile='full') or numpy.set_printoptions(threshold=sys.maxsize)."
            ),
            PasteError::TooDeep { at } => write!(
                f,
                "{at}: this has more than two dimensions. Paste a matrix: a list of rows of numbers."
            ),
            PasteError::Ragged { row, found, expected } => write!(
                f,
                "Row {row} has length {found}, row 1 has length {expected}. Give all rows the same length."
            ),
            PasteError::NotFinite { row, column, value } => write!(
                f,
                "The number in row {row}, column {column} is {}. Only finite numbers can be used.",
                match value {
                    value if value.is_nan() => "nan",
                    value if *value > 0.0 => "infinite",
                    _ => "−infinite",
                }
            ),
            PasteError::MissingNumber { at } => {
                write!(f, "{at}: a number is missing here. Write it, or 0.")
            }
            PasteError::DecimalComma { at, piece } => write!(
                f,
                "{at}: the comma at “{piece}” may be a decimal comma or may separate numbers. Write decimals with a point."
            ),
            PasteError::MixedSeparators { at } => write!(
                f,
                "{at}: numbers are separated by commas in one place and by spaces in another. Use one of them, and write decimals with a point."
            ),
            PasteError::Unexpected { at, piece } => {
                write!(f, "{at}: “{piece}” is not a number. Remove or replace it.")
            }
            PasteError::Unclosed { at } => write!(
                f,
                "{at}: what starts here does not end. Paste the text up to its last bracket."
            ),
            PasteError::TrailingText { at, piece } => write!(
                f,
                "{at}: “{piece}” follows the end of the matrix. Remove it, and paste one matrix only."
            ),
            PasteError::NoWeightKey { keys } if keys.is_empty() => {
                write!(f, "The object is empty. It needs a matrix under “weight”.")
            }
            PasteError::NoWeightKey { keys } => write!(
                f,
                "The object has {}, but no “weight”, “weights” or “w”. Paste the matrix itself, or rename its key.",
                keys.join(", ")
            ),
            PasteError::BadScale { value } if value.is_finite() && *value > 0.0 => {
                let size = if *value < 1.0 { "small" } else { "large" };
                write!(f, "The scale {} is too {size} for float32.", Shown(*value))
            }
            PasteError::BadScale { value } => write!(
                f,
                "A scale is {}. Scales must be finite and greater than 0; print them with more digits.",
                Shown(*value)
            ),
            PasteError::BadZeroPoint { value } => {
                let value = Shown(*value);
                write!(f, "A zero point is {value}. Only whole zero points can be used.")
            }
            PasteError::HalfQuantized => write!(
                f,
                "Scale, zero_point and axis do not go together, or one is missing. Paste the whole print of the quantized tensor."
            ),
            PasteError::ChannelsDiffer { scales, zero_points, channels } => write!(
                f,
                "There are {scales} scales and {zero_points} zero points for {channels} channels. Paste the whole print of the quantized tensor."
            ),
        }
    }
}

impl std::error::Error for PasteError {}
