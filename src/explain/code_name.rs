//! The words of a [`Code`] for people.

use super::finding::Code;

impl Code {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Code::PairClamps => "pair clamps",
            Code::Sum16Clamps => "16-bit sum clamps",
            Code::ProductClamps => "product clamps",
            Code::Wraps => "wraps",
            Code::HalvedWeight => "halved weight",
            Code::ReferenceWraps => "reference wraps",
            Code::Beyond2Pow24 => "beyond 2²⁴",
            Code::BiasOverflow => "bias does not fit 32 bits",
            Code::OutputClamp => "output clamp",
            Code::Tie => "tie",
            Code::ZeroPointFirst => "zero point before rounding",
            Code::Truncates => "cut, not rounded",
            Code::Reciprocal => "times the reciprocal",
            Code::ZeroPointIgnored => "zero point not taken off",
            Code::LeftOut => "left out",
            Code::WrongSignedness => "wrong signedness",
            Code::OperandsSwapped => "operands swapped",
            Code::LayoutTransposed => "layout transposed",
            Code::VectorPosition => "position in a vector",
            Code::SignFlips => "sign flips",
            Code::RankingFlips => "ranking flips",
            Code::Fits => "everything fits",
            Code::Refused => "refused",
        }
    }
}
