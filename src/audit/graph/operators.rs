//! [`OPERATORS`]: which operators multiply by weights, and where their inputs are.
//!
//! Sources: onnx/docs/Operators.md, and docs/ContribOperators.md of ONNX Runtime for the domain
//! `com.microsoft`.

/// An operator that multiplies by weights.
pub(super) struct Operator {
    /// Its name.
    pub op: &'static str,
    /// What it multiplies.
    pub kind: Kind,
    /// Where its activations are among the inputs.
    pub input: usize,
    /// Where their scale is.
    pub input_scale: Option<usize>,
    /// Where their zero point is.
    pub input_zero_point: Option<usize>,
    /// Where its weights are.
    pub weights: &'static [Slot],
    /// Which axes of the weights are outputs and inputs.
    pub axes: Axes,
}

/// What an operator multiplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Floats; integers if both operands were dequantized just before, and a QuantizeLinear follows or
    /// the operator does without.
    Float {
        /// Whether ONNX Runtime fuses it with what comes before and behind.
        fuses: Fuses,
    },
    /// Integers.
    Integer,
    /// Integers, with the weights as the first operand of the product.
    WeightsFirst,
    /// Integers, with codes of activations that are u8 and made by the operator itself.
    Dynamic,
    /// Weights of a few bits in blocks.
    Nbits,
}

/// Whether DequantizeLinear around a float operator makes it one of integers
/// (onnxruntime/core/optimizer/qdq_transformer/selectors_actions/qdq_selectors.cc).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fuses {
    /// It never does.
    Never,
    /// Where both operands come from DequantizeLinear.
    Alone,
    /// Where a QuantizeLinear follows, too.
    BeforeQuantize,
}

/// Weights among the inputs of an operator, with their scale and zero point where it has them.
pub(super) struct Slot {
    pub weight: usize,
    pub scale: Option<usize>,
    pub zero_point: Option<usize>,
}

/// Which axes of an operand are outputs and inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axes {
    /// `[.., K, N]`.
    Kn,
    /// `[.., N, K]`.
    Nk,
    /// `[K, N]`, or `[N, K]` with the attribute transB.
    Gemm,
    /// `[N, C, …]`, with the attribute group.
    Conv,
}

const fn at(weight: usize, scale: usize, zero_point: usize) -> Slot {
    Slot { weight, scale: Some(scale), zero_point: Some(zero_point) }
}

const fn alone(weight: usize) -> Slot {
    Slot { weight, scale: None, zero_point: None }
}

const fn float(op: &'static str, axes: Axes, fuses: Fuses, weights: &'static [Slot]) -> Operator {
    let kind = Kind::Float { fuses };
    Operator { op, kind, input: 0, input_scale: None, input_zero_point: None, weights, axes }
}

const fn integer(
    op: &'static str,
    axes: Axes,
    (input_scale, input_zero_point): (Option<usize>, usize),
    weights: &'static [Slot],
) -> Operator {
    let (kind, input_zero_point) = (Kind::Integer, Some(input_zero_point));
    Operator { op, kind, input: 0, input_scale, input_zero_point, weights, axes }
}

const fn dynamic(op: &'static str, weights: &'static [Slot]) -> Operator {
    let (kind, axes) = (Kind::Dynamic, Axes::Kn);
    Operator { op, kind, input: 0, input_scale: None, input_zero_point: None, weights, axes }
}

/// Operators that multiply by weights.
pub(super) const OPERATORS: &[Operator] = &[
    float("MatMul", Axes::Kn, Fuses::Alone, &[alone(1)]),
    float("FusedMatMul", Axes::Gemm, Fuses::Never, &[alone(1)]),
    float("Gemm", Axes::Gemm, Fuses::Alone, &[alone(1)]),
    float("FusedGemm", Axes::Gemm, Fuses::Never, &[alone(1)]),
    float("Conv", Axes::Conv, Fuses::BeforeQuantize, &[alone(1)]),
    float("FusedConv", Axes::Conv, Fuses::Never, &[alone(1)]),
    float("Attention", Axes::Kn, Fuses::Never, &[alone(1)]),
    float("LSTM", Axes::Nk, Fuses::Never, &[alone(1), alone(2)]),
    float("GRU", Axes::Nk, Fuses::Never, &[alone(1), alone(2)]),
    float("RNN", Axes::Nk, Fuses::Never, &[alone(1), alone(2)]),
    integer(
        "MatMulInteger",
        Axes::Kn,
        (None, 2),
        &[Slot { weight: 1, scale: None, zero_point: Some(3) }],
    ),
    integer("MatMulIntegerToFloat", Axes::Kn, (Some(2), 4), &[at(1, 3, 5)]),
    integer("QLinearMatMul", Axes::Kn, (Some(1), 2), &[at(3, 4, 5)]),
    integer("QGemm", Axes::Gemm, (Some(1), 2), &[at(3, 4, 5)]),
    integer("QLinearConv", Axes::Conv, (Some(1), 2), &[at(3, 4, 5)]),
    integer("QAttention", Axes::Kn, (Some(3), 6), &[at(1, 4, 7)]),
    Operator {
        op: "ConvInteger",
        kind: Kind::WeightsFirst,
        input: 0,
        input_scale: None,
        input_zero_point: Some(2),
        weights: &[Slot { weight: 1, scale: None, zero_point: Some(3) }],
        axes: Axes::Conv,
    },
    dynamic("DynamicQuantizeMatMul", &[at(1, 2, 3)]),
    dynamic("DynamicQuantizeLSTM", &[at(1, 8, 9), at(2, 10, 11)]),
    Operator {
        op: "MatMulNBits",
        kind: Kind::Nbits,
        input: 0,
        input_scale: None,
        input_zero_point: None,
        weights: &[alone(1)],
        axes: Axes::Nk,
    },
];

/// Operators that may multiply by constants, too, in ways that are not judged.
pub(super) const NOT_JUDGED: &[&str] = &["ConvTranspose", "Einsum", "DeformConv", "QOrderedMatMul"];

/// The operator of a node, by name and domain.
pub(super) fn find(domain: &str, op: &str) -> Option<&'static Operator> {
    let is_known = matches!(domain, "" | "ai.onnx" | "com.microsoft");
    OPERATORS.iter().find(|operator| is_known && operator.op == op)
}
