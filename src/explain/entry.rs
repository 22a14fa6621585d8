//! [`Entry`]: what a person has, and what they saw.

use serde::{Deserialize, Serialize};

use super::code_type::CodeType;
use super::numbers::Numbers;
use super::questions::Answers;

/// Operands, their parameters, and the results that were seen.
///
/// A row of A is a row of inputs; what B's rows are says [`layout`](Entry::layout). Types may be left
/// out: they are inferred from the values, and where both fit both are tried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Entry {
    /// What is computed.
    pub operator: Operator,
    /// Codes, M × K; of [`Operator::Quantize`] real values; of [`Operator::Add`] and
    /// [`Operator::Sigmoid`] codes of any shape.
    pub a: Numbers,
    /// Codes, N × K or K × N; of [`Operator::Add`] as many as of A.
    pub b: Numbers,
    /// M × N sums, zero points taken off, in place of A and B.
    pub sums: Numbers,
    /// 8-bit types, as far as they are known.
    pub types: Types,
    /// What the outputs are in B, if it is known.
    pub layout: Option<Layout>,
    /// Rows and columns of the kernel, where a row is one place of a convolution: K is taps ×
    /// channels, the channels of a tap side by side.
    pub kernel: Option<[usize; 2]>,
    /// Zero points; 0 where there are none.
    pub zero_points: ZeroPoints,
    /// Scales, if there are any.
    pub scales: Scales,
    /// A bias, one value or one per output.
    pub bias: Option<Bias>,
    /// Whether outputs below real 0 are clamped to it.
    pub relu: bool,
    /// The results.
    pub seen: Vec<Seen>,
    /// What the person says of the circumstances.
    pub answers: Answers,
}

/// What is computed of the operands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operator {
    /// Σ (a - a_zp)·(b - b_zp), and what follows the sum.
    #[default]
    Product,
    /// The codes of real values; without a scale the one that their range gives.
    Quantize,
    /// The codes of two tensors' sum, element by element: `QLinearAdd`.
    Add,
    /// The codes of a sigmoid, element by element.
    Sigmoid,
}

/// 8-bit types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Types {
    /// Of A.
    pub a: Option<CodeType>,
    /// Of B.
    pub b: Option<CodeType>,
    /// Of the output.
    pub output: Option<CodeType>,
}

/// What the outputs of a product are in B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Layout {
    /// B is N × K, as the weights of a layer are stored.
    Rows,
    /// B is K × N, as matrices are multiplied (NumPy, ONNX).
    Columns,
}

impl Layout {
    /// The other one.
    pub const fn other(self) -> Layout {
        match self {
            Layout::Rows => Layout::Columns,
            Layout::Columns => Layout::Rows,
        }
    }

    /// The word of a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Layout::Rows => "rows",
            Layout::Columns => "columns",
        }
    }
}

/// Codes of real 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ZeroPoints {
    /// Of A: none, one, or one per row.
    pub a: Numbers,
    /// Of B: none, one, or one per output.
    pub b: Numbers,
    /// Of the output.
    pub output: i32,
}

/// Real units per code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Scales {
    /// Of A.
    pub a: Option<f64>,
    /// Of B: none, one for the tensor, or a list with one per output.
    pub b: Numbers,
    /// Of the output.
    pub output: Option<f64>,
}

/// What is added to the sums.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Bias {
    /// In units of the sum.
    Integer(Numbers),
    /// Real; scales of A and B turn it into units of the sum.
    Real(Numbers),
}

/// A result.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Seen {
    /// Where it was seen: `machine 1`, `by hand`. It may be empty.
    pub label: String,
    /// One number, a row of outputs, or all M × N.
    pub values: Numbers,
    /// The row of A that a number or row belongs to, if it is known.
    pub row: Option<usize>,
    /// The output that a number belongs to, if it is known.
    pub output: Option<usize>,
}
