//! [`Storages`]: where the values of a PyTorch file lie.

use std::collections::BTreeMap;

use super::super::bytes::Bytes;
use super::super::dtype::Dtype;
use super::super::error::{ErrorKind, ReadError};
use super::super::pickle::{self, Global, Pickle, Ref, Value};
use super::super::reader::Reader;
use super::super::source::Span;
use super::super::zip::{Archive, Member};

/// What a file of the former format begins with: protocol 2, and a number of ten bytes.
const LEGACY_MAGIC: &[u8] = b"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";

/// The storages of a file.
pub struct Storages {
    /// Their bytes, by key.
    bytes: BTreeMap<String, Result<Bytes, ReadError>>,
    /// Whether values have their highest byte first.
    pub is_big_endian: bool,
}

/// What a pickle says of a storage.
pub struct StorageName<'p> {
    /// Its key.
    pub key: &'p str,
    /// The type of its values; `None` if the tensor says it.
    pub dtype: Option<Dtype>,
    /// How many values it has; bytes, if it has no type.
    pub count: u64,
    /// Where a view of it begins, in values.
    pub offset: u64,
}

impl Storages {
    /// None at all.
    pub fn none() -> Storages {
        Storages { bytes: BTreeMap::new(), is_big_endian: false }
    }

    /// Those of a zip: its members in `data/`.
    ///
    /// # Errors
    /// What is wrong with the member that says the order of bytes.
    pub fn zipped(archive: &Archive, folder: &str) -> Result<Storages, ReadError> {
        let mut storages = Storages::none();
        for member in &archive.members {
            let Some(name) = member.name.strip_prefix(folder) else { continue };
            if let Some(key) = name.strip_prefix("data/") {
                storages.bytes.insert(key.to_string(), archive.bytes(member));
            } else if name == "byteorder" {
                let span = unpacked(archive, member)?;
                let word = Reader::new(span.clone(), "The order of bytes").bytes(span.length())?;
                storages.is_big_endian = word.starts_with(b"big");
            }
        }
        Ok(storages)
    }

    /// Those behind the pickle of the former format: a list of keys, then for each its length and its
    /// values.
    ///
    /// # Errors
    /// What is wrong with the list; [`ErrorKind::Truncated`] if one of them is cut off, as all are of
    /// one stream.
    pub fn legacy(pickle: &Pickle, mut reader: Reader, span: &Span) -> Result<Storages, ReadError> {
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        for name in pickle.all().filter_map(|place| name_of(pickle, place)) {
            named.insert(name.key, name.dtype.map_or(1, Dtype::bytes));
        }
        let keys = pickle::load(&mut reader)?;
        let mut storages = Storages::none();
        for &place in keys.elements(keys.root()) {
            let Value::Text(key) = keys.get(place) else { continue };
            // Without its type nobody knows where it ends.
            let Some(&item) = named.get(&**key) else { break };
            let count = u64::from_le_bytes(reader.array()?);
            let length = count.saturating_mul(item as u64);
            let start = reader.position();
            reader.skip(length)?;
            if let Some(bytes) = span.slice(start, length) {
                storages.bytes.insert(key.to_string(), Ok(Bytes::Stored(bytes)));
            }
        }
        Ok(storages)
    }

    /// The bytes of a storage.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if it is not there, or what is wrong with it.
    pub fn find(&self, key: &str) -> Result<Bytes, ReadError> {
        let missing = || ErrorKind::Truncated { what: "A tensor's storage", needs: None, has: 0 };
        self.bytes.get(key).cloned().ok_or_else(missing)?
    }
}

/// What a value says of a storage, if it stands for one.
pub fn name_of(pickle: &Pickle, place: Ref) -> Option<StorageName<'_>> {
    let Value::Persistent(tuple) = pickle.get(place) else {
        return None;
    };
    let elements = pickle.elements(*tuple);
    let text = |index: usize| match pickle.get(*elements.get(index)?) {
        Value::Text(text) => Some(&**text),
        _ => None,
    };
    let dtype = match pickle.get(*elements.get(1)?) {
        Value::Global(Global::Storage(dtype)) => Some(Some((*dtype)?)),
        Value::Global(Global::Untyped) => Some(None),
        _ => None,
    }?;
    let count = u64::try_from(pickle.integer(*elements.get(4)?)?).ok()?;
    // Of the former format: key, begin and length of a part.
    let part = elements.get(5).map_or(&[][..], |&part| pickle.elements(part));
    let begin = part.get(1).and_then(|&begin| pickle.integer(begin));
    let offset = u64::try_from(begin.unwrap_or(0)).ok()?;
    (text(0) == Some("storage")).then_some(())?;
    Some(StorageName { key: text(2)?, dtype, count, offset })
}

/// The pickle of a zip of PyTorch's, and the folder that it is in.
pub fn pickle_of(archive: &Archive) -> Option<(&Member, &str)> {
    archive.members.iter().find_map(|member| {
        let folder = member.name.strip_suffix("data.pkl")?;
        let is_folder = folder.is_empty() || folder.find('/') == Some(folder.len() - 1);
        is_folder.then_some((member, folder))
    })
}

/// A member's bytes, unpacked.
///
/// # Errors
/// What is wrong with the member.
pub fn unpacked(archive: &Archive, member: &Member) -> Result<Span, ReadError> {
    match archive.bytes(member)?.random_access()? {
        Bytes::Stored(span) => Ok(span),
        Bytes::Held(held) => Ok(Span::whole(held)),
        Bytes::Deflated { .. } | Bytes::Packed(_) => Err(ErrorKind::CorruptArchive {
            reason: format!("the member {:?} is packed", member.name),
        }
        .into()),
    }
}

/// Whether a file is one of the former format.
///
/// # Errors
/// What reading says.
pub fn is_legacy(span: &Span) -> Result<bool, ReadError> {
    let length = span.length().min(2 + LEGACY_MAGIC.len() as u64);
    let head = Reader::new(span.clone(), "The file").bytes(length)?;
    Ok(head.get(2..) == Some(LEGACY_MAGIC))
}
