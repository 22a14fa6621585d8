//! [`Model`]: the state with what follows from it, for the components.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use yew::Reducible;

use crate::state::{Action, Derived, Deriver, Problem, Recording, State, link, reduce};

/// The state, what follows from it, and what the last action had to say.
pub struct Model {
    /// What a person set.
    pub state: State,
    /// What follows from it.
    pub derived: Derived,
    /// What was wrong with the last action.
    pub problems: Vec<Problem>,
    /// What the browser's history should record of it.
    pub recording: Recording,
    deriver: Rc<RefCell<Deriver>>,
}

impl Model {
    /// The model of an address's fragment.
    pub fn open(fragment: &str) -> Model {
        let (state, report) = link::read(fragment);
        let deriver = Rc::new(RefCell::new(Deriver::default()));
        let derived = deriver.borrow_mut().derive(&state);
        Model { state, derived, problems: report.problems, recording: Recording::None, deriver }
    }
}

impl Reducible for Shared<Model> {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let (state, problems, recording) = reduce(&self.state, &self.derived, &action);
        let derived = if state == self.state {
            self.derived.clone()
        } else {
            self.deriver.borrow_mut().derive(&state)
        };
        let deriver = Rc::clone(&self.deriver);
        Rc::new(Shared(Rc::new(Model { state, derived, problems, recording, deriver })))
    }
}

/// A shared value that equals only itself, so that comparing the properties
/// of a component costs nothing.
pub struct Shared<T>(pub Rc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
