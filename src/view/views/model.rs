//! [`ModelView`]: which outputs of a file of weights can saturate, where, and how badly.

use wasm_bindgen::JsCast;
use web_sys::ClipboardEvent;
use yew::prelude::*;

use crate::documents::Document;
use crate::view::facets::Facets;
use crate::view::hooks::{Dropped, document_events, items_of, use_dropped, use_machines};
use crate::view::model::Shared;
use crate::view::panels::PanelProps;
use crate::view::panels::model::{FilePanel, GivePanel, begin, linked, of_text, take};
use crate::view::store::use_slice;

/// Files that are open at once; of more, each is opened by its head.
const MOST_OPEN: usize = 3;

/// Where files are given, and a panel for each of them.
#[component]
pub fn ModelView(panel: &PanelProps) -> Html {
    let reads = Facets::DOCUMENTS.and(Facets::CHECK).and(Facets::WEIGHT_FILE).and(Facets::VISIT);
    let model = use_slice(&panel.store, "model", reads);
    let documents = model.documents();
    let tell = use_memo(panel.store.clone(), document_events);
    let given = use_state_eq(Dropped::default);
    let is_over = use_state_eq(|| false);
    let give = {
        let (tell, given) = ((*tell).clone(), given.clone());
        Callback::from(move |dropped: Dropped| {
            begin(&dropped, &tell);
            given.set(dropped);
        })
    };
    // What misses the view.
    use_dropped({
        let give = give.clone();
        Callback::from(move |items| take(items, give.clone()))
    });
    let over = |is: bool| {
        let is_over = is_over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(is);
        })
    };
    let ondrop = {
        let (give, is_over) = (give.clone(), is_over.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(false);
            if let Some(transfer) = event.data_transfer() {
                take(items_of(&transfer), give.clone());
            }
        })
    };
    let onpaste = {
        let give = give.clone();
        Callback::from(move |event: Event| {
            let event = event.unchecked_into::<ClipboardEvent>();
            // What is pasted into a field belongs there.
            let is_field = event.target_dyn_into::<web_sys::HtmlTextAreaElement>().is_some()
                || event.target_dyn_into::<web_sys::HtmlInputElement>().is_some();
            let Some(data) = event.clipboard_data().filter(|_| !is_field) else { return };
            let files = data.files();
            let files: Vec<_> = (0..files.as_ref().map_or(0, web_sys::FileList::length))
                .filter_map(|index| files.as_ref()?.get(index))
                .collect();
            let text = data.get_data("text/plain").unwrap_or_default();
            if !files.is_empty() {
                give.emit(Dropped::of_files(files));
            } else if !text.trim().is_empty() {
                give.emit(of_text(&text));
            }
        })
    };
    let machine = model.state.check.machine.clone();
    let data = match &documents.machines {
        Document::Ready(data) if !machine.is_empty() => Some(Shared(std::rc::Rc::clone(data))),
        _ => None,
    };
    let audited = documents.audited.clone();
    let link = linked(&model.state).filter(|_| audited.files.is_none());
    let files = audited.files.clone().unwrap_or_default();
    // Of other files nothing is opened yet.
    let drop = std::rc::Rc::as_ptr(&files).addr();
    html! {
        <div class="model" ondragover={over(true)} ondragleave={over(false)} {ondrop} {onpaste}>
            if !machine.is_empty() {
                <MachineData ..panel.clone() />
            }
            <GivePanel {audited} tell={(*tell).clone()} {given} {give} is_over={*is_over} />
            { link.unwrap_or_default() }
            // A list of its own: what stands before it stays when it grows.
            <div class="files">{ for (0..files.len()).map(|index| html! {
                <FilePanel key={format!("{drop}-{index}")} panel={panel.clone()} files={Shared(files.clone())} {index} is_open={files.len() <= MOST_OPEN} machine={machine.clone()} data={data.clone()} />
            }) }</div>
        </div>
    }
}

/// Has the data of machines fetched, where one is chosen.
#[component]
fn MachineData(panel: &PanelProps) -> Html {
    let documents = use_slice(&panel.store, "model-machine", Facets::DOCUMENTS).documents();
    let tell = use_memo(panel.store.clone(), document_events);
    use_machines(&documents, &tell);
    Html::default()
}
