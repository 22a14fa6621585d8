//! The page's entry point: mounts the app where the page has a place for it.

fn main() {
    // Without a document (Node) or without the place there is nothing to do.
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.get_element_by_id("app")) {
        rampscope::mount(root);
    }
}
