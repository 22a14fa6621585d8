//! [`Bytes`]: where the bytes of a tensor lie, and how they come.

use std::rc::Rc;

use super::error::{ErrorKind, ReadError};
use super::inflate::Inflate;
use super::limits::MOST_HELD;
use super::onnx::{Packed, PackedStream};
use super::source::Span;

/// Where the bytes of a tensor lie.
#[derive(Clone, Debug)]
pub enum Bytes {
    /// In a stretch of a source, as they are.
    Stored(Span),
    /// In memory: what a text says, or what had to be put in another order.
    Held(Rc<Vec<u8>>),
    /// Deflated in a stretch of a source.
    Deflated {
        /// The packed bytes.
        packed: Span,
        /// How many unpacked bytes come before.
        skip: u64,
        /// How many unpacked bytes belong to it.
        length: u64,
    },
    /// A repeated field of a protocol buffer, whose values are encoded.
    Packed(Packed),
}

/// Where bytes are: what distinguishes them from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In a source, with what is made of a stretch.
    Span((usize, u64, u64), u64, u64),
    /// In memory.
    Memory(usize, u64),
}

impl Bytes {
    /// How many there are.
    pub fn length(&self) -> u64 {
        match self {
            Bytes::Stored(span) => span.length(),
            Bytes::Held(bytes) => bytes.len() as u64,
            Bytes::Deflated { length, .. } => *length,
            Bytes::Packed(packed) => packed.length(),
        }
    }

    /// `length` bytes from `start` on. `None` if they are not all within, or are encoded values.
    pub fn slice(&self, start: u64, length: u64) -> Option<Bytes> {
        let end = start.checked_add(length).filter(|&end| end <= self.length())?;
        match self {
            Bytes::Stored(span) => span.slice(start, length).map(Bytes::Stored),
            Bytes::Deflated { packed, skip, .. } => {
                let (packed, skip) = (packed.clone(), skip.checked_add(start)?);
                Some(Bytes::Deflated { packed, skip, length })
            }
            Bytes::Held(bytes) => {
                let range = usize::try_from(start).ok()?..usize::try_from(end).ok()?;
                Some(Bytes::Held(Rc::new(bytes.get(range)?.to_vec())))
            }
            Bytes::Packed(_) => None,
        }
    }

    /// Whether they can be read in any order.
    pub fn is_random_access(&self) -> bool {
        matches!(self, Bytes::Stored(_) | Bytes::Held(_))
    }

    /// The same, to be read in any order.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] if they come in one order only and are more than [`MOST_HELD`].
    pub fn random_access(&self) -> Result<Bytes, ReadError> {
        if self.is_random_access() {
            return Ok(self.clone());
        }
        let length = self.length();
        let too_large = ErrorKind::TooLarge {
            what: "Bytes of a tensor that is packed and stored in another order than its rows",
            found: Some(length),
            most: MOST_HELD,
        };
        let Some(length) = usize::try_from(length).ok().filter(|_| length <= MOST_HELD) else {
            return Err(too_large.into());
        };
        let mut held = vec![0; length];
        self.stream()?.read_exact(&mut held)?;
        Ok(Bytes::Held(Rc::new(held)))
    }

    /// All of them from the first on.
    ///
    /// # Errors
    /// What the source says, or [`ErrorKind::CorruptArchive`].
    pub fn stream(&self) -> Result<ByteStream<'_>, ReadError> {
        Ok(match self {
            Bytes::Deflated { packed, skip, .. } => {
                let mut stream = ByteStream::Inflate(Inflate::new(packed.clone()));
                stream.skip(*skip)?;
                stream
            }
            Bytes::Packed(packed) => ByteStream::Packed(packed.stream()),
            bytes => ByteStream::Random { bytes, at: 0 },
        })
    }

    /// Fills `into` with the bytes from `offset` on, where they can be read in any order.
    ///
    /// # Errors
    /// What the source says; [`ErrorKind::Truncated`] beyond the end.
    pub fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        match self {
            Bytes::Stored(span) => Ok(span.read_at(offset, into)?),
            Bytes::Held(bytes) => {
                let start = usize::try_from(offset).unwrap_or(usize::MAX);
                let found = start.checked_add(into.len()).and_then(|end| bytes.get(start..end));
                into.copy_from_slice(found.ok_or_else(|| self.ends_before(offset, into))?);
                Ok(())
            }
            _ => Err(self.ends_before(offset, into)),
        }
    }

    fn ends_before(&self, offset: u64, into: &[u8]) -> ReadError {
        let needs = Some(offset.saturating_add(into.len() as u64));
        ErrorKind::Truncated { what: "A tensor", needs, has: self.length() }.into()
    }

    /// What distinguishes them from other bytes, while both are there; `None` if nothing does.
    pub fn place(&self) -> Option<Place> {
        Some(match self {
            Bytes::Stored(span) => Place::Span(span.place(), 0, span.length()),
            Bytes::Deflated { packed, skip, length } => {
                Place::Span(packed.place(), skip.saturating_add(1), *length)
            }
            Bytes::Held(bytes) => Place::Memory(bytes.as_ptr().addr(), self.length()),
            Bytes::Packed(packed) => Place::Span(packed.place()?, u64::MAX, self.length()),
        })
    }
}

/// The bytes of a tensor, one after the other.
pub enum ByteStream<'b> {
    /// Of bytes that can be read in any order.
    Random {
        /// The bytes.
        bytes: &'b Bytes,
        /// Which one comes next.
        at: u64,
    },
    /// As they are unpacked.
    Inflate(Inflate),
    /// As they are decoded.
    Packed(PackedStream),
}

impl ByteStream<'_> {
    /// Fills `into` with the next bytes.
    ///
    /// # Errors
    /// [`ErrorKind::HeaderLies`] if packed bytes hold fewer than declared, or what the source says.
    pub fn read_exact(&mut self, into: &mut [u8]) -> Result<(), ReadError> {
        match self {
            ByteStream::Random { bytes, at } => {
                bytes.read_at(*at, into)?;
                *at += into.len() as u64;
            }
            ByteStream::Inflate(inflate) => {
                if inflate.read(into)? < into.len() {
                    let reason = "the packed bytes hold fewer than it declares".to_string();
                    return Err(ErrorKind::HeaderLies { reason }.into());
                }
            }
            ByteStream::Packed(packed) => packed.read_exact(into)?,
        }
        Ok(())
    }

    /// Passes so many bytes.
    fn skip(&mut self, mut count: u64) -> Result<(), ReadError> {
        let mut passed = [0; 4096];
        while count > 0 {
            let next = usize::try_from(count).unwrap_or(passed.len()).min(passed.len());
            self.read_exact(&mut passed[..next])?;
            count -= next as u64;
        }
        Ok(())
    }
}
