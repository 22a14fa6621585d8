//! [`Document`]: something to load, and how far that has come.

use std::rc::Rc;

/// A document with its loading state. `T` is what it holds, `F` why it could not be had.
#[derive(Debug)]
pub enum Document<T, F> {
    /// Nobody has asked for it.
    NotAsked,
    /// On its way.
    Waiting,
    /// Here.
    Ready(Rc<T>),
    /// Not here, and why.
    Failed(Rc<F>),
}

impl<T, F> Document<T, F> {
    /// What it holds, once it is here.
    pub fn ready(&self) -> Option<&Rc<T>> {
        match self {
            Document::Ready(content) => Some(content),
            _ => None,
        }
    }

    /// Whether asking for it is of use: it is neither here nor on its way.
    pub fn is_wanting(&self) -> bool {
        matches!(self, Document::NotAsked | Document::Failed(_))
    }

    /// The one that a reading has led to.
    pub fn of(read: Result<T, F>) -> Document<T, F> {
        match read {
            Ok(content) => Document::Ready(Rc::new(content)),
            Err(fault) => Document::Failed(Rc::new(fault)),
        }
    }
}

impl<T, F> Clone for Document<T, F> {
    fn clone(&self) -> Self {
        match self {
            Document::NotAsked => Document::NotAsked,
            Document::Waiting => Document::Waiting,
            Document::Ready(content) => Document::Ready(Rc::clone(content)),
            Document::Failed(fault) => Document::Failed(Rc::clone(fault)),
        }
    }
}

/// Contents and faults equal only themselves, so that comparing costs nothing.
impl<T, F> PartialEq for Document<T, F> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Document::NotAsked, Document::NotAsked) | (Document::Waiting, Document::Waiting) => {
                true
            }
            (Document::Ready(one), Document::Ready(other)) => Rc::ptr_eq(one, other),
            (Document::Failed(one), Document::Failed(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }
    }
}
