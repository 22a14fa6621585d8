//! Pictures: a [`Scene`] in value units first, pixels last.
//!
//! The same scene draws on a canvas, is exported, and is what tests look at.

#[cfg(feature = "app")]
pub mod draw;
mod figures;
#[cfg(feature = "app")]
mod pen;
mod scene;
mod theme;
mod ticks;
mod transform;

pub use figures::{difference_frame, ramp_scene, small_scene};
pub use scene::{Axis, Dash, Frame, Labels, Mark, Role, Scene, Side, Tick};
pub use theme::{Color, Theme};
pub use ticks::ticks;
pub use transform::{Layout, Placed, Rect, Scale};
