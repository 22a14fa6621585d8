//! Why a file is no file of recordings.

use std::error::Error;
use std::fmt;

use super::file::{SCHEMAS, SET};
use super::operation::{Backend, Operator};
use crate::arith::{ConvError, LinearError, Types};

/// Why a file of the right form is no file of recordings.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RecordingError {
    /// It is a file of something else.
    Set {
        /// What it says it is.
        found: String,
    },
    /// A version of the schema that is not known here.
    Version {
        /// The version.
        found: u32,
    },
    /// It holds none.
    Empty,
    /// One recording cannot be used.
    Entry {
        /// Its key.
        key: String,
        /// What is wrong with it.
        fault: EntryFault,
    },
}

/// What is wrong with one recording.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EntryFault {
    /// Another recording has its key.
    Twice,
    /// Its source is not in the list.
    Source {
        /// The place given.
        given: usize,
    },
    /// The layer's numbers do not fit together.
    Layer(LinearError),
    /// An operator that the table has not for these types.
    Types {
        /// The operator.
        operator: Operator,
        /// The types given.
        types: Types,
    },
    /// An operator that the table has not for this engine.
    Engine {
        /// The engine of a run.
        backend: Backend,
        /// The operator.
        operator: Operator,
    },
    /// A field that the operator needs is left out.
    Missing {
        /// The field.
        field: &'static str,
        /// The operator.
        operator: Operator,
    },
    /// A field that the operator does not have.
    Stray {
        /// The field.
        field: &'static str,
        /// The operator.
        operator: Operator,
    },
    /// Inputs that do not divide into a kernel's taps.
    Kernel {
        /// K.
        inputs: usize,
        /// Rows and columns.
        kernel: [usize; 2],
    },
    /// The sizes of a convolution do not fit together.
    Shape(ConvError),
    /// Zero points of `int_mm` that are not those of signed codes.
    ZeroPoints,
    /// A bias that is no finite number.
    Bias,
    /// A field that should be bytes in base64.
    NotBase64 {
        /// The field.
        field: &'static str,
    },
    /// A list of another length than the shape asks for.
    Length {
        /// The field.
        field: &'static str,
        /// Bytes that should be there.
        expected: usize,
        /// Bytes that are there.
        found: usize,
    },
    /// No engine's outputs.
    NoRun,
}

impl From<LinearError> for EntryFault {
    fn from(error: LinearError) -> EntryFault {
        EntryFault::Layer(error)
    }
}

impl From<ConvError> for EntryFault {
    fn from(error: ConvError) -> EntryFault {
        EntryFault::Shape(error)
    }
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set { found } => {
                write!(f, "its set is “{found}”; a file of recordings says “{SET}”")
            }
            Self::Version { found } => {
                let (oldest, newest) = (SCHEMAS.start(), SCHEMAS.end());
                write!(
                    f,
                    "its schema is version {found}; this page reads versions {oldest} to {newest}"
                )
            }
            Self::Empty => write!(f, "it holds no recording"),
            Self::Entry { key, fault } => write!(f, "in its recording “{key}” {fault}"),
        }
    }
}

impl fmt::Display for EntryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice => write!(f, "the key is that of an earlier one"),
            Self::Source { given } => write!(f, "source {given} is not in the list of sources"),
            Self::Layer(error) => error.fmt(f),
            Self::Types { operator, types } => write!(
                f,
                "the types are {}, for which no engine here has the operator {}",
                types.name(),
                operator.key()
            ),
            Self::Engine { backend, operator } => write!(
                f,
                "a run is of {}, which has no operator {} here",
                backend.name(),
                operator.key()
            ),
            Self::Missing { field, operator } => {
                write!(f, "{field} is missing, which the operator {} needs", operator.key())
            }
            Self::Stray { field, operator } => {
                write!(f, "{field} is given, which the operator {} does not have", operator.key())
            }
            Self::Kernel { inputs, kernel: [rows, columns] } => {
                write!(
                    f,
                    "{inputs} inputs do not divide into the taps of a {rows} × {columns} kernel"
                )
            }
            Self::Shape(error) => error.fmt(f),
            Self::ZeroPoints => write!(
                f,
                "in_zp and w_zp have to be 128 and 0, since the operator int_mm takes signed codes"
            ),
            Self::Bias => write!(f, "the bias holds a value that is no finite number"),
            Self::NotBase64 { field } => write!(f, "{field} is not base64"),
            Self::Length { field, expected, found } => {
                write!(f, "{field} holds {found} bytes where {expected} are needed")
            }
            Self::NoRun => write!(f, "there are no outputs of any engine"),
        }
    }
}

impl Error for RecordingError {}
