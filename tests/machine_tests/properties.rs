//! What must not matter, and that nothing panics.

use proptest::prelude::*;

use super::{data, which, written};
use rampscope::machine::{Answer, which_arithmetic};

/// Words of what tools print; `~` is a blank.
const WORDS: &str = "\
    Architecture x86_64 aarch64 armv7l flags Features model~name Model~name Vendor~ID \
    vendor_id GenuineIntel AuthenticAMD cpu~family model 6 85 0x41 0xd08 CPU~part \
    CPU~implementer avx2 fma avx512f avx512bw~avx512dq~avx512vl avx512_vnni avx_vnni \
    asimd asimddp neon i8mm hw.optional.avx2_0 hw.optional.arm.FEAT_DotProd \
    machdep.cpu.brand_string machdep.cpu.leaf7_features Apple~M2 Core~i7-12700 \
    AMD~Ryzen~7~5800X Xeon(R)~Gold~6148~CPU~@~2.40GHz Intel64~Family~6~Model~85 \
    Family~25~Model~33 Name Caption Chip m5.xlarge ubuntu-latest 0 1 : : : = ½ @ (R) (tm";

/// Pieces of what tools print, so that random texts come near to real ones.
fn piece() -> impl Strategy<Value = String> {
    let words: Vec<String> = WORDS.split_whitespace().map(|word| word.replace('~', " ")).collect();
    let blanks = ["\n", "\n", "\r\n", " ", " ", "\t", "\u{0}"].map(String::from);
    let all: Vec<String> = words.into_iter().chain(blanks).collect();
    prop_oneof![4 => proptest::sample::select(all), 1 => ".{0,6}"]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

/// Whether it is read as the name of a rented machine, where case counts.
fn is_rented(text: &str) -> bool {
    which(text).rented.is_some()
}

proptest! {
    #[test]
    fn random_texts_have_whole_answers(text in text()) {
        let which = which(&text);
        prop_assert_eq!(which.answers.len(), 61);
        prop_assert_ne!(which.candidates.len(), 1);
        prop_assert!(which.hidden.is_empty() || which.candidates.is_empty());
        if which.by.is_none() {
            prop_assert!(which.features.is_empty() && which.cpu.is_none());
            prop_assert!(which.answers.iter().all(|(_, one)| *one == Some(Answer::NOBODY)));
        }
        for (variant, answer) in &which.answers_if_hidden {
            prop_assert_ne!(which.answer(&variant.key), Some(answer));
        }
    }

    #[test]
    fn any_text_is_read(text in ".{0,400}") {
        prop_assert!(which_arithmetic(data(), &text).is_ok());
    }

    #[test]
    fn case_does_not_matter(text in text()) {
        prop_assume!(!is_rented(&text));
        let own = written(&text);
        for other in [text.to_ascii_uppercase(), text.to_ascii_lowercase()] {
            prop_assume!(!is_rented(&other));
            prop_assert_eq!(&written(&other), &own);
        }
    }

    #[test]
    fn ends_of_lines_do_not_matter(text in text()) {
        let text = text.replace('\r', "");
        prop_assert_eq!(written(&text.replace('\n', "\r\n")), written(&text));
        prop_assert_eq!(written(&format!("{text}\n")), written(&text));
    }

    #[test]
    fn the_order_of_flags_does_not_matter(
        (own, other) in proptest::sample::subsequence(FLAGS.to_vec(), 0..FLAGS.len())
            .prop_flat_map(|own| (Just(own.clone()), Just(own).prop_shuffle())),
        key in proptest::sample::select(vec!["flags", "Features", "machdep.cpu.features"]),
        name in proptest::sample::select(vec!["Core i7-12700", "Neoverse-N1", "Apple M2", ""]),
    ) {
        let text = |flags: &[&str]| format!("model name: {name}\n{key}: {}\n", flags.join(" "));
        prop_assert_eq!(written(&text(&own)), written(&text(&other)));
    }

    #[test]
    fn one_more_flag_is_one_more_feature_at_most(
        own in proptest::sample::subsequence(FLAGS.to_vec(), 1..FLAGS.len()),
        more in proptest::sample::select(FLAGS.to_vec()),
    ) {
        let text = |flags: &str| format!("Architecture: x86_64\nFlags: {flags}\n");
        let flags = own.join(" ");
        let (few, many) = (which(&text(&flags)), which(&text(&format!("{flags} {more}"))));
        prop_assert!(few.features.iter().all(|one| many.features.contains(one)));
        prop_assert!(many.features.len() <= few.features.len() + 2);
    }
}

const FLAGS: [&str; 18] = [
    "fpu",
    "ssse3",
    "sse4_1",
    "avx",
    "avx2",
    "fma",
    "avx512f",
    "avx512bw",
    "avx512dq",
    "avx512vl",
    "avx512_vnni",
    "avx_vnni",
    "amx_int8",
    "asimd",
    "asimddp",
    "i8mm",
    "neon",
    "thumb",
];
