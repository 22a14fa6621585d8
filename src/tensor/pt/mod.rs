//! PyTorch's .pt and .pth: a pickle that says what there is, and storages with the values.
//!
//! The formats: torch/serialization.py, the zip of today and the one before ("legacy").

mod build;
mod modules;
mod storages;
mod walk;

use super::error::{ErrorKind, ReadError};
use super::pickle;
use super::reader::Reader;
use super::source::Span;
use super::tensor::Tensors;
use super::zip::Archive;

use storages::Storages;

/// Whether a zip is a file of PyTorch's.
pub fn is_pt(archive: &Archive) -> bool {
    storages::pickle_of(archive).is_some()
}

/// Reads a zip of PyTorch's.
///
/// # Errors
/// [`ErrorKind::TorchScript`], or what is wrong with the archive or its pickle.
pub fn read(archive: &Archive) -> Result<Tensors, ReadError> {
    let is_program = |name: &str| name.ends_with("/constants.pkl") || name.contains("/code/");
    if archive.members.iter().any(|member| is_program(&member.name)) {
        return Err(ErrorKind::TorchScript.into());
    }
    let missing = || ErrorKind::CorruptArchive { reason: "it has no data.pkl".to_string() };
    let (member, folder) = storages::pickle_of(archive).ok_or_else(missing)?;
    let span = storages::unpacked(archive, member)?;
    let pickle = pickle::load(&mut Reader::new(span, "The pickle of the file"))?;
    let storages = Storages::zipped(archive, folder)?;
    Ok(tensors(&pickle, &storages, archive.size()))
}

/// Reads a file that is pickles and storages one after the other, or one pickle alone.
///
/// # Errors
/// What is wrong with the pickles.
pub fn read_legacy(span: &Span) -> Result<Tensors, ReadError> {
    let mut reader = Reader::new(span.clone(), "The pickle of the file");
    if !storages::is_legacy(span)? {
        let pickle = pickle::load(&mut reader)?;
        return Ok(tensors(&pickle, &Storages::none(), span.length()));
    }
    // The magic number, the version, and sizes on the machine that wrote it.
    for _ in 0..3 {
        pickle::load(&mut reader)?;
    }
    let pickle = pickle::load(&mut reader)?;
    let storages = Storages::legacy(&pickle, reader, span)?;
    Ok(tensors(&pickle, &storages, span.length()))
}

fn tensors(pickle: &pickle::Pickle, storages: &Storages, size: u64) -> Tensors {
    let mut tensors = walk::walk(pickle, storages, size);
    modules::recognise(&mut tensors);
    tensors
}
