//! Why the data, or a text, cannot be used.

use std::error::Error;
use std::fmt;

use super::limits::MOST_BYTES;

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFile {
    /// `libraries.json`.
    Libraries,
    /// `cpus.json`.
    Cpus,
}

/// Why the data cannot be used: they are damaged, or of another version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFault {
    /// The file.
    pub file: DataFile,
    /// The place in it, as `rule fbgemm.linear#1`.
    pub at: String,
    /// What is wrong there.
    pub damage: Damage,
}

/// What is wrong at one place of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// A version of the schema that is not known here.
    Schema {
        /// The version.
        found: u32,
    },
    /// A word that should name something, and does not.
    Unknown {
        /// What it should name.
        what: &'static str,
        /// The word.
        word: String,
    },
    /// A key, an id or a feature that was there before.
    Twice {
        /// The word.
        word: String,
    },
    /// Something that has to be there.
    Missing {
        /// What.
        what: &'static str,
    },
    /// More than can be told apart.
    TooMany {
        /// Of what.
        what: &'static str,
        /// As many as there may be.
        most: usize,
    },
    /// A variant that is, in the end, the same as itself.
    Circle,
    /// A regular expression that is none.
    Pattern {
        /// The expression.
        pattern: String,
        /// What its reader says.
        reason: String,
    },
    /// A version, a CPU's number or an address of another form.
    Form {
        /// What it should be.
        what: &'static str,
        /// What is there.
        found: String,
    },
    /// Names are to be normalised otherwise than this code does.
    Normalise,
}

impl DataFault {
    /// A fault in `libraries.json`.
    pub(super) fn libraries(at: impl Into<String>, damage: Damage) -> DataFault {
        DataFault { file: DataFile::Libraries, at: at.into(), damage }
    }

    /// A fault in `cpus.json`.
    pub(super) fn cpus(at: impl Into<String>, damage: Damage) -> DataFault {
        DataFault { file: DataFile::Cpus, at: at.into(), damage }
    }
}

impl DataFile {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            DataFile::Libraries => "libraries.json",
            DataFile::Cpus => "cpus.json",
        }
    }
}

impl fmt::Display for DataFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DataFault { file, at, damage } = self;
        write!(f, "{} cannot be used: at {at}, {damage}. Take it anew.", file.name())
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Damage::Schema { found } => {
                write!(
                    f,
                    "the schema is version {found}, and {} is read here",
                    super::files::SCHEMA
                )
            }
            Damage::Unknown { what, word } => write!(f, "“{word}” is no {what}"),
            Damage::Twice { word } => write!(f, "“{word}” is there a second time"),
            Damage::Missing { what } => write!(f, "there is no {what}"),
            Damage::TooMany { what, most } => write!(f, "there are more than {most} {what}"),
            Damage::Circle => write!(f, "the variant leads back to itself by same_as"),
            Damage::Pattern { pattern, reason } => {
                write!(f, "“{pattern}” is no regular expression: {reason}")
            }
            Damage::Form { what, found } => write!(f, "“{found}” is no {what}"),
            Damage::Normalise => {
                write!(f, "names are to be normalised in a way that is not known here")
            }
        }
    }
}

impl Error for DataFault {}

/// Why a text is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextFault {
    /// More than [`MOST_BYTES`].
    TooLarge {
        /// Its size.
        bytes: usize,
    },
}

impl fmt::Display for TextFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextFault::TooLarge { bytes } => write!(
                f,
                "The text has {bytes} bytes; {MOST_BYTES} are the most that is read here. The output of lscpu, or one core of /proc/cpuinfo, is enough."
            ),
        }
    }
}

impl Error for TextFault {}
