//! [`Word`]: a pair's sum in so many bits.

use crate::arith::{Engine, GroupTrace, Lane, saturate16, wrap16};

/// A pair's sum as some bits hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The bits.
    pub width: u32,
    /// What they hold.
    pub value: i32,
    /// Whether the engine goes on with it.
    pub is_kept: bool,
}

/// The sum of two products in 17 bits, which always hold it; then saturated and wrapped to 16, but
/// for engines that keep no pair in 16 bits.
pub fn pair_words(engine: Engine, pair: &GroupTrace) -> Vec<Word> {
    let sum = pair.exact;
    let words = |kept: Option<usize>| {
        let all = [(17, sum), (16, saturate16(sum)), (16, wrap16(sum))];
        let word = |(place, (width, value))| Word { width, value, is_kept: kept == Some(place) };
        all.into_iter().enumerate().map(word).collect()
    };
    match engine.lane() {
        Lane::Exact => words(Some(0)),
        Lane::Saturate => words(Some(1)),
        Lane::Wrap => words(Some(2)),
        // The sum that it is added to may take less of it.
        Lane::Acc16 => words((pair.kept == saturate16(sum)).then_some(1)),
        Lane::Product15 | Lane::Running16 | Lane::HalfWeights => {
            vec![Word { width: 17, value: sum, is_kept: false }]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_is_kept_is_what_the_engine_keeps() {
        let (x, w) = ([255, 255, 255, 255, 1, 1], [127, 127, -128, -128, 3, 4]);
        for engine in Engine::ALL {
            for pair in engine.accumulator().trace(&x, &w) {
                let words = pair_words(*engine, &pair);
                assert_eq!((words[0].width, words[0].value), (17, pair.exact), "{engine:?}");
                for kept in words.iter().filter(|word| word.is_kept) {
                    assert_eq!(kept.value, pair.kept, "{engine:?}");
                }
            }
        }
    }
}
