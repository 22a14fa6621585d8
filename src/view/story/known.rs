//! [`Known`]: a state that a component has for itself, with what follows from it.

use std::rc::Rc;

use yew::prelude::*;

use crate::state::{Derived, Deriver, State};
use crate::view::model::Shared;

/// A state with what follows from it.
pub struct KnownState {
    /// The state.
    pub state: State,
    /// What follows from it.
    pub derived: Derived,
}

impl KnownState {
    /// The two, as pictures take them.
    pub fn both(&self) -> (&State, &Derived) {
        (&self.state, &self.derived)
    }
}

/// The same, shared.
pub type Known = Shared<KnownState>;

/// What follows from a state, made anew when that is another one.
#[hook]
pub fn use_known(state: State) -> Known {
    let deriver = use_mut_ref(Deriver::default);
    let known = use_memo(state, |state| {
        let derived = deriver.borrow_mut().derive(state);
        Shared(Rc::new(KnownState { state: state.clone(), derived }))
    });
    Known::clone(&known)
}
