//! [`ReadError`]: why a file or a tensor cannot be used, where, and what to do.

use std::error::Error;
use std::fmt;

use super::number::Number;
use super::source::{NotOpened, SourceError};

/// Why a file, or one tensor of it, cannot be used.
///
/// [`word`](ReadError::word) is the kind for programs, `Display` the sentence for people. Names and
/// pieces that are quoted from a file are text and may hold anything.
///
/// It is as small as a pointer: nearly all that reads may end in one.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadError(Box<ErrorKind>);

/// What [`ReadError`] says.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No bytes.
    EmptyFile,
    /// The file ends before what it declares.
    Truncated {
        /// What is cut off.
        what: &'static str,
        /// How many bytes that needs, if it says so.
        needs: Option<u64>,
        /// How many there are.
        has: u64,
    },
    /// The file could not be opened.
    NotOpened(NotOpened),
    /// The source could not be read.
    Unreadable(SourceError),
    /// A header that does not follow its format.
    HeaderInvalid {
        /// Where the header belongs to.
        what: &'static str,
        /// What is wrong, as a clause.
        reason: String,
    },
    /// A header whose sizes disagree with each other or with the data.
    HeaderLies {
        /// Which sizes, as a clause.
        reason: String,
    },
    /// Offsets or strides that lead to no place, or two tensors to one.
    OffsetsInvalid {
        /// Which, as a clause.
        reason: String,
    },
    /// More than is read.
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much, if it can be said.
        found: Option<u64>,
        /// How much is read.
        most: u64,
    },
    /// A type that is no number, or none that is known.
    UnsupportedDtype {
        /// As the file has it.
        dtype: String,
    },
    /// A member of an archive, packed in an unknown way.
    UnsupportedCompression {
        /// Zip's number of the method, or what else stands in the way.
        method: String,
    },
    /// An archive that contradicts itself.
    CorruptArchive {
        /// How, as a clause.
        reason: String,
    },
    /// A pickle that no library has written.
    CorruptPickle {
        /// How, as a clause.
        reason: String,
        /// The byte of the pickle, where it has one.
        at: Option<u64>,
    },
    /// A pickle that calls something else than tensors need. Nothing of it was run.
    ForbiddenGlobal {
        /// Module and name.
        global: String,
    },
    /// A TorchScript archive.
    TorchScript,
    /// Nothing that is known.
    UnknownFormat {
        /// What it is, or seems to be, as a sentence.
        about: &'static str,
    },
    /// A web page.
    Html,
    /// A pointer of git-lfs instead of the file.
    GitLfs {
        /// The size of the file itself in bytes, if the pointer says it.
        size: Option<u64>,
    },
    /// Other files belong to it and are not here.
    NeedsFiles {
        /// Their names without folders.
        files: Vec<String>,
    },
    /// Lists in lists, graphs in graphs, calls in calls, beyond any use.
    NestingTooDeep {
        /// How deep is read.
        most: usize,
    },
    /// Values that are no finite float32.
    Nonfinite {
        /// How many are NaN.
        nan: u64,
        /// How many are infinite, or too large for float32.
        inf: u64,
        /// The index of the first.
        first_at: Vec<u64>,
    },
    /// Whole numbers that are no codes.
    NotInt8 {
        /// The first that is none.
        value: Number,
        /// Its index.
        at: Vec<u64>,
    },
    /// A single number.
    NotAMatrix {
        /// Its shape.
        shape: Vec<u64>,
    },
    /// A shape without values.
    EmptyTensor {
        /// The shape.
        shape: Vec<u64>,
    },
    /// A good file without weights.
    NothingToAudit,
    /// Rows of different lengths.
    Ragged {
        /// The line, from 1, where rows are lines.
        line: Option<u64>,
        /// The sentence of the reader of texts.
        reason: String,
    },
    /// A print that leaves numbers out.
    Shortened {
        /// The sentence of the reader of texts.
        reason: String,
    },
    /// Something else where a number should stand.
    NotANumber {
        /// The line, from 1.
        line: Option<u64>,
        /// The sentence of the reader of texts.
        reason: String,
    },
}

impl ReadError {
    /// What it says.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// Whether it is only that values of a type are not read.
    pub fn is_of_dtype(&self) -> bool {
        matches!(*self.0, ErrorKind::UnsupportedDtype { .. })
    }

    /// The kind, in one word for programs: one of a fixed list.
    pub fn word(&self) -> &'static str {
        self.0.word()
    }
}

impl From<ErrorKind> for ReadError {
    #[cold]
    fn from(kind: ErrorKind) -> ReadError {
        ReadError(Box::new(kind))
    }
}

impl ErrorKind {
    const fn word(&self) -> &'static str {
        match self {
            Self::EmptyFile => "empty_file",
            Self::Truncated { .. } | Self::Unreadable(_) => "truncated",
            Self::HeaderInvalid { .. } => "header_invalid",
            Self::HeaderLies { .. } => "header_lies",
            Self::OffsetsInvalid { .. } => "offsets_invalid",
            Self::TooLarge { .. } => "too_large",
            Self::UnsupportedDtype { .. } => "unsupported_dtype",
            Self::UnsupportedCompression { .. } => "unsupported_compression",
            Self::CorruptArchive { .. } => "corrupt_archive",
            Self::CorruptPickle { .. } => "corrupt_pickle",
            Self::ForbiddenGlobal { .. } => "forbidden_global",
            Self::TorchScript => "torchscript",
            Self::UnknownFormat { .. } => "unknown_format",
            Self::Html => "html",
            Self::GitLfs { .. } => "git_lfs",
            // Where a file should be, there is none that can be read.
            Self::NeedsFiles { .. } | Self::NotOpened(_) => "needs_files",
            Self::NestingTooDeep { .. } => "nesting_too_deep",
            Self::Nonfinite { .. } => "nonfinite",
            Self::NotInt8 { .. } => "not_int8",
            Self::NotAMatrix { .. } => "not_a_matrix",
            Self::EmptyTensor { .. } => "empty_tensor",
            Self::NothingToAudit => "nothing_to_audit",
            Self::Ragged { .. } => "ragged",
            Self::Shortened { .. } => "shortened",
            Self::NotANumber { .. } => "not_a_number",
        }
    }
}

