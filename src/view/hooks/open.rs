//! What is made only while it is unfolded.

use web_sys::HtmlDetailsElement;
use yew::prelude::*;

/// Whether a `<details>` is open, and what hears its `toggle`.
#[hook]
pub fn use_open() -> (bool, Callback<Event>) {
    let is_open = use_state_eq(|| false);
    let ontoggle = {
        let is_open = is_open.clone();
        Callback::from(move |event: Event| {
            is_open.set(event.target_unchecked_into::<HtmlDetailsElement>().open());
        })
    };
    (*is_open, ontoggle)
}
