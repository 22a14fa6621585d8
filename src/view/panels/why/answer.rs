//! [`AnswerShown`]: what an entry comes to, the short answer first.

use yew::prelude::*;

use super::cells::{cells, exact};
use crate::documents::explain::{Explanation, Finding, Match, Reading, SeenExplanation};
use crate::state::Engine;
use crate::view::model::Shared;
use crate::view::sourced::sourced;

/// Properties of [`AnswerShown`].
#[derive(Properties, PartialEq)]
pub struct AnswerShownProps {
    /// The answer.
    pub explained: Shared<Explanation>,
}

/// The sentence, the numbers beside the exact ones, what makes the difference, and what gives it.
#[component]
pub fn AnswerShown(props: &AnswerShownProps) -> Html {
    let Explanation { sentence, exact: right, seen, findings, notes, .. } = &*props.explained;
    html! {
        <>
            <p class="headline" id="why-said" role="status">
                if seen.is_empty() { { said("", sentence) } }
                { for seen.iter().map(|one| said(&one.label, &one.sentence)) }
            </p>
            if !findings.is_empty() {
                <ul class="findings" aria-label="What makes the difference">{ for findings.iter().map(|one| finding(one, sentence)) }</ul>
            }
            if seen.is_empty() { { exact(right) } }
            { for seen.iter().map(cells) }
            { for notes.iter().map(|note| html! { <p class="hint">{ note }</p> }) }
            { for seen.iter().filter(|one| !one.matches.is_empty()).map(matches) }
        </>
    }
}

/// A result in a line of its own; where it happens comes after what happens.
fn said(label: &str, sentence: &str) -> Html {
    let (what, place) = match sentence.find(" It happens ") {
        Some(at) => sentence.split_at(at),
        None => (sentence, ""),
    };
    let label = if label.is_empty() { String::new() } else { format!("{label}: ") };
    html! { <span class="said">{ format!("{label}{what}") }<span class="where">{ place }</span>{ " " }</span> }
}

/// Its word, what it does here where the answer has not said it, and where that is written down.
fn finding(one: &Finding, said: &str) -> Html {
    let sentence = if said.contains(&one.sentence) { "" } else { &one.sentence };
    html! {
        <li data-code={one.code.key()}>
            <strong>{ one.code.name() }</strong>
            <span>{ sentence }<small class="hint">{ " " }{ sourced(one.source) }</small></span>
        </li>
    }
}

/// Every arithmetic that gives a result, behind a disclosure.
fn matches(seen: &SeenExplanation) -> Html {
    let of = if seen.label.is_empty() { String::new() } else { format!(" ({})", seen.label) };
    html! {
        <details class="matches">
            <summary>{ format!("What gives it{of}: {}", seen.matches.len()) }</summary>
            if !seen.tell_apart.is_empty() { <p>{ &seen.tell_apart }</p> }
            <ul>{ for seen.matches.iter().map(|one| html! { <li>{ match_of(one) }</li> }) }</ul>
        </details>
    }
}

fn match_of(one: &Match) -> Html {
    html! {
        <>
            { &one.words }
            if let Some(reading) = one.reading { <span class="hint">{ format!(" · {}", reading_of(reading)) }</span> }
            if !one.engines.is_empty() { <small class="hint">{ format!(" · {}", engines(&one.engines)) }</small> }
        </>
    }
}

/// Engines by their names.
fn engines(keys: &[&str]) -> String {
    let names = keys.iter().filter_map(|key| Engine::from_key(key)).map(Engine::name);
    names.collect::<Vec<_>>().join("; ")
}

/// `u8 × s8, outputs are columns`.
fn reading_of(reading: Reading) -> String {
    let [a, b] = reading.types.map(crate::documents::explain::CodeType::name);
    format!("{a} × {b}, outputs are {}", reading.layout.name())
}
