//! One table of all parameters.
//!
//! The address, the controls' ranges, an embedder's patches and the
//! documentation read it; nothing else knows a key, a range or a default.

mod access;
mod closest;
mod table;

use std::fmt;

use serde::{Serialize, Serializer};

pub use super::choices::Choice;
use super::sorted::Sorted;
use super::state::{Places, State, WeightEdits};
pub(super) use closest::closest_key;
pub use table::PARAMETERS;

/// The version of the keys below, written as `v=` into every link that sets
/// anything.
pub const VERSION: u32 = 1;

/// The most inputs of a layer on the page.
pub const MOST_INPUTS: usize = 64;

/// The most outputs of a layer on the page.
pub const MOST_OUTPUTS: usize = 16;

/// The steps of the story.
pub const MOST_PAGES: usize = 10;

/// A number's values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number, `min..=max`.
    Integer {
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// A float32, `min..=max`.
    Real {
        /// The least value.
        min: f32,
        /// The greatest value.
        max: f32,
        /// What an arrow key adds; on a logarithmic slider, in decades.
        step: f64,
        /// Whether the slider is logarithmic.
        logarithmic: bool,
        /// The ends of the slider; typing reaches all of `min..=max`.
        slider: [f32; 2],
    },
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number.
    Number(Number),
    /// On or off: `1` or `0`.
    Flag,
    /// One of a list.
    Choice(fn() -> Vec<Choice>),
    /// Some of a list, joined by commas.
    Choices(fn() -> Vec<Choice>),
    /// A number for some places (outputs or inputs), as `place:value` joined by commas.
    Places {
        /// Places are below this.
        places: usize,
        /// The values.
        number: Number,
    },
    /// Weight codes by hand: `output.k:code_code…` for k, k + 1, … joined by commas, as in
    /// `2.0:127_-5,3.7:1`. Long runs are packed: `output.k~BASE64URL`.
    Weights,
}

impl Kind {
    /// Its name, and the values that it takes, in words.
    pub fn in_words(self) -> (&'static str, String) {
        let range = |number: Number| match number {
            Number::Integer { min, max } => format!("{min} to {max}"),
            Number::Real { min, max, .. } => format!("{min} to {max}"),
        };
        let keys = |list: fn() -> Vec<Choice>| {
            list().iter().map(|choice| choice.key).collect::<Vec<_>>().join(", ")
        };
        match self {
            Kind::Number(number @ Number::Integer { .. }) => ("integer", range(number)),
            Kind::Number(number @ Number::Real { .. }) => ("real", range(number)),
            Kind::Flag => ("flag", "0, 1".to_string()),
            Kind::Choice(list) => ("choice", keys(list)),
            Kind::Choices(list) => ("choices", keys(list)),
            Kind::Places { places, number } => (
                "places",
                format!(
                    "place:value, or values in their order, with place 0 to {} and value {}",
                    places - 1,
                    range(number)
                ),
            ),
            Kind::Weights => ("weights", "output.k:code_code…".to_string()),
        }
    }
}

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
    Places(Places<f32>),
    /// Weight codes by hand.
    Weights(WeightEdits),
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
            Value::Places(places) => {
                let named = places.iter().map(|(place, value)| (place.to_string(), value));
                serializer.collect_map(named)
            }
            Value::Weights(_) => self.to_string().serialize(serializer),
        }
    }
}

impl fmt::Display for Value {
    /// As in a link. A real value is the shortest decimal that reads back as
    /// the same float32.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Integer(value) => write!(f, "{value}"),
            Value::Real(value) => write!(f, "{value}"),
            Value::Flag(value) => f.write_str(if *value { "1" } else { "0" }),
            Value::Choice(key) => f.write_str(key),
            Value::Choices(keys) => f.write_str(&keys.join(",")),
            Value::Places(places) => {
                for (index, (place, value)) in places.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{place}:{value}")?;
                }
                Ok(())
            }
            Value::Weights(edits) => f.write_str(&super::weight_text::write(edits)),
        }
    }
}

/// What a change of the parameter does to the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// A new entry: Back undoes it.
    Push,
    /// The present entry is rewritten.
    Replace,
}

/// One parameter of the state.
#[derive(Clone, Copy)]
pub struct Parameter {
    /// The key in links, patches and attributes.
    pub key: &'static str,
    /// The name on the page.
    pub label: &'static str,
    /// The unit of its values, empty where it has none.
    pub unit: &'static str,
    /// One line that explains it.
    pub help: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// Where the value comes from while the state has none (`auto` in a link); `None` for a
    /// parameter that always has one.
    pub auto: Option<&'static str>,
    /// What a change does to the browser's history.
    pub history: History,
    get: fn(&State) -> Option<Value>,
    set: fn(&mut State, Option<Value>),
}

impl Parameter {
    /// The value in a state; `None` when it is left to where it comes from by itself.
    pub fn get(&self, state: &State) -> Option<Value> {
        (self.get)(state)
    }

    /// Writes a value of the right kind; `None` leaves it to where it comes from by itself.
    /// Parameters that always have a value ignore `None`.
    pub(super) fn set(&self, state: &mut State, value: Option<Value>) {
        (self.set)(state, value);
    }

    /// Whether the state has another value than the default.
    pub fn is_set(&self, state: &State, default: &State) -> bool {
        self.get(state) != self.get(default)
    }
}

/// Every parameter's value in a state, by its key.
pub fn values(state: &State) -> Sorted<&'static str, Option<Value>> {
    PARAMETERS.iter().map(|parameter| (parameter.key, parameter.get(state))).collect()
}

/// The parameter of that key.
pub fn parameter(key: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|parameter| parameter.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_every_default_is_in_its_range() {
        let default = State::default();
        for (index, parameter) in PARAMETERS.iter().enumerate() {
            assert!(
                PARAMETERS[..index].iter().all(|other| other.key != parameter.key),
                "{}",
                parameter.key
            );
            match (parameter.kind, parameter.get(&default)) {
                (_, None) => assert!(parameter.auto.is_some(), "{}", parameter.key),
                (Kind::Number(Number::Integer { min, max }), Some(Value::Integer(value))) => {
                    assert!((min..=max).contains(&value))
                }
                (Kind::Number(Number::Real { min, max, .. }), Some(Value::Real(value))) => {
                    assert!((min..=max).contains(&value))
                }
                (Kind::Flag, Some(Value::Flag(_)))
                | (Kind::Choices(_), Some(Value::Choices(_)))
                | (Kind::Places { .. }, Some(Value::Places(_)))
                | (Kind::Weights, Some(Value::Weights(_))) => {}
                (Kind::Choice(list), Some(Value::Choice(key))) => {
                    assert!(list().iter().any(|choice| choice.key == key))
                }
                (kind, value) => panic!("{}: {kind:?} holds {value:?}", parameter.key),
            }
        }
    }

    #[test]
    fn every_choice_can_be_set() {
        for parameter in PARAMETERS {
            let Kind::Choice(list) = parameter.kind else { continue };
            for choice in list() {
                let mut state = State::default();
                parameter.set(&mut state, Some(Value::Choice(choice.key)));
                assert_eq!(parameter.get(&state), Some(Value::Choice(choice.key)));
            }
        }
    }
}
