//! The index of a model in several files: `*.safetensors.index.json`, also of PyTorch's `.bin`.

use std::collections::BTreeMap;
use std::fmt;
use std::io::BufReader;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::error::ReadError;
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
/// [`ReadError::HeaderInvalid`] for what is none.
pub fn read(span: &Span) -> Result<Index, ReadError> {
    if span.length() > MOST_INDEX {
        let what = "Bytes of the index";
        return Err(ReadError::TooLarge { what, found: Some(span.length()), most: MOST_INDEX });
    }
    let reader = BufReader::new(Reader::new(span.clone(), "The index"));
    let found: Form = serde_json::from_reader(reader).map_err(|error| {
        let reason = error.to_string();
        ReadError::HeaderInvalid { what: "index of a model in several files", reason }
    })?;
    Ok(found.weight_map)
}

/// The part of a path after its last folder, on any system.
pub fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[derive(Deserialize)]
struct Form {
    weight_map: Index,
}

impl<'de> Deserialize<'de> for Index {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Index, D::Error> {
        struct Map;
        impl<'de> Visitor<'de> for Map {
            type Value = Index;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "an object with a file for each tensor")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Index, A::Error> {
                let mut index = Index::default();
                for _ in 0..MOST_TENSORS {
                    let Some((name, file)) = map.next_entry::<String, String>()? else {
                        return Ok(index);
                    };
                    index.tensors.entry(last_part(&file).to_string()).or_default().push(name);
                }
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                let many = format!("it has more than {MOST_TENSORS} tensors");
                Err(serde::de::Error::custom(many))
            }
        }
        deserializer.deserialize_map(Map)
    }
}
