//! [`codes`]: samples of activations, and the codes that they become.

use crate::arith::{
    QParams, QScheme, QType, dynamic_quantize_linear, min_max_qparams, quantize, round_to_i32,
};
use crate::tensor::{
    Dtype, ErrorKind, Number, NumberKind, ReadError, Tensor, append_floats, append_integers,
    index_of,
};

/// The most values of samples: as codes they are held.
const MOST_CODES: u64 = 32 << 20;

/// How the library turns real activations into codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Library {
    /// By the reciprocal of the scale, as PyTorch.
    Torch,
    /// By a division, as ONNX Runtime.
    Onnx,
}

/// The codes that samples are, and how they became it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Coded {
    /// `[B][K]`, row by row.
    pub codes: Vec<u8>,
    /// The code of the real 0: of codes that were signed, 128 more than theirs.
    pub zero_point: i32,
    /// The scale, of samples that were real.
    pub scale: Option<f32>,
}

/// What is known of the codes of activations. Zero points are those of unsigned codes; signed ones have
/// 128 less.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Known {
    /// The caller says it, in terms of the codes that the samples are.
    Given(QParams),
    /// The model says it, as far as it does.
    Model { scale: Option<f32>, zero_point: Option<i32> },
}

/// The codes of an array.
///
/// # Errors
/// [`ErrorKind::TooLarge`] for too many, [`ErrorKind::NotInt8`] for whole numbers that are no bytes,
/// [`ErrorKind::Nonfinite`].
pub(super) fn codes(array: &Tensor, known: Known, library: Library) -> Result<Coded, ReadError> {
    let count = array.view.count();
    if count > MOST_CODES {
        let what = "Values of all samples together";
        return Err(ErrorKind::TooLarge { what, found: Some(count), most: MOST_CODES }.into());
    }
    let is_signed = matches!(array.dtype, Dtype::Int8 | Dtype::QInt8);
    let shift = if is_signed { 128 } else { 0 };
    let (scale, zero_point) = match known {
        Known::Given(QParams { scale, zero_point }) => {
            (Some(scale), Some(zero_point.saturating_add(shift)))
        }
        Known::Model { scale, zero_point } => (scale, zero_point),
    };
    if array.stored.kind() == NumberKind::Real {
        return of_floats(array, (scale, zero_point), library);
    }
    let (mut codes, mut integers) = (Vec::new(), Vec::new());
    array.view.blocks(&mut |block| {
        integers.clear();
        append_integers(block.bytes, array.stored, &mut integers);
        for (&value, place) in integers.iter().zip(block.first..) {
            let code = value.checked_add(shift.into()).and_then(|code| u8::try_from(code).ok());
            codes.push(code.ok_or_else(|| ErrorKind::NotInt8 {
                value: Number::Integer(value),
                at: index_of(place, &array.shape()),
            })?);
        }
        Ok(())
    })?;
    Ok(Coded { codes, zero_point: zero_point.unwrap_or(shift), scale: None })
}

fn of_floats(
    array: &Tensor,
    known: (Option<f32>, Option<i32>),
    library: Library,
) -> Result<Coded, ReadError> {
    let (least, most) = range(array)?;
    let params = match known {
        (Some(scale), zero_point) if scale.is_finite() && scale > 0.0 => {
            QParams { scale, zero_point: zero_point.unwrap_or(0) }
        }
        // Nothing is known of them but themselves: as if they were one batch.
        _ => match library {
            Library::Onnx => dynamic_quantize_linear(&[least, most]).1,
            Library::Torch => min_max_qparams(least, most, QType::QUInt8, QScheme::Affine, false),
        },
    };
    let range = QType::QUInt8.range();
    let code = |value: f32| match library {
        Library::Torch => quantize(value, params, range),
        Library::Onnx => {
            let code = round_to_i32(value / params.scale);
            range.clamp(code.saturating_add(params.zero_point))
        }
    };
    let (mut codes, mut floats) = (Vec::new(), Vec::new());
    array.view.blocks(&mut |block| {
        floats.clear();
        append_floats(block.bytes, array.stored, &mut floats);
        codes.extend(floats.iter().map(|&value| u8::try_from(code(value)).unwrap_or(0)));
        Ok(())
    })?;
    Ok(Coded { codes, zero_point: params.zero_point, scale: Some(params.scale) })
}

/// The smallest and the largest value.
fn range(array: &Tensor) -> Result<(f32, f32), ReadError> {
    let (mut least, mut most, mut floats) = (0.0_f32, 0.0_f32, Vec::new());
    let (mut nan, mut inf, mut first) = (0, 0, None);
    array.view.blocks(&mut |block| {
        floats.clear();
        append_floats(block.bytes, array.stored, &mut floats);
        for (&value, place) in floats.iter().zip(block.first..) {
            (least, most) = (least.min(value), most.max(value));
            if !value.is_finite() {
                nan += u64::from(value.is_nan());
                inf += u64::from(value.is_infinite());
                first.get_or_insert(place);
            }
        }
        Ok(())
    })?;
    match first {
        Some(place) => {
            let first_at = index_of(place, &array.shape());
            Err(ErrorKind::Nonfinite { nan, inf, first_at }.into())
        }
        None => Ok((least, most)),
    }
}
