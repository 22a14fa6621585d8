//! [`CheckView`]: which arithmetic a machine gives, and why two numbers differ.

use std::rc::Rc;

use yew::prelude::*;

use crate::documents::Document;
use crate::state::choices::{Ask, Keyed};
use crate::state::{Action, Key};
use crate::view::facets::Facets;
use crate::view::hooks::{document_events, fetch_machines, use_machines};
use crate::view::model::Shared;
use crate::view::panels::check::{MachineAnswers, MachineField, text_of};
use crate::view::panels::suspects::{InstructionPanel, MachinePanel};
use crate::view::panels::why::WhyPanel;
use crate::view::panels::{PanelProps, at};
use crate::view::store::use_slice;

/// Two questions, one at a time.
#[component]
pub fn CheckView(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "check", Facets::CHECK);
    let asked = model.state.check.ask;
    html! {
        <div class="check">
            <div class="questions" role="group" aria-label="Questions">
                { for Ask::choices().into_iter().map(|(ask, choice)| {
                    let onclick = at::<MouseEvent>(&panel.dispatch, Action::set(Key::Ask, ask));
                    html! {
                        <button type="button" key={choice.key} name={format!("ask-{}", choice.key)} aria-pressed={(ask == asked).to_string()} {onclick}>{ choice.name }</button>
                    }
                }) }
            </div>
            { match asked {
                Ask::Machine => html! { <Machines ..panel.clone() /> },
                Ask::Numbers => html! { <WhyPanel ..panel.clone() /> },
            } }
        </div>
    }
}

/// A machine, or two side by side, with what every library does there; and what a reader can test on
/// their own machine.
#[component]
fn Machines(panel: &PanelProps) -> Html {
    let reads = Facets::DOCUMENTS.and(Facets::CHECK);
    let model = use_slice(&panel.store, "machines", reads);
    let documents = model.documents();
    let tell = use_memo(panel.store.clone(), document_events);
    use_machines(&documents, &tell);
    let data = documents.machines.ready().map(|data| Shared(Rc::clone(data)));
    let [text, beside] = [Key::Machine, Key::Beside].map(|of| text_of(&model.state, of));
    let compares = use_state_eq(|| !beside.is_empty());
    let compare = {
        let compares = compares.clone();
        Callback::from(move |_: MouseEvent| compares.set(true))
    };
    let one_alone = {
        let (compares, dispatch) = (compares.clone(), panel.dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            compares.set(false);
            dispatch.emit(Action::set(Key::Beside, String::new()));
        })
    };
    let has_two = *compares || !beside.is_empty();
    let field = |of: Key, label: &'static str| {
        html! { <MachineField panel={panel.clone()} data={data.clone()} {of} {label} /> }
    };
    let answer = match &documents.machines {
        Document::NotAsked | Document::Waiting => {
            html! { <p role="status">{ "Fetching the data of machines …" }</p> }
        }
        Document::Failed(fault) => {
            let tell = Callback::clone(&tell);
            let retry = Callback::from(move |_: MouseEvent| fetch_machines(tell.clone()));
            html! {
                <>
                    <p id="no-machines" role="alert">{ fault.to_string() }</p>
                    <button type="button" id="retry" onclick={retry}>{ "Try again" }</button>
                </>
            }
        }
        Document::Ready(data) => {
            let data = Shared(Rc::clone(data));
            html! { <MachineAnswers {data} {text} beside={beside.clone()} model={model.clone()} /> }
        }
    };
    html! {
        <>
            <section class="panel" aria-labelledby="which-title">
                <h2 id="which-title">{ "Which arithmetic do I get?" }</h2>
                <p>{ "It depends on the library, the operator and the CPU. Say what the CPU is, and see what each library does there, why, and how that is known. Nothing leaves this tab." }</p>
                <div class="machines">
                    { field(Key::Machine, "Machine") }
                    if has_two {
                        <div>
                            { field(Key::Beside, "Machine 2") }
                            <button type="button" id="compare-no-more" onclick={one_alone}>{ "One machine alone" }</button>
                        </div>
                    } else {
                        <button type="button" id="compare" onclick={compare}>{ "Compare with another machine" }</button>
                    }
                </div>
                { answer }
            </section>
            <section class="panel"><p><a href="#/model">{ "And my model? Drop its file to see which outputs can saturate: Model" }</a></p></section>
            <MachinePanel given={documents.given.clone()} tell={(*tell).clone()} />
            <InstructionPanel />
        </>
    }
}
