//! The JavaScript interface. `www/pkg/index.d.ts` describes it for people; these functions are
//! what the package is made of.
//!
//! States are given as people write them: an object of [`schema`](crate::state::schema) keys, a
//! preset's key, or a link's fragment. Numbers in bulk are typed arrays.

mod calls;
mod fault;
#[cfg(feature = "app")]
mod mounted;
mod object;
mod options;
mod ramp;

pub use calls::{
    dequantize, engines, kinks, linear, min_max_qparams, parameters, presets, quantize,
};
pub use fault::Fault;
#[cfg(feature = "app")]
pub use mounted::{Mounted, mount_figure, mount_page};
pub use ramp::ramp;
