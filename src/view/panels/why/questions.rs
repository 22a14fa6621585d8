//! [`Questions`]: is it pair saturation at all? Six questions, answered from the entry where it can be.

use yew::prelude::*;

use super::entry_field::EntryField;
use crate::documents::explain::{Draft, Explanation, Field, FieldKind, Is};
use crate::view::model::Shared;
use crate::view::sourced::sourced;

/// Properties of [`Questions`].
#[derive(Properties, PartialEq)]
pub struct QuestionsProps {
    /// What is typed.
    pub draft: Draft,
    /// Takes another text of a field.
    pub change: Callback<(Field, String)>,
    /// The last answer.
    pub explained: Option<Shared<Explanation>>,
    /// What that is about.
    pub of: Draft,
}

/// The questions, and the verdict that they lead to.
#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let verdict = props.explained.as_ref().map(|explained| explained.verdict.clone());
    // What follows from the numbers, as a draft has it.
    let known = props.explained.as_ref().map(|explained| Draft::of_answers(explained.answers));
    let question = |field: Field| {
        // A person's own answer does not follow from the numbers.
        let is_own = !props.of.get(field).is_empty();
        let follows = known.as_ref().filter(|_| !is_own).map(|known| known.get(field));
        let unsaid = follows
            .and_then(|key| name(field, key))
            .map(|found| AttrValue::from(format!("from the numbers: {found}")));
        html! { <EntryField {field} text={props.draft.get(field).to_string()} change={&props.change} {unsaid} /> }
    };
    html! {
        <div id="at-all">
            <h3>{ "Is it pair saturation at all?" }</h3>
            if let Some(verdict) = verdict {
                <p id="verdict" role="status">
                    <strong>{ match verdict.is { Is::Yes => "Yes. ", Is::Maybe => "It may be. ", Is::No => "No. ", Is::Unknown => "Not known yet. " } }</strong>
                    { verdict.sentence }
                    if !verdict.source.is_empty() { <small class="hint">{ " " }{ sourced(verdict.source) }</small> }
                </p>
            } else if props.draft.is_empty() {
                <p class="hint">{ "No numbers at hand? Answer what you know." }</p>
            }
            <div class="of-it">{ for Field::QUESTIONS.map(question) }</div>
        </div>
    }
}

/// What an answer is called.
fn name(field: Field, key: &str) -> Option<&'static str> {
    let FieldKind::Choice(choices) = field.kind() else { return None };
    let found = choices.iter().find(|(own, _)| !key.is_empty() && *own == key);
    found.map(|(_, name)| *name)
}
