//! Whether two machines give the same numbers, in words.

use rampscope::machine::agreement;

use super::{data, which};

fn said(one: &str, other: &str, key: &str) -> Option<String> {
    agreement(&which(one), &which(other), key)
}

#[test]
fn two_machines_are_the_same_or_different() {
    let key = "onnxruntime.matmul_u8s8";
    assert_eq!(
        said("Core i7-1260P", "Core i7-12700", key).as_deref(),
        Some("the same on both: exact")
    );
    assert_eq!(
        said("Core i7-1260P", "Core i7-4770", key).as_deref(),
        Some("different: exact on machine 1, pairs saturate on machine 2")
    );
}

#[test]
fn a_mixed_fleet_is_the_same_on_some_of_its_cpus() {
    let laptop = "i7-1260P";
    let pytorch = said(laptop, "m5.large", "pytorch_x86.linear").expect("it is known");
    assert!(
        pytorch.starts_with(
            "pairs saturate on machine 1, and the same on machine 2 if it is Intel Skylake-SP"
        ),
        "{pytorch}"
    );
    assert!(pytorch.contains("; exact if it is Intel Cascade Lake"), "{pytorch}");
    let ort = said(laptop, "m5.large", "onnxruntime.matmul_u8s8").expect("it is known");
    assert!(ort.starts_with("exact on machine 1, and the same on machine 2 if it is Intel Cascade Lake (SP, X, W); pairs saturate if it is Intel Skylake-SP"), "{ort}");
    // The other way round machine 1 is the fleet.
    let turned = said("m5.large", laptop, "pytorch_x86.linear").expect("it is known");
    assert!(
        turned.starts_with("pairs saturate on machine 2, and the same on machine 1 if"),
        "{turned}"
    );
    let both = said("m5.large", "m5.large", "pytorch_x86.linear").expect("it is known");
    assert!(both.starts_with("depends on both: on machine 1 "), "{both}");
}

#[test]
fn nothing_is_said_of_what_nobody_knows() {
    assert_eq!(said("no CPU at all", "m5.large", "pytorch_x86.linear"), None);
    assert_eq!(said("i7-1260P", "m5.large", "no.such"), None);
    // Whatever is said is of a class that both have, for every operator and pair of machines.
    let texts = ["i7-1260P", "m5.large", "Core i7-4770", "EPYC 7763", "Apple M1", "n1-standard-4"];
    for one in texts {
        for other in texts {
            for (_, variant) in data().variants() {
                let (own, theirs) = (which(one), which(other));
                let [a, b] = [&own, &theirs]
                    .map(|which| which.answer(&variant.key).map(|answer| answer.class));
                let said = agreement(&own, &theirs, &variant.key);
                if let (Some(a), Some(b), Some(said)) = (a, b, &said) {
                    assert_eq!(
                        said.starts_with("the same"),
                        a == b,
                        "{one}, {other}, {}: {said}",
                        variant.key
                    );
                }
            }
        }
    }
}
