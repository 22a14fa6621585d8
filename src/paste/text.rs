//! [`read`]: from a pasted text to a matrix, whatever its form.

use super::found::{Found, Parameter};
use super::limits::MOST_BYTES;
use super::nested;
use super::table;
use super::text_error::PasteError;
use super::{Entry, Pasted, Quantization, entries};

/// Reads a row or a matrix of numbers. The forms, told apart by their start:
///
/// - what PyTorch prints of a tensor or parameter, also of a quantized one
///   with its scales and zero points;
/// - what NumPy prints, with or without `array(…)`, also its scalars
///   (`np.float32(0.5)`); an assignment (`w = np.array(…)`) is fine;
/// - lists and tuples of Python and JSON; an object with the matrix under
///   `weight`, `weights` or `w`, and PyTorch's print of a `state_dict()`;
/// - a table, one row a line, separated by semicolons, tabs, commas or spaces.
///   A first line of words only and lines that start with `#` are skipped and
///   noted.
///
/// # Errors
/// [`PasteError`] for every text that is not exactly one finite matrix with
/// rows of one length.
pub fn read(text: &str) -> Result<Pasted, PasteError> {
    if text.len() > MOST_BYTES {
        return Err(PasteError::TooLong { bytes: text.len() });
    }
    // A byte-order mark is part of a file, not of its text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(PasteError::Empty);
    }
    let found = if nested::is_nested(text) { nested::read(text)? } else { table::read(text)? };
    settle(found)
}

/// What holds for every form.
fn settle(found: Found) -> Result<Pasted, PasteError> {
    let Found { rows, kind, scale, zero_point, axis, notes } = found;
    if rows.iter().all(Vec::is_empty) {
        return Err(PasteError::NoNumbers);
    }
    let expected = rows[0].len();
    if let Some(row) = rows.iter().position(|row| row.len() != expected) {
        return Err(PasteError::Ragged { row: row + 1, found: rows[row].len(), expected });
    }
    let infinite = entries(&rows).find(|entry| !entry.value.is_finite());
    if let Some(Entry { row, column, value }) = infinite {
        return Err(PasteError::NotFinite { row, column, value });
    }
    let channels = match axis {
        Some(0) => Some(rows.len()),
        Some(1) => Some(expected),
        _ => None,
    };
    let quantization = match (scale, zero_point, axis.zip(channels)) {
        (None, None, _) => None,
        (Some(Parameter::One(scale)), Some(Parameter::One(zero_point)), _) => {
            Some(Quantization::PerTensor {
                scale: checked_scale(scale)?,
                zero_point: checked_zero_point(zero_point)?,
            })
        }
        (Some(Parameter::Each(scales)), Some(Parameter::Each(zero_points)), Some(channels)) => {
            Some(per_channel(scales, zero_points, channels)?)
        }
        _ => return Err(PasteError::HalfQuantized),
    };
    Ok(Pasted { rows, kind, quantization, notes })
}

fn per_channel(
    scales: Vec<f64>,
    zero_points: Vec<f64>,
    (axis, channels): (usize, usize),
) -> Result<Quantization, PasteError> {
    if (scales.len(), zero_points.len()) != (channels, channels) {
        let (scales, zero_points) = (scales.len(), zero_points.len());
        return Err(PasteError::ChannelsDiffer { scales, zero_points, channels });
    }
    let scales = scales.into_iter().map(checked_scale).collect::<Result<_, _>>()?;
    let zero_points = zero_points.into_iter().map(checked_zero_point).collect::<Result<_, _>>()?;
    Ok(Quantization::PerChannel { scales, zero_points, axis })
}

#[expect(clippy::cast_possible_truncation, reason = "the library has it in float32")]
fn checked_scale(value: f64) -> Result<f64, PasteError> {
    let nearest = value as f32;
    let is_scale = nearest.is_finite() && nearest > 0.0;
    if is_scale { Ok(value) } else { Err(PasteError::BadScale { value }) }
}

#[expect(clippy::cast_possible_truncation, reason = "whole and at most MOST")]
fn checked_zero_point(value: f64) -> Result<i64, PasteError> {
    // Up to there every whole number is a double.
    const MOST: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= MOST {
        Ok(value as i64)
    } else {
        Err(PasteError::BadZeroPoint { value })
    }
}
