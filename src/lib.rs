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
