//! [`Header`]: the JSON of a .safetensors, with everything that may be wrong in it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::limits::{MOST_AXES, MOST_TENSORS};

/// The entries of a header, in its order; a name may be there twice.
#[derive(Debug, Default)]
pub struct Header {
    /// Names and what is said of them.
    pub entries: Vec<(String, Entry)>,
}

/// What a header says of a tensor, as far as it is of the right form.
#[derive(Debug, Default)]
pub struct Entry {
    /// The type, in the format's word.
    pub dtype: Option<String>,
    /// The shape.
    pub shape: Option<Vec<Size>>,
    /// Begin and end of its bytes, from the end of the header on.
    pub offsets: Option<Vec<Size>>,
}

impl Entry {
    /// Begin and end, if they are two whole numbers.
    pub fn stretch(&self) -> Option<(u64, u64)> {
        match self.offsets.as_deref()? {
            [begin, end] => begin.whole().zip(end.whole()),
            _ => None,
        }
    }
}

/// A number where a size should stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// A size.
    Whole(u64),
    /// None: negative, a fraction, or beyond 64 bits.
    Other(f64),
}

impl Size {
    /// The size, if it is one.
    pub fn whole(&self) -> Option<u64> {
        match self {
            Size::Whole(size) => Some(*size),
            Size::Other(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Header, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Header;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "an object with an entry for each tensor")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Header, A::Error> {
                let mut header = Header::default();
                while let Some(name) = map.next_key::<String>()? {
                    if name == "__metadata__" {
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    }
                    if header.entries.len() == MOST_TENSORS {
                        let many = format!("it has more than {MOST_TENSORS} tensors");
                        return Err(serde::de::Error::custom(many));
                    }
                    header.entries.push((name, map.next_value()?));
                }
                Ok(header)
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entry, D::Error> {
        match Loose::deserialize(deserializer)? {
            Loose::Entry(entry) => Ok(entry),
            _ => Ok(Entry::default()),
        }
    }
}

/// Any value of JSON, kept as far as an entry may need it.
enum Loose {
    Number(Size),
    Text(String),
    Sizes(Vec<Size>),
    Entry(Entry),
    Other,
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Loose, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Loose;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Loose, E> {
        Ok(Loose::Other)
    }

    fn visit_unit<E>(self) -> Result<Loose, E> {
        Ok(Loose::Other)
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loose, E> {
        Ok(Loose::Number(Size::Whole(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loose, E> {
        Ok(Loose::Number(u64::try_from(value).map_or(Size::Other(value as f64), Size::Whole)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loose, E> {
        Ok(Loose::Number(Size::Other(value)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Loose, E> {
        Ok(Loose::Text(text.chars().take(40).collect()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loose, A::Error> {
        let mut sizes = Vec::new();
        while sizes.len() <= MOST_AXES {
            match seq.next_element()? {
                Some(Loose::Number(size)) => sizes.push(size),
                Some(_) => break,
                None => return Ok(Loose::Sizes(sizes)),
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Loose::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
        let mut entry = Entry::default();
        while let Some(key) = map.next_key::<String>()? {
            match (key.as_str(), map.next_value()?) {
                ("dtype", Loose::Text(text)) => entry.dtype = Some(text),
                ("shape", Loose::Sizes(sizes)) => entry.shape = Some(sizes),
                ("data_offsets", Loose::Sizes(sizes)) => entry.offsets = Some(sizes),
                _ => {}
            }
        }
        Ok(Loose::Entry(entry))
    }
}
