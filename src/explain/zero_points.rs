//! [`ZeroPointRule`]: what becomes of the zero points of A and B.

use serde::Serialize;

/// When zero points are taken off, if at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ZeroPointRule {
    /// After the sum of raw products: what libraries do.
    After,
    /// From every code, before the products: where lanes are narrow, it is another sum.
    Before,
    /// From every code, in 8 bits that wrap around: NumPy's difference of two bytes.
    InBytes,
    /// Not at all.
    Ignored,
    /// That of A is not.
    OfAIgnored,
    /// That of B is not.
    OfBIgnored,
}

impl ZeroPointRule {
    /// Every rule.
    pub const ALL: [ZeroPointRule; 6] = [
        ZeroPointRule::After,
        ZeroPointRule::Before,
        ZeroPointRule::InBytes,
        ZeroPointRule::Ignored,
        ZeroPointRule::OfAIgnored,
        ZeroPointRule::OfBIgnored,
    ];

    /// How far it is from what is expected first.
    pub const fn cost(self) -> u8 {
        match self {
            ZeroPointRule::After => 0,
            ZeroPointRule::Before | ZeroPointRule::InBytes => 3,
            ZeroPointRule::Ignored | ZeroPointRule::OfAIgnored | ZeroPointRule::OfBIgnored => 2,
        }
    }

    /// Whether the zero points of A and of B are taken off.
    pub const fn takes_off(self) -> [bool; 2] {
        match self {
            ZeroPointRule::Ignored => [false, false],
            ZeroPointRule::OfAIgnored => [false, true],
            ZeroPointRule::OfBIgnored => [true, false],
            _ => [true, true],
        }
    }

    /// Whether it can make a difference where A and B have zero points or not.
    pub const fn matters(self, has: [bool; 2]) -> bool {
        match self {
            ZeroPointRule::After => true,
            ZeroPointRule::Before | ZeroPointRule::InBytes | ZeroPointRule::Ignored => {
                has[0] || has[1]
            }
            // Without the other one they are all that there is.
            ZeroPointRule::OfAIgnored | ZeroPointRule::OfBIgnored => has[0] && has[1],
        }
    }
}
