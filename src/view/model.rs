//! [`Model`]: a session with what follows from its state, for the components.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use super::timing::{self, measured};
use crate::state::{Action, Derived, Deriver, Session, State};

/// A session and what follows from its state.
pub struct Model {
    /// What a person set, and what came of it.
    pub session: Session,
    /// What follows from the state.
    pub derived: Rc<Derived>,
    deriver: Rc<RefCell<Deriver>>,
}

impl Model {
    /// The model of an address's fragment.
    pub fn open(fragment: &str) -> Model {
        let session = Session::open(fragment);
        let deriver = Rc::new(RefCell::new(Deriver::default()));
        let derived = Rc::new(deriver.borrow_mut().derive(&session.state));
        Model { session, derived, deriver }
    }

    /// The same session with another state.
    pub fn showing(&self, state: &State) -> Model {
        let mut session = self.session.clone();
        session.state.clone_from(state);
        let derived = Rc::new(self.deriver.borrow_mut().derive(state));
        Model { session, derived, deriver: Rc::clone(&self.deriver) }
    }
}

impl Deref for Model {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl Model {
    /// The model after an action.
    pub fn after(&self, action: &Action) -> Shared<Model> {
        let session = self.session.act(&self.derived, action);
        let derive = || {
            (session.state != self.state)
                .then(|| Rc::new(self.deriver.borrow_mut().derive(&session.state)))
        };
        let derived = measured(timing::COMPUTE, derive).unwrap_or_else(|| Rc::clone(&self.derived));
        let deriver = Rc::clone(&self.deriver);
        Shared(Rc::new(Model { session, derived, deriver }))
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
