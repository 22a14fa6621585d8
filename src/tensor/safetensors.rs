//! Hugging Face's .safetensors: a length, a header in JSON, then the values.
//!
//! The format: safetensors' README and its `tensor.rs`. The reference refuses a whole file for one
//! wrong entry; here the entry alone is refused.

use std::collections::BTreeSet;

use super::bytes::Bytes;
use super::dtype::Dtype;
use super::error::{ErrorKind, ReadError};
use super::json::Json;
use super::limits::{MOST_NAME, MOST_SAFETENSORS_HEADER};
use super::order::order;
use super::reader::Reader;
use super::safetensors_header::{Entry, Header, Size};
use super::source::Span;
use super::tensor::{Named, Tensor, Tensors};
use super::view::{View, count};
use crate::paste::Shown;

/// Bytes of the length before the header.
const LENGTH: u64 = 8;

/// Reads the header; the values are read later.
///
/// # Errors
/// [`ReadError`] if the header cannot be read. What is wrong with a single tensor is among the
/// tensors' errors.
pub fn read(span: &Span) -> Result<Tensors, ReadError> {
    let mut reader = Reader::new(span.clone(), "The .safetensors");
    let length = u64::from_le_bytes(reader.array()?);
    let invalid = |reason: String| ErrorKind::HeaderInvalid { what: ".safetensors", reason };
    let (needs, has) = (Some(LENGTH.saturating_add(length)), span.length());
    let short = || ErrorKind::Truncated { what: "The header of the .safetensors", needs, has };
    let header = span.slice(LENGTH, length).ok_or_else(short)?;
    if length > MOST_SAFETENSORS_HEADER {
        let what = "Bytes of the header of the .safetensors";
        return Err(ErrorKind::TooLarge {
            what,
            found: Some(length),
            most: MOST_SAFETENSORS_HEADER,
        }
        .into());
    }
    let header = Reader::new(header, "The header of the .safetensors");
    let header = Header::read(Json::read(header, ".safetensors"))?;
    if let Some(name) = twice(&header.entries) {
        return Err(invalid(format!("the name {name:?} is there twice")).into());
    }
    let start = LENGTH + length;
    let data = span.slice(start, span.length() - start).ok_or_else(short)?;
    let mut tensors = Tensors::default();
    let overlapping = overlaps(&header.entries);
    let mut end = 0;
    for (index, (name, entry)) in header.entries.iter().enumerate() {
        end = end.max(entry.stretch().map_or(0, |(_, end)| end));
        let overlap = overlapping[index];
        match tensor(name, entry, &data, start, overlap) {
            Ok(tensor) => tensors.read.push(tensor),
            Err(why) if why.is_of_dtype() => {
                tensors.skipped.push(Named { name: name.clone(), why });
            }
            Err(why) => tensors.errors.push(Named { name: name.clone(), why }),
        }
    }
    if let Some(extra) = data.length().checked_sub(end).filter(|&extra| extra > 0) {
        tensors.remarks.push(format!("{extra} bytes follow the last tensor and were not read."));
    }
    Ok(tensors)
}

