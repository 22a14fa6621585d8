//! [`Questions`]: is it pair saturation at all? Six questions, answered from the entry where it can be.

use yew::prelude::*;

use crate::documents::explain::{Draft, Explanation, Field, FieldKind, Is};
use crate::view::controls::Select;
use crate::view::model::Shared;

/// Properties of [`Questions`].
#[derive(Properties, PartialEq)]
pub struct QuestionsProps {
    /// What is typed.
    pub draft: Draft,
    /// Takes another draft.
    pub set: Callback<Draft>,
    /// What it comes to.
    pub explained: Option<Shared<Explanation>>,
}

/// The questions, and the verdict that they lead to.
#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let verdict = props.explained.as_ref().map(|explained| explained.verdict.clone());
    // What follows from the numbers, as a draft has it.
    let known = props.explained.as_ref().map(|explained| Draft::of_answers(explained.answers));
    html! {
        <div id="at-all">
            <h3>{ "Is it pair saturation at all?" }</h3>
            if let Some(verdict) = verdict {
                <p id="verdict" role="status">
                    <strong>{ match verdict.is { Is::Yes => "Yes. ", Is::Maybe => "It may be. ", Is::No => "No. ", Is::Unknown => "Not known yet. " } }</strong>
                    { verdict.sentence }
                    if !verdict.source.is_empty() { <small class="hint">{ format!(" {}", verdict.source) }</small> }
                </p>
            } else {
                <p class="hint">{ "No numbers at hand? Answer what you know." }</p>
            }
            <div class="of-it">{ for Field::QUESTIONS.map(|field| question(props, field, known.as_ref())) }</div>
        </div>
    }
}

fn question(props: &QuestionsProps, field: Field, known: Option<&Draft>) -> Html {
    let FieldKind::Choice(choices) = field.kind() else { return Html::default() };
    let id = format!("entry-{}", field.key());
    let change = {
        let (draft, set) = (props.draft.clone(), props.set.clone());
        Callback::from(move |text: String| set.emit(draft.clone().with(field, text)))
    };
    let follows = known.map(|known| known.get(field)).filter(|key| !key.is_empty());
    let follows = follows.and_then(|key| choices.iter().find(|(own, _)| *own == key));
    html! {
        <div class="entry-field">
            <label for={id.clone()}>{ field.name() }</label>
            <Select {id} name={field.key()} chosen={props.draft.get(field).to_string()} on_change={change}>
                { for choices.iter().map(|(key, name)| {
                    let name = match follows {
                        Some((_, found)) if key.is_empty() => format!("from the numbers: {found}"),
                        _ => (*name).to_string(),
                    };
                    html! { <option value={*key}>{ name }</option> }
                }) }
            </Select>
        </div>
    }
}
