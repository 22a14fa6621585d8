//! [`Worked`]: a state that a component has for itself, with what follows from it.

use std::rc::Rc;

use yew::prelude::*;

use crate::state::{Derived, Deriver, State};
use crate::view::model::Shared;

/// A state with what follows from it.
pub struct WorkedState {
    /// The state.
    pub state: State,
    /// What follows from it.
    pub derived: Derived,
}

impl WorkedState {
    /// The two, as pictures take them.
    pub fn both(&self) -> (&State, &Derived) {
        (&self.state, &self.derived)
    }
}

/// The same, shared.
pub type Worked = Shared<WorkedState>;

/// What follows from a state, made anew when that is another one.
#[hook]
pub fn use_worked(state: State) -> Worked {
    let deriver = use_mut_ref(Deriver::default);
    let worked = use_memo(state, |state| {
        let derived = deriver.borrow_mut().derive(state);
        Shared(Rc::new(WorkedState { state: state.clone(), derived }))
    });
    Worked::clone(&worked)
}
