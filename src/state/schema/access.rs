//! How a field of the state is read and written as a [`Value`].

use super::Value;
use crate::state::State;

/// The functions that read and write a field.
pub(super) type Access = (fn(&State) -> Option<Value>, fn(&mut crate::state::State, Option<Value>));

/// How a field is read and written as a [`Value`]. The schema's range fits the field's type.
macro_rules! field {
    (@ $($field:ident).+, $variant:ident, $value:ident, $read:expr, $write:expr) => {
        (
            |state: &crate::state::State| Some(Value::$variant($read(&state.$($field).+))),
            |state: &mut crate::state::State, value: Option<Value>| {
                if let Some(Value::$variant($value)) = value {
                    state.$($field).+ = $write;
                }
            },
        )
    };
    (int $($field:ident).+ : $type:ty) => {
        field!(@ $($field).+, Integer, value, |field: &$type| *field as i64, value as $type)
    };
    (real $($field:ident).+) => { field!(@ $($field).+, Real, value, |field: &f32| *field, value) };
    (text $($field:ident).+) => {
        field!(@ $($field).+, Text, value, |field: &String| field.clone(), value)
    };
    (flag $($field:ident).+) => { field!(@ $($field).+, Flag, value, |field: &bool| *field, value) };
    (places $($field:ident).+ : $type:ty) => {
        field!(@ $($field).+, Indexed, value,
            |field: &crate::state::Indexed<$type>| field.iter().map(|(at, value)| (*at, *value as f32)).collect(),
            value.into_iter().map(|(at, value)| (at, value as $type)).collect())
    };
    (choice $($field:ident).+ : $type:ty) => {
        (
            |state: &crate::state::State| Some(Value::Choice(state.$($field).+.to_key())),
            |state: &mut crate::state::State, value: Option<Value>| {
                if let Some(Value::Choice(key)) = value
                    && let Some(choice) = <$type>::of_key(key)
                {
                    state.$($field).+ = choice;
                }
            },
        )
    };
    (keys $($field:ident).+) => {
        (
            |state: &crate::state::State| Some(Value::from(state.$($field).+.clone())),
            |state: &mut crate::state::State, value: Option<Value>| {
                if let Some(Value::Choices(keys)) = value {
                    state.$($field).+ = keys.into_iter().filter_map(crate::state::schema::Key::from_text).collect();
                }
            },
        )
    };
    (choices $($field:ident).+ : $type:ty) => {
        (
            |state: &crate::state::State| {
                Some(Value::from(state.$($field).+.clone()))
            },
            |state: &mut crate::state::State, value: Option<Value>| {
                if let Some(Value::Choices(keys)) = value {
                    state.$($field).+ = keys.into_iter().filter_map(<$type>::of_key).collect();
                }
            },
        )
    };
    (by_hand int $($field:ident).+) => {
        (
            |state: &crate::state::State| state.$($field).+.map(|value| Value::Integer(value.into())),
            |state: &mut crate::state::State, value: Option<Value>| {
                state.$($field).+ = match value {
                    Some(Value::Integer(value)) => Some(value as i32),
                    _ => None,
                };
            },
        )
    };
    (by_hand real $($field:ident).+) => {
        (
            |state: &crate::state::State| state.$($field).+.map(Value::Real),
            |state: &mut crate::state::State, value: Option<Value>| {
                state.$($field).+ = match value {
                    Some(Value::Real(value)) => Some(value),
                    _ => None,
                };
            },
        )
    };
}

pub(super) use field;
