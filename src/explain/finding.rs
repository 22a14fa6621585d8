//! [`Finding`]: one thing that makes two numbers different, with its code and its words.

use serde::{Deserialize, Serialize};

/// What makes two numbers different. The key is for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// A pair of products does not fit 16 bits and stays at the end of them.
    PairClamps,
    /// A longer sum in 16 bits does.
    Sum16Clamps,
    /// A single product is clamped: a theory.
    ProductClamps,
    /// A narrow sum wraps around.
    Wraps,
    /// Weights are halved before they are multiplied.
    HalvedWeight,
    /// A reference computation keeps the low bits only.
    ReferenceWraps,
    /// A sum is beyond what float32 holds as whole numbers.
    #[serde(rename = "beyond_2_24")]
    Beyond2Pow24,
    /// A bias does not fit 32 bits.
    BiasOverflow,
    /// The result is at the end of the output's range.
    OutputClamp,
    /// Two rules round a tie, or what is next to one, to two codes.
    Tie,
    /// The output zero point is added before the result is rounded.
    ZeroPointFirst,
    /// A result is cut where it should be rounded.
    Truncates,
    /// A value is multiplied by the reciprocal of the scale and not divided.
    Reciprocal,
    /// Zero points are not taken off, or elsewhere.
    ZeroPointIgnored,
    /// Bias, relu or output zero point is left out.
    LeftOut,
    /// Bytes are read as the other type.
    WrongSignedness,
    /// B·A in place of A·B.
    OperandsSwapped,
    /// B the other way round.
    LayoutTransposed,
    /// Equal inputs give two results at two places.
    VectorPosition,
    /// A result has the other sign.
    SignFlips,
    /// Another output of a row is the largest.
    RankingFlips,
    /// Nothing leaves its range: every arithmetic gives the same.
    Fits,
    /// A library refuses such operands.
    Refused,
}

impl Code {
    /// Every code, causes before what follows from them.
    pub const ALL: [Code; 23] = [
        Code::PairClamps,
        Code::Sum16Clamps,
        Code::ProductClamps,
        Code::Wraps,
        Code::HalvedWeight,
        Code::ReferenceWraps,
        Code::Beyond2Pow24,
        Code::BiasOverflow,
        Code::OutputClamp,
        Code::Tie,
        Code::ZeroPointFirst,
        Code::Truncates,
        Code::Reciprocal,
        Code::ZeroPointIgnored,
        Code::LeftOut,
        Code::WrongSignedness,
        Code::OperandsSwapped,
        Code::LayoutTransposed,
        Code::VectorPosition,
        Code::SignFlips,
        Code::RankingFlips,
        Code::Fits,
        Code::Refused,
    ];

