//! Pictures: a [`Scene`] in value units first, pixels last.
//!
//! The same scene draws on a canvas, is exported, and is what tests look at.

mod badge;
#[cfg(feature = "svg")]
pub mod caption;
#[cfg(feature = "svg")]
mod clip;
mod curves;
#[cfg(feature = "svg")]
pub mod draw;
mod drawn;
mod evidence;
mod figures;
mod mystery;
mod pair_map;
mod palette;
#[cfg(feature = "svg")]
mod pen;
mod predicted;
mod quiz;
mod scene;
#[cfg(feature = "svg")]
pub mod svg;
mod ticks;
mod transform;

pub use badge::badge;
pub use curves::overlay_styles;
pub use drawn::{Drawn, drawn};
pub use evidence::theory_scene;
pub use figures::{Pointing, codes_scene, difference_scene, ramp_scene, small_scene};
pub use mystery::{Guessed, mystery_scene, racer_scene};
pub use pair_map::{MapPointing, pair_map_scene};
pub use palette::{Color, Palette};
pub use predicted::{Rest, predicted_scene};
pub use quiz::disagreement_scene;
pub use scene::{Axis, Corner, Dash, Frame, Labels, Mark, Role, Scene, Shape, Side, Tick};
pub use ticks::ticks;
pub use transform::{Layout, Placed, Rect, Scale};
