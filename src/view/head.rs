//! The static head of the page, where the app has places of its own.

use yew::prelude::*;

/// Something in the place of that id, or where it is written if the page has no such place.
pub fn in_head(id: &str, what: Html) -> Html {
    match gloo::utils::document().get_element_by_id(id) {
        Some(place) => create_portal(what, place),
        None => what,
    }
}
