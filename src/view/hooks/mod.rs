//! Hooks: what ties the components to the browser.

mod address;
mod theme;

pub use address::{fragment, use_address};
pub use theme::use_theme;