fn tensor(
    name: &str,
    entry: &Entry,
    data: &Span,
    start: u64,
    overlap: bool,
) -> Result<Tensor, ReadError> {
    let invalid =
        |reason: &str| ErrorKind::HeaderInvalid { what: "tensor", reason: reason.to_string() };
    let offsets_invalid = |reason: String| ErrorKind::OffsetsInvalid { reason };
    let lies = |reason: String| ErrorKind::HeaderLies { reason };
    if name.len() > MOST_NAME {
        return Err(invalid("its name is too long").into());
    }
    let dtype = entry.dtype.as_deref().ok_or_else(|| invalid("it has no dtype"))?;
    let dtype =
        of_word(dtype).ok_or_else(|| ErrorKind::UnsupportedDtype { dtype: dtype.to_string() })?;
    let sizes = entry.shape.as_ref().ok_or_else(|| invalid("it has no shape"))?;
    let shape: Option<Vec<u64>> = sizes.iter().map(Size::whole).collect();
    let shape = shape.ok_or_else(|| invalid("a size of its shape is no whole number"))?;
    let offsets = entry.offsets.as_ref().ok_or_else(|| invalid("it has no data_offsets"))?;
    let stretch = entry.stretch();
    let (begin, end) = stretch.ok_or_else(|| offsets_invalid(listed(offsets)))?;
    if begin > end || start.checked_add(end).is_none() {
        return Err(offsets_invalid(format!("from {begin} to {end}")).into());
    }
    let bytes = count(&shape).and_then(|count| count.checked_mul(dtype.bytes() as u64));
    let length = end - begin;
    if bytes != Some(length) {
        let wanted = bytes.map_or("more bytes than 64 bits count".to_string(), |bytes| {
            format!("{bytes} bytes as {}", dtype.name())
        });
        return Err(
            lies(format!("the shape {shape:?} has {wanted}, and {length} are its own")).into()
        );
    }
    let short = || ErrorKind::Truncated {
        what: "The data of the .safetensors",
        needs: Some(end),
        has: data.length(),
    };
    let bytes = Bytes::Stored(data.slice(begin, length).ok_or_else(short)?);
    if overlap {
        return Err(offsets_invalid("another tensor has some of the same bytes".to_string()).into());
    }
    let view = View::in_c_order(bytes, &shape, dtype.bytes(), false)?;
    Ok(Tensor::new(name.to_string(), dtype, view))
}

/// Numbers in brackets.
fn listed(sizes: &[Size]) -> String {
    let shown = sizes.iter().map(|size| match size {
        Size::Whole(size) => size.to_string(),
        Size::Other(other) => Shown(*other).to_string(),
    });
    format!("[{}]", shown.collect::<Vec<_>>().join(", "))
}

/// The type of a word of the header.
fn of_word(word: &str) -> Option<Dtype> {
    Some(match word {
        "BOOL" => Dtype::Bool,
        "I8" => Dtype::Int8,
        "U8" => Dtype::UInt8,
        "I16" => Dtype::Int16,
        "U16" => Dtype::UInt16,
        "I32" => Dtype::Int32,
        "U32" => Dtype::UInt32,
        "I64" => Dtype::Int64,
        "U64" => Dtype::UInt64,
        "F16" => Dtype::Float16,
        "BF16" => Dtype::BFloat16,
        "F32" => Dtype::Float32,
        "F64" => Dtype::Float64,
        "F8_E4M3" => Dtype::Float8E4M3Fn,
        "F8_E5M2" => Dtype::Float8E5M2,
        _ => return None,
    })
}

/// A name that two entries have.
fn twice(entries: &[(String, Entry)]) -> Option<&str> {
    let mut seen = BTreeSet::new();
    entries.iter().map(|(name, _)| name.as_str()).find(|name| !seen.insert(*name))
}

/// Of each entry whether it shares bytes with another.
fn overlaps(entries: &[(String, Entry)]) -> Vec<bool> {
    let stretches = entries.iter().map(|(_, entry)| entry.stretch());
    let stretches: Vec<(u64, u64, usize)> = stretches
        .enumerate()
        .filter_map(|(index, stretch)| {
            stretch.filter(|(begin, end)| begin < end).map(|(begin, end)| (begin, end, index))
        })
        .collect();
    let in_order = order(stretches.len(), &mut |one, other| stretches[one].cmp(&stretches[other]));
    let mut found = vec![false; entries.len()];
    // The one that reaches furthest of those before.
    let mut furthest: Option<(u64, usize)> = None;
    for (begin, end, index) in in_order.into_iter().map(|place| stretches[place]) {
        if let Some((reach, other)) = furthest.filter(|&(reach, _)| begin < reach) {
            (found[other], found[index]) = (true, true);
            if end <= reach {
                continue;
            }
        }
        furthest = Some((end, index));
    }
    found
}
