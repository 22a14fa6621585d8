//! [`CheckView`]: which arithmetic a machine gives.

use std::rc::Rc;

use yew::prelude::*;

use crate::documents::{Document, MachineData};
use crate::state::{Key, State};
use crate::view::facets::Facets;
use crate::view::hooks::{document_events, fetch_machines, use_machines};
use crate::view::model::Shared;
use crate::view::panels::PanelProps;
use crate::view::panels::check::{MachineField, MachineSaid, MachineTable, text_of};
use crate::view::panels::suspects::{InstructionPanel, MachinePanel};
use crate::view::store::use_slice;

/// A machine, or two side by side, with what every library does there; and what a reader can test on
/// their own machine.
#[component]
pub fn CheckView(panel: &PanelProps) -> Html {
    let reads = Facets::DOCUMENTS.and(Facets::CHECK);
    let model = use_slice(&panel.store, "check", reads);
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
        Document::Ready(data) => answers(data, text, beside.clone(), &model.state),
    };
    html! {
        <div class="check">
            <section class="panel" aria-labelledby="which-title">
                <h2 id="which-title">{ "Which arithmetic do I get?" }</h2>
                <p>{ "It depends on the library, the operator and the CPU. Say what the CPU is, and see what each library does there, why, and how that is known. Nothing leaves this tab." }</p>
                <div class="machines">
                    { field(Key::Machine, "Machine") }
                    if has_two {
                        { field(Key::Beside, "Machine 2") }
                    } else {
                        <button type="button" id="compare" onclick={compare}>{ "Hold another machine beside it" }</button>
                    }
                </div>
                { answer }
            </section>
            <MachinePanel given={documents.given.clone()} tell={(*tell).clone()} />
            <InstructionPanel />
        </div>
    }
}

/// What the data say of what is asked.
fn answers(data: &Rc<MachineData>, text: String, beside: String, state: &State) -> Html {
    let data = Shared(Rc::clone(data));
    html! {
        <>
            <div class="machines">
                <MachineSaid data={data.clone()} text={text.clone()} />
                <MachineSaid data={data.clone()} text={beside.clone()} />
            </div>
            <MachineTable {data} {text} {beside} state={Shared(Rc::new(state.clone()))} />
        </>
    }
}
