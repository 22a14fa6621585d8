//! A text as a value of a parameter, and what was wrong with it.

use super::groups::Indexed;
use super::number::{self, exact};
use super::problem::Problem;
use super::problems::Problems;
use super::schema::{Choice, Key, Kind, Number, Value};
use super::state::State;
use super::weight_text;
use crate::paste::clip;

/// Reads a text as a value of the parameter's kind. `None` where the state's value stays; what was
/// wrong is reported either way.
pub(super) fn read(key: Key, text: &str, state: &State, problems: &mut Problems) -> Option<Value> {
    let parameter = key.parameter();
    let present = || {
        parameter.get(state).map_or_else(
            // The word that the control has for it.
            || format!("“{}”", parameter.auto.unwrap_or("auto")),
            |value| value.to_string(),
        )
    };
    match parameter.kind {
        Kind::Number(number) => read_number(key, number, text, &present, problems),
        Kind::Flag => match text.to_ascii_lowercase().as_str() {
            "1" | "true" | "on" | "yes" | "" => Some(Value::Flag(true)),
            "0" | "false" | "off" | "no" => Some(Value::Flag(false)),
            _ => {
                problems.push(Problem::NotAChoice {
                    key,
                    given: clip(text),
                    choices: vec!["0", "1"],
                    used: present(),
                });
                None
            }
        },
        Kind::Choice(list) => {
            let choices = list();
            find_choice(key, &choices, text, &present, problems).map(Value::Choice)
        }
        Kind::Choices(list) => {
            let choices = list();
            let mut keys = Vec::new();
            for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                let nothing = || "nothing".to_string();
                match find_choice(key, &choices, entry, &nothing, problems) {
                    Some(found) if !keys.contains(&found) => keys.push(found),
                    _ => {}
                }
            }
            Some(Value::Choices(keys))
        }
        Kind::Indexed { places, number } => {
            Some(Value::Indexed(read_places(key, places, number, text, problems)))
        }
        Kind::Text { most } => {
            if text.len() > most {
                problems.push(Problem::TooLong { key, bytes: text.len(), most });
                return None;
            }
            Some(Value::Text(text.to_string()))
        }
        Kind::Weights => {
            let (edits, bad) = weight_text::read(text);
            problems
                .extend(bad.into_iter().map(|entry| Problem::NotAWeight { given: clip(entry) }));
            Some(Value::Weights(edits))
        }
    }
}

fn read_number(
    key: Key,
    kind: Number,
    text: &str,
    present: &dyn Fn() -> String,
    problems: &mut Problems,
) -> Option<Value> {
    let number = match kind {
        Number::Integer { .. } => number::parse::<f64>(text),
        // Read as float32 at once: by way of a double it would be rounded twice.
        Number::Real { .. } => number::parse::<f32>(text).map(f64::from),
    };
    let Some((value, is_given)) = number.and_then(|number| kind.clamp(number)) else {
        problems.push(Problem::NotANumber { key, given: clip(text), used: present() });
        return None;
    };
    match (&value, number) {
        (Value::Real(real), Some(number)) if number::is_beyond_float32(text) => {
            // A number too small is 0, without a sign.
            let (given, used, is_large) = (clip(text), exact(real + 0.0), number != 0.0);
            problems.push(Problem::BeyondFloat32 { key, given, is_large, used });
        }
        _ if is_given => {}
        _ => {
            let used = exact(&value);
            problems.push(Problem::OutOfRange { key, given: clip(text), used });
        }
    }
    Some(value)
}

fn read_places(
    key: Key,
    places: usize,
    kind: Number,
    text: &str,
    problems: &mut Problems,
) -> Indexed<f32> {
    let mut found = Indexed::new();
    // Values alone, in the order of their places.
    let is_list = !text.contains(':');
    let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    for (index, entry) in entries.enumerate() {
        let (place, value) = match entry.split_once(':') {
            Some((place, value)) => (place.trim().parse().ok(), value),
            None if is_list => (Some(index), entry),
            None => (None, entry),
        };
        let Some(place) = place.filter(|place| *place < places) else {
            problems.push(Problem::NotAPlace { key, given: clip(entry), places });
            continue;
        };
        let nothing = || "nothing".to_string();
        let value = read_number(key, kind, value, &nothing, problems);
        if let Some(value) = value.and_then(|value| value.as_indexed()) {
            found.insert(place, value);
        }
    }
    found
}

fn find_choice(
    key: Key,
    choices: &[Choice],
    text: &str,
    present: &dyn Fn() -> String,
    problems: &mut Problems,
) -> Option<&'static str> {
    let found = choices.iter().find(|choice| choice.key == text).map(|choice| choice.key);
    if found.is_none() {
        problems.push(Problem::NotAChoice {
            key,
            given: clip(text),
            choices: choices.iter().map(|choice| choice.key).collect(),
            used: present(),
        });
    }
    found
}
