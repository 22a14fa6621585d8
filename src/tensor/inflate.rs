//! [`Inflate`]: the bytes of a deflated stretch, from the start on.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

use super::error::{ErrorKind, ReadError};
use super::source::Span;

/// Packed bytes that are read at once.
const CHUNK: usize = 32 << 10;

/// A raw DEFLATE stream that is unpacked as it is read. It holds some 80 kB, whatever it unpacks to.
pub struct Inflate {
    packed: Span,
    /// Where the packed bytes after `input` begin.
    at: u64,
    input: Vec<u8>,
    /// How many of `input` are used.
    used: usize,
    state: Box<InflateState>,
    is_over: bool,
}

impl Inflate {
    /// The start of a stream.
    pub fn new(packed: Span) -> Inflate {
        let state = InflateState::new_boxed(DataFormat::Raw);
        Inflate { packed, at: 0, input: Vec::new(), used: 0, state, is_over: false }
    }

    /// Fills as much of `into` as the stream has left; fewer bytes than asked for only at its end.
    ///
    /// # Errors
    /// [`ErrorKind::CorruptArchive`] for what is no DEFLATE, or the source's own error.
    pub fn read(&mut self, into: &mut [u8]) -> Result<usize, ReadError> {
        let mut filled = 0;
        while filled < into.len() && !self.is_over {
            if self.used == self.input.len() {
                self.refill()?;
            }
            let input = &self.input[self.used..];
            let is_last = input.is_empty();
            let result = inflate(&mut self.state, input, &mut into[filled..], MZFlush::None);
            self.used += result.bytes_consumed;
            filled += result.bytes_written;
            let moved = result.bytes_consumed + result.bytes_written;
            match result.status {
                Ok(MZStatus::StreamEnd) => self.is_over = true,
                Ok(_) | Err(MZError::Buf) if moved > 0 => {}
                Ok(_) | Err(MZError::Buf) if is_last => {
                    return Err(damaged("packed bytes end too early"));
                }
                _ => return Err(damaged("packed bytes are no DEFLATE stream")),
            }
        }
        Ok(filled)
    }

    fn refill(&mut self) -> Result<(), ReadError> {
        let left = self.packed.length() - self.at;
        let next = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        self.input.resize(next, 0);
        self.packed.read_at(self.at, &mut self.input)?;
        self.at += next as u64;
        self.used = 0;
        Ok(())
    }
}

fn damaged(reason: &str) -> ReadError {
    ErrorKind::CorruptArchive { reason: reason.to_string() }.into()
}
