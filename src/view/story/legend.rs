//! What the lines of a picture are.

use yew::prelude::*;

use super::worked::Worked;
use crate::state::{Engine, State};

/// A list of lines and marks, each by the class that draws it and its words.
pub fn legend(
    class: &'static str,
    entries: impl IntoIterator<Item = (&'static str, String)>,
) -> Html {
    html! {
        <ul {class}>
            { for entries.into_iter().map(|(mark, words)| html! {
                <li><span class={mark} aria-hidden="true"></span>{ words }</li>
            }) }
        </ul>
    }
}

/// Where x stands.
pub fn input_code(now: &Worked, at: f32) -> String {
    format!("input code {}", now.derived.place_of(&now.state, at))
}

/// The lines of a state of the thread's layer over those of a CPU whose pairs saturate, below where x
/// stands.
pub fn lines(state: &State, at: String) -> Vec<(&'static str, String)> {
    let (engine, is_reduced) = (state.arithmetic.engine, state.experiment.reduce_range);
    let bits = |bits: &str| if is_reduced { format!(", {bits} bits") } else { String::new() };
    let own = match engine {
        Engine::FbgemmAvx2 if is_reduced => "reduce_range",
        Engine::FbgemmAvx2 => "without VNNI",
        Engine::FbgemmVnni => "with VNNI",
        other => other.name(),
    };
    let mut shown = vec![("at-x", at), ("own", format!("{own}{}", bits("7")))];
    if is_reduced || engine != Engine::FbgemmAvx2 {
        let before = if engine == Engine::FbgemmAvx2 { "without it" } else { "without VNNI" };
        shown.push(("ghost", format!("{before}{}", bits("8"))));
    }
    shown.push(("exact", format!("exact sum{}", bits("8"))));
    shown
}
