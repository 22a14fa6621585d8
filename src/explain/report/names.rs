//! Words of reports and what they name.

use super::super::code_type::CodeType;
use super::candidate::{Role, Side};

/// Words, with spaces between them.
struct Words(&'static str);

impl Words {
    fn has(&self, word: &str) -> bool {
        self.0.split(' ').any(|one| one == word)
    }
}

const OF_A: Words =
    Words("a x xq qx x_q q_x input inputs src lhs left l activation activations data");
const OF_B: Words = Words("b w wq qw w_q q_w weight weights wei rhs right r filter filters");
const OF_OUTPUT: Words = Words("y c out output outputs dst result");
const SEEN: Words = Words(
    "observed got get gives gave actual actually result results returned returns see sees seen but \
     wrong output outputs y c dst",
);
/// Verbs of what was seen: their subject says where.
const VERBS: Words =
    Words("gives gave got says said prints printed returns returned result results output outputs");
/// Libraries and machines: what stands next to one is what it gave.
const PLACES: Words = Words(
    "onnxruntime ort tflite litert xnnpack ruy gemmlowp pytorch torch onednn mkldnn dnnl mkl fbgemm \
     qnnpack openvino tract rten ncnn mnn tvm iree arm arm64 aarch64 neon x86 x86_64 python \
     laptop notebook desktop pc workstation server machine host box vm cluster ci runner cloud \
     local colab kaggle windows linux ubuntu mac macbook macos phone android ios raspberry jetson \
     intel amd xeon epyc ryzen i3 i5 i7 i9 haswell skylake zen2 zen3 zen4 m1 m2 m3 graviton cpu gpu",
);
/// What has a number of its own.
const COUNTED: Words = Words("cpu gpu python windows ubuntu macos android ios");
/// What CPUs have: numbers right behind one are what such a CPU gave.
const FEATURES: Words = Words("avx avx2 avx512 avx512f avx512bw");
/// Words of what is expected, by themselves in a label, too.
const EXPECTED: Words =
    Words("wanted expected expect should correct reference exact truth hand numpy");
/// Words that in a sentence say that what is next to them is expected.
const TURNS: Words = Words("vnni not instead than");
const SUMS: Words = Words("acc accumulator accumulators sum sums");
const U8: Words = Words("u8 uint8 uint8_t quint8");
const S8: Words = Words("s8 i8 int8 int8_t qint8");
/// Words that may stand between a name and its numbers.
const FILLERS: Words = Words(
    "np numpy torch tensor array as_tensor asarray astype const static constexpr let is was were are be \
     the of value values matrix vector equal equals to std max in has have with rather",
);

/// The type that a word names.
pub(super) fn code_type(word: &str) -> Option<CodeType> {
    let word = word.to_ascii_lowercase();
    if U8.has(&word) {
        Some(CodeType::U8)
    } else if S8.has(&word) {
        Some(CodeType::S8)
    } else {
        None
    }
}

/// Whether a word may stand between a name and its numbers.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.has(&word.to_ascii_lowercase())
}

/// How near numbers have to be to a word that names them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Some words may stand between.
    Some,
    /// Fillers only.
    Next,
    /// No more than `:` or `=`, unless they are a list.
    Mark,
}

/// The reach of a word: an article is no A, and a library's version is no result.
pub(super) fn reach(word: &str) -> Reach {
    let lower = word.to_ascii_lowercase();
    if PLACES.has(&lower) || lower == "vnni" {
        Reach::Mark
    } else if TURNS.has(&lower) || FEATURES.has(&lower) || word.len() == 1 {
        Reach::Next
    } else {
        Reach::Some
    }
}

/// Who gave what a verb of seeing names, by the word before it: `oneDNN gives`, `by hand gives`.
pub(super) fn subject<'a>(verb: &str, before: &[&'a str]) -> Option<&'a str> {
    let before = before.last().filter(|_| VERBS.has(&verb.to_ascii_lowercase()))?;
    let word = before.to_ascii_lowercase();
    let is_place = is_place(&word) || TURNS.has(&word) || EXPECTED.has(&word);
    is_place.then_some(*before)
}

/// Whether a word says that what it belongs to is expected.
pub(super) fn is_wanted(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    EXPECTED.has(&word) || TURNS.has(&word)
}

/// Whether a label says that what it belongs to is expected: `expected`, `by hand`.
pub(in crate::explain) fn is_expectation(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    label.split(|c: char| !c.is_alphanumeric()).any(|word| EXPECTED.has(word))
}

