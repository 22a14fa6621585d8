//! What the surprises of `surprises.rs` are called in the documents and in the story.

use std::fs;
use std::path::Path;

use rampscope::story::FIXES;

/// A document's words on one line.
fn flowing(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{file}: {error}"));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn vnni_is_two_things_and_not_enough_wherever_it_is_told() {
    let says = |text: &str, wanted: &[&str]| {
        for phrase in wanted {
            assert!(text.contains(phrase), "{phrase}\n{text}");
        }
    };
    says(
        &flowing("docs/model.md"),
        &[
            "is not asked for by FBGEMM: PyTorch saturates there, while ONNX Runtime and oneDNN use it and are exact",
            "its depthwise convolutions have no such kernel and saturate on every x86 CPU",
        ],
    );
    says(
        &flowing("docs/handout.md"),
        &[
            "for PyTorch neither AVX-512 nor AVX-VNNI alone is enough, while ONNX Runtime and oneDNN use AVX-VNNI too; depthwise convolutions saturate even there",
        ],
    );
    let fix = FIXES.iter().find(|fix| fix.name == "A CPU with AVX-512 VNNI").expect("it is there");
    says(
        fix.fails,
        &[
            "neither of which is enough for FBGEMM, while ONNX Runtime and oneDNN use AVX-VNNI too",
            "FBGEMM’s depthwise kernels, which have no VNNI form and saturate on every x86 CPU",
        ],
    );
}
