//! [`Source`]: bytes that are read where they are needed.

use std::error::Error;
use std::fmt;
use std::rc::Rc;

/// Bytes at an offset: a file on a disk, a `Blob` of a browser, a piece of memory.
///
/// Reading is synchronous. A browser's worker has it, too: `FileReaderSync` over `Blob.slice`. Nothing
/// is read twice unless it is needed twice, and pieces are at most some megabytes long.
pub trait Source {
    /// How many bytes there are. It does not change.
    fn size(&self) -> u64;

    /// Fills `into` with the bytes from `offset` on.
    ///
    /// # Errors
    /// If they are not all there, or cannot be read.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), SourceError>;
}

/// Why bytes of a [`Source`] did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceError {
    /// The source ends before.
    Beyond {
        /// Where the bytes would end.
        end: u64,
        /// Where the source ends.
        size: u64,
    },
    /// The system could not read it, in its own words.
    Failed(String),
    /// There is nothing to read from.
    NotOpened(NotOpened),
}

/// Why a file could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotOpened {
    /// No file has the name.
    Absent,
    /// Reading it is not allowed.
    Forbidden,
    /// It is a folder.
    Folder,
    /// What the system says.
    Other(String),
}

impl fmt::Display for NotOpened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("there is no such file"),
            Self::Forbidden => f.write_str("reading it is not permitted"),
            Self::Folder => f.write_str("it is a folder, not a file"),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

/// A file that could not be opened: whoever reads it is told why.
#[derive(Clone, Debug)]
pub struct Unopened(pub NotOpened);

impl Source for Unopened {
    /// One byte: an empty file would not be read.
    fn size(&self) -> u64 {
        1
    }

    fn read_at(&self, _: u64, _: &mut [u8]) -> Result<(), SourceError> {
        Err(SourceError::NotOpened(self.0.clone()))
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beyond { end, size } => write!(f, "it ends at byte {size}, before {end}"),
            Self::Failed(reason) => f.write_str(reason),
            Self::NotOpened(why) => why.fmt(f),
        }
    }
}

impl Error for SourceError {}

impl SourceError {
    /// Whether so many bytes from `offset` on lie within a source of a size.
    ///
    /// # Errors
    /// [`SourceError::Beyond`] if they do not.
    pub fn unless_within(offset: u64, count: usize, size: u64) -> Result<(), SourceError> {
        let end = offset.saturating_add(count as u64);
        if end > size { Err(SourceError::Beyond { end, size }) } else { Ok(()) }
    }
}

impl Source for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let found = start.checked_add(into.len()).and_then(|end| self.get(start..end));
        let beyond = || SourceError::Beyond {
            end: offset.saturating_add(into.len() as u64),
            size: self.size(),
        };
        match found {
            Some(bytes) => into.copy_from_slice(bytes),
            None => return Err(beyond()),
        }
        Ok(())
    }
}

/// A stretch of a source.
#[derive(Clone)]
pub struct Span {
    source: Rc<dyn Source>,
    start: u64,
    length: u64,
}

impl Span {
    /// All of a source.
    pub fn whole(source: Rc<dyn Source>) -> Span {
        let length = source.size();
        Span { source, start: 0, length }
    }

    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Where it starts in its source.
    pub fn start(&self) -> u64 {
        self.start
    }

    /// `length` bytes from `start` on, counted from here. `None` if they are not all within.
    pub fn slice(&self, start: u64, length: u64) -> Option<Span> {
        let end = start.checked_add(length)?;
        (end <= self.length).then(|| Span {
            source: Rc::clone(&self.source),
            start: self.start + start,
            length,
        })
    }

    /// Fills `into` with the bytes from `offset` on, counted from here.
    ///
    /// # Errors
    /// [`SourceError::Beyond`] if the span ends before, or what the source says.
    pub fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), SourceError> {
        SourceError::unless_within(offset, into.len(), self.length)?;
        self.source.read_at(self.start + offset, into)
    }

    /// What distinguishes it from other stretches: its source's address, its start and length.
    pub fn place(&self) -> (usize, u64, u64) {
        (Rc::as_ptr(&self.source).addr(), self.start, self.length)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Span").field("start", &self.start).field("length", &self.length).finish()
    }
}
