//! States as JavaScript gives them.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::prelude::*;

use super::fault::Fault;
use crate::state::schema::Value;
use crate::state::{Change, Key, Problem, Query, Reading, Session, State, View, pasted_weights};
use crate::story::{self, step};

/// What an object of options asks for.
#[derive(Default)]
pub struct Options {
    /// A link's fragment, or a preset's, to begin from.
    pub link: Option<String>,
    /// Weights as a person would paste them.
    pub weights: Option<String>,
    /// Everything else, by key.
    pub query: Query,
}

impl Options {
    /// From an object, a link's fragment as text, or nothing.
    ///
    /// # Errors
    /// If it is something else, or names a preset that does not exist.
    pub fn read(given: &JsValue) -> Result<Options, Fault> {
        if given.is_undefined() || given.is_null() {
            return Ok(Options::default());
        }
        if let Some(link) = given.as_string() {
            return Ok(Options { link: Some(fragment(&link)), ..Options::default() });
        }
        if !given.is_object() {
            return Err(Fault::arguments("a state is an object, a link or nothing"));
        }
        // An object of another window is one, too, and no instance of this window's `Object`.
        let object: &Object = given.unchecked_ref();
        let mut options = Options::default();
        for entry in Object::entries(object).iter() {
            let entry = Array::from(&entry);
            let key = snake_case(&entry.get(0).as_string().unwrap_or_default());
            let value = entry.get(1);
            match key.as_str() {
                _ if value.is_undefined() => {}
                "link" | "weights" if value.is_null() => {}
                "link" => {
                    let link = value.as_string();
                    let link = link.ok_or_else(|| Fault::arguments("a link is a text"))?;
                    options.link = Some(fragment(&link));
                }
                "preset" => {
                    let name = text(&value);
                    let preset = story::preset(&name).ok_or_else(|| {
                        Fault::new(
                            "preset",
                            format!("there is no preset “{name}”; presets() lists them"),
                        )
                    })?;
                    options.link = Some(preset.fragment());
                }
                "weights" => options.weights = Some(pasted(&value)?),
                _ => {
                    let has_auto =
                        Key::from_text(&key).is_some_and(|key| key.parameter().auto.is_some());
                    let text = match text(&value) {
                        text if text == DEFAULT => default_of(&key),
                        _ if value.is_null() && !has_auto => default_of(&key),
                        text => text,
                    };
                    options.query.0.push((key, text));
                }
            }
        }
        Ok(options)
    }

    /// The session that begins with them.
    pub fn session(&self) -> Session {
        let link = self.link.as_deref().unwrap_or_default();
        self.change(&Session::open(&story::completed(link)))
    }

    /// What they make of a session. A step of the story brings its own layer: another one, one for
    /// another room, or the first that is shown.
    pub fn change(&self, session: &Session) -> Session {
        let next = self.apply(session);
        let step_of = |state: &State| (state.page.view, state.page.step, state.page.room);
        let after = &next.state;
        if after.page.view != View::Story || step_of(after) == step_of(&session.state) {
            return next;
        }
        let mut there = session.clone();
        there.state = step::step(after.page.step).reached_from(after);
        self.apply(&there)
    }

    /// A session with them applied, its problems collected.
    fn apply(&self, session: &Session) -> Session {
        let mut next = session.clone();
        let mut problems = std::mem::take(&mut next.problems);
        // What is locked is locked for readers, not for the author who speaks here.
        let locked = std::mem::take(&mut next.state.figure.lock);
        if !self.query.0.is_empty() {
            next = next.change(&Change::Query(self.query.clone()));
            problems.append(std::mem::take(&mut next.problems));
        }
        if let Some(weights) = &self.weights {
            let pasted = pasted_weights(&next.state, weights, Some(Reading::Rows));
            next = next.change(&Change::PasteWeights(pasted));
            problems.append(std::mem::take(&mut next.problems));
        }
        // Who gives weights knows how; only what is wrong is news.
        problems.retain(|problem| !matches!(problem, Problem::PastedAs { .. }));
        next.problems = problems;
        if next.state.figure.lock.is_empty() && self.query.keys().all(|key| key != Key::Lock) {
            next.state.figure.lock = locked;
        }
        next
    }
}

/// What a parameter is set to so that it has its default again.
const DEFAULT: &str = "default";

fn default_of(key: &str) -> String {
    let value = Key::from_text(key).and_then(|key| key.parameter().get(&State::default()));
    value.map_or_else(|| "auto".to_string(), |value| value.to_string())
}

/// What follows the `#` of an address.
fn fragment(link: &str) -> String {
    link.split_once('#').map_or(link, |(_, fragment)| fragment).to_string()
}

/// `reduceRange` and `reduce-range` as `reduce_range`.
fn snake_case(key: &str) -> String {
    let mut snake = String::new();
    for letter in key.chars() {
        match letter {
            '-' => snake.push('_'),
            letter if letter.is_ascii_uppercase() => {
                snake.push('_');
                snake.push(letter.to_ascii_lowercase());
            }
            letter => snake.push(letter),
        }
    }
    snake
}

/// A value as in a link.
fn text(value: &JsValue) -> String {
    if value.is_null() {
        return "auto".to_string();
    }
    if let Some(flag) = value.as_bool() {
        return Value::Flag(flag).to_string();
    }
    if let Some(number) = value.as_f64() {
        return number.to_string();
    }
    if let Some(text) = value.as_string() {
        return text;
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return list.iter().map(|one| text(&one)).collect::<Vec<_>>().join(",");
    }
    let entries = value.dyn_ref::<Object>().map(Object::entries).unwrap_or_default();
    // { 0: 0.5, 3: 1 }, for parameters with a value for each place.
    let places = entries.iter().map(|entry| {
        let entry = Array::from(&entry);
        format!("{}:{}", text(&entry.get(0)), text(&entry.get(1)))
    });
    places.collect::<Vec<_>>().join(",")
}

/// A row or a matrix as text; typed arrays as lists.
fn pasted(value: &JsValue) -> Result<String, Fault> {
    if let Some(text) = value.as_string() {
        return Ok(text);
    }
    let is_view = js_sys::ArrayBuffer::is_view(value);
    if !is_view && !Array::is_array(value) {
        return Err(Fault::arguments(
            "weights are a text, a list, a list of lists or a typed array",
        ));
    }
    let listed = |value: JsValue| {
        if js_sys::ArrayBuffer::is_view(&value) { Array::from(&value).into() } else { value }
    };
    let all: Array = Array::from(value).iter().map(listed).collect();
    Ok(JSON::stringify(&all).map(String::from).unwrap_or_default())
}
