//! [`build`]: a tensor of what a pickle says of it.

use super::super::bytes::Bytes;
use super::super::decode::{append_integers, numbers};
use super::super::dtype::Dtype;
use super::super::error::{ErrorKind, ReadError};
use super::super::limits::{MOST_CHANNELS, MOST_REPEATED};
use super::super::number::Number;
use super::super::pickle::{Global, Pickle, Rebuild, Ref, Value};
use super::super::tensor::{Quant, Scheme, Tensor};
use super::super::view::{View, count};
use super::storages::{Storages, name_of};

/// The places of arguments that all functions have.
const STORAGE: usize = 0;
const OFFSET: usize = 1;
const SIZE: usize = 2;
const STRIDE: usize = 3;
/// `_rebuild_qtensor`'s parameters of the quantizer.
const QUANTIZER: usize = 4;
/// `_rebuild_tensor_v3`'s type.
const DTYPE: usize = 6;

fn corrupt(reason: &str) -> ReadError {
    ErrorKind::CorruptPickle { reason: reason.to_string(), at: None }.into()
}

/// Makes the tensor that `function` would make of `args`. At most `channels` of it have a scale each.
///
/// # Errors
/// What is wrong with it: [`ErrorKind::OffsetsInvalid`], [`ErrorKind::TooLarge`],
/// [`ErrorKind::Truncated`], [`ErrorKind::UnsupportedDtype`], [`ErrorKind::CorruptPickle`].
pub fn build(
    pickle: &Pickle,
    storages: &Storages,
    function: Rebuild,
    args: Ref,
    name: &str,
    channels: u64,
) -> Result<Tensor, ReadError> {
    let args = pickle.elements(args);
    match function {
        Rebuild::Subclass => {
            let inner = args.first().map(|&function| pickle.get(function));
            let Some((Value::Global(Global::Rebuild(inner)), &args)) = inner.zip(args.get(2))
            else {
                return Err(corrupt("a tensor is made of nothing"));
            };
            if *inner == Rebuild::Subclass {
                return Err(corrupt("a tensor is made of itself"));
            }
            build(pickle, storages, *inner, args, name, channels)
        }
        Rebuild::Other | Rebuild::Parameter => {
            let dtype = "a sparse, nested or empty tensor, or one of another device".to_string();
            Err(ErrorKind::UnsupportedDtype { dtype }.into())
        }
        _ => plain(pickle, storages, function, args, name, channels),
    }
}

fn plain(
    pickle: &Pickle,
    storages: &Storages,
    function: Rebuild,
    args: &[Ref],
    name: &str,
    channels: u64,
) -> Result<Tensor, ReadError> {
    let arg = |index: usize| {
        args.get(index).copied().ok_or_else(|| corrupt("a tensor has too few arguments"))
    };
    let unsupported = || ErrorKind::UnsupportedDtype {
        dtype: "of a storage that is complex, or has fewer than 8 bits".to_string(),
    };
    let storage = name_of(pickle, arg(STORAGE)?).ok_or_else(unsupported)?;
    let dtype = match (storage.dtype, function) {
        (Some(dtype), _) => dtype,
        (None, Rebuild::TypedTensor) => match pickle.get(arg(DTYPE)?) {
            Value::Global(Global::Dtype(Some(dtype))) => *dtype,
            _ => return Err(unsupported().into()),
        },
        (None, _) => Dtype::UInt8,
    };
    let item = dtype.bytes() as u64;
    let values = if storage.dtype.is_some() { storage.count } else { storage.count / item };
    let bytes = storages.find(storage.key)?;
    let needs = values.saturating_mul(item);
    if bytes.length() < needs {
        let (what, has) = ("A tensor's storage", bytes.length());
        return Err(ErrorKind::Truncated { what, needs: Some(needs), has }.into());
    }
    let quant = match function {
        Rebuild::Quantized => Some(arg(QUANTIZER)?),
        _ => None,
    };
    let wrong = |what: &str| ErrorKind::OffsetsInvalid {
        reason: format!("{what} is no list of whole numbers, or one of them is negative"),
    };
    let list = |index: usize, what: &str| -> Result<Vec<u64>, ReadError> {
        let all = pickle.integers(arg(index)?).ok_or_else(|| wrong(what))?;
        all.into_iter().map(|one| u64::try_from(one).map_err(|_| wrong(what).into())).collect()
    };
    let (shape, strides) = (list(SIZE, "the size")?, list(STRIDE, "the stride")?);
    let offset = pickle.integer(arg(OFFSET)?).and_then(|offset| u64::try_from(offset).ok());
    let offset = offset.and_then(|offset| offset.checked_add(storage.offset));
    let offset = offset.ok_or_else(|| wrong("the offset"))?;
    let view = view(bytes, (&shape, &strides, offset), values, dtype, storages.is_big_endian)?;
    let mut tensor = Tensor::new(name.to_string(), dtype, view);
    if let Some(place) = quant {
        tensor.quant = Some(quantizer(pickle, storages, place, &shape, channels)?);
    }
    Ok(tensor)
}

