//! The address bar and the browser's history.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::state::schema::History;
use crate::state::{Action, State, View, link};
use crate::story;
use crate::story::scenes::scene_of;
use crate::view::host::Host;
use crate::view::model::{Model, Shared};
use crate::view::store::Store;

/// A drag rewrites the address at most this often: browsers refuse more than
/// about a hundred rewrites in half a minute.
const REWRITE_EVERY_MS: u32 = 400;

/// Events that end a drag, a key press or the page.
const RELEASES: [&str; 4] = ["pointerup", "keyup", "change", "pagehide"];

/// The fragment of the page's address, with its `#`.
fn fragment() -> String {
    gloo::utils::window().location().hash().unwrap_or_default()
}

/// The fragment that an app begins with. A step of the story alone opens the step's own state.
pub fn opened_fragment(host: &Host) -> String {
    match host {
        Host::Page => story::completed(&fragment()),
        Host::Figure(figure) => story::completed(&figure.fragment),
    }
}

/// The address that the history has, and the state that waits to be written.
#[derive(Default)]
struct Book {
    written: String,
    waiting: Option<(Shared<Model>, Timeout)>,
}

/// Writes the state into the address, and loads it when a person goes back,
/// goes forward or edits the address. The heading is long only where the story begins. A figure in
/// another page leaves that page's address alone.
#[hook]
pub fn use_address(
    host: &Host,
    store: &Shared<Store>,
    model: &Shared<Model>,
    dispatch: &Callback<Action>,
) {
    let is_page = *host == Host::Page;
    let book = use_mut_ref(|| Book { written: fragment(), waiting: None });

    {
        let (book, store, dispatch) = (Rc::clone(&book), store.clone(), dispatch.clone());
        use_effect_with((), move |()| {
            let dispatch = &dispatch;
            let listener = |event: &'static str| {
                let (book, dispatch) = (Rc::clone(&book), dispatch.clone());
                EventListener::new(&gloo::utils::window(), event, move |_| {
                    open_if_new(&book, &dispatch)
                })
            };
            let listeners = is_page.then(|| [listener("popstate"), listener("hashchange")]);
            if is_page {
                // The first render may take a while, and the address may have changed meanwhile.
                open_if_new(&book, dispatch);
            }
            // At a release nothing may wait, what is not drawn yet among it: a reload would lose it.
            let releases = RELEASES.map(|event| {
                let (book, store) = (Rc::clone(&book), store.clone());
                EventListener::new(&gloo::utils::window(), event, move |_| {
                    flush(&book);
                    let now = store.now();
                    if let Some(history) = now.history.filter(|_| is_page) {
                        write(&book, &now, history);
                    }
                })
            });
            move || drop((listeners, releases))
        });
    }

    use_effect_with(model.clone(), move |model| {
        if !is_page {
            return;
        }
        mark_body(&model.state);
        match model.history {
            None => {}
            Some(History::Push) => {
                flush(&book);
                write(&book, model, History::Push);
            }
            Some(History::Replace) => replace_later(&book, model),
        }
    });
}

/// What the static part of the page shows around the app.
fn mark_body(state: &State) {
    let Some(body) = gloo::utils::document().body() else { return };
    let is_start = (state.page.view, scene_of(state)) == (View::Story, 1);
    let classes = body.class_list();
    // Fails for names with spaces only.
    let _ = classes.toggle_with_force("inside", !is_start);
    let _ = classes.toggle_with_force("embedded", state.figure.embed);
}

/// Both events fire on some ways back; the second says nothing new.
fn open_if_new(book: &Rc<RefCell<Book>>, dispatch: &Callback<Action>) {
    let address = fragment();
    let is_new = {
        let mut book = book.borrow_mut();
        let is_new = book.written != address;
        book.waiting = None;
        book.written.clone_from(&address);
        is_new
    };
    if is_new {
        dispatch.emit(Action::open(story::completed(&address)));
    }
}

/// The first rewrite of a drag waits, and so do the later ones, for the same
/// moment: the newest state is written then.
fn replace_later(book: &Rc<RefCell<Book>>, model: &Shared<Model>) {
    let mut open = book.borrow_mut();
    match &mut open.waiting {
        Some((waiting, _)) => *waiting = model.clone(),
        None => {
            let later = Rc::clone(book);
            let timeout = Timeout::new(REWRITE_EVERY_MS, move || flush(&later));
            open.waiting = Some((model.clone(), timeout));
        }
    }
}

/// Writes what waits.
fn flush(book: &Rc<RefCell<Book>>) {
    let waiting = book.borrow_mut().waiting.take();
    if let Some((model, _timeout)) = waiting {
        write(book, &model, History::Replace);
    }
}

fn write(book: &Rc<RefCell<Book>>, model: &Model, how: History) {
    let address = &link::write(&model.state);
    if book.borrow().written == *address {
        return;
    }
    let Ok(history) = gloo::utils::window().history() else { return };
    let done = match how {
        History::Push => history.push_state_with_url(&JsValue::NULL, "", Some(address)),
        History::Replace => history.replace_state_with_url(&JsValue::NULL, "", Some(address)),
    };
    // A sandboxed frame may refuse; the page works without.
    if done.is_ok() {
        book.borrow_mut().written.clone_from(address);
    }
}
