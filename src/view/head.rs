//! The static head of the page, where the app has places of its own.

use gloo::events::{EventListener, EventListenerOptions};
use yew::prelude::*;

use super::hooks::focus;

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
                if let Some(first) = document.query_selector(FIRST).ok().flatten() {
                    focus(&first);
                }
            })
        });
        move || drop(listener)
    });
}
