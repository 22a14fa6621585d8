//! [`Memo`]: the last value of something costly, with all that it follows from.

/// A value and what it was made of.
#[derive(Debug)]
pub(super) struct Memo<K, V>(Option<(K, V)>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo(None)
    }
}

impl<K: PartialEq, V: Clone> Memo<K, V> {
    /// The value for what it reads: the kept one where that is the same, else a new one.
    pub(super) fn of(&mut self, reads: K, make: impl FnOnce() -> V) -> V {
        match &self.0 {
            Some((known, value)) if *known == reads => value.clone(),
            _ => {
                let value = make();
                self.0 = Some((reads, value.clone()));
                value
            }
        }
    }
}
