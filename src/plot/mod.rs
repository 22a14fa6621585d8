//! Pictures: a [`Scene`] in value units first, pixels last.
//!
//! The same scene draws on a canvas, is exported, and is what tests look at.

mod badge;
#[cfg(feature = "app")]
mod clip;
mod curves;
#[cfg(feature = "app")]
pub mod draw;
mod drawn;
mod evidence;
mod figures;
mod mystery;
mod palette;
#[cfg(feature = "app")]
mod pen;
mod scene;
#[cfg(feature = "app")]
pub mod svg;
mod ticks;
mod transform;

pub use badge::badge;
pub use curves::overlay_styles;
pub use drawn::{Drawn, drawn};
pub use evidence::theory_scene;
pub use figures::{Pointing, codes_scene, difference_scene, medium_scene, ramp_scene, small_scene};
pub use mystery::{Guessed, mystery_scene};
pub use palette::{Color, Palette};
pub use scene::{Axis, Dash, Frame, Labels, Mark, Role, Scene, Shape, Side, Tick};
pub use ticks::ticks;
pub use transform::{Layout, Placed, Rect, Scale};
