//! [`Answered`]: the last answer, and what it is about.

use std::rc::Rc;

use crate::documents::explain::{Draft, DraftFault, Entry, Explanation, explain};
use crate::view::model::Shared;

/// What was answered last. While something else is typed, the answer stays where it is.
#[derive(Clone, Default, PartialEq)]
pub struct Answered {
    /// What was looked at last.
    pub of: Draft,
    /// Why that cannot be explained.
    pub fault: Option<DraftFault>,
    /// The last answer.
    pub explained: Option<Shared<Explanation>>,
    /// What it is about.
    pub explained_of: Draft,
    /// The same, read.
    pub entry: Option<Shared<Entry>>,
}

impl Answered {
    /// What is known once a draft was looked at.
    pub fn after(&self, draft: Draft) -> Answered {
        if draft.is_empty() {
            return Answered::default();
        }
        let entry = match draft.entry() {
            Ok(entry) => entry,
            Err(fault) => return Answered { of: draft, fault: Some(fault), ..self.clone() },
        };
        match explain(&entry) {
            Ok(explained) => Answered {
                of: draft.clone(),
                fault: None,
                explained: Some(Shared(Rc::new(explained))),
                explained_of: draft,
                entry: Some(Shared(Rc::new(entry))),
            },
            Err(fault) => {
                Answered { of: draft, fault: Some(DraftFault::Entry(fault)), ..self.clone() }
            }
        }
    }
}
