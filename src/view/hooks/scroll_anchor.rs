//! [`use_scroll_anchor`]: what is being used stays where it is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::render::{AnimationFrame, request_animation_frame};
use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::view::host::Host;

/// Events whose answer may change the height of what stands above.
const EVENTS: [&str; 3] = ["input", "change", "click"];
/// In a drag the next event comes before this, in milliseconds.
const SOON: f64 = 100.0;
/// What is used by them and stays. Links and buttons of the class `leads` lead elsewhere, and summaries
/// unfold what is below them.
const USED: &str = "main :is(input, select, textarea, button:not(.leads))";

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
        // What was used last, where it was then, and when: asking before every event of a drag would lay
        // the page out once more for each.
        let last = Rc::new(RefCell::new(None::<(Element, f64, f64)>));
        let scrolled = is_page.then(|| {
            let last = Rc::clone(&last);
            let options = EventListenerOptions::run_in_capture_phase();
            EventListener::new_with_options(&window, "scroll", options, move |_| drop(last.take()))
        });
        let frame = Rc::new(RefCell::new(None::<AnimationFrame>));
        let listeners = is_page.then_some(EVENTS).map(|events| {
            events.map(|name| {
                let (waits, frame) = (Rc::clone(&waits), Rc::clone(&frame));
                let last = Rc::clone(&last);
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
                    let top = match &*last.borrow() {
                        Some((known, top, when)) if *known == used && Date::now() - when < SOON => {
                            *top
                        }
                        _ => used.get_bounding_client_rect().top(),
                    };
                    let (done, last) = (Rc::clone(&waits), Rc::clone(&last));
                    waits.set(true);
                    frame.replace(Some(request_animation_frame(move |_| {
                        done.set(false);
                        let off = bring_back(&used, top);
                        last.replace(Some((used, top + off, Date::now())));
                    })));
                })
            })
        });
        move || {
            drop((listeners, scrolled));
            frame.take();
        }
    });
}

/// Keeps the control within a panel that has the focus where it is in what is drawn next, as long as
/// what is given is kept: for an answer that comes a while after what was typed.
pub fn hold_focused(panel: &Element) -> Option<AnimationFrame> {
    let used = gloo::utils::document().active_element()?.closest(USED).ok()??;
    if !panel.contains(Some(&used)) {
        return None;
    }
    let top = used.get_bounding_client_rect().top();
    Some(request_animation_frame(move |_| {
        bring_back(&used, top);
    }))
}

/// Scrolls whatever holds an element, from the inside out, until it is where it was. Gives how far it
/// is off then.
#[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
fn bring_back(element: &Element, top: f64) -> f64 {
    let off = || element.get_bounding_client_rect().top() - top;
    let mut holder = element.parent_element().filter(|_| element.is_connected());
    let mut far = off();
    while let Some(one) = holder {
        // A whole pixel is the least that scrolls everywhere.
        if far.abs() < 1.0 {
            break;
        }
        if one.scroll_height() > one.client_height() {
            one.set_scroll_top(one.scroll_top() + far.round() as i32);
            far = off();
        }
        holder = one.parent_element();
    }
    far
}
