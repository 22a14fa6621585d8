//! [`CliFault`]: why a command cannot be carried out, in a sentence that says what to do.

use std::error::Error;
use std::fmt;
use std::io;

use rampscope::audit::QuestionFault;
use rampscope::machine::{DataFault, TextFault};

/// Why a command ends with status 2.
#[derive(Debug)]
#[non_exhaustive]
pub enum CliFault {
    /// A file, or the standard input where there is no name, cannot be read.
    Unreadable {
        /// The file's name.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// A file with more bytes than are read.
    TooLarge {
        /// The file's name.
        name: String,
        /// As many as are read.
        most: usize,
    },
    /// Neither a file nor a text on the standard input.
    NoText,
    /// No CPU family and no rented machine has the key.
    NoSuchKey {
        /// The key.
        key: String,
    },
    /// A system was named for a rented machine, which has its own.
    SystemOfRented {
        /// The machine's key.
        key: String,
    },
    /// The question about files has no answer.
    Question(QuestionFault),
    /// The text cannot be used.
    Text(TextFault),
    /// The data that this program was built with are damaged.
    Data(DataFault),
    /// They are no JSON of their schema, or the answer cannot be written as JSON.
    Json(serde_json::Error),
}

impl fmt::Display for CliFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CliFault::Unreadable { name, error } => write!(f, "{name} cannot be read: {error}"),
            CliFault::TooLarge { name, most } => write!(
                f,
                "{name} has more than {most} bytes. The output of lscpu, or one core of /proc/cpuinfo, is enough."
            ),
            CliFault::NoText => write!(
                f,
                "there is no text. Name a file, pipe one in (lscpu | rampscope machine), or pick a machine with --cpu; --list has the keys."
            ),
            CliFault::NoSuchKey { key } => write!(
                f,
                "no CPU family and no rented machine has the key “{key}”. rampscope machine --list has all."
            ),
            CliFault::SystemOfRented { key } => {
                write!(f, "“{key}” is a rented machine and has a system. Leave --os out.")
            }
            CliFault::Question(fault) => fault.fmt(f),
            CliFault::Text(fault) => fault.fmt(f),
            CliFault::Data(fault) => fault.fmt(f),
            CliFault::Json(error) => write!(f, "JSON: {error}"),
        }
    }
}

impl Error for CliFault {}

impl From<QuestionFault> for CliFault {
    fn from(fault: QuestionFault) -> CliFault {
        CliFault::Question(fault)
    }
}

impl From<TextFault> for CliFault {
    fn from(fault: TextFault) -> CliFault {
        CliFault::Text(fault)
    }
}

impl From<DataFault> for CliFault {
    fn from(fault: DataFault) -> CliFault {
        CliFault::Data(fault)
    }
}

impl From<serde_json::Error> for CliFault {
    fn from(error: serde_json::Error) -> CliFault {
        CliFault::Json(error)
    }
}
