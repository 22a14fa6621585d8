//! Why a recording cannot be replayed, or does not match.

use std::error::Error;
use std::fmt;

/// Why a recording is not reproduced in full.
#[derive(Debug)]
pub enum ReplayError {
    /// Not gzip, or cut off, or damaged.
    Gzip(std::io::Error),
    /// Not JSON.
    Json(serde_json::Error),
    /// A set that no code here knows.
    UnknownSet(String),
    /// A field or engine that the schema asks for is not there.
    Missing {
        /// Where in the file.
        place: String,
        /// The field or engine.
        key: String,
    },
    /// A field or engine that the schema does not know: it would not be compared.
    Unknown {
        /// Where in the file.
        place: String,
        /// The field or engine.
        key: String,
    },
    /// A value that is not what the schema says.
    Invalid {
        /// Where in the file.
        place: String,
        /// What is wrong.
        problem: String,
    },
    /// A field without a single value.
    Nothing {
        /// The set.
        set: String,
        /// The field or engine.
        what: String,
    },
    /// Values that `arith` does not reproduce.
    Mismatch {
        /// The lines that are not full.
        lines: Vec<String>,
    },
}

impl fmt::Display for ReplayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gzip(error) => write!(f, "not a whole gzip file: {error}"),
            Self::Json(error) => write!(f, "not JSON: {error}"),
            Self::UnknownSet(set) => write!(f, "unknown set {set:?}"),
            Self::Missing { place, key } => write!(f, "{place}: {key:?} is missing"),
            Self::Unknown { place, key } => write!(f, "{place}: {key:?} is not in the schema"),
            Self::Invalid { place, problem } => write!(f, "{place}: {problem}"),
            Self::Nothing { set, what } => write!(f, "{set} {what}: no value is recorded"),
            Self::Mismatch { lines } => write!(f, "not reproduced: {}", lines.join("; ")),
        }
    }
}

impl Error for ReplayError {}
