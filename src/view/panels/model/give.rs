//! [`GivePanel`]: where files of weights are dropped, chosen or pasted, and how far they have come.

use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, FilePropertyBag, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::documents::{AuditStep, Audited, DocumentEvent, Progress, counted};
use crate::view::hooks::{Dropped, Items, audit_files, dropped, put_away};

/// A file of ONNX Runtime’s, of those that the audit is tested with (tests/layers/README.md).
const EXAMPLE: &[u8] =
    include_bytes!("../../../../tests/layers/files/onnx_qdq_mlp_u8s8_per_channel.onnx");
const EXAMPLE_NAME: &str = "example-mlp.onnx";

/// Properties of [`GivePanel`].
#[derive(Properties, PartialEq)]
pub struct GiveProps {
    /// How far it has come.
    pub audited: Audited,
    /// Takes what happens.
    pub tell: Callback<DocumentEvent>,
    /// The last files that were given, so that samples can be added to them.
    pub given: UseStateHandle<Dropped>,
    /// Takes other files.
    pub give: Callback<Dropped>,
    /// Whether something is dragged over the view.
    pub is_over: bool,
}

/// Where files are given. They are read in this tab, and nothing of them leaves it.
#[component]
pub fn GivePanel(props: &GiveProps) -> Html {
    let pasted = use_node_ref();
    let chosen = |is_sample: bool| {
        let (give, given) = (props.give.clone(), props.given.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let list = input.files();
            let files = (0..list.as_ref().map_or(0, web_sys::FileList::length))
                .filter_map(|index| list.as_ref()?.get(index));
            let mut dropped = Dropped::of_files(files);
            if dropped.files.is_empty() {
                return;
            }
            if is_sample {
                dropped.files.iter_mut().for_each(|one| one.is_sample = true);
                let models = given.files.iter().filter(|one| !one.is_sample).cloned();
                dropped.files.splice(0..0, models);
            }
            give.emit(dropped);
            // So that the same file, mended, can be chosen again.
            input.set_value("");
        })
    };
    let paste = {
        let (give, pasted) = (props.give.clone(), pasted.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(field) = pasted.cast::<HtmlTextAreaElement>() else { return };
            give.emit(of_text(&field.value()));
        })
    };
    let has_files = props.audited.files.is_some() || props.audited.is_reading();
    let has_failed = matches!(props.audited.step, Some(AuditStep::Failed(_)));
    html! {
        <section class="panel give" aria-labelledby="give-title">
            <h2 id="give-title">{ "Is my model hit?" }</h2>
            <p>
                if !has_files {
                    { "Drop a file of weights anywhere on this page: .onnx, .safetensors, .pt, .npy, .npz, JSON or CSV, several together, or a folder. " }
                }
                <strong>{ "Your file stays in this tab." }</strong>
            </p>
            <div id="drop-model" class={classes!("drop", props.is_over.then_some("is-over"), has_files.then_some("is-small"))}>
                <label for="model-file">{ if has_files { "Choose other files, or drop them" } else { "Choose files, or drop them" } }</label>
                <input type="file" id="model-file" multiple={true} onchange={chosen(false)} />
            </div>
            if !has_files && !has_failed {
                { example(&props.give) }
            }
            <details class="paste">
                <summary>{ "Paste weights" }</summary>
                <label for="model-paste">{ "As PyTorch or NumPy prints them, JSON or CSV; rows are outputs." }</label>
                <textarea id="model-paste" ref={pasted} rows="4" spellcheck="false" placeholder="tensor([[ 127, 127], [ 3, 5]], dtype=torch.int8)" />
                <button type="button" id="model-paste-use" onclick={paste}>{ "Audit these weights" }</button>
            </details>
            if props.audited.files.is_some() && !props.given.files.is_empty() {
                <div class="samples">
                    <label for="samples-file">{ "Samples of activations beside it (.npy, .npz: a sample a row) tell what really happens" }</label>
                    <input type="file" id="samples-file" multiple={true} onchange={chosen(true)} />
                </div>
            }
            { progress(props) }
            <div id="audit-state" role="status">{ state(props) }</div>
        </section>
    }
}

