//! The second part of the module: whether it is there, and [`Lazy`], which waits for it.
//!
//! `tools/dev/split.mjs` divides the module at [`rest`]; `www/rest.js` fetches the part.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::functional::UseForceUpdateHandle;
use yew::prelude::*;

use super::later::{Later, LazyProps, draw};

type Draw = fn(&Later) -> Html;

/// How far it has come.
#[derive(Clone)]
enum Rest {
    /// Nothing has asked for it.
    Unasked,
    /// On its way.
    Coming,
    /// Here.
    There(Draw),
    /// Not here, and why, as the end of a sentence.
    Missing(String),
}

thread_local! {
    static REST: RefCell<Rest> = const { RefCell::new(Rest::Unasked) };
    /// What is drawn anew when that changes.
    static WAITING: RefCell<Vec<Rc<UseForceUpdateHandle>>> = const { RefCell::new(Vec::new()) };
    /// Why the try under way has failed.
    static REASON: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The boundary: the first call fetches the part. A failure is not kept.
#[wasm_split(rest, fallible)]
fn rest() -> Result<Draw, SplitLoaderError> {
    Ok(draw)
}

/// Fetches the part, unless it is there or on its way.
pub fn fetch() {
    if REST.with_borrow(|rest| matches!(rest, Rest::Coming | Rest::There(_))) {
        return;
    }
    tell(Rest::Coming);
    spawn_local(async {
        tell(match rest().await {
            Ok(draw) => Rest::There(draw),
            Err(_) => Rest::Missing(REASON.take()),
        });
    });
}

/// The same before anything needs it. A try that has failed is left to whoever sees it.
pub fn fetch_early() {
    if REST.with_borrow(|rest| matches!(rest, Rest::Unasked)) {
        fetch();
    }
}

/// Keeps why the try under way has failed.
pub fn failed(reason: String) {
    REASON.set(reason);
}

fn tell(rest: Rest) {
    REST.set(rest);
    // One that is drawn may take itself off the list.
    for waiting in WAITING.with_borrow(Clone::clone) {
        waiting.force_update();
    }
}

/// How far the rest has come. A component that needs it has it fetched.
#[hook]
fn use_rest() -> Rest {
    let rest = REST.with_borrow(Clone::clone);
    let again = use_force_update();
    let is_there = matches!(rest, Rest::There(_));
    use_effect_with((), move |()| {
        let again = Rc::new(again);
        if !is_there {
            WAITING.with_borrow_mut(|waiting| waiting.push(Rc::clone(&again)));
            fetch();
            // It may have come since this was drawn.
            again.force_update();
        }
        move || WAITING.with_borrow_mut(|waiting| waiting.retain(|one| !Rc::ptr_eq(one, &again)))
    });
    rest
}

/// Shows something of the rest once that is there; until then, and where it does not come, a
/// sentence stands there, once on a page.
#[component]
pub fn Lazy(props: &LazyProps) -> Html {
    let rest = use_rest();
    let has_sentence = !matches!(
        props.what,
        Later::More(_) // It stands below a scene.
    );
    // What needs none of it does not wait.
    let ready = match &props.what {
        Later::Scene(scene) => scene.opening(),
        _ => Html::default(),
    };
    match rest {
        Rest::There(draw) => draw(&props.what),
        _ if !has_sentence => Html::default(),
        Rest::Unasked | Rest::Coming => html! {
            <>{ ready }<section class="panel"><p id="rest-coming" role="status">{ "Fetching this part of the page …" }</p></section></>
        },
        Rest::Missing(reason) => html! {
            <>{ ready }<section class="panel">
                <p id="no-rest" role="alert">{ format!("This part of the page could not be fetched: {reason}.") }</p>
                <button type="button" id="retry-rest" onclick={Callback::from(|_: MouseEvent| fetch())}>{ "Try again" }</button>
            </section></>
        },
    }
}
