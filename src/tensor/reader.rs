//! [`Reader`]: the bytes of a stretch one after the other, in pieces of any length.

use super::error::{ErrorKind, ReadError};
use super::source::Span;

/// Bytes that are fetched at once.
const CHUNK: u64 = 64 << 10;

/// Reads a stretch from its start on. Nothing is allocated for more bytes than there are.
pub struct Reader {
    span: Span,
    /// What the stretch is, for errors.
    what: &'static str,
    at: u64,
    /// Bytes that were fetched, from `fetched` on.
    buffer: Vec<u8>,
    fetched: u64,
}

impl Reader {
    /// The start of a stretch; `what` names it where it ends too early.
    pub fn new(span: Span, what: &'static str) -> Reader {
        Reader { span, what, at: 0, buffer: Vec::new(), fetched: 0 }
    }

    /// Where the next byte lies, from the start of the stretch.
    pub fn position(&self) -> u64 {
        self.at
    }

    /// How many bytes are left.
    pub fn remaining(&self) -> u64 {
        self.span.length() - self.at
    }

    /// Passes so many bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if there are fewer.
    pub fn skip(&mut self, count: u64) -> Result<(), ReadError> {
        self.need(count)?;
        self.at += count;
        Ok(())
    }

    /// The next byte.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] at the end.
    pub fn byte(&mut self) -> Result<u8, ReadError> {
        let [byte] = self.array()?;
        Ok(byte)
    }

    /// The next bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if there are fewer.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], ReadError> {
        self.need(N as u64)?;
        let mut array = [0; N];
        self.fill(&mut array)?;
        Ok(array)
    }

    /// The next `count` bytes, in memory.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if there are fewer.
    pub fn bytes(&mut self, count: u64) -> Result<Vec<u8>, ReadError> {
        self.need(count)?;
        let Ok(length) = usize::try_from(count) else {
            return Err(self.cut_off(count));
        };
        let mut bytes = vec![0; length];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// Fills `into` with the next bytes, which are there.
    fn fill(&mut self, mut into: &mut [u8]) -> Result<(), ReadError> {
        while !into.is_empty() {
            let offset =
                self.at.checked_sub(self.fetched).and_then(|skip| usize::try_from(skip).ok());
            let here = offset.and_then(|offset| self.buffer.get(offset..)).unwrap_or_default();
            if here.is_empty() {
                self.fetch()?;
                continue;
            }
            let count = here.len().min(into.len());
            into[..count].copy_from_slice(&here[..count]);
            into = &mut into[count..];
            self.at += count as u64;
        }
        Ok(())
    }

    /// Fetches the bytes from here on, at least one.
    fn fetch(&mut self) -> Result<(), ReadError> {
        let count = self.remaining().min(CHUNK);
        self.buffer.resize(usize::try_from(count).unwrap_or(0), 0);
        self.span.read_at(self.at, &mut self.buffer)?;
        self.fetched = self.at;
        Ok(())
    }

    /// Whether so many bytes are left.
    fn need(&self, count: u64) -> Result<(), ReadError> {
        if count <= self.remaining() { Ok(()) } else { Err(self.cut_off(count)) }
    }

    fn cut_off(&self, count: u64) -> ReadError {
        let needs = Some(self.at.saturating_add(count));
        ErrorKind::Truncated { what: self.what, needs, has: self.span.length() }.into()
    }
}
