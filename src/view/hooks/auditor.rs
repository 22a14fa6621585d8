//! The browser's part of the audit: a worker with the audit's module, fetched when the first file comes; where
//! none starts, the same file as a script of this page.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect, global};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, File, HtmlScriptElement, MessageEvent, Url, Worker};
use yew::prelude::*;

use crate::documents::{AuditStep, DocumentEvent, Progress};
use crate::view::files::beside;

/// The one file that the audit needs.
const SCRIPT: &str = "audit-desk.js";
/// What that file leaves where it is no worker.
const HERE: &str = "rampscopeAudit";

/// A file that a reader gives.
#[derive(Clone, PartialEq)]
pub struct GivenFile {
    /// The file.
    pub file: File,
    /// The folder that it lay in; empty for none.
    pub folder: String,
    /// Whether it holds samples of activations.
    pub is_sample: bool,
}

/// Who answers.
enum Desk {
    Worker(Worker),
    Here(Function),
}

/// Hears the desk’s messages on the page’s own thread.
type Heard = Closure<dyn Fn(JsValue)>;

/// A desk that has begun, and who waits for its answers.
struct Open {
    desk: RefCell<Option<Desk>>,
    waiting: RefCell<HashMap<u32, Function>>,
    next: Cell<u32>,
    tell: RefCell<Callback<DocumentEvent>>,
    heard: RefCell<Option<Heard>>,
}

thread_local! {
    static OPEN: RefCell<Option<Rc<Open>>> = const { RefCell::new(None) };
}

/// Audits files, and tells what comes of it. An audit under way ends.
pub fn audit_files(files: &[GivenFile], tell: &Callback<DocumentEvent>) {
    let is_busy = OPEN
        .with_borrow(|open| open.as_ref().is_some_and(|open| !open.waiting.borrow().is_empty()));
    if is_busy {
        put_away();
    }
    let of_bytes = files.iter().filter(|one| !one.is_sample).map(|one| one.file.size()).sum();
    let name = files.first().map_or_else(String::new, |one| one.file.name());
    let begins = Progress { name, of_bytes, ..Progress::default() };
    tell.emit(DocumentEvent::Audit(AuditStep::Reads(begins)));
    let list = Array::new();
    for one in files {
        let folder = (!one.folder.is_empty()).then_some(one.folder.as_str());
        list.push(&object(&[
            ("file", one.file.clone().into()),
            ("name", one.file.name().into()),
            ("folder", folder.map_or(JsValue::UNDEFINED, Into::into)),
            ("isSample", one.is_sample.into()),
        ]));
    }
    let tell = tell.clone();
    spawn_local(async move {
        let task = object(&[("kind", "audit".into()), ("files", list.into())]);
        let step = match ask(task, &tell).await {
            Ok(answer) => AuditStep::Said(text_of(&answer)),
            // Whoever has put it away has said so.
            Err(None) => return,
            Err(Some(why)) => AuditStep::Failed(why),
        };
        tell.emit(DocumentEvent::Audit(step));
    });
}

/// Ends what is under way, and lets go of the files.
pub fn put_away() {
    let Some(open) = OPEN.take() else { return };
    match open.desk.take() {
        Some(Desk::Worker(worker)) => worker.terminate(),
        // It hears of it after its slice.
        Some(Desk::Here(take)) => {
            let _ = take.call1(&JsValue::UNDEFINED, &object(&[("kind", "stop".into())]));
        }
        None => {}
    }
    let waiting = std::mem::take(&mut *open.waiting.borrow_mut());
    for resolve in waiting.into_values() {
        let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::NULL);
    }
}

/// What the desk says to a question about the files that are open: its answer's text, and the object itself.
///
/// # Errors
/// Why there is none.
pub async fn ask_desk(question: &[(&str, JsValue)]) -> Result<(String, JsValue), String> {
    let answer = ask(object(question), &Callback::noop()).await;
    let answer = answer.map_err(|why| why.unwrap_or_else(|| "The files were put away.".into()))?;
    Ok((text_of(&answer), answer))
}

/// The answer; `Err(None)` if the desk was put away.
async fn ask(task: Object, tell: &Callback<DocumentEvent>) -> Result<JsValue, Option<String>> {
    let open = match OPEN.with_borrow(Clone::clone) {
        Some(open) => open,
        None => begin().await.map_err(Some)?,
    };
    let id = open.next.replace(open.next.get() + 1);
    set(&task, "id", &id.into());
    if Reflect::get(&task, &"kind".into()).ok().and_then(|kind| kind.as_string()).as_deref()
        == Some("audit")
    {
        open.tell.replace(tell.clone());
    }
    let answered = Promise::new(&mut |resolve, _| {
        open.waiting.borrow_mut().insert(id, resolve);
    });
    let sent = match &*open.desk.borrow() {
        Some(Desk::Worker(worker)) => worker.post_message(&task),
        Some(Desk::Here(take)) => take.call1(&JsValue::UNDEFINED, &task).map(|_| ()),
        None => return Err(None),
    };
    if sent.is_err() {
        return Err(Some("This browser does not hand files to a worker.".into()));
    }
    let answer = JsFuture::from(answered).await.map_err(|_| None)?;
    if answer.is_null() {
        return Err(None);
    }
    match Reflect::get(&answer, &"fault".into()).ok().and_then(|fault| fault.as_string()) {
        Some(why) => Err(Some(why)),
        None => Ok(answer),
    }
}

