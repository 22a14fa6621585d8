//! [`Outcome`]: what came of a change.

use super::problems::Problems;
use super::schema::{History, Key};
use super::state::State;

/// What came of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The next state.
    pub state: State,
    /// What was wrong with the change.
    pub problems: Problems,
    /// What the browser's history should record; nothing where the address already says it.
    pub history: Option<History>,
}

impl Outcome {
    /// A state with what was wrong.
    pub(super) fn new(
        (state, problems): (State, Problems),
        history: impl Into<Option<History>>,
    ) -> Outcome {
        Outcome { state, problems, history: history.into() }
    }

    /// A state that nobody has anything to say of.
    pub(super) fn quiet(state: State) -> Outcome {
        Outcome::new((state, Problems::default()), History::Replace)
    }
}

/// What a change of parameters does to the browser's history.
pub(super) fn history(keys: impl IntoIterator<Item = Key>) -> History {
    let is_entry = |key: Key| key.parameter().history == History::Push;
    if keys.into_iter().any(is_entry) { History::Push } else { History::Replace }
}
