//! The twelve worked examples of the data's description: a text, a class, and why.

use rampscope::machine::{By, Class, System, which_arithmetic};

use super::{agreed, class, classes, cpu, data, family, which, with_version};

/// The class of a variant, and words that its reason must have.
#[track_caller]
fn says(text: &str, variant: &str, class: Class, why: &str) {
    let which = which(text);
    let answer = agreed(&which, variant);
    assert_eq!(answer.class, class, "{text}: {variant}");
    assert!(answer.because.contains(why), "{text}: {variant}: {}", answer.because);
}

#[test]
fn example_1_one_machine_has_both_answers() {
    let text = "Core i7-12700";
    says(text, "pytorch_x86.linear", Class::PairsSaturate, "Without AVX512-VNNI, FBGEMM adds");
    says(text, "fbgemm.linear", Class::PairsSaturate, "it never asks for AVX-VNNI");
    says(text, "onnxruntime.matmul_u8s8", Class::Exact, "AVX-VNNI");
    says(text, "onednn.matmul_u8s8", Class::Exact, "AVX-VNNI");
    says(text, "openvino.fc_u8s8", Class::Exact, "AVX-VNNI");
    says(text, "tract.matmul", Class::Exact, "AVX-VNNI");
    says(text, "rten.matmul", Class::PairsSaturate, "AVX-VNNI is not asked for");
    // ONNX Runtime before 1.6 does not know it.
    for (version, class_then) in [("1.5", Class::PairsSaturate), ("1.6", Class::Exact)] {
        let old = with_version("onnxruntime", version);
        let which = which_arithmetic(&old, text).expect("it is short");
        assert_eq!(class(&which, "onnxruntime.matmul_u8s8"), class_then, "{version}");
    }
}

#[test]
fn example_2_github_is_luck() {
    let which = which("ubuntu-latest");
    assert!(which.is_mixed && which.by == Some(By::Instance) && which.cpu.is_none());
    assert!(which.answer("pytorch_x86.linear").is_none());
    let classes = classes(&which, "pytorch_x86.linear");
    let linux = Some(System::Linux);
    assert!(classes.contains(&(cpu("EPYC 7763"), linux, Class::PairsSaturate)), "{classes:?}");
    assert!(classes.contains(&(cpu("Xeon Platinum 8370C"), linux, Class::Exact)), "{classes:?}");
}

#[test]
fn example_3_what_a_hypervisor_hides_does_not_count() {
    let lscpu = |more: &str| {
        format!(
            "Architecture: x86_64\nVendor ID: AuthenticAMD\n  Model name: AMD EPYC 9V74 80-Core Processor\n  Flags: fpu sse2 ssse3 sse4_1 avx fma avx2{more}\n"
        )
    };
    let which = which(&lscpu(""));
    assert_eq!(which.cpu.map(|cpu| cpu.key.as_str()), Some("zen4"));
    assert_eq!(which.features, ["sse2", "ssse3", "sse4_1", "avx", "avx2", "fma"]);
    // Old kernels name AVX-512.
    assert!(which.hidden.is_empty());
    assert_eq!(class(&which, "fbgemm.linear"), Class::PairsSaturate);
    let whole = " avx512f avx512dq avx512bw avx512vl avx512_vnni";
    says(&lscpu(whole), "fbgemm.linear", Class::Exact, "AVX512-VNNI");
}

#[test]
fn example_4_m5_is_two_cpus_and_m6a_is_one() {
    let m5 = which("AWS m5");
    let linux = Some(System::Linux);
    assert_eq!(
        classes(&m5, "pytorch_x86.linear"),
        [
            (Some("skylake-sp"), linux, Class::PairsSaturate),
            (Some("cascadelake"), linux, Class::Exact)
        ]
    );
    assert_eq!(m5.features.last(), Some(&"avx512core"), "avx512_vnni is not common to both");
    assert_eq!(cpu("m6a.large"), Some("zen3"));
    says("m6a.large", "pytorch_x86.linear", Class::PairsSaturate, "Without AVX512-VNNI");
}

#[test]
fn example_5_signed_qdq_models_get_128_added() {
    let (text, variant) = ("Ryzen 7 5800X", "onnxruntime.qdq_s8s8");
    says(text, variant, Class::PairsSaturateShift128, "Inputs get 128 added");
    let option = "onnxruntime.matmul_u8s8_precise";
    says(text, option, Class::Exact, "Weights are made unsigned");
}

