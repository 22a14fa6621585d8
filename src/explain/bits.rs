//! [`Bits`]: which numbers of a result are given.

/// A bit for each of 256 numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bits([u64; 4]);

impl Bits {
    /// The first so many.
    pub fn first(count: usize) -> Bits {
        let mut bits = Bits::default();
        (0..count).for_each(|at| bits.set(at));
        bits
    }

    /// Adds one.
    pub fn set(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    /// Whether one of them is there.
    pub fn has(self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// How many there are.
    pub fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Those that are among these or others.
    pub fn or(self, others: Bits) -> Bits {
        let mut all = self;
        all.0.iter_mut().zip(others.0).for_each(|(word, other)| *word |= other);
        all
    }

    /// Those that are not among others.
    pub fn without(self, others: Bits) -> Bits {
        let mut left = self;
        left.0.iter_mut().zip(others.0).for_each(|(word, other)| *word &= !other);
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_counted_and_taken_out() {
        let all = Bits::first(256);
        assert_eq!((all.count(), all.has(255), all.has(256)), (256, true, false));
        let some = Bits::first(70);
        assert_eq!(all.without(some).count(), 186);
        assert!(!all.without(some).has(69) && all.without(some).has(70));
    }
}
