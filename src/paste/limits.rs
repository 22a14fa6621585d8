//! How much is read at most.

/// The longest text that is read, in bytes.
pub const MOST_BYTES: usize = 4_000_000;
/// The most numbers that are read.
pub const MOST_NUMBERS: usize = 1_000_000;
