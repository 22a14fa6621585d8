//! The app's state: what a person set, and everything that follows from it.
//!
//! No browser and no SIMD here. The way of a change:
//! a [`Patch`] (a link, a slider, a preset, an embedder) goes through
//! [`apply`], which validates it against the [`schema`] and reports every
//! [`Problem`]; the new [`State`] goes into [`Derived`], the only door to the
//! arithmetic.

mod action;
mod derived;
pub mod describe;
pub mod link;
pub mod number;
mod patch;
pub mod schema;
#[expect(
    clippy::module_inception,
    reason = "the type State lives in state.rs, as everywhere in this crate"
)]
mod state;

pub use action::{Action, Recording, reduce};
pub use derived::{Cursor, Derived, Deriver, KinkView, OutputView, Visibility};
pub use patch::{Patch, Problem, Report, apply};
pub use state::{State, Theme, View, WeightEdits};
