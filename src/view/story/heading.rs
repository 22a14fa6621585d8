//! The focus on a heading when what it is about is followed by something else.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ShadowRoot};
use yew::prelude::*;

/// For a heading of something with a key: when another key follows, the focus goes there, and the reader
/// to the beginning of what it stands in, unless that is in sight. `None` is nothing to go to. In a figure of
/// somebody's page only a reader who is in the figure is led: its author may turn to another scene by script.
#[hook]
pub fn use_heading_focus<Key: PartialEq + Clone + 'static>(key: Option<Key>) -> NodeRef {
    let title = use_node_ref();
    let shown = use_mut_ref(|| key.clone());
    let heading = title.clone();
    use_effect_with(key, move |key| {
        if shown.replace(key.clone()) == *key || key.is_none() {
            return;
        }
        let Some(heading) = heading.cast::<HtmlElement>() else { return };
        if is_left(&heading) {
            return;
        }
        let _ = heading.focus();
        let whole = heading.closest("article, section").ok().flatten();
        // Where the beginning is in sight already, nothing moves.
        if let Some(whole) = whole.filter(|whole| whole.get_bounding_client_rect().top() < 0.0) {
            whole.scroll_into_view();
        }
    });
    title
}

/// Whether something stands in a figure of somebody's page that has no focus within.
fn is_left(element: &HtmlElement) -> bool {
    let tree = element.get_root_node().dyn_into::<ShadowRoot>();
    tree.is_ok_and(|tree| tree.active_element().is_none())
}
