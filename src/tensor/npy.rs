//! NumPy's .npy: a header in Python's words, then the values.
//!
//! The format: numpy/lib/_format_impl.py, versions 1.0 to 3.0. The header is parsed as what NumPy
//! writes, and never evaluated.

use super::bytes::Bytes;
use super::dtype::Dtype;
use super::error::{ErrorKind, ReadError};
use super::limits::MOST_NPY_HEADER;
use super::npy_header::{Header, parse};
use super::reader::Reader;
use super::source::Span;
use super::tensor::Tensor;
use super::view::{View, count};

/// What every .npy begins with.
pub const MAGIC: &[u8] = b"\x93NUMPY";

/// A .npy that was read.
#[derive(Debug)]
pub struct Npy {
    /// Its only tensor.
    pub tensor: Tensor,
    /// What a person should know of it, in sentences.
    pub remarks: Vec<String>,
}

/// How long the part before the values is, and what it says.
struct Front {
    length: u64,
    header: Header,
}

/// Reads a .npy that is not packed.
///
/// # Errors
/// [`ReadError`] for what is no .npy, ends too early or has no numbers in it.
pub fn read(span: &Span, name: String) -> Result<Npy, ReadError> {
    let front = front(&mut Reader::new(span.clone(), "The .npy"))?;
    build(name, &front, &Bytes::Stored(span.clone()))
}

/// Reads a .npy of which the first bytes are `start`, and which is stored in any way.
///
/// # Errors
/// As [`read`].
pub fn read_packed(start: Span, bytes: &Bytes, name: String) -> Result<Npy, ReadError> {
    let front = front(&mut Reader::new(start, "The .npy"))?;
    build(name, &front, bytes)
}

/// The longest front that [`read_packed`] looks at.
pub const MOST_FRONT: u64 = MOST_NPY_HEADER + 12;

fn front(reader: &mut Reader) -> Result<Front, ReadError> {
    let invalid = |reason: String| ErrorKind::HeaderInvalid { what: ".npy", reason };
    let magic: [u8; 6] = reader.array()?;
    let [major, minor] = reader.array()?;
    if magic != MAGIC {
        return Err(invalid("it does not begin as one".to_string()).into());
    }
    let length = match major {
        1 => u64::from(u16::from_le_bytes(reader.array()?)),
        2 | 3 => u64::from(u32::from_le_bytes(reader.array()?)),
        _ => return Err(invalid(format!("version {major}.{minor} is unknown")).into()),
    };
    if length > MOST_NPY_HEADER && length <= reader.remaining() {
        return Err(
            invalid(format!("it has {length} bytes; at most {MOST_NPY_HEADER} are read")).into()
        );
    }
    let text = reader.bytes(length)?;
    // Versions 1 and 2 are Latin-1; what they hold is ASCII unless a record names its fields.
    let text = String::from_utf8_lossy(&text);
    let header = parse(&text).map_err(|reason| invalid(reason.to_string()))?;
    Ok(Front { length: reader.position(), header })
}

fn build(name: String, front: &Front, bytes: &Bytes) -> Result<Npy, ReadError> {
    let Header { descr, is_fortran, shape } = &front.header;
    let mut remarks = Vec::new();
    let (dtype, is_big_endian) = match descr.as_str() {
        "|V2" => {
            remarks.push(
                "The type is stored as |V2, two bytes without a meaning, as ml_dtypes writes bfloat16; they were read as bfloat16.".to_string(),
            );
            (Dtype::BFloat16, false)
        }
        descr => of_descr(descr)
            .ok_or_else(|| ErrorKind::UnsupportedDtype { dtype: descr.to_string() })?,
    };
    let item = dtype.bytes() as u64;
    let lies = |reason: String| ErrorKind::HeaderLies { reason };
    let overflows = || lies(format!("the shape {shape:?} has more bytes than 64 bits can count"));
    let needs = count(shape).and_then(|count| count.checked_mul(item)).ok_or_else(overflows)?;
    let has = bytes.length() - front.length;
    let short = || ErrorKind::Truncated { what: "The data of the .npy", needs: Some(needs), has };
    if needs > has {
        return Err(short().into());
    }
    let extra = has - needs;
    if extra > needs && needs > 0 {
        return Err(lies(format!(
            "the shape {shape:?} has {} values, and the file holds {}",
            needs / item,
            has / item
        ))
        .into());
    }
    if extra > 0 {
        remarks.push(format!("{extra} bytes follow the values and were not read."));
    }
    let data = bytes.slice(front.length, needs).ok_or_else(short)?;
    let size = dtype.bytes();
    let view = if *is_fortran {
        let mut strides = Vec::new();
        let mut stride: u64 = 1;
        for size in shape {
            strides.push(stride);
            stride = stride.saturating_mul((*size).max(1));
        }
        View::strided(data, 0, shape, &strides, size, is_big_endian)?
    } else {
        View::in_c_order(data, shape, size, is_big_endian)?
    };
    Ok(Npy { tensor: Tensor::new(name, dtype, view), remarks })
}

/// The type that a `descr` names, and whether its bytes are swapped.
fn of_descr(descr: &str) -> Option<(Dtype, bool)> {
    let order = descr.chars().next().filter(|mark| "<>=|".contains(*mark));
    let dtype = match &descr[order.map_or(0, char::len_utf8)..] {
        "b1" | "?" => Dtype::Bool,
        "i1" => Dtype::Int8,
        "u1" => Dtype::UInt8,
        "i2" => Dtype::Int16,
        "u2" => Dtype::UInt16,
        "i4" => Dtype::Int32,
        "u4" => Dtype::UInt32,
        "i8" => Dtype::Int64,
        "u8" => Dtype::UInt64,
        "f2" => Dtype::Float16,
        "f4" => Dtype::Float32,
        "f8" => Dtype::Float64,
        _ => return None,
    };
    Some((dtype, order == Some('>')))
}
