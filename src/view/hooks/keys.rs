//! Keys that work anywhere on the page, and the releases that end a step of the undo.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::state::Action;
use crate::view::host::Host;

/// Events after which the next change is a step of its own.
const RELEASES: [&str; 3] = ["pointerup", "keyup", "change"];

/// Undo, redo, the kinks and the sheet of keys by keyboard, wherever the focus is but in a field
/// that takes text.
#[hook]
pub fn use_keys(host: Host, dispatch: Callback<Action>) {
    use_effect_with((), move |()| {
        let target = host.events();
        let releases = RELEASES.map(|event| {
            let dispatch = dispatch.clone();
            EventListener::new(&target, event, move |_| dispatch.emit(Action::Release))
        });
        let options = EventListenerOptions::enable_prevent_default();
        let keys = EventListener::new_with_options(&target, "keydown", options, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if event.default_prevented() || takes_text(event) {
                return;
            }
            let control = event.ctrl_key() || event.meta_key();
            let action = match event.key().as_str() {
                "z" | "Z" if control && event.shift_key() => Action::Redo,
                // Caps Lock makes it a capital.
                "z" | "Z" if control => Action::Undo,
                "y" | "Y" if control => Action::Redo,
                "n" if !control && press(&host, "next-step") => return event.prevent_default(),
                "p" if !control && press(&host, "previous-step") => return event.prevent_default(),
                "[" if !control => Action::JumpKink(-1),
                "]" if !control => Action::JumpKink(1),
                "?" if !control && press(&host, "keys") => return event.prevent_default(),
                _ => return,
            };
            event.prevent_default();
            dispatch.emit(action);
        });
        move || drop((releases, keys))
    });
}

/// Whether the key goes into a field: there `[` is a letter and Ctrl Z the field's own.
fn takes_text(event: &KeyboardEvent) -> bool {
    // In a shadow tree the target is the host; the path begins with the element itself.
    let target = event.composed_path().get(0);
    let element = target.dyn_into::<Element>().ok();
    element.is_some_and(|element| {
        element
            .closest("textarea, input[type=text], input[type=search], dialog[open]")
            .ok()
            .flatten()
            .is_some()
    })
}

/// Presses a button or follows a link, if it is there.
fn press(host: &Host, id: &str) -> bool {
    match host.by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        Some(element) => {
            element.click();
            true
        }
        None => false,
    }
}
