//! How much is read and matched at most.

/// The most inputs, K: products of one output.
pub const MOST_INPUTS: usize = 16_384;
/// The most rows, and the most outputs of a row, that are matched. Beyond them the first are.
pub const MOST_MATCHED: usize = 16;
/// The most numbers of one matrix.
pub const MOST_NUMBERS: usize = 1_000_000;
/// The most results that are explained at once.
pub const MOST_SEEN: usize = 8;
/// The longest label of a result, in characters; beyond them it is cut.
pub const MOST_LABEL: usize = 40;
