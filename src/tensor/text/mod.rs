//! Texts: JSON, tables, and what PyTorch and NumPy print.

mod json;
mod print;

use std::rc::Rc;

use super::bytes::Bytes;
use super::dtype::Dtype;
use super::error::{ErrorKind, ReadError};
use super::reader::Reader;
use super::source::Span;
use super::tensor::{Tensor, Tensors};
use super::view::View;
use crate::paste::MOST_BYTES;

/// Reads a text. What begins as JSON and is none may still be a print, or Python's list.
///
/// # Errors
/// [`ReadError`] for what has no numbers, or has something else among them.
pub fn read(span: &Span) -> Result<Tensors, ReadError> {
    let most = MOST_BYTES as u64;
    if span.length() > most {
        let what = "Bytes of a text";
        return Err(ErrorKind::TooLarge { what, found: Some(span.length()), most }.into());
    }
    let bytes = Reader::new(span.clone(), "The text").bytes(span.length())?;
    let text = String::from_utf8(bytes).map_err(|error| ErrorKind::HeaderInvalid {
        what: "text",
        reason: format!(
            "it is no UTF-8 at byte {}; save it as UTF-8",
            error.utf8_error().valid_up_to()
        ),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim_start().starts_with(['[', '{'])
        && let Some(tensors) = json::read(text)?
    {
        return Ok(tensors);
    }
    print::read(text)
}

/// A tensor of numbers that a text has: of integers if all are whole, else of doubles.
fn tensor(name: &str, shape: &[u64], values: &[f64], is_whole: bool) -> Result<Tensor, ReadError> {
    let (dtype, bytes): (Dtype, Vec<u8>) = if is_whole {
        (Dtype::Int64, values.iter().flat_map(|&value| whole(value).to_le_bytes()).collect())
    } else {
        (Dtype::Float64, values.iter().flat_map(|value| value.to_le_bytes()).collect())
    };
    let view = View::in_c_order(Bytes::Held(Rc::new(bytes)), shape, dtype.bytes(), false)?;
    Ok(Tensor::new(name.to_string(), dtype, view))
}

#[expect(clippy::cast_possible_truncation, reason = "whole, and beyond 2^53 the nearest double's")]
fn whole(value: f64) -> i64 {
    value as i64
}
