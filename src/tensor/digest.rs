//! [`Digest`]: what names the values of a tensor: their SHA-256 and the first of them.

use sha2::{Digest as _, Sha256};

use super::decode::{append_floats, append_integers, numbers};
use super::dtype::Dtype;
use super::number::Number;
use super::view::Block;

/// How many values are shown.
pub const SHOWN: usize = 6;

/// Hashes the values of a tensor as they come, and keeps the first [`SHOWN`].
///
/// The hash is of all values in C order, little-endian, as [`Dtype::hashed_as`].
pub struct Digest {
    stored: Dtype,
    hash: Option<Sha256>,
    first: Vec<u8>,
    widened: Vec<u8>,
}

impl Digest {
    /// Of values that are stored as `stored`; without a hash if nobody wants one.
    pub fn new(stored: Dtype, is_hashed: bool) -> Digest {
        let hash = is_hashed.then(Sha256::new);
        Digest { stored, hash, first: Vec::new(), widened: Vec::new() }
    }

    /// Takes the next values.
    pub fn take(&mut self, block: Block<'_>) {
        let shown = SHOWN * self.stored.bytes();
        if self.first.len() < shown {
            let more = block.bytes.iter().take(shown - self.first.len());
            self.first.extend(more);
        }
        let Some(hash) = &mut self.hash else {
            return;
        };
        let hashed_as = self.stored.hashed_as();
        if hashed_as.bytes() == self.stored.bytes() {
            return hash.update(block.bytes);
        }
        // Some thousand values at once: they are held a second time.
        for part in block.bytes.chunks(self.stored.bytes() << 12) {
            self.widened.clear();
            if hashed_as == Dtype::Float32 {
                let mut floats = Vec::new();
                append_floats(part, self.stored, &mut floats);
                self.widened.extend(floats.into_iter().flat_map(f32::to_le_bytes));
            } else {
                let mut integers = Vec::new();
                append_integers(part, self.stored, &mut integers);
                self.widened.extend(integers.into_iter().flat_map(i64::to_le_bytes));
            }
            hash.update(&self.widened);
        }
    }

    /// The first values, and the hash in lower-case hexadecimal.
    pub fn finish(self) -> (Vec<Number>, Option<String>) {
        let hash = self.hash.map(|hash| {
            hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        });
        (numbers(&self.first, self.stored), hash)
    }
}