impl From<SourceError> for ReadError {
    fn from(error: SourceError) -> ReadError {
        let kind = match error {
            SourceError::Beyond { end, size } => {
                ErrorKind::Truncated { what: "The file", needs: Some(end), has: size }
            }
            SourceError::NotOpened(why) => ErrorKind::NotOpened(why),
            other @ SourceError::Failed(_) => ErrorKind::Unreadable(other),
        };
        kind.into()
    }
}

/// An index as people read it: `row 2, column 3`, or `[1, 2, 3]`.
fn place(at: &[u64]) -> String {
    match at {
        [] => "the only place".to_string(),
        [column] => format!("place {column}"),
        [row, column] => format!("row {row}, column {column}"),
        more => format!("index {more:?}"),
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyFile => write!(f, "The file is empty: it has no bytes. Copy it again."),
            Self::Truncated { what, needs: Some(needs), has } => write!(
                f,
                "{what} is cut off: it needs {needs} bytes, and {has} are there. Copy or download the file again."
            ),
            Self::Truncated { what, needs: None, has } => {
                write!(f, "{what} is cut off after {has} bytes. Copy or download the file again.")
            }
            Self::NotOpened(why) => {
                write!(f, "The file cannot be opened: {why}. Check its name, and who may read it.")
            }
            Self::Unreadable(error) => write!(f, "The file could not be read: {error}."),
            Self::HeaderInvalid { what, reason } => {
                write!(f, "The header of the {what} cannot be read: {reason}.")
            }
            Self::HeaderLies { reason } => write!(f, "The header contradicts the data: {reason}."),
            Self::OffsetsInvalid { reason } => {
                write!(f, "The file says where values lie, and that cannot be: {reason}.")
            }
            Self::TooLarge { what, found: Some(found), most } => {
                write!(f, "{what}: {found}, and at most {most} are read.")
            }
            Self::TooLarge { what, found: None, most } => {
                write!(f, "{what}: more than {most}, the most that is read.")
            }
            Self::UnsupportedDtype { dtype } => write!(
                f,
                "Values of type {dtype} are not read: weights are integers, or floats of 8, 16, 32 or 64 bits."
            ),
            Self::UnsupportedCompression { method } => write!(
                f,
                "The archive is packed in a way that is not read ({method}): save it stored or deflated."
            ),
            Self::CorruptArchive { reason } => {
                write!(f, "The archive is damaged: {reason}. Copy or download it again.")
            }
            Self::CorruptPickle { reason, at: Some(at) } => {
                write!(f, "The pickle in the file is damaged at its byte {at}: {reason}.")
            }
            Self::CorruptPickle { reason, at: None } => {
                write!(f, "The pickle in the file is damaged: {reason}.")
            }
            Self::ForbiddenGlobal { global } => write!(
                f,
                "The file asks to call {global}, which tensors do not need; nothing of it was run. If it is your model, save its weights alone: torch.save(model.state_dict(), …)."
            ),
            Self::TorchScript => write!(
                f,
                "This is a TorchScript program, not a file of weights. Save the weights alone: torch.save(model.state_dict(), …)."
            ),
            Self::UnknownFormat { about } => f.write_str(about),
            Self::Html => write!(
                f,
                "This is a web page under the name of a model: an error page of a server, most likely. Download the file again."
            ),
            Self::GitLfs { size: Some(size) } => write!(
                f,
                "This is a pointer of git-lfs; the file itself, of {size} bytes, was never fetched. Run git lfs pull."
            ),
            Self::GitLfs { size: None } => write!(
                f,
                "This is a pointer of git-lfs; the file itself was never fetched. Run git lfs pull."
            ),
            Self::NeedsFiles { files } => write!(
                f,
                "Its values lie in other files that are not here: {}. Give them together.",
                files.join(", ")
            ),
            Self::NestingTooDeep { most } => {
                write!(f, "It is nested more than {most} deep, which no model is.")
            }
            Self::Nonfinite { nan, inf, first_at } => write!(
                f,
                "{nan} values are NaN and {inf} are infinite or beyond float32, the first at {} (counted from 0): such weights cannot be quantized.",
                place(first_at)
            ),
            Self::NotInt8 { value, at } => write!(
                f,
                "The number {value} at {} (counted from 0) does not fit into int8.",
                place(at)
            ),
            Self::NotAMatrix { .. } => {
                write!(f, "There is a single number, and no row of weights.")
            }
            Self::EmptyTensor { shape } => {
                write!(f, "The shape {shape:?} has no values: there is nothing to audit.")
            }
            Self::NothingToAudit => write!(f, "There is no tensor of weights in the file."),
            Self::Ragged { reason, .. }
            | Self::Shortened { reason, .. }
            | Self::NotANumber { reason, .. } => f.write_str(reason),
        }
    }
}

impl Error for ReadError {}