#[test]
fn example_6_vnni_and_more_than_100_groups() {
    let text = "Xeon Platinum 8375C";
    let wide = "pytorch_x86.conv_depthwise_wide";
    says(text, wide, Class::PairsSaturate, "More than 100 groups go to FBGEMM");
    let pair = agreed(&which(text), wide).pair.expect("pairs have partners");
    assert!(pair.contains("taps"), "{pair}");
    let narrow = classes(&which(text), "pytorch_x86.conv_depthwise");
    let server = Some("icelake-sp");
    assert_eq!(
        narrow,
        [
            (server, Some(System::Linux), Class::Exact),
            (server, Some(System::Windows), Class::PairsSaturate)
        ]
    );
}

#[test]
fn example_7_raspberry_pis() {
    let (old, new) = ("Raspberry Pi 4", "Raspberry Pi 5");
    says(old, "onnxruntime.matmul_u8s8", Class::PairsWrap, "input code 0 becomes −128");
    assert_eq!(agreed(&which(old), "onnxruntime.matmul_u8s8").pair, Some("k, k+8"));
    says(old, "tflite.ruy", Class::ExactByRange, "no weight is −128");
    assert_eq!(data().class(Class::ExactByRange).is_exact, Some(true));
    says(new, "onnxruntime.matmul_u8s8", Class::Exact, "Dot products");
}

#[test]
fn example_8_depthwise_on_arm64_wraps_with_dot_products_or_without() {
    let all = data().families().iter().filter(|family| family.arch.key() == "aarch64");
    let mut seen = 0;
    for cpu in all {
        for system in [System::Linux, System::Macos, System::Windows] {
            let which = family(&cpu.key, Some(system));
            let answer = agreed(&which, "onnxruntime.conv_depthwise");
            assert_eq!(answer.class, Class::PairsWrap, "{} {system:?}", cpu.key);
            assert!(answer.pair.is_some_and(|pair| pair.contains("taps 0,2 1,3 4,6 5,7")));
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn example_9_no_avx2() {
    let text = "Xeon E5-2680 v2";
    for engine in ["fbgemm.linear", "pytorch_x86.linear"] {
        says(text, engine, Class::NotAvailable, "takes the engine onednn by default");
    }
    says(text, "pytorch_onednn.linear", Class::PairsSaturate, "The SSE4.1 and AVX kernels");
    let chip = Some("ivybridge");
    let onnx = classes(&which(text), "onnxruntime.matmul_u8s8");
    assert!(onnx.contains(&(chip, Some(System::Linux), Class::Exact)), "{onnx:?}");
    assert!(onnx.contains(&(chip, Some(System::Windows), Class::PairsSaturate)), "{onnx:?}");
}

#[test]
fn example_10_halved_or_shifted() {
    let text = "Xeon Gold 6148";
    assert_eq!(cpu(text), Some("skylake-sp"));
    says(text, "onednn.conv_s8s8", Class::HalfScale, "half scale");
    says(text, "openvino.conv_s8s8", Class::PairsSaturateShift128, "Inputs get 128 added");
}

#[test]
fn example_11_int_mm_by_version() {
    let (text, variant) = ("Ryzen 7 5800X", "torch_int_mm.matmul");
    says(text, variant, Class::Exact, "plain loop");
    let old = with_version("torch_int_mm", "2.5");
    let which = which_arithmetic(&old, text).expect("it is short");
    assert_eq!(class(&which, variant), Class::PairsSaturateShift128);
    // Who follows its rules follows them with that library's version.
    assert_eq!(class(&which, "torchao.eager"), Class::PairsSaturateShift128);
    let new = with_version("torch_int_mm", "2.6");
    let which = which_arithmetic(&new, text).expect("it is short");
    assert_eq!(class(&which, variant), Class::Exact);
    let arm = which_arithmetic(&new, "Apple M1").expect("it is short");
    let older = which_arithmetic(&old, "Apple M1").expect("it is short");
    assert_ne!(class(&arm, variant), class(&older, variant), "a rule ends before 2.6");
    let (library, _) = data().variant(variant).expect("it is there");
    let cap = library.environment.iter().find(|one| one.name == "ONEDNN_MAX_CPU_ISA");
    let cap = cap.expect("the variable is there");
    assert_eq!(cap.reliable, "no");
    assert!(cap.effect.contains("shows a saturation that no real CPU has with 2.6 or later"));
}

#[test]
fn example_12_three_answers_to_one_instruction() {
    let variant = "v8_relaxed_dot.dot";
    says("Ryzen 9 7950X", variant, Class::PairsSaturate, "AVX512-VNNI alone does not help");
    for text in ["Core i7-12700", "Ryzen 9 9950X"] {
        says(text, variant, Class::Exact, "takes the second operand as unsigned");
    }
    says("Apple M1", variant, Class::Exact, "sdot");
}
