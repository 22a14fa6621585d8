//! [`use_beginning`]: a view that a link leads to begins at its beginning.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};
use yew::prelude::*;

use crate::state::View;
use crate::state::choices::Keyed;
use crate::view::host::Host;

/// Links of a view. Those from view to view stand above all views, and keep the focus.
const LINKS: &str = "a[href^='#/']:not(.views a)";
/// What a view is called by; what is folded away is no beginning.
const HEADING: &str = "h2:not(details h2, dialog h2)";

/// Where a link of one view leads to another, the reader is at the top of that, with the focus on its
/// first heading: the link that had it is gone. Back and Forward find the place where the reader was.
#[hook]
pub fn use_beginning(host: &Host, view: View) {
    let followed = use_memo((), |()| Rc::new(Cell::new(None::<View>)));
    {
        let (host, followed) = (host.clone(), Rc::clone(&followed));
        use_effect_with((), move |()| {
            // Before the link is followed, which may be at once.
            let options = EventListenerOptions::run_in_capture_phase();
            let click =
                EventListener::new_with_options(&host.events(), "click", options, move |event| {
                    followed.set(event.dyn_ref::<MouseEvent>().and_then(led_to));
                });
            move || drop(click)
        });
    }
    let (host, shown) = (host.clone(), use_mut_ref(|| view));
    use_effect_with(view, move |view| {
        let is_another = shown.replace(*view) != *view;
        // A link within a view is followed by no other one; Back may be, later.
        if followed.take() == Some(*view) && is_another {
            begin(&host);
        }
    });
}

/// The view that a click leads to by a link of a view, here and not in another tab.
fn led_to(click: &MouseEvent) -> Option<View> {
    let elsewhere = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    let target = click.composed_path().get(0).dyn_into::<Element>().ok();
    let link = target.and_then(|target| target.closest(LINKS).ok().flatten());
    let address = link?.get_attribute("href")?;
    let path = address.strip_prefix("#/")?.split('?').next()?;
    View::of_key(path).filter(|_| !elsewhere && click.button() == 0)
}

fn begin(host: &Host) {
    let Some(all) = host.whole() else { return };
    if let Some(heading) = all.query_selector(HEADING).ok().flatten() {
        focus(&heading);
    }
    // Where the top is in sight already, nothing moves.
    if all.get_bounding_client_rect().top() < 0.0 {
        all.scroll_into_view();
    }
}

/// Puts the focus on something, even if it takes none by itself.
pub fn focus(element: &Element) {
    let Some(element) = element.dyn_ref::<HtmlElement>() else { return };
    if !element.has_attribute("tabindex") {
        element.set_tab_index(-1);
    }
    let _ = element.focus();
}