/// A file to try at once, and what will be said.
fn example(give: &Callback<Dropped>) -> Html {
    let onclick = {
        let give = give.clone();
        Callback::from(move |_: MouseEvent| {
            let parts = Array::of1(&Uint8Array::from(EXAMPLE).into());
            give.emit(Dropped::of_files(
                File::new_with_u8_array_sequence(&parts, EXAMPLE_NAME).ok(),
            ));
        })
    };
    html! {
        <div class="before">
            <p>
                <button type="button" id="try-example" {onclick}>{ "Try an example" }</button>
                <span class="hint">{ "Two small layers, as ONNX Runtime’s quantize_static writes them (QDQ, weights per channel; 2.6 kB of this page). Run by ONNX Runtime 1.32 on a CPU without VNNI, most of its results were others than with VNNI." }</span>
            </p>
            <h3>{ "What it will say" }</h3>
            <ol>
                <li>{ "One sentence: how many outputs can saturate, in how many products, and how much the worst can lose; or that none can, and why." }</li>
                <li>{ "For each product whether it cannot, can, or with samples of activations does; for each output its pairs, the input that does the worst, and the code that it begins at." }</li>
                <li>{ "The worst output opened in the Lab, and all of it as Markdown, CSV, JSON or a page." }</li>
            </ol>
            <p class="hint">{ "Only the bytes of weights and the graph are read; nothing of a file is run. Weights that are floats are not multiplied as int8: what would be hit once they are quantized is said, too." }</p>
        </div>
    }
}

/// A pasted text as a file.
pub fn of_text(text: &str) -> Dropped {
    let parts = Array::of1(&text.into());
    let file =
        File::new_with_str_sequence_and_options(&parts, "pasted.txt", &FilePropertyBag::new());
    Dropped::of_files(file.ok())
}

/// Has files audited.
pub fn begin(dropped: &Dropped, tell: &Callback<DocumentEvent>) {
    if dropped.files.is_empty() {
        let why = match dropped.others {
            0 => "Nothing that was dropped is a file.".to_string(),
            others => format!(
                "Of the {} in that folder none is a file of weights.",
                counted(others as u64, "file")
            ),
        };
        tell.emit(DocumentEvent::Audit(AuditStep::Failed(why)));
        return;
    }
    audit_files(&dropped.files, tell);
}

/// How far it has come, with a way out. It changes too often to be told.
fn progress(props: &GiveProps) -> Html {
    let Some(AuditStep::Reads(progress)) = &props.audited.step else { return Html::default() };
    let tell = props.tell.clone();
    let cancel = Callback::from(move |_: MouseEvent| {
        put_away();
        tell.emit(DocumentEvent::Audit(AuditStep::Cancelled));
    });
    html! {
        <div class="progress">
            <progress max="1" value={format!("{:.3}", progress.share())} aria-label="Read" />
            <span>{ words(progress) }</span>
            <button type="button" id="cancel-audit" onclick={cancel}>{ "Cancel" }</button>
        </div>
    }
}

/// What has become of it.
fn state(props: &GiveProps) -> Html {
    match &props.audited.step {
        Some(AuditStep::Reads(_)) => html! { <p class="visually-hidden">{ "Reading" }</p> },
        Some(AuditStep::Failed(why)) => {
            html! { <p id="audit-failed" class="unavailable" role="alert">{ why }</p> }
        }
        Some(AuditStep::Cancelled) => {
            html! { <p>{ "Cancelled. Nothing of the files is kept." }</p> }
        }
        Some(AuditStep::Said(_)) => html! {
            <>
                if props.given.others > 0 {
                    <p>{ format!("{} in folders left out: their names are none of files of weights.", counted(props.given.others as u64, "file")) }</p>
                }
                if let Some(first) = props.audited.files.as_deref().and_then(|files| files.first()) {
                    // It stands in its panel, too.
                    <p class="visually-hidden">{ format!("{}: {}", first.file, first.sentence) }</p>
                }
            </>
        },
        Some(AuditStep::Cleared) | None => Html::default(),
    }
}

fn words(progress: &Progress) -> String {
    let megabytes = |bytes: f64| format!("{:.1}", bytes / 1e6);
    let tensors = match progress.all {
        0 => String::new(),
        all => format!(", {} of {all} tensors", progress.done),
    };
    format!(
        "{}{tensors}, {} of {} MB",
        progress.name,
        megabytes(progress.bytes),
        megabytes(progress.of_bytes)
    )
}

/// Takes the items of a drop.
pub fn take(items: Items, give: Callback<Dropped>) {
    spawn_local(async move { give.emit(dropped(items).await) });
}
