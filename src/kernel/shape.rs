//! Shapes: what a caller can get wrong about the lengths of the slices.

use std::error::Error;
use std::fmt;

use crate::arith::MAX_INPUTS;

// No sum can leave `i32` up to the longest row that `arith` allows.
const _: () = assert!(MAX_INPUTS * 255 * 128 <= i32::MAX as usize);

/// A slice whose length does not fit the shape it was passed with, or a shape beyond the kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShapeError {
    /// The weights are not `outputs · inputs` long.
    Weights {
        /// Elements that the shape asks for.
        expected: usize,
        /// Elements passed.
        found: usize,
    },
    /// The activation codes are not `rows · inputs` long.
    Codes {
        /// Elements that the shape asks for.
        expected: usize,
        /// Elements passed.
        found: usize,
    },
    /// The room for the accumulators is not `rows · outputs` long.
    Accumulators {
        /// Elements that the shape asks for.
        expected: usize,
        /// Elements passed.
        found: usize,
    },
    /// More inputs than [`MAX_INPUTS`]: the 32-bit accumulator could overflow.
    TooManyInputs {
        /// Inputs asked for.
        inputs: usize,
    },
    /// The number of elements of the shape is beyond the address space.
    TooLarge,
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weights { expected, found } => {
                write!(f, "the shape needs {expected} weights, {found} were given")
            }
            Self::Codes { expected, found } => {
                write!(f, "the shape needs {expected} input codes, {found} were given")
            }
            Self::Accumulators { expected, found } => write!(
                f,
                "the shape needs room for {expected} accumulators, there is room for {found}"
            ),
            Self::TooManyInputs { inputs } => write!(
                f,
                "{inputs} inputs are more than {MAX_INPUTS}: the 32-bit accumulator could overflow"
            ),
            Self::TooLarge => write!(f, "the shape has more elements than memory has addresses"),
        }
    }
}

impl Error for ShapeError {}

/// `a · b`, or [`ShapeError::TooLarge`].
pub(super) fn elements(a: usize, b: usize) -> Result<usize, ShapeError> {
    a.checked_mul(b).ok_or(ShapeError::TooLarge)
}
