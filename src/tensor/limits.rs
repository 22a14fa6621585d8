//! How much is read at most. Whatever a file declares is held to these before anything is allocated.

/// The longest header of a .npy, in bytes. NumPy itself reads 10,000 and writes some hundred.
pub const MOST_NPY_HEADER: u64 = 1 << 20;
/// The longest header of a .safetensors, in bytes, as the reference has it.
pub const MOST_SAFETENSORS_HEADER: u64 = 100_000_000;
/// The most tensors of a file, and the most members of an archive.
pub const MOST_TENSORS: usize = 1 << 17;
/// The longest name of a tensor, in bytes.
pub const MOST_NAME: usize = 4096;
/// The most axes of a tensor. NumPy has 64.
pub const MOST_AXES: usize = 64;
/// Bytes of a tensor that are handed on at once.
pub const MOST_BLOCK: usize = 1 << 20;
/// Bytes of a source that are read to pick values from them that do not follow each other.
pub const MOST_SPREAD: u64 = 4 << 20;
/// Bytes of a tensor that are held in memory, where its values cannot be read in any order.
pub const MOST_HELD: u64 = 16 << 20;
/// The longest index of a model in several files, in bytes.
pub const MOST_INDEX: u64 = 64 << 20;
/// The most values of a pickle.
pub const MOST_PICKLED: usize = 1 << 19;
/// The longest line of a pickle, in bytes.
pub const MOST_LINE: usize = 4096;
/// The deepest nesting of lists, dictionaries, graphs and calls that is followed.
pub const MOST_NESTED: usize = 64;
/// Values that a tensor may have beyond those that its storage has: it repeats some.
pub const MOST_REPEATED: u64 = 1 << 24;
/// Bytes of all names of a file together, where a name is put together of keys.
pub const MOST_NAMES: usize = 8 << 20;
/// Channels of a quantized tensor that have a scale each.
pub const MOST_CHANNELS: u64 = 1 << 20;
/// The most parts of a model's graphs together: a node is 8 of them, a constant 10, a name 1. Each takes
/// some sixteen bytes.
pub const MOST_GRAPH: usize = 1 << 21;
