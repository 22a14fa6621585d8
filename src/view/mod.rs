//! The page: Yew components over [`crate::state`] and [`crate::plot`].
//!
//! Components see `State`, `Action`, `Derived` and `Scene`, and never
//! multiply.

mod app;
mod base;
mod canvas;
mod controls;
mod easel;
mod files;
mod gesture;
mod hooks;
mod host;
mod measure;
mod model;
mod nav;
mod panels;
mod picture;
mod preview;
mod stage;
mod story;
mod timing;
mod trouble;
mod views;

pub use app::{App, AppProps};
pub use files::set_base;
pub use host::{Figure, Host};
pub use model::{Model, Shared};
pub use stage::Stage;
pub use trouble::show_panics;
