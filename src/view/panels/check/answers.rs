//! [`MachineAnswers`]: what is known of a machine, or of two side by side.

use yew::prelude::*;

use super::agree::agree;
use super::said::said;
use super::short::in_short;
use super::table::MachineTable;
use crate::documents::{MachineData, asked};
use crate::view::model::{Model, Shared};

/// Properties of [`MachineAnswers`].
#[derive(Properties, PartialEq)]
pub struct MachineAnswersProps {
    /// The data.
    pub data: Shared<MachineData>,
    /// What is asked.
    pub text: String,
    /// Another machine beside it; empty for none.
    pub beside: String,
    /// What is shown now: where the Lab is opened from.
    pub model: Shared<Model>,
}

/// Which machines they are, what the usual libraries do there in short, and all in a table.
#[component]
pub fn MachineAnswers(props: &MachineAnswersProps) -> Html {
    let MachineAnswersProps { data, text, beside, model } = props;
    let texts = [text, beside].into_iter().filter(|text| !text.is_empty());
    let answers: Vec<_> = texts.map(|text| asked(data, text)).collect();
    html! {
        <>
            <div class="machines">
                { for answers.iter().map(|answer| html! {
                    <div>
                        { match answer {
                            Err(fault) => html! { <p class="unavailable" role="alert">{ fault.to_string() }</p> },
                            Ok(which) => html! { <>{ said(which) }{ in_short(data, which) }</> },
                        } }
                    </div>
                }) }
            </div>
            if let [Ok(one), Ok(other)] = answers.as_slice() {
                { agree(data, one, other) }
            }
            <MachineTable data={data.clone()} text={text.clone()} beside={beside.clone()} model={model.clone()} />
        </>
    }
}
