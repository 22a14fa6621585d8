//! The data's facts that surprise, where they are claims about classes.

use rampscope::machine::{Arch, Class, System, which_arithmetic};

use super::{agreed, class, data, family, which, with_version};

/// The class of a variant on a family under Linux.
fn under_linux(cpu: &str, variant: &str) -> Class {
    class(&family(cpu, Some(System::Linux)), variant)
}

#[test]
fn vnni_is_two_things() {
    let evex = ["cascadelake", "icelake-sp", "zen4"];
    let vex = ["alderlake", "pantherlake", "sierraforest"];
    let both = ["sapphirerapids", "zen5"];
    for cpu in evex.into_iter().chain(both) {
        assert_eq!(under_linux(cpu, "fbgemm.linear"), Class::Exact, "{cpu}");
        assert_eq!(under_linux(cpu, "rten.matmul"), Class::Exact, "{cpu}");
    }
    for cpu in vex {
        assert_eq!(under_linux(cpu, "fbgemm.linear"), Class::PairsSaturate, "{cpu}");
        assert_eq!(under_linux(cpu, "rten.matmul"), Class::PairsSaturate, "{cpu}");
        assert_ne!(under_linux(cpu, "intgemm.int8"), Class::Exact, "{cpu}");
    }
    for cpu in evex {
        assert_eq!(under_linux(cpu, "v8_relaxed_dot.dot"), Class::PairsSaturate, "{cpu}");
    }
    for cpu in vex.into_iter().chain(both) {
        assert_eq!(under_linux(cpu, "v8_relaxed_dot.dot"), Class::Exact, "{cpu}");
    }
    for cpu in evex.into_iter().chain(vex).chain(both) {
        for variant in ["onednn.matmul_u8s8", "onnxruntime.matmul_u8s8", "ruy.s8s8"] {
            assert_eq!(under_linux(cpu, variant), Class::Exact, "{cpu} {variant}");
        }
    }
    let ruy = family("zen4", Some(System::Linux));
    assert!(agreed(&ruy, "ruy.s8s8").because.contains("widened"));
}

#[test]
fn vnni_is_not_enough() {
    let mut seen = 0;
    for cpu in data().families().iter().filter(|cpu| cpu.arch == Arch::X86_64) {
        let which = family(&cpu.key, Some(System::Linux));
        let has_avx2 = which.features.contains(&"avx2");
        let wanted = if has_avx2 { Class::PairsSaturate } else { Class::NotAvailable };
        assert_eq!(class(&which, "fbgemm.conv_depthwise"), wanted, "{}", cpu.key);
        assert_eq!(class(&which, "pytorch_x86.conv_depthwise_wide"), wanted, "{}", cpu.key);
        seen += usize::from(has_avx2);
    }
    assert!(seen > 25, "{seen}");
    for cpu in ["icelake-sp", "zen4"] {
        let minimal = "onnxruntime.matmul_u8s8_minimal";
        assert_eq!(under_linux(cpu, minimal), Class::PairsSaturate, "{cpu}");
    }
}

#[test]
fn avx2_is_not_needed_to_saturate() {
    let sandy = family("sandybridge", Some(System::Linux));
    assert!(!sandy.features.contains(&"avx2"));
    for variant in ["pytorch_onednn.linear", "openvino.fc_u8s8", "openvino.conv_u8s8"] {
        assert_eq!(class(&sandy, variant), Class::PairsSaturate, "{variant}");
    }
    assert_eq!(class(&sandy, "onnxruntime.matmul_u8s8"), Class::Exact);
    // SSE4.1 alone, too.
    assert_eq!(under_linux("nehalem", "onednn.matmul_u8s8"), Class::PairsSaturate);
}

#[test]
fn signed_is_not_safe() {
    let signed = ["onnxruntime.qdq_s8s8", "openvino.conv_s8s8", "onednn.matmul_s8s8"];
    for variant in signed {
        assert_eq!(under_linux("zen3", variant), Class::PairsSaturateShift128, "{variant}");
    }
}

