//! [`open`]: a file of any known format.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::error::{ErrorKind, ReadError};
use super::format::{Format, is_pytorch_name, tell};
use super::npy;
use super::npz;
use super::onnx;
use super::pt;
use super::safetensors;
use super::safetensors_index::{self, Index};
use super::source::{Source, Span};
use super::tensor::{Named, Tensors};
use super::text;
use super::zip::Archive;

/// The files beside a model.
pub trait Companions {
    /// The file with that name, which has no folder in it.
    fn find(&self, name: &str) -> Option<Rc<dyn Source>>;
}

/// No files at all.
pub struct Alone;

impl Companions for Alone {
    fn find(&self, _: &str) -> Option<Rc<dyn Source>> {
        None
    }
}

/// A file that was opened: what it is and what it holds. Values are read later.
#[derive(Debug)]
pub struct Opened {
    /// What it is.
    pub format: Format,
    /// How many bytes it has, with those of its parts.
    pub size: u64,
    /// What it holds, if it has no graph.
    pub tensors: Tensors,
    /// Its graph.
    pub model: Option<onnx::Model>,
}

/// Opens a file. `name` is without folder; it decides where the first bytes do not.
///
/// # Errors
/// [`ReadError`] if nothing of it can be used, also if files are missing that belong to it.
pub fn open(
    name: &str,
    source: Rc<dyn Source>,
    companions: &dyn Companions,
) -> Result<Opened, ReadError> {
    let span = Span::whole(source);
    let mut format = tell(name, &span)?;
    let mut size = span.length();
    let tensors = match format {
        Format::Npy => {
            let npy = npy::read(&span, String::new())?;
            Tensors { read: vec![npy.tensor], remarks: npy.remarks, ..Tensors::default() }
        }
        Format::Npz => {
            let archive = Archive::open(span)?;
            if pt::is_pt(&archive) || is_pytorch_name(name) {
                format = Format::PyTorch;
                pt::read(&archive)?
            } else {
                npz::read(&archive)
            }
        }
        Format::PyTorch => pt::read_legacy(&span)?,
        Format::Safetensors => safetensors::read(&span)?,
        Format::Onnx => {
            let find = |file: &str| companions.find(file).map(Span::whole);
            let model = onnx::read(span, &find)?;
            size += model.size_of_files();
            return Ok(Opened { format, size, tensors: Tensors::default(), model: Some(model) });
        }
        Format::Text => text::read(&span)?,
        Format::Index => {
            let (tensors, parts) = shards(&safetensors_index::read(&span)?, companions)?;
            size += parts;
            tensors
        }
    };
    Ok(Opened { format, size, tensors, model: None })
}

/// Whether a file may need others.
pub fn may_have_companions(name: &str, source: &Rc<dyn Source>) -> bool {
    let format = tell(name, &Span::whole(Rc::clone(source)));
    matches!(format, Ok(Format::Onnx | Format::Index))
}

/// All tensors of a model in several files, and how many bytes these have.
fn shards(index: &Index, companions: &dyn Companions) -> Result<(Tensors, u64), ReadError> {
    let (mut sources, mut missing) = (Vec::new(), Vec::new());
    for file in index.files() {
        match companions.find(file) {
            Some(source) => sources.push((file, source)),
            None => missing.push(file.to_string()),
        }
    }
    if !missing.is_empty() {
        return Err(ErrorKind::NeedsFiles { files: missing }.into());
    }
    let (mut all, mut size) = (Tensors::default(), 0);
    for (file, source) in sources {
        size += source.size();
        let names = index.tensors_of(file);
        match shard(file, Span::whole(source)) {
            Ok(part) => {
                let lost = lost(names, &part, file);
                all.append(part);
                all.errors.extend(lost);
            }
            Err(why) => {
                let named = |name: &String| Named { name: name.clone(), why: why.clone() };
                all.errors.extend(names.iter().map(named));
            }
        }
    }
    Ok((all, size))
}

fn shard(file: &str, span: Span) -> Result<Tensors, ReadError> {
    match tell(file, &span)? {
        Format::Safetensors => safetensors::read(&span),
        Format::PyTorch => pt::read_legacy(&span),
        Format::Npz => pt::read(&Archive::open(span)?),
        _ => {
            let about = "A part of the model is neither a .safetensors nor one of PyTorch's.";
            Err(ErrorKind::UnknownFormat { about }.into())
        }
    }
}

/// Tensors that the index promises of a file and that are not in it.
fn lost(names: &[String], part: &Tensors, file: &str) -> Vec<Named> {
    let other = part.skipped.iter().chain(&part.errors).map(|named| &named.name);
    let mut known = BTreeSet::new();
    for name in part.read.iter().map(|tensor| &tensor.name).chain(other) {
        known.insert(&**name);
    }
    let reason = format!("the index says that it is in {file}, and it is not");
    let why = ErrorKind::HeaderLies { reason };
    let lost = names.iter().filter(|name| !known.contains(&***name));
    lost.map(|name| Named { name: name.clone(), why: why.clone().into() }).collect()
}
