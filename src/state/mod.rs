//! The app's state: what a person set, and everything that follows from it.
//!
//! No browser and no SIMD here. The way of a change:
//! a [`Patch`] of values (a slider, a preset, a paste) or a [`Query`] of texts (a link, an embedder, a
//! typed field) is held to the [`schema`], which reports every [`Problem`]; [`Derived`] follows from
//! the new [`State`].

mod base;
mod change;
pub mod choices;
mod derived;
pub mod describe;
mod entry;
pub mod export;
pub mod groups;
mod kernel;
mod key;
mod limits;
pub mod link;
mod list;
pub mod markdown;
pub mod number;
mod outcome;
mod paste;
mod patch;
mod problem;
mod problems;
mod query;
mod read;
pub mod schema;
mod session;
mod sorted;
#[expect(
    clippy::module_inception,
    reason = "the type State lives in state.rs, as everywhere in this crate"
)]
mod state;
mod tries;
mod undo;
mod weight_text;
mod window;

pub use base::{Base, BaseFault};
pub use change::{Change, reduce};
pub use choices::{CodeClamp, Direction, FigureKind, Overlay, Part, Quantity, Theme, View};
pub use derived::{
    Calibrated, Cursor, Derived, Deriver, EngineView, Engines, Extent, FromData, KinkView, MapDot,
    OutputView, PairMap, PairVerdict, Sweep, Visibility, Word, pair_words,
};
pub use entry::{Entry, Slot};
pub use groups::{Indexed, WeightEdits};
pub use kernel::with_fitting_inputs;
pub use key::Key;
pub use list::toggled;
pub use outcome::Outcome;
pub use paste::{BothWays, PastedWeights, Reading, pasted_weights};
pub use patch::{Patch, apply};
pub use problem::Problem;
pub use problems::{MOST_NAMED, Problems};
pub use query::Query;
pub use session::{Action, Session};
pub use sorted::Sorted;
pub use state::State;
pub use tries::Tries;
pub use undo::Undo;

// What fields of the state, and of what follows from it, are made of.
pub use crate::arith::{
    DynamicEngine, Effect, Engine, Family, GroupTrace, PairLoss, PairReach, Product, Rail, Rescale,
    StageTrace,
};
