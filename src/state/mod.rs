//! The app's state: what a person set, and everything that follows from it.
//!
//! No browser and no SIMD here. The way of a change:
//! a [`Patch`] (a link, a slider, a preset, an embedder) goes through
//! [`apply`], which validates it against the [`schema`] and reports every
//! [`Problem`]; the new [`State`] goes into [`Derived`], the only door to the
//! arithmetic.

mod action;
mod base;
pub mod choices;
mod derived;
pub mod describe;
pub mod export;
pub mod link;
mod list;
pub mod number;
mod paste;
mod patch;
mod problem;
mod problems;
mod read;
pub mod schema;
mod session;
mod sorted;
#[expect(
    clippy::module_inception,
    reason = "the type State lives in state.rs, as everywhere in this crate"
)]
mod state;
mod undo;
mod weight_text;

pub use action::{Action, Recording, reduce};
pub use base::{Base, BaseFault};
pub use choices::{CodeClamp, Direction, Exhibit, Overlay, Part, Quantity, Theme, View};
pub use derived::{
    Calibrated, Cursor, Derived, Deriver, EngineView, Extent, FromData, KinkView, OutputView,
    PairLoss, PairVerdict, Sweep, Visibility, Word, pair_words,
};
pub use list::toggled;
pub use paste::{BothWays, PastedWeights, Reading, pasted_weights};
pub use patch::{Patch, Report, apply};
pub use problem::Problem;
pub use problems::{MOST_NAMED, Problems};
pub use session::Session;
pub use sorted::Sorted;
pub use state::{Places, State, WeightEdits};
pub use undo::Undo;

// What fields of the state, and of what follows from it, are made of.
pub use crate::arith::{Effect, Engine, PairTrace, Rail, Rescale, StageTrace};
