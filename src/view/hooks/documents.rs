//! The browser's part of [`Documents`]: what is fetched, and what a reader's file holds.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

use crate::documents::{DocumentEvent, Documents, JudgedRecordings, MachineData, MachineTexts};
use crate::view::files::{fetch_text, read_file};
use crate::view::model::{Loading, Shared};
use crate::view::store::Store;

/// The recordings' file, beside the page.
const RECORDINGS: &str = "recordings.json";
/// The files of libraries and of CPUs, beside the page.
const MACHINES: [&str; 2] = ["machines/libraries.json", "machines/cpus.json"];

thread_local! {
    /// What some app of this page has: another one, as a preview, fetches nothing.
    static KNOWN: RefCell<Option<Rc<JudgedRecordings>>> = const { RefCell::new(None) };
    static KNOWN_MACHINES: RefCell<Option<Rc<MachineData>>> = const { RefCell::new(None) };
}

/// Takes an event to the documents.
pub fn document_events(store: &Shared<Store>) -> Callback<DocumentEvent> {
    let store = store.clone();
    Callback::from(move |event| {
        let step = |documents: &Documents| documents.reduce::<JsValue>(event);
        store.load(Loading::new(step));
    })
}

/// Has the shipped recordings fetched where they are wanting. What is on its way comes whether the
/// view is left or not.
#[hook]
pub fn use_shipped_recordings(documents: &Documents, tell: &Callback<DocumentEvent>) {
    {
        let (is_wanting, tell) = (documents.recordings.is_wanting(), tell.clone());
        use_effect_with((), move |()| {
            if is_wanting {
                match KNOWN.with_borrow(Clone::clone) {
                    Some(known) => tell.emit(DocumentEvent::Known(known)),
                    None => fetch_recordings(tell),
                }
            }
        });
    }
    use_effect_with(documents.recordings.clone(), |recordings| {
        if let Some(recordings) = recordings.ready() {
            KNOWN.set(Some(Rc::clone(recordings)));
        }
    });
}

/// Fetches the shipped recordings, and tells what comes of it.
pub fn fetch_recordings(tell: Callback<DocumentEvent>) {
    tell.emit(DocumentEvent::Asked);
    spawn_local(async move { tell.emit(DocumentEvent::Came(fetch_text(RECORDINGS).await)) });
}

/// Has the data of machines fetched where they are wanting.
#[hook]
pub fn use_machines(documents: &Documents, tell: &Callback<DocumentEvent>) {
    {
        let (is_wanting, tell) = (documents.machines.is_wanting(), tell.clone());
        use_effect_with((), move |()| {
            if is_wanting {
                match KNOWN_MACHINES.with_borrow(Clone::clone) {
                    Some(known) => tell.emit(DocumentEvent::MachinesKnown(known)),
                    None => fetch_machines(tell),
                }
            }
        });
    }
    use_effect_with(documents.machines.clone(), |machines| {
        if let Some(machines) = machines.ready() {
            KNOWN_MACHINES.set(Some(Rc::clone(machines)));
        }
    });
}

/// Fetches the data of machines, and tells what comes of it.
pub fn fetch_machines(tell: Callback<DocumentEvent>) {
    tell.emit(DocumentEvent::MachinesAsked);
    spawn_local(async move {
        let [libraries, cpus] = MACHINES.map(fetch_text);
        let texts = match (libraries.await, cpus.await) {
            (Ok(libraries), Ok(cpus)) => Ok(MachineTexts { libraries, cpus }),
            (Err(fault), _) | (_, Err(fault)) => Err(fault),
        };
        tell.emit(DocumentEvent::MachinesCame(texts));
    });
}

/// Reads a file that a reader gives, and tells what comes of it.
pub fn read_given(file: File, tell: Callback<DocumentEvent>) {
    let name = file.name();
    tell.emit(DocumentEvent::Opened { name: name.clone() });
    spawn_local(async move {
        let text = read_file(file).await;
        tell.emit(DocumentEvent::Given { name, text });
    });
}
