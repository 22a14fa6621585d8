//! [`use_scroll_anchor`]: what is being used stays where it is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::render::{AnimationFrame, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::view::host::Host;

/// Events whose answer may change the height of what stands above.
const EVENTS: [&str; 3] = ["input", "change", "click"];
/// What is used by them and stays. Links lead elsewhere and summaries unfold what is below them.
const USED: &str = "main :is(input, select, button)";

/// Keeps the control that is used at its place in the window when what stands above it becomes
/// taller or shorter: a slider does not slip away from under the pointer. Browsers that do so by
/// themselves hold on to something above the control, so the style sheet turns that off. In a page
/// of somebody else nothing is scrolled.
#[hook]
pub fn use_scroll_anchor(host: &Host) {
    let is_page = *host == Host::Page;
    use_effect_with((), move |()| {
        let window = gloo::utils::window();
        let waits = Rc::new(Cell::new(false));
        let frame = Rc::new(RefCell::new(None::<AnimationFrame>));
        let listeners = is_page.then_some(EVENTS).map(|events| {
            events.map(|name| {
                let (waits, frame) = (Rc::clone(&waits), Rc::clone(&frame));
                // Before the app hears of it: nothing has moved yet.
                let options = EventListenerOptions::run_in_capture_phase();
                EventListener::new_with_options(&window, name, options, move |event| {
                    // The first event of a frame knows where the control was.
                    if waits.get() {
                        return;
                    }
                    let target =
                        event.target().and_then(|target| target.dyn_into::<Element>().ok());
                    let used = target.and_then(|target| target.closest(USED).ok().flatten());
                    let Some(used) = used else { return };
                    let (top, done) = (used.get_bounding_client_rect().top(), Rc::clone(&waits));
                    waits.set(true);
                    frame.replace(Some(request_animation_frame(move |_| {
                        done.set(false);
                        bring_back(&used, top);
                    })));
                })
            })
        });
        move || {
            drop(listeners);
            frame.take();
        }
    });
}

/// Scrolls whatever holds an element, from the inside out, until it is where it was.
#[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
fn bring_back(element: &Element, top: f64) {
    let off = || element.get_bounding_client_rect().top() - top;
    // A whole pixel is the least that scrolls everywhere.
    if !element.is_connected() || off().abs() < 1.0 {
        return;
    }
    let mut holder = element.parent_element();
    while let Some(one) = holder {
        if one.scroll_height() > one.client_height() {
            one.set_scroll_top(one.scroll_top() + off().round() as i32);
            if off().abs() < 1.0 {
                return;
            }
        }
        holder = one.parent_element();
    }
}