/// Whether a word names a library, a machine, or what its CPU has.
pub(super) fn is_place(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    PLACES.has(&word) || FEATURES.has(&word)
}

/// Whether a number behind the name of a library, a system or a part of a machine is its version, or how
/// many there are.
pub(super) fn is_version(name: &str, value: f64) -> bool {
    let name = name.to_ascii_lowercase();
    (0.0..100.0).contains(&value)
        && (COUNTED.has(&name) || value.fract() != 0.0 && (is_place(&name) || EXPECTED.has(&name)))
}

/// Whether a word says that something was seen, as in `AVX2 gives`.
pub(super) fn is_verb(word: &str) -> bool {
    VERBS.has(&word.to_ascii_lowercase())
}

/// Whether a word names an output.
pub(super) fn is_output(word: &str) -> bool {
    OF_OUTPUT.has(&word.to_ascii_lowercase())
}

/// What a result is called by the word that names it: by that, unless the word is only a turn of speech.
pub(super) fn label(word: &str) -> &str {
    match word {
        "but" | "get" | "gets" | "got" | "gives" | "gave" | "see" | "sees" | "prints"
        | "printed" => "seen",
        "hand" => "by hand",
        "not" | "instead" | "than" | "should" => "wanted",
        word => word,
    }
}

/// What a word names, of a list or of one number; `of` is the word before or after it that may say whose a zero point or scale is.
pub(super) fn role(word: &str, of: Option<&str>, is_list: bool) -> Option<Role> {
    let word = word.to_ascii_lowercase();
    let parts: Vec<&str> = word.split('_').filter(|part| !part.is_empty()).collect();
    let is_zero_point = parts.iter().any(|part| matches!(*part, "zp" | "zeropoint" | "zeropoints"))
        || word.contains("zero_point");
    let is_scale = parts.iter().any(|part| matches!(*part, "scale" | "scales"));
    if is_zero_point || is_scale {
        let named = parts.iter().find_map(|part| side(part));
        let whose = named.or_else(|| of.and_then(|of| side(&of.to_ascii_lowercase())));
        return Some(if is_zero_point { Role::ZeroPoint(whose) } else { Role::Scale(whose) });
    }
    let word = word.as_str();
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    match word {
        "sx" | "s_x" | "s_a" => Some(Role::Scale(Some(Side::A))),
        "sw" | "s_w" | "s_b" => Some(Role::Scale(Some(Side::B))),
        "sy" | "s_y" | "s_c" => Some(Role::Scale(Some(Side::Output))),
        "bias" => Some(Role::Bias),
        _ if is_wanted(word) => Some(Role::Wanted),
        // `x0`, `w951`.
        _ if is_list && OF_A.has(stem) => Some(Role::Codes(Side::A)),
        _ if is_list && OF_B.has(stem) => Some(Role::Codes(Side::B)),
        _ if OF_A.has(word) => Some(Role::Codes(Side::A)),
        _ if OF_B.has(word) => Some(Role::Codes(Side::B)),
        _ if SEEN.has(word) || is_place(word) => Some(Role::Seen),
        _ if SUMS.has(word) => Some(Role::Sums),
        _ => None,
    }
}

fn side(word: &str) -> Option<Side> {
    if OF_A.has(word) {
        Some(Side::A)
    } else if OF_B.has(word) {
        Some(Side::B)
    } else if OF_OUTPUT.has(word) {
        Some(Side::Output)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_what_reports_mean() {
        let of = |word| role(word, None, false);
        assert_eq!(
            [of("x"), of("A"), of("weights")],
            [Some(Role::Codes(Side::A)), Some(Role::Codes(Side::A)), Some(Role::Codes(Side::B))]
        );
        for word in ["a_zero_point", "zp_A", "x_zp", "input_zero_point"] {
            assert_eq!(of(word), Some(Role::ZeroPoint(Some(Side::A))), "{word}");
        }
        assert_eq!(of("zp"), Some(Role::ZeroPoint(None)));
        assert_eq!(role("zp", Some("W"), false), Some(Role::ZeroPoint(Some(Side::B))));
        assert_eq!(of("y_scale"), Some(Role::Scale(Some(Side::Output))));
        assert_eq!([of("observed"), of("Expected")], [Some(Role::Seen), Some(Role::Wanted)]);
        assert_eq!([of("K"), of("n"), of("batch"), of("x0")], [None; 4]);
        assert_eq!(role("w951", None, true), Some(Role::Codes(Side::B)));
        assert_eq!(
            [code_type("uint8_t"), code_type("s8"), code_type("f32")],
            [Some(CodeType::U8), Some(CodeType::S8), None]
        );
    }
}
