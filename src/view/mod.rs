//! The page: Yew components over [`crate::state`], [`crate::documents`], [`crate::plot`] and
//! [`crate::story`].
//!
//! Components see `State`, `Action`, `Derived`, `Documents` and `Scene`, and nothing below: they never
//! multiply and never judge.

mod app;
mod base;
mod canvas;
mod controls;
mod easel;
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
mod panels;
mod picture;
mod preview;
#[cfg(feature = "split")]
pub mod rest;
mod sight;
mod stage;
mod store;
mod story;
mod timing;
mod trouble;
mod views;

#[cfg(feature = "api")]
pub use app::APP;
pub use app::{App, AppProps};
#[cfg(feature = "api")]
pub use files::set_base;
#[cfg(feature = "api")]
pub use host::Figure;
pub use host::Host;
#[cfg(feature = "api")]
pub use model::{Model, Shared};
#[cfg(feature = "api")]
pub use stage::Stage;
pub use trouble::show_panics;
