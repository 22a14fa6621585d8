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
        let found = draft.entry().and_then(|entry| match explain(&entry) {
            Ok(explained) => Ok((entry, explained, None)),
            // What a person said of the circumstances is answered without the numbers, too.
            Err(fault) => {
                let said = Entry { answers: entry.answers, ..Entry::default() };
                let explained = explain(&said).ok().filter(|_| said != Entry::default());
                let fault = DraftFault::Entry(fault);
                explained.map(|explained| (said, explained, Some(fault.clone()))).ok_or(fault)
            }
        });
        match found {
            Ok((entry, explained, fault)) => Answered {
                of: draft.clone(),
                fault,
                explained: Some(Shared(Rc::new(explained))),
                explained_of: draft,
                entry: Some(Shared(Rc::new(entry))),
            },
            Err(fault) => Answered { of: draft, fault: Some(fault), ..self.clone() },
        }
    }

    /// Whether the answer is about a draft.
    pub fn is_about(&self, draft: &Draft) -> bool {
        self.explained.is_some() && self.explained_of == *draft
    }
}
