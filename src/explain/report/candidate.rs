//! [`Candidate`]: numbers of a report, and what they may be.

use serde::Serialize;

use super::super::code_type::CodeType;
use super::super::numbers::Numbers;

/// No more are read of one text.
pub const MOST_CANDIDATES: usize = 200;

/// Numbers of a text with the words around them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// The numbers.
    pub numbers: Numbers,
    /// The line that they start in, from 1.
    pub line: usize,
    /// The character in that line, from 1.
    pub column: usize,
    /// The word that names them; empty where there is none.
    pub name: String,
    /// The words before them in the line, and after, cut.
    pub around: [String; 2],
    /// What they are, where a word says it.
    pub role: Option<Role>,
    /// Their type, where a word says it.
    pub code_type: Option<CodeType>,
}

/// What numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Codes of an operand.
    Codes(Side),
    /// A zero point; whose, if it is said.
    ZeroPoint(Option<Side>),
    /// A scale; whose, if it is said.
    Scale(Option<Side>),
    /// A bias.
    Bias,
    /// Sums of products.
    Sums,
    /// What was seen.
    Seen,
    /// What was expected.
    Wanted,
}

/// A side of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// A, the inputs.
    A,
    /// B, the weights.
    B,
    /// The output.
    Output,
}
