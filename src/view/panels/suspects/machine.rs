//! [`MachinePanel`]: a reader's own recording against this model.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::mismatches::Mismatches;
use crate::evidence::{Recordings, RunReport, report};
use crate::view::files::{read_file, read_recordings};

/// The line that records a machine.
const RECORD: &str = "python tools/record/record.py recording.json";

/// A file that was read, and what it says.
#[derive(PartialEq)]
pub struct Checked {
    /// The file's name.
    pub name: String,
    /// What it holds.
    pub recordings: Recordings,
    /// Each kind of run in it.
    pub reports: Vec<RunReport>,
}

/// A file on its way through the panel.
#[derive(Clone, PartialEq)]
enum Given {
    Nothing,
    Reading(String),
    Refused(String, String),
    Checked(Rc<Checked>),
}

/// Where a file of `record.py` is dropped or chosen, and what the model says of it.
#[component]
pub fn MachinePanel() -> Html {
    let given = use_state_eq(|| Given::Nothing);
    let is_over = use_state_eq(|| false);
    let take = {
        let given = given.clone();
        Callback::from(move |file: File| {
            let given = given.clone();
            given.set(Given::Reading(file.name()));
            spawn_local(async move { given.set(check(file).await) });
        })
    };
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
            <p>{ "Record what PyTorch gives on your machine, and hold it against this model. The script is in the repository and needs only PyTorch:" }</p>
            <pre><code>{ RECORD }</code></pre>
            <div id="drop" class={classes!("drop", is_over.then_some("is-over"))} ondragover={over(true)} ondragleave={over(false)} {ondrop}>
                <label for="recording-file">{ "Choose its file, or drop it here. It stays in this tab." }</label>
                <input type="file" id="recording-file" accept=".json,application/json" {onchange} />
            </div>
            <div id="machine" role="status" aria-live="polite">{ told(&given) }</div>
            if let Given::Checked(checked) = &*given {
                <Mismatches checked={Rc::clone(checked)} />
            }
        </section>
    }
}

async fn check(file: File) -> Given {
    let name = file.name();
    let read = read_file(file).await.and_then(|text| read_recordings(&text));
    match read {
        Err(fault) => Given::Refused(name, fault.to_string()),
        Ok(recordings) => {
            let reports = report(&recordings);
            Given::Checked(Rc::new(Checked { name, recordings, reports }))
        }
    }
}

fn told(given: &Given) -> Html {
    match given {
        Given::Nothing => Html::default(),
        Given::Reading(name) => html! { <p>{ format!("Reading {name} …") }</p> },
        Given::Refused(name, fault) => html! {
            <p class="unavailable">{ format!("{name}: {fault}") }</p>
        },
        Given::Checked(checked) => {
            let sources = checked.recordings.sources.iter().map(|source| {
                format!(
                    "{} {}, {}; {}.",
                    source.library, source.version, source.machine, source.how
                )
            });
            html! {
                <>
                    <p>{ format!("{}: {} recordings.", checked.name, checked.recordings.all.len()) }</p>
                    <ul id="fits">{ for checked.reports.iter().map(|report| html! { <li>{ report.sentence() }</li> }) }</ul>
                    { for sources.map(|source| html! { <p class="source">{ source }</p> }) }
                </>
            }
        }
    }
}
