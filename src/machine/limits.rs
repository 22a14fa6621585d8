//! How much of a text is read.

/// The largest text, in bytes: `/proc/cpuinfo` of 512 CPUs fits.
pub const MOST_BYTES: usize = 2 << 20;

/// Of lines that are no key and value, so much is searched for names, in bytes: each name is a
/// pattern of its own, so that a book instead of a CPU would take seconds.
pub const MOST_NAME_BYTES: usize = 16 << 10;
