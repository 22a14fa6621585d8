//! Links live for ever: every link of the corpus opens the state that it opened when it was recorded.

use std::collections::BTreeMap;

use rampscope::state::schema::{Key, PARAMETERS, Value};
use rampscope::state::{State, link};
use rampscope::story;

const CORPUS: &str = include_str!("links/corpus.tsv");

/// Values by key, as a link has them; `auto` for what is left to where it comes from by itself.
type Values = BTreeMap<String, String>;

/// The keys and values of a line's fields.
fn values<'a>(fields: impl Iterator<Item = &'a str>) -> Values {
    let pair = |field: &str| {
        let (key, value) = field.split_once('=').expect("key=value");
        (key.to_string(), value.to_string())
    };
    fields.map(pair).collect()
}

/// The values of a state.
fn values_of(state: &State) -> Values {
    let text = |value: Option<Value>| value.map_or("auto".to_string(), |value| value.to_string());
    PARAMETERS
        .iter()
        .map(|parameter| (parameter.key.to_string(), text(parameter.get(state))))
        .collect()
}

/// The state that the page opens for a fragment.
fn opened(fragment: &str) -> State {
    link::read(&story::completed(fragment)).0
}

#[test]
fn every_link_opens_the_state_that_it_always_opened() {
    let mut lines = CORPUS.lines().filter(|line| !line.starts_with("# "));
    let recorded_default = values(lines.next().expect("the default").split('\t').skip(1));
    for key in recorded_default.keys() {
        assert!(Key::from_text(key).is_some(), "the key {key} is in links and has to stay");
    }
    // A parameter that came later has its default in every link from before.
    let mut default = values_of(&State::default());
    default.extend(recorded_default);
    let mut count = 0;
    for line in lines {
        let mut fields = line.split('\t');
        let fragment = fields.next().expect("a link");
        let mut expected = default.clone();
        expected.extend(values(fields));
        assert_eq!(values_of(&opened(fragment)), expected, "{fragment}");
        count += 1;
    }
    assert!(count >= 700, "{count} links");
    println!("{count} links open what they opened");
}

#[test]
fn every_preset_step_and_parameter_is_in_the_corpus() {
    let links: Vec<&str> = CORPUS.lines().filter_map(|line| line.split('\t').next()).collect();
    for preset in story::PRESETS {
        assert!(links.contains(&preset.fragment().as_str()), "{}", preset.key);
    }
    for step in story::STEPS {
        let fragment = format!("#/story?page={}", step.number());
        assert!(links.contains(&fragment.as_str()), "{fragment}");
    }
    for parameter in PARAMETERS {
        let start = format!("#/lab?{}=", parameter.key);
        assert!(links.iter().any(|link| link.starts_with(&start)), "{start}");
    }
}

#[test]
fn what_a_link_opens_is_written_and_opened_again() {
    for line in CORPUS.lines().filter(|line| line.starts_with('#') && !line.starts_with("# ")) {
        let state = opened(line.split('\t').next().expect("a link"));
        let again = link::read(&link::write(&state));
        assert_eq!((again.0, again.1.len()), (state, 0), "{line}");
    }
}
