//! What recordings found beside the thread's question.

/// A preset that shows it, and what it is in a sentence.
pub const FINDINGS: &[(&str, &str)] = &[
    ("depthwise-vnni", "PyTorch’s depthwise convolutions saturate on CPUs with VNNI, too."),
    ("int-mm-64", "torch._int_mm, up to PyTorch 2.5 without VNNI, makes 8160 of 1032256."),
    (
        "onnxruntime-31573",
        "ONNX Runtime on ARM64 without dot product wraps around, at −128 · −128 twice.",
    ),
    (
        "qdq-s8",
        "ONNX Runtime on x86 makes signed inputs of QDQ models unsigned; without VNNI their pairs saturate.",
    ),
    (
        "convinteger",
        "ONNX Runtime’s ConvInteger has the weights on the left: without VNNI s8 inputs with u8 weights saturate, u8 with s8 do not.",
    ),
    (
        "onednn-375",
        "Without VNNI oneDNN halves the weights of convolutions with signed inputs: 1 becomes 0.",
    ),
    ("tensorflow-103028", "One code off is rounding: two libraries, two rules for a tie."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::preset;

    #[test]
    fn what_is_said_is_shown_by_its_preset() {
        for (key, said) in FINDINGS {
            let preset = preset(key).unwrap_or_else(|| panic!("there is no preset {key}"));
            // Numbers of three digits and more are the preset's, which tests hold.
            let numbers = said.split(|letter: char| !letter.is_ascii_digit());
            for number in numbers.filter(|number| number.len() > 2 && *number != "128") {
                assert!(preset.sentence.contains(number), "{key}: {number}");
            }
        }
    }
}
