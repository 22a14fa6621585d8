//! The index of a model in several files: `*.safetensors.index.json`, also of PyTorch's `.bin`.

use std::collections::BTreeMap;

use super::error::{ErrorKind, ReadError};
use super::json::{Json, Token};
use super::limits::{MOST_INDEX, MOST_TENSORS};
use super::reader::Reader;
use super::source::Span;

/// Which file has which tensor.
#[derive(Debug, Default)]
pub struct Index {
    /// The tensors of each file; files are named without folders.
    tensors: BTreeMap<String, Vec<String>>,
}

impl Index {
    /// The files, by name.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str)
    }

    /// The names of a file's tensors.
    pub fn tensors_of(&self, file: &str) -> &[String] {
        self.tensors.get(file).map_or(&[], Vec::as_slice)
    }
}

/// Reads an index.
///
/// # Errors
/// [`ErrorKind::HeaderInvalid`] for what is none.
pub fn read(span: &Span) -> Result<Index, ReadError> {
    if span.length() > MOST_INDEX {
        let what = "Bytes of the index";
        return Err(
            ErrorKind::TooLarge { what, found: Some(span.length()), most: MOST_INDEX }.into()
        );
    }
    let reader = Reader::new(span.clone(), "The index");
    let mut json = Json::read(reader, "index of a model in several files");
    let no_map = "an object “weight_map” with a file for each tensor is expected";
    if json.next()? != Token::Object {
        return Err(json.wrong(no_map));
    }
    let mut found = None;
    while let Token::Key(key) = json.next()? {
        let token = json.next()?;
        match (&*key, token) {
            ("weight_map", Token::Object) if found.is_none() => found = Some(files(&mut json)?),
            ("weight_map", _) => return Err(json.wrong(no_map)),
            (_, token) => json.pass(&token)?,
        }
    }
    json.next()?;
    found.ok_or_else(|| json.wrong(no_map))
}

/// The entries of an object that has begun.
fn files(json: &mut Json) -> Result<Index, ReadError> {
    let mut index = Index::default();
    let mut count = 0;
    while let Token::Key(name) = json.next()? {
        let Token::Text(file) = json.next()? else {
            return Err(json.wrong("the name of a file is expected before this place"));
        };
        count += 1;
        if count > MOST_TENSORS {
            return Err(json.wrong(&format!("it has more than {MOST_TENSORS} tensors")));
        }
        index.tensors.entry(last_part(&file).to_string()).or_default().push(name);
    }
    Ok(index)
}

/// The part of a path after its last folder, on any system.
pub fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
