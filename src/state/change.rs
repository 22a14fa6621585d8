//! [`Change`]: everything that can happen to the state, and [`reduce`].

use super::choices::Overlay;
use super::entry::{self, Entry, Slot};
use super::link;
use super::list::toggled;
use super::outcome::{Outcome, history};
use super::paste::{PastedWeights, paste};
use super::patch::{Patch, apply};
use super::problems::Problems;
use super::query::Query;
use super::schema::{History, Key, Value};
use super::state::State;
use super::window;

/// A change of the state, from whoever makes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Values of parameters, from a control or a preset.
    Patch(Patch),
    /// Texts of parameters, from an embedder.
    Query(Query),
    /// What a slider or a field says.
    Enter(Slot, Entry),
    /// What a person pasted, as [`pasted_weights`](super::pasted_weights) has read it.
    PasteWeights(Result<PastedWeights, String>),
    /// An overlay drawn, or no longer drawn.
    ToggleOverlay(Overlay),
    /// The drawn part of the sweep made that many times smaller about a value.
    Zoom {
        /// The value that stays where it is.
        about: f64,
        /// Above 1 to see less, below to see more.
        factor: f64,
    },
    /// The drawn part of the sweep moved to the right by a share of its width.
    Pan(f64),
    /// The whole sweep drawn again.
    ResetZoom,
    /// The whole state from the fragment of an address: a link, or the
    /// browser's history.
    Open(String),
    /// The whole state from the link of a saved file, which the address does not say yet.
    Import(String),
    /// The whole state, from whoever put the figure into a page.
    Set(Box<State>),
}

impl Change {
    /// One parameter set.
    pub fn one(key: Key, value: impl Into<Value>) -> Change {
        Change::Patch(Patch::one(key, value))
    }

    /// Whether it is the state's whole, which is its maker's: nothing of it is locked.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self, Change::Open(_) | Change::Import(_) | Change::Set(_))
    }

    /// What it changes, where changes of the same that follow each other are undone together.
    pub(super) fn subject(&self) -> Option<Subject> {
        Some(match self {
            Change::Patch(patch) => Subject::Parameters(patch.keys().collect()),
            Change::Query(query) => Subject::Parameters(query.keys().collect()),
            Change::Enter(Slot::Parameter(key), _) => Subject::Parameters(vec![*key]),
            // Back where it came from: a step of its own.
            Change::Enter(Slot::Weight { .. }, Entry::Reset) => return None,
            Change::Enter(slot, _) => Subject::Slot(*slot),
            Change::Zoom { .. } | Change::Pan(_) | Change::ResetZoom => {
                Subject::Parameters(vec![Key::ZoomFrom, Key::ZoomTo])
            }
            _ => return None,
        })
    }
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// These parameters.
    Parameters(Vec<Key>),
    /// One number of many.
    Slot(Slot),
}

/// The next state, what was wrong with the change, and what to record. Total and pure.
pub fn reduce(state: &State, change: &Change) -> Outcome {
    match change {
        Change::Patch(patch) => Outcome::new(apply(state, patch), history(patch.keys())),
        Change::Query(query) => Outcome::new(query.apply(state), history(query.keys())),
        Change::Enter(slot, entry) => entry::enter(state, *slot, entry),
        Change::PasteWeights(pasted) => paste(state, pasted),
        Change::ToggleOverlay(overlay) => {
            let overlays = toggled(state.picture.overlay.clone(), *overlay);
            reduce(state, &Change::one(Key::Overlay, overlays))
        }
        Change::Zoom { about, factor } => Outcome::quiet(window::zoom(state, *about, *factor)),
        Change::Pan(share) => Outcome::quiet(window::pan(state, *share)),
        Change::ResetZoom => Outcome::quiet(window::whole(state)),
        Change::Open(fragment) => Outcome::new(link::read(fragment), None),
        Change::Import(fragment) => Outcome::new(link::read(fragment), History::Push),
        Change::Set(next) => Outcome::new((State::clone(next), Problems::default()), None),
    }
}
