//! The engines of the page and the rules of libraries say the same.

use std::collections::{BTreeMap, BTreeSet};

use rampscope::arith::Family;
use rampscope::documents::{asked, engine_of, picked};
use rampscope::machine::{Arch, Class, System};

use super::data;

#[test]
fn an_engine_does_what_the_rules_of_its_variant_say() {
    let mut opened = BTreeMap::<&str, usize>::new();
    let mut others = BTreeSet::new();
    for family in data().families() {
        let systems = System::ALL.iter().copied().map(Some).chain([None]);
        for system in systems {
            let text = picked(&family.key, system);
            let which = asked(data(), &text).expect("it is short");
            assert_eq!(which.cpu.map(|cpu| cpu.key.as_str()), Some(family.key.as_str()));
            for (variant, answer) in &which.answers {
                let Some(answer) = answer else { continue };
                let machine = (which.arch, family.features);
                match engine_of(data(), variant, answer, machine) {
                    Some(engine) => {
                        *opened.entry(engine.key()).or_default() += 1;
                    }
                    None => {
                        let is_ours = Family::ALL
                            .iter()
                            .any(|one| one.info().variant == Some(variant.key.as_str()));
                        let is_known =
                            !matches!(answer.class, Class::Unknown | Class::NotAvailable);
                        if is_ours && is_known && which.arch == Some(Arch::X86_64) {
                            others.insert(format!("{} {}", variant.key, answer.class.key()));
                        }
                    }
                }
            }
        }
    }
    assert_eq!(opened.len(), 25, "{opened:?}");
    // On x86 these are no row of ours: what VNNI makes of oneDNN's signed products, CPUs without AVX2, and
    // PyTorch's plain loop, which is newer than the row.
    let known = [
        "onednn.conv_s8s8 exact",
        "onednn.conv_s8s8 half_scale",
        "onednn.matmul_s8s8 exact",
        "onednn.matmul_s8s8 pairs_saturate_shift128",
        "onnxruntime.matmul_u8s8 exact",
        "onnxruntime.matmul_u8s8 pairs_saturate",
        "pytorch_onednn.conv pairs_saturate",
        "pytorch_onednn.linear pairs_saturate",
        "torch_int_mm.matmul exact",
    ];
    assert_eq!(others.iter().map(String::as_str).collect::<Vec<_>>(), known);
}
