//! [`Packed`]: the values of a repeated field, decoded as they are read.

use std::rc::Rc;

use super::super::dtype::Dtype;
use super::super::error::{ErrorKind, ReadError};
use super::super::number::Number;
use super::super::reader::Reader;
use super::super::source::Span;
use super::wire::Field;

/// Values of a repeated field that is not the values' own bytes.
#[derive(Clone, Debug)]
pub struct Packed {
    pieces: Rc<[Piece]>,
    dtype: Dtype,
    count: u64,
}

/// A field of them.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Many, packed.
    Many(Span),
    /// One alone.
    One(Field),
}

/// How values are encoded.
#[derive(Clone, Copy, PartialEq)]
enum Encoding {
    Varint,
    Fixed(usize),
}

fn encoding(dtype: Dtype) -> Encoding {
    match dtype {
        Dtype::Float32 => Encoding::Fixed(4),
        Dtype::Float64 => Encoding::Fixed(8),
        _ => Encoding::Varint,
    }
}

impl Packed {
    /// The values of these fields, which are counted.
    ///
    /// # Errors
    /// What reading says; [`ErrorKind::HeaderInvalid`] for fields that hold no such values.
    pub fn new(pieces: Vec<Piece>, dtype: Dtype) -> Result<Packed, ReadError> {
        let mut count = 0_u64;
        for piece in &pieces {
            count += match (piece, encoding(dtype)) {
                (Piece::One(_), _) => 1,
                (Piece::Many(span), Encoding::Fixed(size)) => span.length() / size as u64,
                (Piece::Many(span), Encoding::Varint) => ends(span)?,
            };
        }
        Ok(Packed { pieces: pieces.into(), dtype, count })
    }

    /// How many values there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many bytes they are, once decoded.
    pub fn length(&self) -> u64 {
        self.count.saturating_mul(self.dtype.bytes() as u64)
    }

    /// Where its first values are, if they are packed.
    pub fn place(&self) -> Option<(usize, u64, u64)> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Many(span) => Some(span.place()),
            Piece::One(_) => None,
        })
    }

    /// All of them from the first on.
    pub fn stream(&self) -> PackedStream {
        PackedStream { packed: self.clone(), next: 0, reader: None, value: 0 }
    }
}

/// How many integers end within a stretch.
fn ends(span: &Span) -> Result<u64, ReadError> {
    let mut buffer = vec![0; 64 << 10];
    let (mut at, mut count) = (0, 0);
    while at < span.length() {
        let left = usize::try_from(span.length() - at).unwrap_or(buffer.len());
        let part = left.min(buffer.len());
        span.read_at(at, &mut buffer[..part])?;
        count += buffer[..part].iter().filter(|&&byte| byte < 0x80).count() as u64;
        at += part as u64;
    }
    Ok(count)
}

/// Values of a [`Packed`], one after the other.
pub struct PackedStream {
    packed: Packed,
    /// The piece after the one that is read.
    next: usize,
    reader: Option<Reader>,
    /// Which value comes next.
    value: u64,
}

fn invalid() -> ReadError {
    let reason = "its values are encoded in another way than its type asks for".to_string();
    ErrorKind::HeaderInvalid { what: "tensor", reason }.into()
}

impl PackedStream {
    /// Fills `into` with the next values' bytes, little-endian.
    ///
    /// # Errors
    /// [`ErrorKind::NotInt8`] for a value beyond 8 bits, with its place alone as index;
    /// [`ErrorKind::HeaderInvalid`] for one beyond another type.
    pub fn read_exact(&mut self, into: &mut [u8]) -> Result<(), ReadError> {
        let item = self.packed.dtype.bytes();
        for value in into.chunks_exact_mut(item) {
            let bytes = self.one()?.to_le_bytes();
            value.copy_from_slice(&bytes[..item]);
            self.value += 1;
        }
        Ok(())
    }

    fn one(&mut self) -> Result<u64, ReadError> {
        loop {
            if let Some(reader) = self.reader.as_mut().filter(|reader| reader.remaining() > 0) {
                return match encoding(self.packed.dtype) {
                    Encoding::Fixed(4) => Ok(u32::from_le_bytes(reader.array()?).into()),
                    Encoding::Fixed(_) => Ok(u64::from_le_bytes(reader.array()?)),
                    Encoding::Varint => {
                        let value = varint(reader)?;
                        self.within(value)
                    }
                };
            }
            let piece = self.packed.pieces.get(self.next).ok_or_else(invalid)?;
            self.next += 1;
            match piece {
                Piece::Many(span) => {
                    self.reader = Some(Reader::new(span.clone(), "The values of a tensor"));
                }
                Piece::One(field) => {
                    return match (*field, encoding(self.packed.dtype)) {
                        (Field::Varint(value), Encoding::Varint) => self.within(value),
                        (Field::Fixed32(bytes), Encoding::Fixed(4)) => {
                            Ok(u32::from_le_bytes(bytes).into())
                        }
                        (Field::Fixed64(bytes), Encoding::Fixed(8)) => {
                            Ok(u64::from_le_bytes(bytes))
                        }
                        _ => Err(invalid()),
                    };
                }
            }
        }
    }

    /// A value whose upper bytes say nothing that its type does not.
    fn within(&self, value: u64) -> Result<u64, ReadError> {
        let signed = value.cast_signed();
        let range = match self.packed.dtype {
            Dtype::Bool => 0..=1,
            Dtype::Int8 => -128..=127,
            Dtype::UInt8 | Dtype::Float8E4M3Fn | Dtype::Float8E5M2 => 0..=255,
            Dtype::Int16 => i64::from(i16::MIN)..=i64::from(i16::MAX),
            Dtype::UInt16 | Dtype::Float16 | Dtype::BFloat16 => 0..=i64::from(u16::MAX),
            Dtype::Int32 => i64::from(i32::MIN)..=i64::from(i32::MAX),
            Dtype::UInt32 => 0..=i64::from(u32::MAX),
            _ => return Ok(value),
        };
        if range.contains(&signed) {
            Ok(value)
        } else if self.packed.dtype == Dtype::Int8 {
            Err(ErrorKind::NotInt8 { value: Number::Integer(signed), at: vec![self.value] }.into())
        } else {
            Err(invalid())
        }
    }
}

fn varint(reader: &mut Reader) -> Result<u64, ReadError> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = u64::from(reader.byte()?);
        value |= (byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(invalid())
}
