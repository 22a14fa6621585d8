//! [`Fate`]: what becomes of a product on a class of CPUs: cannot, can, does.

use serde::{Serialize, Serializer};

pub use crate::hits::CpuClass;

/// What becomes of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fate {
    /// No input makes a pair leave 16 bits.
    Cannot,
    /// The graph does not say.
    Unknown,
    /// Some input does.
    Can,
    /// A given sample does.
    Does,
}

impl Fate {
    /// The word of a report.
    pub const fn word(self) -> &'static str {
        match self {
            Fate::Cannot => "cannot",
            Fate::Unknown => "unknown",
            Fate::Can => "can",
            Fate::Does => "does",
        }
    }
}

impl Serialize for Fate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
