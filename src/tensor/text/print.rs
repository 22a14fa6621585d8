//! [`read`]: what [`crate::paste`] reads, as a tensor.

use super::super::dtype::Dtype;
use super::super::error::{ErrorKind, ReadError};
use super::super::limits::MOST_NESTED;
use super::super::tensor::{Quant, Scheme, Tensors};
use super::tensor;
use crate::paste::{self, Kind, MOST_BYTES, MOST_NUMBERS, PasteError, Pasted, Quantization};

/// Types that a print may name, as it names them.
const DTYPES: &[(&str, Dtype)] = &[
    ("int8", Dtype::Int8),
    ("uint8", Dtype::UInt8),
    ("int16", Dtype::Int16),
    ("int32", Dtype::Int32),
    ("int64", Dtype::Int64),
    ("float16", Dtype::Float16),
    ("bfloat16", Dtype::BFloat16),
    ("float32", Dtype::Float32),
    ("float64", Dtype::Float64),
    ("qint8", Dtype::QInt8),
    ("quint8", Dtype::QUInt8),
];

/// Reads one matrix.
///
/// # Errors
/// What [`paste::read`] says, by kind.
pub fn read(text: &str) -> Result<Tensors, ReadError> {
    let pasted = paste::read(text).map_err(|error| of_paste(&error, text))?;
    let shape = [pasted.rows.len() as u64, pasted.rows.first().map_or(0, Vec::len) as u64];
    let mut tensors = Tensors::default();
    tensors.remarks.extend(pasted.notes.iter().map(ToString::to_string));
    let named = dtype(text);
    let (values, is_whole, quant) = match &pasted.quantization {
        Some(quantization) => {
            let (values, largest) = codes(&pasted, quantization);
            if largest > 0.25 {
                tensors.remarks.push(
                    "The printed values have too few digits for their scale: some codes may be off by one.".to_string(),
                );
            }
            (values, true, Some(quant(quantization)))
        }
        None => (pasted.rows.concat(), pasted.kind == Kind::Integers, None),
    };
    let mut tensor = tensor("", &shape, &values, is_whole)?;
    // What the print says of whole numbers; of others it shows too few digits to be that type.
    if let Some(named) = named.filter(|_| is_whole) {
        tensor.dtype = named;
    } else if quant.is_some() {
        tensor.dtype = Dtype::QInt8;
    }
    tensor.quant = quant;
    tensors.read.push(tensor);
    Ok(tensors)
}

/// The type that the print names behind its numbers.
fn dtype(text: &str) -> Option<Dtype> {
    let (_, rest) = text.rsplit_once("dtype=")?;
    let word = rest.trim_start_matches(['\'', '"']).trim_start_matches("torch.");
    let word = word.trim_start_matches("np.").trim_start_matches("numpy.");
    let end = word.find(|mark: char| !mark.is_ascii_alphanumeric()).unwrap_or(word.len());
    DTYPES.iter().find(|(name, _)| *name == &word[..end]).map(|(_, dtype)| *dtype)
}

/// The codes of a quantized tensor's real values, and how far the values are from them at most, in
/// steps.
fn codes(pasted: &Pasted, quantization: &Quantization) -> (Vec<f64>, f64) {
    let mut largest = 0.0_f64;
    let mut all = Vec::new();
    for (row, values) in pasted.rows.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            let (scale, zero_point) = match quantization {
                Quantization::PerTensor { scale, zero_point } => (*scale, *zero_point),
                Quantization::PerChannel { scales, zero_points, axis } => {
                    let channel = if *axis == 0 { row } else { column };
                    (scales[channel], zero_points[channel])
                }
            };
            let steps = value / scale;
            let code = steps.round_ties_even();
            largest = largest.max((steps - code).abs());
            all.push(code + zero_point as f64);
        }
    }
    (all, largest)
}

fn quant(quantization: &Quantization) -> Quant {
    match quantization {
        Quantization::PerTensor { scale, zero_point } => Quant {
            scheme: Scheme::Tensor,
            axis: None,
            scales: Some(vec![*scale]),
            zero_points: vec![*zero_point],
        },
        Quantization::PerChannel { scales, zero_points, axis } => Quant {
            scheme: Scheme::Channel,
            axis: Some(*axis as u64),
            scales: Some(scales.clone()),
            zero_points: zero_points.clone(),
        },
    }
}

/// The kind of what is wrong with a text.
fn of_paste(error: &PasteError, text: &str) -> ReadError {
    let reason = error.to_string();
    let too_large = |what, most: usize| {
        let most = most as u64;
        ErrorKind::TooLarge { what, found: None, most }
    };
    let kind = match error {
        PasteError::Empty | PasteError::NoNumbers | PasteError::NoWeightKey { .. } => {
            ErrorKind::NothingToAudit
        }
        PasteError::TooLong { .. } => too_large("Bytes of a text", MOST_BYTES),
        PasteError::TooManyNumbers => too_large("Numbers of a text", MOST_NUMBERS),
        PasteError::TooDeep { .. } => ErrorKind::NestingTooDeep { most: MOST_NESTED },
        PasteError::Shortened { .. } => ErrorKind::Shortened { reason },
        PasteError::Ragged { row, .. } => ErrorKind::Ragged { line: line_of(*row, text), reason },
        PasteError::NotFinite { row, column, .. } => {
            let first_at = vec![*row as u64 - 1, *column as u64 - 1];
            let is_word = |mark: char| !mark.is_ascii_alphanumeric();
            let words = || text.split(is_word).map(str::to_ascii_lowercase);
            let nan = words().filter(|word| word == "nan").count() as u64;
            let inf = words().filter(|word| matches!(&**word, "inf" | "infinity")).count() as u64;
            ErrorKind::Nonfinite { nan, inf, first_at }
        }
        PasteError::Unclosed { .. } => ErrorKind::Truncated {
            what: "The text, which ends within a bracket,",
            needs: None,
            has: text.len() as u64,
        },
        PasteError::MissingNumber { at }
        | PasteError::DecimalComma { at, .. }
        | PasteError::MixedSeparators { at }
        | PasteError::Unexpected { at, .. }
        | PasteError::TrailingText { at, .. } => {
            ErrorKind::NotANumber { line: Some(at.line as u64), reason }
        }
        _ => {
            ErrorKind::HeaderInvalid { what: "print", reason: reason.trim_end_matches('.').into() }
        }
    };
    kind.into()
}

/// The line of a table's row, both from 1: blank lines, comments and a heading are no rows.
fn line_of(row: usize, text: &str) -> Option<u64> {
    if text.trim_start().starts_with(['[', '(', 't', 'a']) {
        return None;
    }
    let is_row = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let mut rows = text.lines().zip(1..).filter(|(line, _)| is_row(line)).peekable();
    let is_heading = |line: &str| matches!(paste::read(line), Err(PasteError::NoNumbers));
    rows.next_if(|(line, _)| is_heading(line));
    rows.nth(row.checked_sub(1)?).map(|(_, line)| line)
}
