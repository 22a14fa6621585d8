//! The state as the fragment of an address: `#/lab?v=1&seed=7`.
//!
//! Readable keys, defaults left out, versioned.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::choices::{Keyed, View};
use super::problems::Problems;
use super::query::Query;
use super::schema::{Key, PARAMETERS, VERSION, Value};
use super::state::State;

/// What means something in a fragment, or does not survive in one.
const RESERVED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'&').add(b'<').add(b'>').add(b'`');

/// The fragment that recreates a state, with its `#`.
pub fn write(state: &State) -> String {
    write_to(state.page.view, &write_query(state))
}

/// The fragment that recreates a state of which `query` is written, in another view.
pub fn write_to(view: View, query: &str) -> String {
    format!("#/{}{query}", view.to_key())
}

/// All of a state's fragment but the view, with its `?` if there is anything.
pub fn write_query(state: &State) -> String {
    let default = State::default();
    let mut link = String::new();
    let mut separator = '?';
    for parameter in PARAMETERS
        .iter()
        .filter(|parameter| parameter.key != Key::View && parameter.is_set(state, &default))
    {
        let Some(value) = parameter.get(state) else { continue };
        if separator == '?' {
            link.push_str(&format!("?v={VERSION}"));
            separator = '&';
        }
        let value = match value {
            Value::Text(text) => utf8_percent_encode(&text, RESERVED).to_string(),
            value => value.to_string(),
        };
        link.push_str(&format!("{separator}{}={value}", parameter.key));
    }
    link
}

/// The state of a fragment, and what in it could not be used. An empty
/// fragment is the default state. Of a key that stands there twice the last value that can be used
/// counts.
pub fn read(fragment: &str) -> (State, Problems) {
    let query = query(fragment);
    let (state, mut problems) = query.apply(&State::default());
    problems.extend(query.repeated());
    (state, problems)
}

/// A fragment as a query of the default state: its keys and values as they stand, none of them
/// judged. Without a path before its `?` it says nothing of the view.
pub fn query(fragment: &str) -> Query {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let mut pairs = Vec::new();
    let name = path.trim_matches('/');
    if !name.is_empty() {
        pairs.push(("view".to_string(), decode(name)));
    }
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.push((decode(key), decode(value)));
    }
    Query(pairs)
}

/// `%2C` as `,`, and `+` as it stands. Bytes that are no UTF-8 become `�`.
fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::schema::{Kind, Number};
    use crate::state::{Patch, apply};

    #[test]
    fn the_default_state_is_the_bare_view() {
        assert_eq!(write(&State::default()), "#/story");
        assert_eq!(read(""), (State::default(), Problems::default()));
        assert_eq!(read("#/story").0, State::default());
        assert_eq!(read("#/lab").0.page.view, crate::state::View::Lab);
    }

    #[test]
    fn every_parameter_survives_the_round_trip() {
        for parameter in PARAMETERS {
            let some = |number| match number {
                Number::Integer { min, max } => [min as f32, (min + (max - min) / 3) as f32],
                Number::Real { min, max, .. } => [min + (max - min) / 3.0, max / 7.0],
            };
            let values: Vec<Value> = match parameter.kind {
                Kind::Number(number @ Number::Integer { .. }) => {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "the test’s own whole numbers"
                    )]
                    let whole = |value| Value::Integer(value as i64);
                    some(number).map(whole).into()
                }
                Kind::Number(number) => some(number).map(Value::Real).into(),
                Kind::Flag => vec![Value::Flag(true), Value::Flag(false)],
                Kind::Choice(list) => {
                    list().iter().map(|choice| Value::Choice(choice.key)).collect()
                }
                Kind::Choices(list) => {
                    vec![Value::Choices(list().iter().map(|choice| choice.key).collect())]
                }
                Kind::Indexed { places, number } => {
                    vec![Value::Indexed(
                        some(number).into_iter().map(|v| (places / 2, v)).collect(),
                    )]
                }
                Kind::Text { .. } => {
                    vec![Value::Text("a=b&c d%20+1#x\n“ü”".into()), Value::Text("m5.large".into())]
                }
                Kind::Weights => vec![Value::Weights([((0, 0), -128), ((9, 7), 127)].into())],
            };
            for value in values {
                // `from` and `to` need each other; `output` needs outputs.
                let base = Patch::one(Key::Outputs, 16_usize)
                    .and(Key::Inputs, 64_usize)
                    .and(Key::From, -1e6_f32)
                    .and(Key::To, 1e6_f32);
                let patch = base.and(parameter.key, value);
                let (state, problems) = apply(&State::default(), &patch);
                let (again, found) = read(&write(&state));
                // So wide a sweep allows no small step.
                assert!(problems.is_empty() || parameter.key == Key::SweepStep, "{patch:?}");
                assert_eq!((&again, found.len()), (&state, 0), "{patch:?}");
            }
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_said_once() {
        let (state, problems) = read("#/lab?v=1&seed=7&at=1&seed=8&at=x&seed=9");
        assert_eq!((state.experiment.seed, state.gaze.at), (9, 1.0));
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "at: “x” is not a number; 1 is used.",
                "The link has “seed” more than once: the last value that can be used counts.",
                "The link has “at” more than once: the last value that can be used counts.",
            ]
        );
        assert_eq!(read("#/lab?seed=7&at=1").1, []);
    }

    #[test]
    fn a_broken_link_says_what_was_ignored() {
        let (state, problems) = read("#/labb?seed=%GG&inputs=%31%32&&=&reduce_range");
        assert_eq!(
            (state.experiment.seed, state.experiment.inputs, state.experiment.reduce_range),
            (100, 12, true)
        );
        assert_eq!(problems.len(), 3, "{:?}", problems);
    }

    #[test]
    fn nothing_is_said_of_a_value_that_a_later_one_takes_the_place_of() {
        let said = |link: &str| {
            let (state, problems) = read(link);
            (state.arithmetic.engine.key(), problems.sentences().collect::<Vec<_>>())
        };
        let repeated =
            "The link has “engine” more than once: the last value that can be used counts.";
        assert_eq!(
            said("#/lab?engine=fbgemm&engine=qnnpack"),
            ("qnnpack", vec![repeated.to_string()])
        );
        let (engine, sentences) = said("#/lab?engine=qnnpack&engine=fbgemm");
        assert_eq!((engine, sentences.len()), ("qnnpack", 2));
        assert!(sentences[0].contains("such as fbgemm_avx2, "), "{}", sentences[0]);
        assert!(sentences[0].ends_with("; qnnpack is used."), "{}", sentences[0]);
    }
}
