//! [`CodeType`]: u8 or s8.

use serde::{Deserialize, Serialize};

use crate::arith::{QRange, QType};

/// An 8-bit type of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CodeType {
    /// Unsigned, 0..=255.
    U8,
    /// Signed, -128..=127.
    S8,
}

impl CodeType {
    /// Both.
    pub const ALL: [CodeType; 2] = [CodeType::U8, CodeType::S8];

    /// The name for people: `u8` or `s8`.
    pub const fn name(self) -> &'static str {
        match self {
            CodeType::U8 => "u8",
            CodeType::S8 => "s8",
        }
    }

    /// Its codes.
    pub const fn range(self) -> QRange {
        match self {
            CodeType::U8 => QType::QUInt8.range(),
            CodeType::S8 => QType::QInt8.range(),
        }
    }

    /// Whether a number is one of its codes.
    pub fn holds(self, code: i32) -> bool {
        let QRange { qmin, qmax } = self.range();
        (qmin..=qmax).contains(&code)
    }

    /// The other one.
    pub const fn other(self) -> CodeType {
        match self {
            CodeType::U8 => CodeType::S8,
            CodeType::S8 => CodeType::U8,
        }
    }

    /// What the byte of a code of the other type is as a code of this one.
    pub fn misread(self, code: i32) -> i32 {
        match self {
            CodeType::U8 => code.rem_euclid(256),
            CodeType::S8 => code.wrapping_add(128).rem_euclid(256) - 128,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_two_codes() {
        assert_eq!([255, 128, 127, 0].map(|code| CodeType::S8.misread(code)), [-1, -128, 127, 0]);
        assert_eq!([-1, -128, 127].map(|code| CodeType::U8.misread(code)), [255, 128, 127]);
        for code in -128..=255 {
            let held = CodeType::ALL.map(|one| one.holds(code));
            assert_eq!(held, [(0..256).contains(&code), (-128..128).contains(&code)]);
        }
    }
}
