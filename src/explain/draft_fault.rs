//! [`DraftFault`]: why a draft is no entry.

use std::error::Error;
use std::fmt;

use super::fault::EntryFault;
use super::field::Field;
use super::words::capital;
use crate::paste::PasteError;

/// Why a draft is no entry, and at which field.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftFault {
    /// Numbers that cannot be read.
    Numbers(Field, PasteError),
    /// Several numbers where there is one.
    One(Field),
    /// A whole number where there is another one.
    Whole(Field),
    /// Two sides of a kernel where there is something else.
    Kernel,
    /// What is read does not fit together.
    Entry(EntryFault),
}

impl fmt::Display for DraftFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbers(field, error) => write!(f, "{}: {error}", capital(field.name())),
            Self::One(field) => write!(f, "{}: one number is needed.", capital(field.name())),
            Self::Whole(field) => {
                write!(f, "{}: a whole number of 32 bits is needed.", capital(field.name()))
            }
            Self::Kernel => write!(
                f,
                "{}: two whole numbers are needed, as 3, 3.",
                capital(Field::Kernel.name())
            ),
            Self::Entry(fault) => fault.fmt(f),
        }
    }
}

impl Error for DraftFault {}

impl DraftFault {
    /// The field where it is, where it is one.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::Numbers(field, _) | Self::One(field) | Self::Whole(field) => Some(*field),
            Self::Kernel => Some(Field::Kernel),
            Self::Entry(_) => None,
        }
    }
}