/// Values of a storage, which are all within it.
fn view(
    bytes: Bytes,
    (shape, strides, offset): (&[u64], &[u64], u64),
    values: u64,
    dtype: Dtype,
    is_big_endian: bool,
) -> Result<View, ReadError> {
    let total = count(shape);
    let most = values.max(MOST_REPEATED);
    if total.is_none_or(|total| total > most) {
        let what = "Values of a tensor that repeats some of its storage";
        return Err(ErrorKind::TooLarge { what, found: total, most }.into());
    }
    let reach = shape.iter().zip(strides).try_fold(offset, |last, (&size, &stride)| {
        last.checked_add(size.saturating_sub(1).checked_mul(stride)?)
    });
    if total != Some(0) && reach.is_none_or(|last| last >= values) {
        let reason = format!(
            "size {shape:?} with stride {strides:?} from {offset} on reaches beyond the {values} values of its storage"
        );
        return Err(ErrorKind::OffsetsInvalid { reason }.into());
    }
    View::strided(bytes, offset, shape, strides, dtype.bytes(), is_big_endian)
}

/// How codes stand for real numbers: `(scheme, scale, zero point)` or
/// `(scheme, scales, zero points, axis)`.
fn quantizer(
    pickle: &Pickle,
    storages: &Storages,
    place: Ref,
    shape: &[u64],
    most: u64,
) -> Result<Quant, ReadError> {
    let wrong = || corrupt("a tensor's quantizer has another form");
    let elements = pickle.elements(place);
    let element = |index: usize| elements.get(index).copied().ok_or_else(wrong);
    let Value::Global(Global::Scheme(scheme)) = pickle.get(element(0)?) else {
        return Err(wrong());
    };
    let (one, two) = (element(1)?, element(2)?);
    if *scheme == Scheme::Tensor {
        let scale = match pickle.get(one) {
            Value::Float(scale) => *scale,
            Value::Integer(scale) => *scale as f64,
            _ => return Err(wrong()),
        };
        let zero_points = vec![pickle.integer(two).ok_or_else(wrong)?];
        return Ok(Quant { scheme: *scheme, axis: None, scales: Some(vec![scale]), zero_points });
    }
    let axis = pickle.integer(element(3)?).and_then(|axis| u64::try_from(axis).ok());
    let axis = axis.ok_or_else(wrong)?;
    let channels = usize::try_from(axis).ok().and_then(|axis| shape.get(axis)).copied();
    let channels = channels.ok_or_else(wrong)?;
    if channels > most.min(MOST_CHANNELS) {
        let what = "Channels with a scale each";
        return Err(ErrorKind::TooLarge { what, found: Some(channels), most }.into());
    }
    let list = |place: Ref| -> Result<(Vec<u8>, Dtype), ReadError> {
        let Value::Built { function: Global::Rebuild(function), args } = pickle.get(place) else {
            return Err(wrong());
        };
        // A quantizer's own lists are not quantized: no way leads back here.
        if *function == Rebuild::Quantized {
            return Err(wrong());
        }
        let tensor = build(pickle, storages, *function, *args, "", 0)?;
        if tensor.shape() != [channels] {
            return Err(corrupt("a quantizer has not one scale and zero point for each channel"));
        }
        Ok((tensor.view.held(MOST_CHANNELS * 8)?, tensor.stored))
    };
    let (scales, dtype) = list(one)?;
    let scales = numbers(&scales, dtype).into_iter().map(Number::real).collect();
    let (bytes, dtype) = list(two)?;
    let mut zero_points = Vec::new();
    append_integers(&bytes, dtype, &mut zero_points);
    if zero_points.is_empty() && channels > 0 {
        // Those of `per_channel_affine_float_qparams` are real: they are no codes.
        let dtype = "quantized with real zero points".to_string();
        return Err(ErrorKind::UnsupportedDtype { dtype }.into());
    }
    Ok(Quant { scheme: *scheme, axis: Some(axis), scales: Some(scales), zero_points })
}
