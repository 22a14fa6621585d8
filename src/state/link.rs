//! The state as the fragment of an address: `#/lab?v=1&seed=7`.
//!
//! Readable keys, defaults left out, versioned.

use super::patch::{Patch, Report, apply};
use super::schema::{PARAMETERS, VERSION};
use super::state::State;

/// The fragment that recreates a state, with its `#`.
pub fn write(state: &State) -> String {
    let default = State::default();
    let mut link = format!("#/{}", state.view.key());
    let mut separator = '?';
    for parameter in PARAMETERS
        .iter()
        .filter(|parameter| parameter.key != "view" && parameter.is_set(state, &default))
    {
        let Some(value) = parameter.get(state) else { continue };
        if separator == '?' {
            link.push_str(&format!("?v={VERSION}"));
            separator = '&';
        }
        link.push_str(&format!("{separator}{}={value}", parameter.key));
    }
    link
}

/// The state of a fragment, and what in it could not be used. An empty
/// fragment is the default state.
pub fn read(fragment: &str) -> (State, Report) {
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
    apply(&State::default(), &Patch(pairs))
}

/// `%2C` as `,`, and `+` as it stands. Bytes that are no UTF-8 become `�`.
fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::schema::{Kind, Value};

    #[test]
    fn the_default_state_is_the_bare_view() {
        assert_eq!(write(&State::default()), "#/lab");
        assert_eq!(read(""), (State::default(), Report::default()));
        assert_eq!(read("#/lab").0, State::default());
    }

    #[test]
    fn every_parameter_survives_the_round_trip() {
        for parameter in PARAMETERS {
            let values: Vec<Value> = match parameter.kind {
                Kind::Integer { min, max } => {
                    vec![Value::Integer(min), Value::Integer(min + (max - min) / 3)]
                }
                Kind::Real { min, max, .. } => {
                    vec![Value::Real(min + (max - min) / 3.0), Value::Real(max / 7.0)]
                }
                Kind::Flag => vec![Value::Flag(true), Value::Flag(false)],
                Kind::Choice(list) => {
                    list().iter().map(|choice| Value::Choice(choice.key)).collect()
                }
                Kind::Weights => vec![Value::Weights([((0, 0), -128), ((9, 7), 127)].into())],
            };
            for value in values {
                // `from` and `to` need each other; `output` needs outputs.
                let base = Patch::one("outputs", 16).and("from", -1000).and("to", 1000);
                let patch = base.and(parameter.key, &value);
                let (state, report) = apply(&State::default(), &patch);
                let (again, problems) = read(&write(&state));
                assert_eq!(
                    (&again, report.problems.len(), problems.problems.len()),
                    (&state, 0, 0),
                    "{patch:?}"
                );
            }
        }
    }

    #[test]
    fn a_broken_link_says_what_was_ignored() {
        let (state, report) = read("#/labb?seed=%GG&inputs=%31%32&&=&reduce_range");
        assert_eq!((state.seed, state.inputs, state.reduce_range), (100, 12, true));
        assert_eq!(report.problems.len(), 3, "{:?}", report.problems);
    }
}
