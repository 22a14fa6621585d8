//! What stands behind an answer: pairs, sources, and what changes it.

use yew::prelude::*;

use crate::documents::{
    Candidate, EnvironmentVariable, Library, MachineAnswer, MachineData, Reference, Variant,
    WhichArithmetic,
};

/// All that is known of a variant's answer.
pub fn details(
    data: &MachineData,
    (library, variant): (&Library, &Variant),
    answers: &[(Option<&str>, &WhichArithmetic, Option<MachineAnswer>)],
) -> Html {
    html! {
        <div class="answer-details">
            <p>{ format!("{} {}, {}; {}.", library.name, library.current_version, variant.types, variant.shape) }
                if let Some(note) = variant.note.as_deref().or(library.note.as_deref()) { { " " }{ note.to_string() } }
            </p>
            { for answers.iter().map(|(name, which, answer)| html! {
                <div>
                    if let Some(name) = name { <h4>{ name.to_string() }</h4> }
                    { match answer {
                        Some(answer) => one(data, answer),
                        None => depends(data, which, variant),
                    } }
                </div>
            }) }
            if !library.environment.is_empty() {
                <h4>{ "What changes it" }</h4>
                <ul>{ for library.environment.iter().map(|one| environment(data, one)) }</ul>
            }
        </div>
    }
}

fn one(data: &MachineData, answer: &MachineAnswer) -> Html {
    let sure = data.confidence(answer.confidence).unwrap_or_default();
    html! {
        <>
            <p>{ data.class(answer.class).sentence.clone() }
                if let Some(pair) = answer.pair { { format!(" Pairs: {pair}.") } }
            </p>
            <p class="hint">{ format!("{}: {sure}", answer.confidence.key()) }</p>
            { sources(data, answer.sources) }
        </>
    }
}

/// The answers of each machine that it may be.
fn depends(data: &MachineData, which: &WhichArithmetic, variant: &Variant) -> Html {
    let each = |candidate: &Candidate| {
        let (_, answer) = candidate.answers.iter().find(|(own, _)| own.key == variant.key)?;
        Some(html! {
            <li><b>{ which.name_of(candidate) }</b>{ format!(": {}. {} ", answer.class.name(), answer.because) }{ sources(data, answer.sources) }</li>
        })
    };
    html! { <ul>{ for which.candidates.iter().filter_map(each) }</ul> }
}

fn environment(data: &MachineData, one: &EnvironmentVariable) -> Html {
    let values = one.values.join(", ");
    let shown = if values.is_empty() { String::new() } else { format!(" = {values}") };
    let shows = format!(": {} Shows what a real CPU would do: {}. ", one.effect, one.reliable);
    html! {
        <li><code>{ format!("{}{shown}", one.name) }</code>{ shows }{ sources(data, &one.sources) }</li>
    }
}

/// Where it is known from, each with a link where there is an address.
fn sources(data: &MachineData, list: &[String]) -> Html {
    let each = |reference: Reference| {
        let name = reference.name().to_string();
        match reference.url() {
            Some(href) => html! { <li><a {href} target="_blank" rel="noopener">{ name }</a></li> },
            None => html! { <li>{ name }</li> },
        }
    };
    if list.is_empty() {
        return Html::default();
    }
    html! { <ul class="sources">{ for data.references(list).map(each) }</ul> }
}
