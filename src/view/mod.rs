//! The page: Yew components over [`crate::state`], [`crate::documents`], [`crate::plot`] and
//! [`crate::story`].
//!
//! Components see `State`, `Action`, `Derived`, `Documents` and `Scene`, and nothing below: they never
//! multiply and never judge.

mod app;
mod app_root;
mod base;
mod canvas;
mod canvas_renderer;
mod controls;
mod cursor_key;
mod facets;
mod files;
mod gesture;
mod head;
mod hooks;
mod host;
mod later;
mod lazy;
mod measure;
mod model;
mod nav;
mod paint;
mod panels;
mod picture;
mod preview;
#[cfg(feature = "split")]
pub mod rest;
mod share;
mod sight;
mod sourced;
mod store;
mod story;
mod timing;
mod trouble;
mod views;
mod way_back;

#[cfg(feature = "api")]
pub use app::APP;
pub use app::{App, AppProps};
#[cfg(feature = "api")]
pub use app_root::AppRoot;
#[cfg(feature = "api")]
pub use files::set_base;
#[cfg(feature = "api")]
pub use host::EmbeddedFigure;
pub use host::Host;
#[cfg(feature = "api")]
pub use model::{Model, Shared};
pub use trouble::show_panics;
