//! One table of all parameters.
//!
//! The address, the controls' ranges, an embedder's patches and the
//! documentation read it. Names and defaults stand beside it, in `key.rs` and `groups.rs`; a row that
//! lacks one of them does not compile.

mod access;
mod closest;
mod kind;
mod table;
mod value;

pub use super::choices::Choice;
pub use super::key::Key;
pub use super::limits::{
    MOST_ENTRY_BYTES, MOST_INPUTS, MOST_MACHINE_BYTES, MOST_OUTPUTS, MOST_SCENES, MOST_STEPS,
    MOST_VERDICT_BYTES,
};
use super::sorted::Sorted;
use super::state::State;
pub(super) use closest::closest_key;
pub use kind::{Kind, Number};
pub use table::PARAMETERS;
pub use value::Value;

/// The version of the keys below, written as `v=` into every link that sets
/// anything.
pub const VERSION: u32 = 1;

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
    /// Its name.
    pub key: Key,
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

impl Key {
    /// What the schema says of it.
    pub fn parameter(self) -> &'static Parameter {
        &PARAMETERS[self as usize]
    }
}

/// Every parameter's value in a state, by its key.
pub fn values(state: &State) -> Sorted<&'static str, Option<Value>> {
    PARAMETERS.iter().map(|parameter| (parameter.key.as_str(), parameter.get(state))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_every_default_is_in_its_range() {
        let default = State::default();
        for parameter in PARAMETERS {
            assert_eq!(Key::from_text(parameter.key.as_str()), Some(parameter.key));
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
                | (Kind::Indexed { .. }, Some(Value::Indexed(_)))
                | (Kind::Text { .. }, Some(Value::Text(_)))
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
