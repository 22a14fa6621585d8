//! [`Tries`]: what was answered to a question, at the first try and at the last.

/// Answers to one question, as they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tries {
    /// The first.
    pub first: String,
    /// The last, if there was another.
    pub last: Option<String>,
}

impl Tries {
    /// The tries after one more.
    pub(super) fn and(tries: Option<Tries>, given: &str) -> Tries {
        match tries {
            None => Tries { first: given.to_string(), last: None },
            Some(tries) => Tries { last: Some(given.to_string()), ..tries },
        }
    }

    /// The answer that was given last.
    pub fn newest(&self) -> &str {
        self.last.as_ref().unwrap_or(&self.first)
    }
}
