//! The static head of the page, where the app has places of its own.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Something in the place of that id, instead of what the static page has there; or where it is written
/// if the page has no such place.
#[hook]
pub fn use_in_head(id: &'static str, what: Html) -> Html {
    use_memo((), move |()| {
        if let Some(place) = gloo::utils::document().get_element_by_id(id) {
            place.set_inner_html("");
        }
    });
    match gloo::utils::document().get_element_by_id(id) {
        Some(place) => create_portal(what, place),
        None => what,
    }
}

/// What the link to skip the head leads to: the first figure, or the first heading.
const FIRST: &str = "#app [role=slider], #app h2";

/// Follows the link to skip the head. Its address is no state of the app.
#[hook]
pub fn use_skip_link() {
    use_effect_with((), |()| {
        let document = gloo::utils::document();
        let options = EventListenerOptions::enable_prevent_default();
        let listener = document.get_element_by_id("skip").map(|link| {
            EventListener::new_with_options(&link, "click", options, move |event| {
                event.prevent_default();
                let first = document.query_selector(FIRST).ok().flatten();
                if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
                    if !first.has_attribute("tabindex") {
                        first.set_tab_index(-1);
                    }
                    let _ = first.focus();
                }
            })
        });
        move || drop(listener)
    });
}
