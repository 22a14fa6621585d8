//! One pair of weights: what it can lose with codes of a range. The definitions; everything else in
//! this module is held to them.
//!
//! The sum x₀·w₀ + x₁·w₁ is clamped to int16. It is linear in the codes, so its extremes are at corners
//! of the range. With all codes 0..=255 a pair leaves int16 just if both weights have one sign and
//! |w₀| + |w₁| ≥ 129: 255·128 = 32640 fits at both rails, 255·129 = 32895 at neither.

use crate::arith::{PairReach, QRange, Rail};

/// The codes that inputs may have, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRange {
    lo: u8,
    hi: u8,
}

impl CodeRange {
    /// Every code, 0..=255.
    pub const ALL: CodeRange = CodeRange { lo: 0, hi: 255 };

    /// The codes from `lo` to `hi`. `None` if there are none.
    pub const fn new(lo: u8, hi: u8) -> Option<CodeRange> {
        if lo <= hi { Some(CodeRange { lo, hi }) } else { None }
    }

    /// The smallest code.
    pub const fn lo(self) -> u8 {
        self.lo
    }

    /// The largest code.
    pub const fn hi(self) -> u8 {
        self.hi
    }

    /// Largest and smallest exact sum of a pair.
    pub fn extremes(self, pair: [i8; 2]) -> (i32, i32) {
        let codes = QRange { qmin: self.lo.into(), qmax: self.hi.into() };
        let [bottom, top] = PairReach::PMADDUBSW.with_codes(codes).sums(pair);
        (top, bottom)
    }

    /// The most that a pair can lose at the upper and at the lower rail, each at least 0.
    pub fn losses(self, pair: [i8; 2]) -> (i32, i32) {
        let (top, bottom) = self.extremes(pair);
        ((top - i32::from(i16::MAX)).max(0), (i32::from(i16::MIN) - bottom).max(0))
    }

    /// Whether some codes make a pair leave int16.
    pub fn is_unsafe(self, pair: [i8; 2]) -> bool {
        self.losses(pair) != (0, 0)
    }
}

/// The smallest c such that a pair can leave int16 with codes 0..=c; `None` if it never does.
///
/// Unsafe pairs have two weights of one sign, so the worst codes of 0..=c are c and c: it is the
/// smallest code with both inputs free, and with both equal.
pub fn first_code([w0, w1]: [i8; 2]) -> Option<u8> {
    let (w0, w1) = (i32::from(w0), i32::from(w1));
    let first = |sum: i32, rail: i32| (sum > 0).then(|| rail / sum + 1);
    let high = first(w0.max(0) + w1.max(0), i32::from(i16::MAX));
    let low = first(-w0.min(0) - w1.min(0), -i32::from(i16::MIN));
    high.into_iter().chain(low).min().and_then(|code| u8::try_from(code).ok())
}

/// The pairs of a row: k = 2j and 2j + 1; an odd last k has 0 for a partner.
pub fn pairs(row: &[i8]) -> impl Iterator<Item = [i8; 2]> {
    row.chunks(2).map(|pair| [pair[0], pair.get(1).copied().unwrap_or(0)])
}

/// Codes that make a row lose most at a rail: at their corner in pairs that can lose something there,
/// `lo` everywhere else.
///
/// For lo ≤ 128 no pair loses anything at lo and lo, so that the row loses just what
/// [`RowAudit`](super::RowAudit) says; above it that stays a bound.
pub fn worst_input(row: &[i8], rail: Rail, range: CodeRange) -> Vec<u8> {
    let mut codes = Vec::with_capacity(row.len() + 1);
    for pair in pairs(row) {
        let (over, under) = range.losses(pair);
        let (loss, sign) = match rail {
            Rail::High => (over, 1),
            Rail::Low => (under, -1),
        };
        codes.extend(
            pair.map(|w| if loss > 0 && i32::from(w) * sign > 0 { range.hi } else { range.lo }),
        );
    }
    codes.truncate(row.len());
    codes
}
