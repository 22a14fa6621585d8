//! [`Value`]: the value of a parameter.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::state::choices::Keyed;
use crate::state::groups::{Indexed, WeightEdits};
use crate::state::key::Key;
use crate::state::weight_text;

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// A float32.
    Real(f32),
    /// On or off.
    Flag(bool),
    /// The key of a choice.
    Choice(&'static str),
    /// The keys of some choices.
    Choices(Vec<&'static str>),
    /// Numbers for some places; whole ones are exact in float32.
    Indexed(Indexed<f32>),
    /// A text.
    Text(String),
    /// Weight codes by hand.
    Weights(WeightEdits),
}

impl Value {
    /// A number of a list of places; whole ones are exact in float32.
    pub(in crate::state) fn as_indexed(&self) -> Option<f32> {
        match self {
            Value::Integer(value) => Some(*value as f32),
            Value::Real(value) => Some(*value),
            _ => None,
        }
    }
}

impl Serialize for Value {
    /// As JavaScript has it: a number, a boolean, a text, a list, or an object by place.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Integer(value) => value.serialize(serializer),
            Value::Real(value) => value.serialize(serializer),
            Value::Flag(value) => value.serialize(serializer),
            Value::Choice(key) => key.serialize(serializer),
            Value::Choices(keys) => keys.serialize(serializer),
            Value::Indexed(places) => {
                let named = places.iter().map(|(place, value)| (place.to_string(), value));
                serializer.collect_map(named)
            }
            Value::Text(text) => text.serialize(serializer),
            Value::Weights(_) => self.to_string().serialize(serializer),
        }
    }
}

impl fmt::Display for Value {
    /// As in a link, a text before it is encoded. A real value is the shortest decimal that reads back as
    /// the same float32.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Integer(value) => write!(f, "{value}"),
            Value::Real(value) => write!(f, "{value}"),
            Value::Flag(value) => f.write_str(if *value { "1" } else { "0" }),
            Value::Choice(key) => f.write_str(key),
            Value::Choices(keys) => f.write_str(&keys.join(",")),
            Value::Indexed(places) => {
                for (index, (place, value)) in places.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{place}:{value}")?;
                }
                Ok(())
            }
            Value::Text(text) => f.write_str(text),
            Value::Weights(edits) => f.write_str(&weight_text::write(edits)),
        }
    }
}

impl From<bool> for Value {
    fn from(on: bool) -> Value {
        Value::Flag(on)
    }
}

impl From<f32> for Value {
    fn from(value: f32) -> Value {
        Value::Real(value)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Value {
        Value::Integer(value.into())
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Value {
        Value::Integer(value.into())
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Value {
        // Counts and indices, all far below.
        Value::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl<T: Keyed> From<T> for Value {
    fn from(choice: T) -> Value {
        Value::Choice(choice.to_key())
    }
}

impl<T: Keyed> From<Vec<T>> for Value {
    fn from(choices: Vec<T>) -> Value {
        Value::Choices(choices.into_iter().map(Keyed::to_key).collect())
    }
}

impl From<Vec<Key>> for Value {
    fn from(keys: Vec<Key>) -> Value {
        Value::Choices(keys.into_iter().map(Key::as_str).collect())
    }
}

impl From<Indexed<f32>> for Value {
    fn from(places: Indexed<f32>) -> Value {
        Value::Indexed(places)
    }
}

impl From<WeightEdits> for Value {
    fn from(edits: WeightEdits) -> Value {
        Value::Weights(edits)
    }
}