#[test]
fn some_libraries_wrap() {
    // Without dot products the partners are eight apart.
    for variant in ["ruy.s8s8", "xnnpack.qs8", "onnxruntime.matmul_u8s8"] {
        let which = family("cortex-a57", Some(System::Linux));
        let answer = agreed(&which, variant);
        assert_eq!((answer.class, answer.pair), (Class::PairsWrap, Some("k, k+8")), "{variant}");
    }
    let new = family("cortex-a76", Some(System::Linux));
    for variant in ["ruy.s8s8", "xnnpack.qs8", "onnxruntime.matmul_u8s8"] {
        assert_eq!(class(&new, variant), Class::Exact, "{variant}");
    }
}

#[test]
fn depthwise_is_the_opposite_case_in_onednn() {
    assert_eq!(under_linux("zen3", "onednn.conv_u8s8"), Class::PairsSaturate);
    assert_eq!(under_linux("zen3", "onednn.conv_depthwise"), Class::Exact);
    assert_eq!(under_linux("zen3", "onednn.conv_depthwise_s8s8"), Class::HalfScale);
}

#[test]
fn a_pair_need_not_be_neighbours() {
    let which = family("zen3", Some(System::Linux));
    let answer = agreed(&which, "onednn.matmul_u8s8");
    assert_eq!(answer.pair, Some("k, k+1 inside each block of K"));
    let note = answer.rule.and_then(|rule| rule.note.as_deref()).expect("it says when");
    assert!(note.contains("256 < K < 768"), "{note}");
}

#[test]
fn environment_variables_lie() {
    let reliable = |library: &str, name: &str| {
        let library = data().library(library).expect("the library");
        let found = library.environment.iter().find(|one| one.name == name);
        found.expect("the variable").reliable.as_str()
    };
    assert!(reliable("fbgemm", "FBGEMM_ENABLE_INSTRUCTIONS").starts_with("for Linear"));
    assert_eq!(reliable("torch_int_mm", "ONEDNN_MAX_CPU_ISA"), "no");
    assert_eq!(reliable("fbgemm", "ATEN_CPU_CAPABILITY"), "no");
    assert_eq!(reliable("onednn", "ONEDNN_MAX_CPU_ISA"), "yes");
}

#[test]
fn one_row_can_differ_from_two() {
    let old = with_version("rten", "0.23");
    let which = which_arithmetic(&old, "Xeon Platinum 8375C").expect("it is short");
    assert_eq!(class(&which, "rten.matmul"), Class::Exact);
    assert_eq!(class(&which, "rten.vecmat"), Class::PairsSaturate);
    assert_eq!(under_linux("icelake-sp", "rten.vecmat"), Class::Exact);
}

#[test]
fn a_small_chip_beats_a_large_one() {
    let (small, large) = (which("Intel(R) N100"), which("Core i9-7980XE"));
    let variant = "onnxruntime.matmul_u8s8";
    assert_eq!(class(&small, variant), Class::Exact);
    assert_eq!(class(&large, variant), Class::PairsSaturate);
    // A server of 2024.
    let sierra = which("Intel(R) Xeon(R) 6780E");
    assert_eq!(sierra.cpu.map(|cpu| cpu.key.as_str()), Some("sierraforest"));
    assert_eq!(class(&sierra, "pytorch_x86.linear"), Class::PairsSaturate);
}

#[test]
fn virtual_machines_take_away() {
    for text in ["VirtualApple @ 2.50GHz", "macos-13"] {
        let which = which(text);
        assert_eq!(which.system, Some(System::Macos), "{text}");
        assert!(!which.features.contains(&"avx2"), "{text}");
        assert_eq!(class(&which, "fbgemm.linear"), Class::NotAvailable, "{text}");
    }
}
