//! [`use_drops`]: no file that is dropped on the page leads away from it; weights lead to Model.

use std::cell::RefCell;

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, DragEvent, Element, Event, File, HtmlElement};
use yew::prelude::*;

use crate::state::{Action, Key, View};
use crate::view::host::Host;
use crate::view::model::Shared;
use crate::view::store::Store;

/// Where files go that are dropped beside it: a view that takes one of its own.
const FIELD: &str = "#drop input[type=file]";

/// What was dropped: files, and entries of folders.
pub type Items = Array;

thread_local! {
    /// Who takes them, and what waits for that.
    static TAKER: RefCell<(Option<Callback<Items>>, Option<Items>)> = const { RefCell::new((None, None)) };
}

/// Hands on what is dropped anywhere on the page, as long as the caller is shown; what was dropped before that,
/// too.
#[hook]
pub fn use_dropped(take: Callback<Items>) {
    use_effect_with((), move |()| {
        let waiting = TAKER.with_borrow_mut(|(taker, waiting)| {
            *taker = Some(take.clone());
            waiting.take()
        });
        if let Some(items) = waiting {
            take.emit(items);
        }
        || TAKER.with_borrow_mut(|(taker, _)| *taker = None)
    });
}

/// Catches files that are dropped where nothing takes them: a browser would leave the page for them. They lead
/// to Model, and are read there; a view with a field for recordings shows that instead, if they may be such. In a figure of somebody’s
/// page nothing is caught: that page is not ours.
#[hook]
pub fn use_drops(host: &Host, store: &Shared<Store>, dispatch: &Callback<Action>) {
    let is_page = *host == Host::Page;
    let (store, dispatch) = (store.clone(), dispatch.clone());
    use_effect_with((), move |()| {
        let window = gloo::utils::window();
        let listen = |name: &'static str,
                      hear: fn(&Event) -> Option<DataTransfer>,
                      then: Box<dyn Fn(&DataTransfer)>| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, name, options, move |event| {
                if let Some(transfer) = hear(event) {
                    event.prevent_default();
                    then(&transfer);
                }
            })
        };
        let listeners = is_page.then(|| {
            let dropped = move |transfer: &DataTransfer| {
                let state = &store.now().state;
                let items = items_of(transfer);
                if let Some(field) =
                    field().filter(|_| items.iter().all(|item| is_recording(&item)))
                {
                    let _ = field.focus();
                } else if state.page.view == View::Model || !state.figure.embed {
                    give(items);
                    if state.page.view != View::Model {
                        dispatch.emit(Action::set(Key::View, View::Model));
                    }
                }
            };
            [
                listen("dragover", files_of, Box::new(|_| ())),
                listen("drop", files_of, Box::new(dropped)),
            ]
        });
        move || drop(listeners)
    });
}

/// What an event holds, if it is files and nothing has taken them.
fn files_of(event: &Event) -> Option<DataTransfer> {
    let event = event.dyn_ref::<DragEvent>().filter(|event| !event.default_prevented())?;
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    // A browser’s own field for files takes them.
    if target.is_some_and(|target| target.matches("input[type=file]").unwrap_or(false)) {
        return None;
    }
    event.data_transfer().filter(|transfer| transfer.types().includes(&"Files".into(), 0))
}

/// Whether an item may be a recording, which a field of the view takes: weights in JSON are given to Model.
fn is_recording(item: &JsValue) -> bool {
    item.dyn_ref::<File>().is_some_and(|file| file.name().to_ascii_lowercase().ends_with(".json"))
}

/// The field of the view that is shown.
fn field() -> Option<HtmlElement> {
    gloo::utils::document().query_selector(FIELD).ok().flatten()?.dyn_into().ok()
}

fn give(items: Items) {
    let taker = TAKER.with_borrow_mut(|(taker, waiting)| {
        if taker.is_none() {
            *waiting = Some(items.clone());
        }
        taker.clone()
    });
    if let Some(taker) = taker {
        taker.emit(items);
    }
}

/// The items of a drop. They are asked for at once; later the browser has forgotten them.
pub fn items_of(transfer: &DataTransfer) -> Items {
    let items = transfer.items();
    let all = Array::new();
    for index in 0..items.length() {
        let Some(item) = items.get(index) else { continue };
        let entry = item.webkit_get_as_entry().ok().flatten();
        match entry.filter(|entry| entry.is_directory()) {
            Some(folder) => all.push(&folder),
            None => match item.get_as_file().ok().flatten() {
                Some(file) => all.push(&file),
                None => continue,
            },
        };
    }
    all
}
