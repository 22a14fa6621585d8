//! What numbers and labels of a product answer by themselves.

use super::explanation::SeenExplanation;
use super::finding::{Code, Finding};
use super::questions::{Answers, ComparedWith, HowLarge, Kind, OneCpu, WhoIsWrong};

/// From here on a difference is one of thousands.
const THOUSANDS: f64 = 1000.0;

/// The answers that follow; `off`: how far numbers are from what is expected, those that are.
pub(super) fn answers(seen: &[SeenExplanation], findings: &[Finding], off: &[f64]) -> Answers {
    let has = |code: Code| findings.iter().any(|one| one.code == code && one.seen.is_some());
    let is_wrong = |one: &&SeenExplanation| one.differs.iter().flatten().any(|differs| *differs);
    let (wrong, right): (Vec<_>, Vec<_>) = seen.iter().partition(|one| is_wrong(one));
    let of = |all: &[&SeenExplanation], is: fn(&str) -> bool| {
        all.iter().any(|one| is(&one.label.to_lowercase()))
    };
    let who_is_wrong = if of(&right, has_vnni) && of(&wrong, lacks_vnni) {
        Some(WhoIsWrong::WithoutVnni)
    } else if of(&wrong, has_vnni) && of(&right, lacks_vnni) {
        Some(WhoIsWrong::WithVnni)
    } else {
        None
    };
    let compared_with = if wrong.is_empty() {
        None
    } else if of(&wrong, is_own) || of(&right, is_own) {
        Some(ComparedWith::OwnReference)
    } else {
        who_is_wrong.map(|_| ComparedWith::OtherCpu)
    };
    Answers {
        who_is_wrong,
        how_large: how_large(has(Code::OutputClamp), off),
        kind: Some(Kind::Product),
        float16: None,
        compared_with,
        one_cpu: has(Code::VectorPosition).then_some(OneCpu::PlaceInTensor),
    }
}

fn how_large(is_clamped: bool, off: &[f64]) -> Option<HowLarge> {
    if is_clamped {
        return Some(HowLarge::Clamp);
    }
    let all = |is: fn(f64) -> bool| off.iter().all(|&off| is(off));
    match off.is_empty() {
        true => None,
        false if all(|off| off.abs() == 1.0) => Some(HowLarge::One),
        false if all(|off| off % 256.0 == 0.0) => Some(HowLarge::Multiple256),
        false if off.iter().any(|off| off.abs() >= THOUSANDS) => Some(HowLarge::Thousands),
        false => Some(HowLarge::Other),
    }
}

/// Whether a label says that a CPU has VNNI. That of AVX alone counts for some libraries only.
fn has_vnni(label: &str) -> bool {
    let is_avx_alone = ["avx-vnni", "avx_vnni", "avxvnni", "avx vnni"];
    label.contains("vnni")
        && !denies_vnni(label)
        && !is_avx_alone.iter().any(|words| label.contains(words))
}

/// Whether a label says that a CPU has none.
fn lacks_vnni(label: &str) -> bool {
    denies_vnni(label) || label.contains("avx2") && !label.contains("vnni")
}

fn denies_vnni(label: &str) -> bool {
    ["without vnni", "no vnni", "w/o vnni"].iter().any(|words| label.contains(words))
}

/// Whether a label says that a person has computed it.
fn is_own(label: &str) -> bool {
    ["by hand", "own", "numpy", "python"].iter().any(|words| label.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{Entry, Seen, explain};

    fn of(results: [(&str, f64); 2]) -> Answers {
        let seen = results.map(|(label, value)| Seen {
            label: label.into(),
            values: value.into(),
            ..Seen::default()
        });
        let entry = Entry {
            a: vec![255.0, 255.0].into(),
            b: vec![127.0, 127.0].into(),
            seen: seen.to_vec(),
            ..Entry::default()
        };
        explain(&entry).expect("it fits").answers
    }

    #[test]
    fn labels_say_who_is_wrong() {
        let (clamped, exact) = (32_767.0, 64_770.0);
        let who = |results| of(results).who_is_wrong;
        let without = Some(WhoIsWrong::WithoutVnni);
        assert_eq!(who([("AVX2", clamped), ("VNNI", exact)]), without);
        assert_eq!(who([("Xeon without VNNI", clamped), ("Xeon, VNNI", exact)]), without);
        assert_eq!(who([("VNNI", clamped), ("AVX2", exact)]), Some(WhoIsWrong::WithVnni));
        assert_eq!(who([("machine 1", clamped), ("machine 2", exact)]), None);
        let answers = of([("machine 1", clamped), ("by hand", exact)]);
        assert_eq!(answers.compared_with, Some(ComparedWith::OwnReference));
        assert_eq!(answers.how_large, Some(HowLarge::Thousands));
        assert_eq!(answers.kind, Some(Kind::Product));
    }

    #[test]
    fn sizes_are_told_apart() {
        assert_eq!(how_large(false, &[]), None);
        assert_eq!(how_large(true, &[1.0]), Some(HowLarge::Clamp));
        assert_eq!(how_large(false, &[1.0, -1.0]), Some(HowLarge::One));
        assert_eq!(how_large(false, &[512.0, -256.0]), Some(HowLarge::Multiple256));
        assert_eq!(how_large(false, &[5.0, 1000.0]), Some(HowLarge::Thousands));
        assert_eq!(how_large(false, &[5.0]), Some(HowLarge::Other));
    }
}
