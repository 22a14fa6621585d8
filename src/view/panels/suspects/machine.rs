//! [`MachinePanel`]: a reader's own recording against this model.

use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::mismatches::Mismatches;
use crate::documents::{CheckedFile, Document, DocumentEvent, Given};
use crate::view::hooks::read_given;
use crate::view::model::Shared;

/// The lines that record a machine.
const RECORD: &str = "python tools/record/record.py recording.json\npython tools/record/record_ort.py recording-ort.json";

/// Properties of [`MachinePanel`].
#[derive(Properties, PartialEq)]
pub struct MachineProps {
    /// The last file that was given.
    pub given: Option<Given>,
    /// Takes what happens to it.
    pub tell: Callback<DocumentEvent>,
}

/// Where a file of `record.py` or `record_ort.py` is dropped or chosen, and what the model says of it.
#[component]
pub fn MachinePanel(props: &MachineProps) -> Html {
    let is_over = use_state_eq(|| false);
    let take = {
        let tell = props.tell.clone();
        Callback::from(move |file: File| read_given(file, tell.clone()))
    };
    let checked = props.given.as_ref().and_then(|given| given.content.ready());
    let onchange = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                take.emit(file);
            }
            // So that the same file, mended, can be chosen again.
            input.set_value("");
        })
    };
    let ondrop = {
        let is_over = is_over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(false);
            let files = event.data_transfer().and_then(|transfer| transfer.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                take.emit(file);
            }
        })
    };
    let over = |is: bool| {
        let is_over = is_over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(is);
        })
    };
    html! {
        <section class="panel" aria-labelledby="machine-title">
            <h2 id="machine-title">{ "Your own machine" }</h2>
            <p>{ "Record what PyTorch or ONNX Runtime gives on your machine, and hold it against this model. The scripts are in the repository; one needs only PyTorch, the other only ONNX Runtime:" }</p>
            <pre><code>{ RECORD }</code></pre>
            <div id="drop" class={classes!("drop", is_over.then_some("is-over"))} ondragover={over(true)} ondragleave={over(false)} {ondrop}>
                <label for="recording-file">{ "Choose its file, or drop it here. It stays in this tab." }</label>
                <input type="file" id="recording-file" accept=".json,application/json" {onchange} />
            </div>
            <div id="machine" role="status" aria-live="polite">{ for props.given.as_ref().map(state_of) }</div>
            if let Some(checked) = checked {
                <Mismatches checked={Shared(checked.clone())} />
            }
        </section>
    }
}

fn state_of(given: &Given) -> Html {
    let name = &given.name;
    match &given.content {
        Document::NotAsked => Html::default(),
        Document::Waiting => html! { <p>{ format!("Reading {name} …") }</p> },
        Document::Failed(fault) => html! {
            <p class="unavailable">{ format!("{name}: {fault}") }</p>
        },
        Document::Ready(checked) => fits(name, checked),
    }
}

/// What each kind of run in a file fits, and where it was recorded.
fn fits(name: &str, checked: &CheckedFile) -> Html {
    let recordings = checked.recordings();
    let sources = recordings.sources.iter().map(|source| {
        format!("{} {}, {}; {}.", source.library, source.version, source.machine, source.how)
    });
    html! {
        <>
            <p>{ format!("{name}: {} recordings.", recordings.all.len()) }</p>
            <ul id="fits">{ for checked.reports().iter().map(|report| html! { <li>{ report.sentence() }</li> }) }</ul>
            { for sources.map(|source| html! { <p class="source">{ source }</p> }) }
        </>
    }
}