    /// The stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Code::PairClamps => "pair_clamps",
            Code::Sum16Clamps => "sum16_clamps",
            Code::ProductClamps => "product_clamps",
            Code::Wraps => "wraps",
            Code::HalvedWeight => "halved_weight",
            Code::ReferenceWraps => "reference_wraps",
            Code::Beyond2Pow24 => "beyond_2_24",
            Code::BiasOverflow => "bias_overflow",
            Code::OutputClamp => "output_clamp",
            Code::Tie => "tie",
            Code::ZeroPointFirst => "zero_point_first",
            Code::Truncates => "truncates",
            Code::Reciprocal => "reciprocal",
            Code::ZeroPointIgnored => "zero_point_ignored",
            Code::LeftOut => "left_out",
            Code::WrongSignedness => "wrong_signedness",
            Code::OperandsSwapped => "operands_swapped",
            Code::LayoutTransposed => "layout_transposed",
            Code::VectorPosition => "vector_position",
            Code::SignFlips => "sign_flips",
            Code::RankingFlips => "ranking_flips",
            Code::Fits => "fits",
            Code::Refused => "refused",
        }
    }

    /// The code of a key.
    pub fn from_key(key: &str) -> Option<Code> {
        Code::ALL.into_iter().find(|code| code.key() == key)
    }

    /// Whether it is a cause, and not what follows from one.
    pub const fn is_cause(self) -> bool {
        !matches!(self, Code::SignFlips | Code::RankingFlips | Code::Fits | Code::Refused)
    }

    /// Where it is written down: a section of `docs/arithmetic.md`, or a public report.
    pub const fn source(self) -> &'static str {
        match self {
            Code::PairClamps => "docs/arithmetic.md, section 3; oneDNN issue 518",
            Code::Sum16Clamps => {
                "docs/arithmetic.md, sections 11 and 17; Stockfish pull request 3222"
            }
            Code::ProductClamps => "docs/arithmetic.md, section 11",
            Code::Wraps => "docs/arithmetic.md, section 15; ONNX Runtime issue 31573",
            Code::HalvedWeight => "docs/arithmetic.md, section 11; oneDNN issue 375",
            Code::ReferenceWraps => "docs/arithmetic.md, section 17",
            Code::Beyond2Pow24 => "docs/arithmetic.md, sections 5 and 17; oneDNN issue 3435",
            Code::BiasOverflow => "docs/arithmetic.md, sections 5, 6 and 8",
            Code::OutputClamp => "docs/arithmetic.md, section 5; PyTorch issue 56331",
            Code::Tie => "docs/arithmetic.md, sections 5 to 8; TensorFlow issue 102943",
            Code::ZeroPointFirst => {
                "docs/arithmetic.md, sections 13 and 16; ONNX Runtime issue 25512"
            }
            Code::Truncates => "docs/arithmetic.md, section 17; ONNX Runtime issue 18576",
            Code::Reciprocal => "docs/arithmetic.md, section 2; PyTorch issue 139464",
            Code::ZeroPointIgnored => "docs/arithmetic.md, section 4; IREE issue 24583",
            Code::LeftOut => "docs/arithmetic.md, section 5",
            Code::WrongSignedness => "docs/arithmetic.md, section 17; tract pull request 2594",
            Code::OperandsSwapped => "docs/arithmetic.md, section 17",
            Code::LayoutTransposed => "docs/arithmetic.md, section 17",
            Code::VectorPosition => "docs/arithmetic.md, section 17; PyTorch issue 107030",
            Code::SignFlips | Code::RankingFlips => "nnstreamer pull request 4865",
            Code::Fits => "docs/arithmetic.md, section 3; MNN issue 343",
            Code::Refused => "ONNX Runtime issues 27897 and 28447",
        }
    }
}

/// One thing that makes two numbers different.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// In words, with the numbers.
    pub sentence: String,
    /// The largest difference that it makes, in the units of what was seen.
    pub size: f64,
    /// Rows and outputs where it does.
    pub cells: Vec<[usize; 2]>,
    /// Which result shows it, from 0; `None` where it only can happen.
    pub seen: Option<usize>,
    /// Where it is written down.
    pub source: &'static str,
}

/// In order of size, causes first among equals, and none twice.
pub(super) fn sorted(mut all: Vec<Finding>) -> Vec<Finding> {
    // Stable: a result's findings stay together where nothing else tells.
    all.sort_by(|a, b| b.size.total_cmp(&a.size).then_with(|| a.code.cmp(&b.code)));
    let mut kept: Vec<Finding> = Vec::new();
    for one in all {
        let is_known = |known: &Finding| (known.code, &known.sentence) == (one.code, &one.sentence);
        if !kept.iter().any(is_known) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_for_ever_and_found_again() {
        let keys: Vec<&str> = Code::ALL.iter().map(|code| code.key()).collect();
        let known = "pair_clamps sum16_clamps product_clamps wraps halved_weight reference_wraps \
                     beyond_2_24 bias_overflow output_clamp tie zero_point_first truncates \
                     reciprocal zero_point_ignored left_out wrong_signedness operands_swapped \
                     layout_transposed vector_position sign_flips ranking_flips fits refused";
        assert_eq!(keys.join(" "), known);
        for code in Code::ALL {
            assert_eq!(Code::from_key(code.key()), Some(code));
            let written = serde_json::to_value(code).expect("a text");
            assert_eq!(written, code.key());
        }
    }

    #[test]
    fn the_largest_comes_first_and_none_twice() {
        let of = |code: Code, size, sentence: &str| Finding {
            code,
            sentence: sentence.into(),
            size,
            cells: vec![],
            seen: None,
            source: code.source(),
        };
        let all = vec![
            of(Code::SignFlips, 9.0, "a"),
            of(Code::PairClamps, 9.0, "b"),
            of(Code::Tie, 1.0, "c"),
            of(Code::Wraps, 70.0, "d"),
            of(Code::Tie, 1.0, "c"),
        ];
        let codes: Vec<Code> = sorted(all).iter().map(|one| one.code).collect();
        assert_eq!(codes, [Code::Wraps, Code::PairClamps, Code::SignFlips, Code::Tie]);
    }
}
