//! What a view asks: families to pick from, comparisons, sources, variables, what hidden flags would
//! change.

use rampscope::machine::{
    Class, FROM_KNOWLEDGE, How, Reference, System, WhichArithmetic, differences,
};

use super::{agreed, data, family, which};

#[test]
fn a_picked_family_is_the_family_s_name() {
    let (picked, named) = (family("alderlake", None), which("Core i7-12700"));
    let written = |one: &WhichArithmetic| serde_json::to_string(one).expect("it is written");
    assert_eq!(written(&picked), written(&named));
    let rented = data().rented_machine("aws-m5").expect("it is there");
    let picked = WhichArithmetic::of_rented(data(), rented);
    assert_eq!(written(&picked), written(&which("m5.xlarge")));
    assert!(data().family("aws-m5").is_none() && data().rented_machine("zen3").is_none());
}

#[test]
fn machines_are_compared_by_class() {
    let one = family("skylake-sp", Some(System::Linux));
    let other = family("cascadelake", Some(System::Linux));
    let found = differences(&one, &other);
    let of = |key: &str| found.iter().find(|one| one.variant.key == key);
    let linear = of("fbgemm.linear").expect("they differ");
    let classes = [linear.one, linear.other].map(|answer| answer.map(|answer| answer.class));
    assert_eq!(classes, [Some(Class::PairsSaturate), Some(Class::Exact)]);
    // The same class for another reason is no difference.
    assert!(of("fbgemm.conv_depthwise").is_none() && of("pytorch_qnnpack.linear").is_none());
    for difference in &found {
        let classes = [difference.one, difference.other].map(|one| one.map(|one| one.class));
        assert_ne!(classes[0], classes[1], "{}", difference.variant.key);
    }
    assert!(differences(&one, &one).is_empty());
    // Where candidates differ, it differs from what is certain, and not from itself.
    let mixed = which("m5");
    assert!(differences(&mixed, &one).iter().any(|one| one.one.is_none() && one.other.is_some()));
    assert!(differences(&mixed, &mixed).is_empty());
}

#[test]
fn the_sources_of_an_answer_are_resolved() {
    let answer = family("zen3", Some(System::Linux));
    let answer = agreed(&answer, "fbgemm.linear");
    let all: Vec<_> = data().references(answer.sources).collect();
    let Reference::Source(line) = all[0] else { panic!("{all:?}") };
    assert_eq!((line.id.as_str(), line.how), ("fbgemm.pairs", How::Line));
    let url = all[0].url().expect("a line has an address");
    assert!(url.starts_with("https://github.com/pytorch/FBGEMM/blob/"), "{url}");
    let run = all.iter().find(|one| one.url().is_none()).expect("one was run");
    let Reference::Source(run) = run else { panic!("{run:?}") };
    assert_eq!(run.how, How::Run);
    // Rented machines also have addresses, and what is from knowledge.
    let references = |key: &str| {
        let rented = data().rented_machine(key).expect("it is there");
        data().references(&rented.sources).collect::<Vec<_>>()
    };
    assert_eq!(references("aws-m5"), [Reference::Address("https://cloudinvent.co/?p=2894")]);
    assert_eq!(references("aws-m6a"), [Reference::Knowledge]);
    assert!(data().source(FROM_KNOWLEDGE).is_none());
}

#[test]
fn a_variant_is_found_with_its_library_and_its_variables() {
    let (library, variant) = data().variant("onnxruntime.qdq_s8s8").expect("it is there");
    assert_eq!(library.key, "onnxruntime");
    assert!(variant.types.contains("s8 × s8"));
    let names: Vec<&str> = library.environment.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["session.x64quantprecision", "session.qdqisint8allowed"]);
    assert!(data().variant("onnxruntime").is_none());
    for library in data().libraries() {
        let usual = library.variants.iter().filter(|variant| variant.is_default).count();
        assert_eq!(usual, 1, "{}", library.key);
        assert!(
            library.variants.iter().all(|own| own.key.starts_with(&format!("{}.", library.key)))
        );
    }
}

#[test]
fn an_answer_has_its_rule() {
    let which = family("alderlake", Some(System::Linux));
    let answer = agreed(&which, "onnxruntime.matmul_u8s8");
    let rule = answer.rule.expect("a rule gives it");
    assert_eq!(rule.id, "onnxruntime.matmul_u8s8#3");
    assert_eq!(rule.sum32.as_deref(), Some("saturates"));
    assert_eq!(rule.unsigned.as_deref(), Some("inputs"));
}

#[test]
fn headlines_say_what_the_machine_is() {
    let said = |text: &str| which(text).headline();
    assert_eq!(
        said("Core i7-12700"),
        "Intel Alder Lake (12th generation) (x86_64) under Linux or Windows, by its name."
    );
    assert_eq!(
        said("m5.large"),
        "AWS m5, c5, r5, t3: one of 2 CPU families, Intel Skylake-SP, Skylake-X, Skylake-W; or Intel Cascade Lake (SP, X, W) (x86_64) under Linux, by the name that it is rented out under."
    );
    assert_eq!(
        said("Flags: avx2"),
        "A CPU whose name is not known here (x86_64) under Linux, by its flags."
    );
    assert!(said("Intel64 Family 6 Model 85 Stepping 7").starts_with("One of 3 CPU families, "));
    assert_eq!(said("Architecture: riscv64"), "No CPU is recognised in the text under Linux.");
    assert_eq!(
        said("Architecture: x86_64"),
        "No CPU is recognised in the text under Linux, x86_64."
    );
    assert_eq!(said(""), "No CPU is recognised in the text.");
    let which = which("Core i7-12700");
    let names: Vec<String> = which.candidates.iter().map(|one| which.name_of(one)).collect();
    assert_eq!(names, ["Linux", "Windows"]);
}

#[test]
fn what_is_hidden_changes_only_some_answers() {
    let text = "Architecture: x86_64\nModel name: 13th Gen Intel(R) Core(TM) i7-13700K\nFlags: sse4_1 ssse3 avx avx2 fma";
    let which = which(text);
    assert_eq!(which.hidden, ["avx_vnni"]);
    for (variant, answer) in &which.answers_if_hidden {
        assert_ne!(agreed(&which, &variant.key), *answer, "{}", variant.key);
    }
    let keys: Vec<&str> =
        which.answers_if_hidden.iter().map(|(variant, _)| variant.key.as_str()).collect();
    assert!(keys.contains(&"onednn.matmul_u8s8") && !keys.contains(&"fbgemm.linear"), "{keys:?}");
}
