//! The operator that a report speaks of.

use super::super::entry::Operator;

/// Words of operators that are no product; where a report has one of a product, too, that counts.
const NAMES: [(Operator, &[&str]); 3] = [
    (Operator::Add, &["qlinearadd", "quantized::add", "quantized add", "quantized.add"]),
    (Operator::Sigmoid, &["sigmoid"]),
    (
        Operator::Quantize,
        &["quantizelinear", "quantize_per_tensor", "dynamic quantize", "quantize(", "quantizing"],
    ),
];

/// What a text names; `has_weights`: whether it has an operand B.
pub(super) fn operator(text: &str, has_weights: bool) -> Operator {
    let text = text.to_ascii_lowercase();
    // What is taken back is none: `DequantizeLinear`.
    let text = text.replace("dequantize", "");
    let is_named = |names: &[&str]| names.iter().any(|name| text.contains(name));
    let fits = |operator: Operator| (operator == Operator::Add) == has_weights;
    let found = NAMES.iter().find(|(operator, names)| fits(*operator) && is_named(names));
    found.map_or(Operator::Product, |(operator, _)| *operator)
}

/// Whether a text speaks of a convolution.
pub(super) fn is_convolution(text: &str) -> bool {
    text.to_ascii_lowercase().contains("conv")
}
