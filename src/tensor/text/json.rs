//! [`read`]: arrays of numbers in JSON, named by the keys that lead to them.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::error::ReadError;
use super::super::limits::{MOST_NAME, MOST_NAMES, MOST_NESTED, MOST_TENSORS};
use super::super::tensor::{Named, Tensors};
use super::tensor;
use crate::paste::MOST_NUMBERS;

/// Reads all arrays of numbers. `None` if the text is no JSON.
///
/// # Errors
/// [`ReadError::NestingTooDeep`], [`ReadError::TooLarge`]; what is wrong with the only array.
pub fn read(text: &str) -> Result<Option<Tensors>, ReadError> {
    if depth(text) > MOST_NESTED {
        return Err(ReadError::NestingTooDeep { most: MOST_NESTED });
    }
    let mut walk =
        Walk { path: Vec::new(), numbers: 0, names: 0, tensors: Tensors::default(), full: None };
    let mut json = serde_json::Deserializer::from_str(text);
    let found = Place(&mut walk).deserialize(&mut json).and_then(|found| {
        json.end()?;
        Ok(found)
    });
    if let Some(error) = walk.full {
        return Err(error);
    }
    let Ok(found) = found else {
        return Ok(None);
    };
    walk.keep(found);
    Ok(Some(walk.tensors))
}

/// How deep brackets are in brackets.
fn depth(text: &str) -> usize {
    let (mut depth, mut most, mut is_text, mut is_escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b'[' | b'{' if !is_text => depth += 1,
            b']' | b'}' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth);
    }
    most
}

/// What leads from an object or array to what is in it.
enum Step {
    Key(String),
    Index(u64),
}

struct Walk {
    path: Vec<Step>,
    /// How many numbers there are so far.
    numbers: usize,
    /// Bytes of all names so far.
    names: usize,
    tensors: Tensors,
    /// Why reading stopped.
    full: Option<ReadError>,
}

/// What stands at a place.
enum Found {
    Number {
        value: f64,
        is_whole: bool,
    },
    Array(Array),
    /// Something without numbers.
    Other,
    /// An array that cannot be used.
    Wrong(ReadError),
}

/// An array of numbers, or of arrays of one shape.
#[derive(Default)]
struct Array {
    shape: Vec<u64>,
    values: Vec<f64>,
    is_whole: bool,
}

impl Walk {
    /// Takes what stands where the path leads.
    fn keep(&mut self, found: Found) {
        if matches!(found, Found::Number { .. } | Found::Other) {
            return;
        }
        let steps = self.path.iter().map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        });
        let name = steps.collect::<Vec<_>>().join(".");
        self.names += name.len();
        let made = match found {
            Found::Array(array) => tensor(&name, &array.shape, &array.values, array.is_whole),
            Found::Wrong(error) => Err(error),
            Found::Number { .. } | Found::Other => return,
        };
        match made {
            Ok(tensor) => self.tensors.read.push(tensor),
            Err(why) => self.tensors.errors.push(Named { name, why }),
        }
    }

    fn stop<E: serde::de::Error>(&mut self, what: &'static str, most: usize) -> E {
        self.full = Some(ReadError::TooLarge { what, found: None, most: most as u64 });
        E::custom("too large")
    }
}

/// A place in the text that is read.
struct Place<'w>(&'w mut Walk);

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Found, E> {
        Ok(Found::Other)
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Found, E> {
        Ok(Found::Other)
    }

    fn visit_u64<E>(self, value: u64) -> Result<Found, E> {
        let is_whole = i64::try_from(value).is_ok();
        Ok(Found::Number { value: value as f64, is_whole })
    }

    fn visit_i64<E>(self, value: i64) -> Result<Found, E> {
        Ok(Found::Number { value: value as f64, is_whole: true })
    }

    fn visit_f64<E>(self, value: f64) -> Result<Found, E> {
        Ok(Found::Number { value, is_whole: false })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Found, A::Error> {
        let walk = self.0;
        let mut gathered = Gathered::default();
        let mut index = 0_u64;
        loop {
            walk.path.push(Step::Index(index));
            let found = seq.next_element_seed(Place(&mut *walk));
            walk.path.pop();
            let Some(found) = found? else { break };
            if matches!(found, Found::Number { .. }) {
                walk.numbers += 1;
                if walk.numbers > MOST_NUMBERS {
                    return Err(walk.stop("Numbers of a text", MOST_NUMBERS));
                }
            }
            gathered.add(found, index);
            index += 1;
        }
        Ok(gathered.finish())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let walk = self.0;
        while let Some(key) = map.next_key::<String>()? {
            if key.len() > MOST_NAME {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            walk.path.push(Step::Key(key));
            let found = map.next_value_seed(Place(&mut *walk))?;
            walk.keep(found);
            walk.path.pop();
            if walk.tensors.read.len() + walk.tensors.errors.len() > MOST_TENSORS {
                return Err(walk.stop("Tensors of a text", MOST_TENSORS));
            }
            if walk.names > MOST_NAMES {
                return Err(walk.stop("Bytes of the names of a text", MOST_NAMES));
            }
        }
        Ok(Found::Other)
    }
}

/// The elements of an array, as far as they go together.
#[derive(Default)]
struct Gathered {
    /// The shape of the elements, once there is one: numbers have none.
    inner: Option<Vec<u64>>,
    values: Vec<f64>,
    has_fraction: bool,
    count: u64,
    has_other: bool,
    wrong: Option<ReadError>,
}

impl Gathered {
    fn add(&mut self, found: Found, index: u64) {
        let (shape, values, is_whole) = match found {
            Found::Number { value, is_whole } => (vec![], vec![value], is_whole),
            Found::Array(Array { shape, values, is_whole }) => (shape, values, is_whole),
            Found::Other => return self.has_other = true,
            Found::Wrong(error) => {
                self.wrong.get_or_insert(error);
                return;
            }
        };
        let expected = self.inner.get_or_insert_with(|| shape.clone());
        if *expected != shape {
            let reason = format!(
                "Element {index} of an array (counted from 0) has the shape {shape:?}, those before it have {expected:?}. Give all rows the same length."
            );
            self.wrong.get_or_insert(ReadError::Ragged { line: None, reason });
        }
        self.values.extend(values);
        self.has_fraction |= !is_whole;
        self.count += 1;
    }

    fn finish(self) -> Found {
        if let Some(error) = self.wrong {
            return Found::Wrong(error);
        }
        match self.inner {
            Some(_) if self.has_other => {
                let reason = "Among the numbers of an array there is something else: a text, null, true or an object.";
                Found::Wrong(ReadError::NotANumber { line: None, reason: reason.to_string() })
            }
            Some(inner) => {
                let shape = [vec![self.count], inner].concat();
                let (values, is_whole) = (self.values, !self.has_fraction);
                Found::Array(Array { shape, values, is_whole })
            }
            None if self.has_other => Found::Other,
            None => Found::Array(Array { shape: vec![0], ..Array::default() }),
        }
    }
}
