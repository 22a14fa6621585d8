//! [`judge`]: what a tensor is, where no graph says it.

use super::layout::Layout;
use super::passes::Role;
use super::verdict::Verdict;
use crate::tensor::{Dtype, ErrorKind, Format, NumberKind, ReadError, Tensor};

/// What is done with a tensor.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Judged {
    /// It is audited.
    Weights { role: Role, layout: Option<Layout>, verdict: Verdict },
    /// It is no weights: a bias, an index, a mask.
    Other,
    /// It cannot be used.
    Wrong(ReadError),
}

/// Judges a tensor of a file. `is_alone`: whether it is the file's only one.
pub(super) fn judge(tensor: &Tensor, format: Format, is_alone: bool) -> Judged {
    let shape = tensor.shape();
    // Formats of numbers alone: what is in them is meant to be audited.
    let is_numbers = matches!(format, Format::Npy | Format::Npz | Format::Text);
    let Some((role, verdict)) = role(tensor.dtype, is_numbers) else {
        return Judged::Other;
    };
    match shape.len() {
        _ if tensor.view.count() == 0 && is_alone && is_numbers => {
            Judged::Wrong(ErrorKind::EmptyTensor { shape }.into())
        }
        0 if is_alone && is_numbers => Judged::Wrong(ErrorKind::NotAMatrix { shape }.into()),
        0 => Judged::Other,
        1 if !is_alone => Judged::Other,
        _ if tensor.view.count() == 0 => Judged::Other,
        axes => Judged::Weights { role, layout: Layout::of_rank(axes), verdict },
    }
}

fn role(dtype: Dtype, is_numbers: bool) -> Option<(Role, Verdict)> {
    match dtype {
        Dtype::Int8 | Dtype::QInt8 => Some((Role::Codes, Verdict::Codes)),
        Dtype::UInt8 | Dtype::QUInt8 => Some((Role::Unsigned, Verdict::U8U8)),
        Dtype::QInt32 => None,
        dtype if dtype.kind() == NumberKind::Real => Some((Role::Float, Verdict::Float)),
        // Numbers of other widths are codes if all of them fit.
        _ => is_numbers.then_some((Role::Codes, Verdict::Codes)),
    }
}
