//! The operator that a report speaks of, and what else its words say of the case.

use super::super::entry::Operator;
use super::super::questions::{Answers, OneCpu};

/// Words of operators that are no product; where a report has one of a product, too, that counts.
const NAMES: [(Operator, &[&str]); 3] = [
    (Operator::Add, &["qlinearadd", "quantized::add", "quantized add", "quantized.add"]),
    (Operator::Sigmoid, &["sigmoid"]),
    (
        Operator::Quantize,
        &["quantizelinear", "quantize_per_tensor", "dynamic quantize", "quantize(", "quantizing"],
    ),
];

/// What a text in small letters names; `has_weights`: whether it has an operand B.
pub(super) fn operator(text: &str, has_weights: bool) -> Operator {
    // What is taken back is none: `DequantizeLinear`.
    let text = text.replace("dequantize", "");
    let is_named = |names: &[&str]| names.iter().any(|name| text.contains(name));
    let fits = |operator: Operator| (operator == Operator::Add) == has_weights;
    let found = NAMES.iter().find(|(operator, names)| fits(*operator) && is_named(names));
    found.map_or(Operator::Product, |(operator, _)| *operator)
}

/// What a text in small letters says of the case without numbers: float16, and one row against several.
pub(super) fn answers(text: &str) -> Answers {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let has = |word: &str| words.contains(&word);
    // `batch size 1`, `a batch of 2`.
    let batches: Vec<u32> = (0..words.len())
        .filter(|at| words[*at] == "batch")
        .filter_map(|at| {
            let next = words[at + 1..].iter().find(|next| !["size", "of"].contains(next));
            next?.parse().ok()
        })
        .collect();
    let is_batch = batches.contains(&1) && batches.iter().any(|count| *count > 1);
    Answers {
        float16: (has("float16") || has("fp16") || has("f16")).then_some(true),
        one_cpu: is_batch.then_some(OneCpu::OneRowAgainstSeveral),
        ..Answers::default()
    }
}