/// Begins: a worker, or the page's own thread where none starts.
async fn begin() -> Result<Rc<Open>, String> {
    let open = Rc::new(Open {
        desk: RefCell::default(),
        waiting: RefCell::default(),
        next: Cell::new(1),
        tell: RefCell::default(),
        heard: RefCell::default(),
    });
    let (address, is_of_page) =
        address().map_err(|_| "This browser gives no addresses for scripts.".to_string())?;
    let desk = match worker(&address, &open).await {
        Some(worker) => Desk::Worker(worker),
        None => Desk::Here(here(&address, &open).await?),
    };
    if is_of_page {
        let _ = Url::revoke_object_url(&address);
    }
    open.desk.replace(Some(desk));
    OPEN.set(Some(Rc::clone(&open)));
    Ok(open)
}

/// Where the script is: beside the page, or within a page that is a single file.
fn address() -> Result<(String, bool), JsValue> {
    let Some(within) = gloo::utils::document().get_element_by_id(SCRIPT) else {
        return Ok((beside(SCRIPT), false));
    };
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let text = within.text_content().unwrap_or_default();
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    Ok((Url::create_object_url_with_blob(&blob)?, true))
}

/// A worker that has said that it is there.
async fn worker(address: &str, open: &Rc<Open>) -> Option<Worker> {
    let worker = Worker::new(address).ok()?;
    let started = Promise::new(&mut |resolve, _| {
        let (began, failed) = (resolve.clone(), resolve);
        let weak = Rc::downgrade(open);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            if Reflect::get(&data, &"isThere".into()).is_ok_and(|there| there.is_truthy()) {
                let _ = began.call1(&JsValue::UNDEFINED, &true.into());
            } else if let Some(open) = weak.upgrade() {
                hear(&open, &data);
            }
        });
        let on_error = Closure::<dyn FnMut()>::new(move || {
            let _ = failed.call1(&JsValue::UNDEFINED, &false.into());
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // They live as long as the worker, which is one on a page.
        on_message.forget();
        on_error.forget();
    });
    let is_there = JsFuture::from(started).await.is_ok_and(|there| there.is_truthy());
    is_there.then_some(worker)
}

/// The script on the page's thread.
async fn here(address: &str, open: &Rc<Open>) -> Result<Function, String> {
    let missing = || {
        "The audit’s module could not be fetched. Look whether you are online, and give the file again.".to_string()
    };
    let document = gloo::utils::document();
    let script = document.create_element("script").map_err(|_| missing())?;
    let script: HtmlScriptElement = script.unchecked_into();
    script.set_src(address);
    let loaded = Promise::new(&mut |resolve, _| {
        for event in ["load", "error"] {
            let _ = script.add_event_listener_with_callback(event, &resolve);
        }
    });
    if let Some(body) = document.body() {
        let _ = body.append_child(&script);
    }
    let _ = JsFuture::from(loaded).await;
    script.remove();
    let desk = Reflect::get(&global(), &HERE.into()).ok();
    let desk = desk.and_then(|desk| desk.dyn_into::<Function>().ok()).ok_or_else(missing)?;
    let weak = Rc::downgrade(open);
    let heard = Closure::<dyn Fn(JsValue)>::new(move |data: JsValue| {
        if let Some(open) = weak.upgrade() {
            hear(&open, &data);
        }
    });
    let take = desk.call1(&JsValue::UNDEFINED, heard.as_ref());
    open.heard.replace(Some(heard));
    take.ok().and_then(|take| take.dyn_into::<Function>().ok()).ok_or_else(missing)
}

/// A message of the desk.
fn hear(open: &Open, data: &JsValue) {
    let of = |key: &str| Reflect::get(data, &key.into()).unwrap_or_default();
    let number = |key: &str| of(key).as_f64().unwrap_or(0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small counts")]
    let count = |key: &str| number(key) as u32;
    if of("progress").is_truthy() {
        open.tell.borrow().emit(DocumentEvent::Audit(AuditStep::Reads(Progress {
            name: of("name").as_string().unwrap_or_default(),
            done: count("done"),
            all: count("all"),
            bytes: number("bytes"),
            of_bytes: number("ofBytes"),
        })));
        return;
    }
    let resolve = open.waiting.borrow_mut().remove(&count("id"));
    if let Some(resolve) = resolve {
        let _ = resolve.call1(&JsValue::UNDEFINED, data);
    }
}

fn text_of(answer: &JsValue) -> String {
    let text = Reflect::get(answer, &"text".into()).ok();
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let made = Object::new();
    for (key, value) in fields {
        set(&made, key, value);
    }
    made
}

fn set(object: &Object, key: &str, value: &JsValue) {
    // A plain object takes any field.
    let _ = Reflect::set(object, &key.into(), value);
}
