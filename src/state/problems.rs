//! [`Problems`]: what was wrong, as far as anybody would read it.

use std::ops::Deref;

use super::number::grouped;
use super::problem::Problem;

/// The most problems that are named.
pub const MOST_NAMED: usize = 5;

/// What was wrong, in the order in which it was met: the first [`MOST_NAMED`] that differ, and how
/// many came after them. A link or a file may have hundreds of thousands, and nobody reads, or waits
/// for, so many sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    named: Vec<Problem>,
    more: u64,
}

impl Problems {
    /// Adds one, unless it is named already.
    pub fn push(&mut self, problem: Problem) {
        if self.named.contains(&problem) {
            return;
        }
        if self.named.len() < MOST_NAMED {
            self.named.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// Adds those of another.
    pub fn append(&mut self, other: Problems) {
        self.extend(other.named);
        self.more += other.more;
    }

    /// Keeps those of the named ones that are wanted.
    pub fn retain(&mut self, wanted: impl FnMut(&Problem) -> bool) {
        self.named.retain(wanted);
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        *self = Problems::default();
    }

    /// How many came after those that are named.
    pub fn more(&self) -> u64 {
        self.more
    }

    /// What is named, a sentence each, and after it how many more there are.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        let more = (self.more > 0).then(|| format!("And {} more.", grouped(self.more)));
        self.named.iter().map(Problem::to_string).chain(more)
    }
}

/// Those that are named.
impl Deref for Problems {
    type Target = [Problem];

    fn deref(&self) -> &[Problem] {
        &self.named
    }
}

impl Extend<Problem> for Problems {
    fn extend<T: IntoIterator<Item = Problem>>(&mut self, problems: T) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        Problems { named: vec![problem], more: 0 }
    }
}

impl<const N: usize> PartialEq<[Problem; N]> for Problems {
    fn eq(&self, other: &[Problem; N]) -> bool {
        self.more == 0 && self.named == other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(keys: impl IntoIterator<Item = usize>) -> Problems {
        let mut problems = Problems::default();
        problems.extend(keys.into_iter().map(|key| Problem::UnknownKey { key: format!("q{key}") }));
        problems
    }

    #[test]
    fn five_that_differ_are_named_and_the_others_counted() {
        let said: Vec<String> = unknown(0..60_000).sentences().collect();
        assert_eq!(said.len(), MOST_NAMED + 1);
        assert_eq!(said[4], "“q4” is not a parameter and was ignored.");
        assert_eq!(said[5], "And 59,995 more.");
        assert_eq!(unknown(0..5).sentences().count(), 5);
    }

    #[test]
    fn equal_ones_are_named_once_and_not_counted() {
        let problems = unknown([7; 1000]);
        assert_eq!((problems.len(), problems.more()), (1, 0));
        let problems = unknown((0..6).chain(0..5));
        assert_eq!((problems.len(), problems.more()), (5, 1));
    }

    #[test]
    fn two_become_one() {
        let mut all = unknown(0..3);
        all.append(unknown(2..9));
        assert_eq!((all.len(), all.more()), (5, 4));
        all.clear();
        assert_eq!(all, []);
    }
}
