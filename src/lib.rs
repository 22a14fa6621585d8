//! Rampscope: see, move and check the integer arithmetic inside a quantized
//! linear layer.

pub mod arith;
pub mod evidence;
pub mod kernel;
pub mod layer;
pub mod plot;
pub mod state;
pub mod story;

#[cfg(feature = "api")]
pub mod api;
#[cfg(feature = "app")]
mod view;

/// Mounts the app into an element, in place of what the element holds. A
/// panic is from then on shown on the page.
#[cfg(feature = "app")]
pub fn mount(root: web_sys::Element) {
    view::show_panics();
    root.set_inner_html("");
    yew::Renderer::<view::App>::with_root(root).render();
}
