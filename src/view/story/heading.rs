//! The focus on a heading when what it is about is followed by something else.

use gloo::render::request_animation_frame;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, ShadowRoot};
use yew::prelude::*;

/// The share of the window below which a beginning is not in sight.
const LOW: f64 = 0.6;

/// For a heading of something with a key: when another key follows, the focus goes there, and the reader
/// to the beginning of `whole`, unless that is in sight. `None` is nothing to go to. In a figure of
/// somebody's page only a reader who is in the figure is led: its author may turn to another scene by script.
#[hook]
pub fn use_heading_focus<Key: PartialEq + Clone + 'static>(
    key: Option<Key>,
    whole: &NodeRef,
) -> NodeRef {
    let title = use_node_ref();
    let frame = use_mut_ref(|| None);
    let shown = use_mut_ref(|| key.clone());
    let (heading, whole) = (title.clone(), whole.clone());
    use_effect_with(key, move |key| {
        if shown.replace(key.clone()) == *key || key.is_none() {
            return;
        }
        let Some(whole) = whole.cast::<HtmlElement>().filter(|whole| !is_left(whole)) else {
            return;
        };
        // What is still being loaded has no heading.
        let heading = heading.cast::<HtmlElement>();
        if let Some(heading) = &heading {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = heading.focus_with_options(&options);
        }
        // What stands above may have another height once the page knows of it.
        frame.replace(Some(request_animation_frame(move |_| {
            let is_seen = heading.is_none_or(|heading| is_high(&heading)) && is_high(&whole);
            // Where the beginning is in sight already, nothing moves.
            if !is_seen {
                whole.scroll_into_view();
            }
        })));
    });
    title
}

/// Whether something begins in the upper part of the window.
fn is_high(element: &HtmlElement) -> bool {
    let top = element.get_bounding_client_rect().top();
    let height = gloo::utils::window().inner_height().ok().and_then(|height| height.as_f64());
    top >= 0.0 && height.is_none_or(|height| top <= LOW * height)
}

/// Leads to the beginning of the scene of a figure, with the focus on the figure.
pub fn begin_again(figure: &NodeRef) {
    let Some(figure) = figure.cast::<HtmlElement>() else { return };
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = figure.focus_with_options(&options);
    if let Ok(Some(story)) = figure.closest(".story")
        && story.get_bounding_client_rect().top() < 0.0
    {
        story.scroll_into_view();
    }
}

/// Whether something stands in a figure of somebody's page that has no focus within.
fn is_left(element: &HtmlElement) -> bool {
    let tree = element.get_root_node().dyn_into::<ShadowRoot>();
    tree.is_ok_and(|tree| tree.active_element().is_none())
}
