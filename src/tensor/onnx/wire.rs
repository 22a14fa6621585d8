//! [`Wire`]: the fields of protocol buffers, in place.
//!
//! The encoding: protobuf.dev/programming-guides/encoding.

use super::super::error::{ErrorKind, ReadError};
use super::super::limits::MOST_GRAPH;
use super::super::reader::Reader;
use super::super::source::Span;

/// Reads messages inside each other. A message is where it ends; who reads it asks for its fields up to
/// there.
pub struct Wire {
    span: Span,
    reader: Reader,
    /// How many parts of a graph there may still be.
    left: usize,
}

/// A field of a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Field {
    /// An integer.
    Varint(u64),
    /// Eight bytes.
    Fixed64([u8; 8]),
    /// Bytes, a text or a message, up to that place; its reader stands at the start.
    Until(u64),
    /// Four bytes.
    Fixed32([u8; 4]),
}

/// What is said of bytes that are no message.
pub fn no_message() -> ReadError {
    ErrorKind::UnknownFormat {
        about: "The bytes are no protocol buffer of ONNX: the file is damaged, or something else.",
    }
    .into()
}

impl Wire {
    /// The start of a file.
    pub fn new(span: Span) -> Wire {
        let reader = Reader::new(span.clone(), "The ONNX model");
        Wire { span, reader, left: MOST_GRAPH }
    }

    /// Where the file ends.
    pub fn end(&self) -> u64 {
        self.span.length()
    }

    /// Counts parts of a graph.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] past [`MOST_GRAPH`].
    pub fn count(&mut self, parts: usize) -> Result<(), ReadError> {
        let most = MOST_GRAPH as u64;
        let too_many = ErrorKind::TooLarge { what: "Parts of the graph", found: None, most };
        self.left = self.left.checked_sub(parts).ok_or(too_many)?;
        Ok(())
    }

    /// The next field of the message that ends there. One that is not wanted is [passed](Wire::pass).
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if it reaches beyond the file, [`ErrorKind::UnknownFormat`] for what is
    /// no field.
    pub fn next(&mut self, end: u64) -> Result<Option<(u64, Field)>, ReadError> {
        if self.reader.position() == end {
            return Ok(None);
        }
        let tag = self.varint(end)?;
        let field = match tag & 7 {
            0 => Field::Varint(self.varint(end)?),
            1 => Field::Fixed64(self.fixed(end)?),
            2 => {
                let length = self.varint(end)?;
                let here = self.reader.position();
                let until = here.saturating_add(length);
                if until > self.end() {
                    let (what, has) = ("The ONNX model", self.end());
                    return Err(ErrorKind::Truncated { what, needs: Some(until), has }.into());
                }
                if until > end {
                    return Err(no_message());
                }
                Field::Until(until)
            }
            5 => Field::Fixed32(self.fixed(end)?),
            _ => return Err(no_message()),
        };
        if tag >> 3 == 0 {
            return Err(no_message());
        }
        Ok(Some((tag >> 3, field)))
    }

    fn fixed<const N: usize>(&mut self, end: u64) -> Result<[u8; N], ReadError> {
        if end - self.reader.position() < N as u64 {
            return Err(no_message());
        }
        self.reader.array()
    }

    fn varint(&mut self, end: u64) -> Result<u64, ReadError> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            if self.reader.position() == end {
                let cut_off = end == self.end();
                let (what, has) = ("The ONNX model", end);
                let truncated = ErrorKind::Truncated { what, needs: None, has };
                return Err(if cut_off { truncated.into() } else { no_message() });
            }
            let byte = u64::from(self.reader.byte()?);
            value |= (byte & 0x7f) << shift;
            if byte < 0x80 {
                return if shift == 63 && byte > 1 { Err(no_message()) } else { Ok(value) };
            }
        }
        Err(no_message())
    }

    /// Passes a field.
    ///
    /// # Errors
    /// None that [`next`](Wire::next) has not found.
    pub fn pass(&mut self, field: Field) -> Result<(), ReadError> {
        match field {
            Field::Until(end) => self.reader.skip(end.saturating_sub(self.reader.position())),
            _ => Ok(()),
        }
    }

    /// A field's bytes, in place.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownFormat`] if it has none.
    pub fn span(&mut self, field: Field) -> Result<Span, ReadError> {
        let Field::Until(end) = field else {
            return Err(no_message());
        };
        let start = self.reader.position();
        let span = self.span.slice(start, end - start).ok_or_else(no_message)?;
        self.pass(field)?;
        Ok(span)
    }

    /// A field's text. What is no UTF-8 is replaced.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownFormat`] if it has none.
    pub fn text(&mut self, field: Field) -> Result<Box<str>, ReadError> {
        let Field::Until(end) = field else {
            return Err(no_message());
        };
        let bytes = self.reader.bytes(end - self.reader.position())?;
        Ok(String::from_utf8_lossy(&bytes).into())
    }

    /// Adds a repeated field's integers, packed or not.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownFormat`] for other fields, [`ErrorKind::TooLarge`] for too many.
    pub fn integers(&mut self, field: Field, all: &mut Vec<i64>) -> Result<(), ReadError> {
        match field {
            Field::Varint(value) => {
                self.count(1)?;
                all.push(value.cast_signed());
            }
            Field::Until(end) => {
                while self.reader.position() < end {
                    self.count(1)?;
                    all.push(self.varint(end)?.cast_signed());
                }
            }
            _ => return Err(no_message()),
        }
        Ok(())
    }
}

/// A field's integer.
///
/// # Errors
/// [`ErrorKind::UnknownFormat`] if it has none.
pub fn integer(field: Field) -> Result<i64, ReadError> {
    match field {
        Field::Varint(value) => Ok(value.cast_signed()),
        _ => Err(no_message()),
    }
}
