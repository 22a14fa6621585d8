//! The JavaScript interface. `www/pkg/index.d.ts` describes it for people; these functions are
//! what the package is made of.
//!
//! States are given as people write them: an object of [`schema`](crate::state::schema) keys, a
//! preset's key, or a link's fragment. Numbers in bulk are typed arrays.

pub mod arguments;
#[cfg(feature = "audit-api")]
mod audit;
#[cfg(feature = "api")]
mod calls;
#[cfg(feature = "api")]
mod conv;
#[cfg(feature = "api")]
mod explain;
#[cfg(any(feature = "api", feature = "audit-api"))]
mod fault;
#[cfg(all(feature = "api", feature = "app"))]
mod figure_handle;
#[cfg(feature = "api")]
mod machine;
#[cfg(feature = "api")]
mod object;
#[cfg(feature = "api")]
mod options;
#[cfg(feature = "app")]
mod page;
#[cfg(feature = "api")]
mod ramp;

#[cfg(feature = "audit-api")]
pub use audit::{Audit, AuditOutputs, AuditPrinted};
#[cfg(feature = "api")]
pub use calls::{
    dequantize, engines, kinks, linear, min_max_qparams, parameters, presets, quantize,
};
#[cfg(feature = "api")]
pub use conv::conv;
#[cfg(feature = "api")]
pub use explain::explain;
#[cfg(any(feature = "api", feature = "audit-api"))]
pub use fault::Fault;
#[cfg(all(feature = "api", feature = "app"))]
pub use figure_handle::{FigureHandle, mount_figure};
#[cfg(feature = "api")]
pub use machine::{take_machines, which_arithmetic};
#[cfg(feature = "app")]
pub use page::mount_page;
#[cfg(feature = "split")]
pub use page::{fetch_rest, rest_failed};
#[cfg(feature = "api")]
pub use ramp::ramp;
