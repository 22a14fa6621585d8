//! [`Constant`]: a tensor of a model: what it declares, and where its values are.

use super::super::bytes::Bytes;
use super::super::decode::append_integers;
use super::super::dtype::Dtype;
use super::super::error::{ErrorKind, ReadError};
use super::super::safetensors_index::last_part;
use super::super::source::Span;
use super::super::tensor::Tensor;
use super::super::view::{View, count};
use super::packed::{Packed, Piece};
use super::wire::{Field, Wire, integer, no_message};

/// A tensor of a model, as its message has it.
#[derive(Clone, Debug, Default)]
pub struct Constant {
    /// Its name; empty where an attribute holds it.
    pub name: Box<str>,
    dims: Vec<i64>,
    data_type: i64,
    raw: Option<Span>,
    /// Repeated fields of values, with the field's number.
    pieces: Vec<(u64, Piece)>,
    external: Option<Box<External>>,
}

/// Where values lie in another file.
#[derive(Clone, Debug, Default)]
struct External {
    /// The file's name without its folder.
    file: String,
    offset: Option<u64>,
    length: Option<u64>,
    is_told: bool,
}

/// Bytes of a list of axes, at most.
const MOST_SMALL: u64 = 1024;

/// Fields with values, but for raw ones.
const FLOATS: u64 = 4;
const INT32S: u64 = 5;
const INT64S: u64 = 7;
const DOUBLES: u64 = 10;
const UINT64S: u64 = 11;

impl Constant {
    /// Reads a message.
    ///
    /// # Errors
    /// What is wrong with its encoding; what it declares is looked at by [`tensor`](Constant::tensor).
    pub fn read(wire: &mut Wire, field: Field) -> Result<Constant, ReadError> {
        let Field::Until(end) = field else {
            return Err(no_message());
        };
        let mut constant = Constant::default();
        let mut external = External::default();
        while let Some((number, field)) = wire.next(end)? {
            match number {
                1 => wire.integers(field, &mut constant.dims)?,
                2 => constant.data_type = integer(field)?,
                FLOATS | INT32S | INT64S | DOUBLES | UINT64S => {
                    wire.count(4)?;
                    let piece = match field {
                        Field::Until(_) => Piece::Many(wire.span(field)?),
                        one => Piece::One(one),
                    };
                    constant.pieces.push((number, piece));
                }
                8 => constant.name = wire.text(field)?,
                9 => constant.raw = Some(wire.span(field)?),
                13 => external.entry(wire, field)?,
                14 => external.is_told = integer(field)? == 1,
                _ => wire.pass(field)?,
            }
        }
        // An empty packed field holds nothing.
        constant
            .pieces
            .retain(|(_, piece)| !matches!(piece, Piece::Many(span) if span.length() == 0));
        if external.is_told {
            constant.external = Some(Box::new(external));
        }
        Ok(constant)
    }

    /// The file that its values lie in, if it is another.
    pub fn file(&self) -> Option<&str> {
        self.external.as_ref().map(|external| external.file.as_str())
    }

    /// How many axes it declares.
    pub fn rank(&self) -> usize {
        self.dims.len()
    }

    /// The size of an axis, as declared.
    pub fn size(&self, axis: usize) -> Option<u64> {
        self.dims.get(axis).and_then(|&size| u64::try_from(size).ok())
    }

    /// Its values, if they are a few whole numbers that are here.
    pub fn small_integers(&self) -> Option<Vec<i64>> {
        let tensor = self.tensor(&|_| None).ok()?;
        let bytes = tensor.view.held(MOST_SMALL).ok()?;
        let mut integers = Vec::new();
        append_integers(&bytes, tensor.stored, &mut integers);
        Some(integers)
    }

    /// The type with that number in onnx.proto.
    ///
    /// # Errors
    /// [`ErrorKind::UnsupportedDtype`] for what is not read.
    pub fn dtype_of(number: i64) -> Result<Dtype, ReadError> {
        dtype_of(number)
    }

    /// Its type.
    ///
    /// # Errors
    /// [`ErrorKind::UnsupportedDtype`] for what is not read.
    pub fn dtype(&self) -> Result<Dtype, ReadError> {
        dtype_of(self.data_type)
    }

