//! [`Found`]: what the reader of a form hands over.

use super::limits::MOST_NUMBERS;
use super::text_error::PasteError;
use super::{Kind, Note};

/// What a form's reader found, not yet known to be a matrix.
pub(super) struct Found {
    /// The rows, of any lengths, with any numbers.
    pub rows: Vec<Vec<f64>>,
    /// What the numbers are.
    pub kind: Kind,
    /// Scale and zero point as written.
    pub scale: Option<Parameter>,
    /// See `scale`.
    pub zero_point: Option<Parameter>,
    /// The axis of channels: 0 for rows, 1 for columns.
    pub axis: Option<usize>,
    /// What was passed over.
    pub notes: Vec<Note>,
}

/// A scale or zero point: of the tensor, or of each channel.
pub(super) enum Parameter {
    One(f64),
    Each(Vec<f64>),
}

/// Counts numbers up to the limit.
#[derive(Default)]
pub(super) struct Count(usize);

impl Count {
    /// One more number.
    ///
    /// # Errors
    /// [`PasteError::TooManyNumbers`] past the limit.
    pub fn add(&mut self) -> Result<(), PasteError> {
        self.0 += 1;
        if self.0 > MOST_NUMBERS { Err(PasteError::TooManyNumbers) } else { Ok(()) }
    }

    /// Whether there was none yet.
    pub fn is_zero(&self) -> bool {
        self.0 == 0
    }
}
