//! [`mount_page`]: the app as the page itself.

use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::Renderer;

#[cfg(feature = "split")]
use crate::view::rest;
use crate::view::{App, AppProps, Host, show_panics};

/// Mounts the app as the page itself: its state is the address. A panic is from then on shown on
/// the page.
#[wasm_bindgen(js_name = mountPage)]
pub fn mount_page(root: Element) {
    show_panics();
    root.set_inner_html("");
    Renderer::<App>::with_root_and_props(root, AppProps { host: Host::Page }).render();
}

/// Fetches the rest of the module, unless something has asked for it before. A failure is told where
/// something of it should stand.
#[cfg(feature = "split")]
#[wasm_bindgen(js_name = fetchRest)]
pub fn fetch_rest() {
    rest::fetch_early();
}

/// Takes from `www/rest.js` why the rest did not come, as the end of a sentence.
#[cfg(feature = "split")]
#[wasm_bindgen(js_name = restFailed)]
pub fn rest_failed(reason: String) {
    rest::failed(reason);
}
