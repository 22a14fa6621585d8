//! Why what ships with the page is not here, in sentences.

use std::error::Error;
use std::fmt;

use crate::evidence::FileFault;

/// Why a fetch brought nothing. Its `Display` is the end of a sentence: what a browser says of a
/// network that fails differs from one to the next, and helps nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchFault {
    /// There was no answer.
    Unanswered,
    /// The answer was another than the file.
    Status(u16),
}

impl fmt::Display for FetchFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FetchFault::Unanswered => write!(f, "the network or the server did not answer"),
            FetchFault::Status(status) => write!(f, "the server answered {status}"),
        }
    }
}

impl Error for FetchFault {}

/// Why the recordings that ship with the page are not here.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ShippedFault {
    /// They could not be fetched.
    Fetch(FetchFault),
    /// They came and cannot be used.
    Damaged(FileFault),
}

impl fmt::Display for ShippedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShippedFault::Fetch(fault) => write!(
                f,
                "The recordings could not be fetched: {fault}. A page opened from a file may not fetch; one from a server may."
            ),
            ShippedFault::Damaged(fault) => {
                write!(f, "The recordings that came are damaged. {fault}")
            }
        }
    }
}

impl Error for ShippedFault {}
