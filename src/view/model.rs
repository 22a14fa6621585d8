//! [`Model`]: a session with what follows from its state, and what is loaded, for the components.

use std::any::Any;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use super::timing::{self, measured};
use crate::documents::Documents;
use crate::state::{Action, Derived, Deriver, Session, State};

/// A session with what follows from its state, and what is loaded.
#[derive(Clone)]
pub struct Model {
    /// What a person set, and what came of it.
    pub session: Session,
    /// What follows from the state.
    pub derived: Rc<Derived>,
    loaded: Loaded,
    deriver: Rc<RefCell<Deriver>>,
}

impl Model {
    /// The model of an address's fragment.
    pub fn open(fragment: &str) -> Model {
        let session = Session::open(fragment);
        let deriver = Rc::new(RefCell::new(Deriver::default()));
        let derived = Rc::new(deriver.borrow_mut().derive(&session.state));
        Model { session, derived, loaded: Loaded(None), deriver }
    }

    /// What is loaded.
    pub fn documents(&self) -> Rc<Documents> {
        let loaded = self.loaded.0.clone().and_then(|loaded| loaded.downcast().ok());
        loaded.unwrap_or_default()
    }

    /// The same session with another state.
    pub fn showing(&self, state: &State) -> Model {
        let mut model = self.clone();
        model.session.state.clone_from(state);
        model.derived = Rc::new(self.deriver.borrow_mut().derive(state));
        model
    }

    /// Whether it has other documents than another model.
    pub fn differs_in_documents(&self, other: &Model) -> bool {
        self.loaded != other.loaded
    }

    /// The model after an action.
    pub fn after(&self, action: &Action) -> Model {
        let session = self.session.act(&self.derived, action);
        let derive = || {
            (session.state != self.state)
                .then(|| Rc::new(self.deriver.borrow_mut().derive(&session.state)))
        };
        let derived = measured(timing::COMPUTE, derive).unwrap_or_else(|| Rc::clone(&self.derived));
        let (loaded, deriver) = (self.loaded.clone(), Rc::clone(&self.deriver));
        Model { session, derived, loaded, deriver }
    }
}

impl Deref for Model {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

/// A change of the documents. It comes as a function, so that the readers of files that it runs are
/// in the part of the module where it is made, which is not the first.
pub struct Loading(Box<dyn FnOnce(&Model) -> Model>);

impl Loading {
    /// One that runs a function.
    pub fn new(step: impl FnOnce(&Documents) -> Documents + 'static) -> Loading {
        Loading(Box::new(|model| {
            let documents = Rc::new(step(&model.documents()));
            Model { loaded: Loaded(Some(documents)), ..model.clone() }
        }))
    }

    /// The model after it.
    pub fn run(self, model: &Model) -> Model {
        (self.0)(model)
    }
}

/// The documents, once there are any. Their type is not said: the first part of the module keeps
/// them, and only the part that made them knows how they are read and dropped.
#[derive(Clone)]
struct Loaded(Option<Rc<dyn Any>>);

impl PartialEq for Loaded {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
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
