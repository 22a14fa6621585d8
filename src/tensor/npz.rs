//! NumPy's .npz: a zip of .npy.

use std::rc::Rc;

use super::bytes::Bytes;
use super::error::{ErrorKind, ReadError};
use super::npy;
use super::source::Span;
use super::tensor::{Named, Tensors};
use super::zip::{Archive, Member};

/// Reads all members that are a .npy; what else there is, is named and skipped.
pub fn read(archive: &Archive) -> Tensors {
    let mut tensors = Tensors::default();
    for member in archive.members.iter().filter(|member| !member.name.ends_with('/')) {
        let name = member.name.strip_suffix(".npy").unwrap_or(&member.name).to_string();
        let is_named = member.name.len() > name.len();
        match read_member(archive, member, &name, is_named) {
            Ok(npy) if npy.tensor.shape().is_empty() => {
                let why = ErrorKind::NotAMatrix { shape: vec![] };
                tensors.skipped.push(Named { name, why: why.into() });
            }
            Ok(npy) => {
                let of = |remark: String| format!("{name}: {remark}");
                tensors.remarks.extend(npy.remarks.into_iter().map(of));
                tensors.read.push(npy.tensor);
            }
            Err(why)
                if matches!(
                    why.kind(),
                    ErrorKind::UnsupportedDtype { .. } | ErrorKind::UnknownFormat { .. }
                ) =>
            {
                tensors.skipped.push(Named { name, why });
            }
            Err(why) => tensors.errors.push(Named { name, why }),
        }
    }
    tensors
}

fn read_member(
    archive: &Archive,
    member: &Member,
    name: &str,
    is_named: bool,
) -> Result<npy::Npy, ReadError> {
    let bytes = archive.bytes(member)?;
    let start = first_bytes(&bytes, npy::MAGIC.len() as u64)?;
    if start != npy::MAGIC && !is_named {
        let about = "A member of the archive is no .npy.";
        return Err(ErrorKind::UnknownFormat { about }.into());
    }
    archive.check(member)?;
    match bytes {
        Bytes::Stored(span) => npy::read(&span, name.to_string()),
        packed => {
            let start = first_bytes(&packed, npy::MOST_FRONT)?;
            npy::read_packed(Span::whole(Rc::new(start)), &packed, name.to_string())
        }
    }
}

/// The first `most` bytes, or all if there are fewer.
fn first_bytes(bytes: &Bytes, most: u64) -> Result<Vec<u8>, ReadError> {
    let mut first = vec![0; usize::try_from(bytes.length().min(most)).unwrap_or(0)];
    bytes.stream()?.read_exact(&mut first)?;
    Ok(first)
}
