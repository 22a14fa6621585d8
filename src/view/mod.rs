//! The page: Yew components over [`crate::state`] and [`crate::plot`].
//!
//! Components see `State`, `Action`, `Derived` and `Scene`, and never
//! multiply.

mod app;
mod canvas;
mod controls;
mod hooks;
mod model;
mod panels;
mod trouble;

pub use app::App;
pub use trouble::show_panics;
