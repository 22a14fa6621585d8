//! [`Number`]: one value of a tensor, as it is shown.

use std::fmt;

use serde::Serialize;

use crate::paste::Shown;

/// One value of a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Number {
    /// A whole number, or a code.
    Integer(i64),
    /// A whole number beyond that.
    Unsigned(u64),
    /// A real number; of float32 the very same double.
    Real(f64),
}

impl Number {
    /// The nearest double.
    pub fn real(self) -> f64 {
        match self {
            Number::Integer(value) => value as f64,
            Number::Unsigned(value) => value as f64,
            Number::Real(value) => value,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Integer(value) => value.fmt(f),
            Number::Unsigned(value) => value.fmt(f),
            Number::Real(value) => Shown(*value).fmt(f),
        }
    }
}