    /// The tensor. `external` finds the other file's bytes.
    ///
    /// # Errors
    /// [`ErrorKind::NeedsFiles`], or what is wrong with what it declares.
    pub fn tensor(&self, external: &dyn Fn(&str) -> Option<Span>) -> Result<Tensor, ReadError> {
        let dtype = self.dtype()?;
        let invalid = |reason: String| ErrorKind::HeaderInvalid { what: "tensor", reason };
        let lies = |reason: String| ErrorKind::HeaderLies { reason };
        let shape: Result<Vec<u64>, _> =
            self.dims.iter().map(|&size| u64::try_from(size)).collect();
        let shape = shape
            .map_err(|_| invalid(format!("a size of its shape {:?} is negative", self.dims)))?;
        let size = dtype.bytes() as u64;
        let length = count(&shape).and_then(|count| count.checked_mul(size));
        let length = length.ok_or_else(|| {
            lies(format!("the shape {shape:?} has more bytes than 64 bits count"))
        })?;
        let ways = [self.raw.is_some(), !self.pieces.is_empty(), self.external.is_some()];
        if ways.iter().filter(|is_there| **is_there).count() > 1 {
            return Err(invalid("its values are given in two ways at once".to_string()).into());
        }
        let bytes = match (&self.raw, &self.external) {
            (Some(raw), _) => Bytes::Stored(raw.clone()),
            (_, Some(place)) => Bytes::Stored(place.span(length, external)?),
            _ => self.pieces(dtype)?,
        };
        if bytes.length() != length {
            let held = bytes.length();
            return Err(lies(format!(
                "the shape {shape:?} has {length} bytes as {}, and it holds {held}",
                dtype.name()
            ))
            .into());
        }
        let view = View::in_c_order(bytes, &shape, dtype.bytes(), false)?;
        Ok(Tensor::new(self.name.to_string(), dtype, view))
    }

    /// The values of repeated fields.
    fn pieces(&self, dtype: Dtype) -> Result<Bytes, ReadError> {
        let field = match dtype {
            Dtype::Float32 => FLOATS,
            Dtype::Float64 => DOUBLES,
            Dtype::Int64 => INT64S,
            Dtype::UInt32 | Dtype::UInt64 => UINT64S,
            _ => INT32S,
        };
        if self.pieces.iter().any(|(number, _)| *number != field) {
            let reason = format!("its values stand where those of {} do not", dtype.name());
            return Err(ErrorKind::HeaderInvalid { what: "tensor", reason }.into());
        }
        // The values' own bytes, where they are.
        if let ([(_, Piece::Many(span))], FLOATS | DOUBLES) = (&self.pieces[..], field) {
            return Ok(Bytes::Stored(span.clone()));
        }
        let pieces = self.pieces.iter().map(|(_, piece)| piece.clone()).collect();
        Ok(Bytes::Packed(Packed::new(pieces, dtype)?))
    }
}

impl External {
    /// An entry, key and value.
    fn entry(&mut self, wire: &mut Wire, field: Field) -> Result<(), ReadError> {
        let Field::Until(end) = field else {
            return Err(no_message());
        };
        let (mut key, mut value) = (Box::default(), Box::default());
        while let Some((number, field)) = wire.next(end)? {
            match number {
                1 => key = wire.text(field)?,
                2 => value = wire.text(field)?,
                _ => wire.pass(field)?,
            }
        }
        match &*key {
            "location" => self.file = last_part(&value).to_string(),
            // What is no number lies beyond every file.
            "offset" => self.offset = Some(value.parse().unwrap_or(u64::MAX)),
            "length" => self.length = Some(value.parse().unwrap_or(u64::MAX)),
            _ => {}
        }
        Ok(())
    }

    fn span(
        &self,
        length: u64,
        external: &dyn Fn(&str) -> Option<Span>,
    ) -> Result<Span, ReadError> {
        let missing = || ErrorKind::NeedsFiles { files: vec![self.file.clone()] };
        let file = external(&self.file).ok_or_else(missing)?;
        let (start, length) = (self.offset.unwrap_or(0), self.length.unwrap_or(length));
        let short = || ErrorKind::Truncated {
            what: "The file with the model's values",
            needs: start.checked_add(length),
            has: file.length(),
        };
        Ok(file.slice(start, length).ok_or_else(short)?)
    }
}

fn dtype_of(number: i64) -> Result<Dtype, ReadError> {
    let unsupported = |dtype: &str| -> Result<Dtype, ReadError> {
        Err(ErrorKind::UnsupportedDtype { dtype: dtype.to_string() }.into())
    };
    Ok(match number {
        1 => Dtype::Float32,
        2 => Dtype::UInt8,
        3 => Dtype::Int8,
        4 => Dtype::UInt16,
        5 => Dtype::Int16,
        6 => Dtype::Int32,
        7 => Dtype::Int64,
        9 => Dtype::Bool,
        10 => Dtype::Float16,
        11 => Dtype::Float64,
        12 => Dtype::UInt32,
        13 => Dtype::UInt64,
        16 => Dtype::BFloat16,
        17 => Dtype::Float8E4M3Fn,
        19 => Dtype::Float8E5M2,
        8 => return unsupported("string"),
        14 => return unsupported("complex64"),
        15 => return unsupported("complex128"),
        21 => return unsupported("uint4"),
        22 => return unsupported("int4"),
        other => return unsupported(&format!("number {other} of ONNX")),
    })
}
