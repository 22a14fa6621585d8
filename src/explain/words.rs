//! Numbers, places and libraries as sentences name them. Rows, outputs and inputs are counted from 0.

use crate::arith::{Cpu, Engine, Library, Provenance};

/// A whole number with a minus sign that is one.
pub(super) fn whole(value: i64) -> String {
    if value < 0 { format!("−{}", value.unsigned_abs()) } else { value.to_string() }
}

/// A number with all its digits.
pub(super) fn number(value: f64) -> String {
    // No negative zero.
    format!("{}", value + 0.0).replace('-', "−")
}

/// A real number to nine decimals, without zeros at its end.
pub(super) fn decimals(value: f64) -> String {
    let text = format!("{value:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.replace('-', "−") }
}

/// Things with commas and a word before the last.
pub(super) fn list<T: AsRef<str>>(all: &[T], last: &str) -> String {
    match all {
        [] => String::new(),
        [one] => one.as_ref().into(),
        [most @ .., end] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", most.join(", "), end.as_ref())
        }
    }
}

/// A count with its noun.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// The place of a number among rows and outputs; empty where there is one only.
pub(super) fn cell([rows, outputs]: [usize; 2], [row, output]: [usize; 2]) -> String {
    match (rows, outputs) {
        (1, 1) => String::new(),
        (1, _) => format!("output {output}"),
        (_, 1) => format!("row {row}"),
        _ => format!("row {row}, output {output}"),
    }
}

/// The same at the start of a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Products as they are multiplied: `238·125 + 115·76`.
pub(super) fn products(all: &[[i64; 2]]) -> String {
    let each: Vec<String> =
        all.iter().map(|[x, w]| format!("{}·{}", whole(*x), whole(*w))).collect();
    each.join(" + ")
}

/// A list of inputs: `(0, 1)`.
pub(super) fn places(all: &[usize]) -> String {
    let each: Vec<String> = all.iter().map(usize::to_string).collect();
    format!("({})", each.join(", "))
}

/// A library by its shortest name; within PyTorch, oneDNN is what it is elsewhere.
const fn library(library: Library) -> &'static str {
    match library {
        Library::TorchOneDnn | Library::TorchIntMm => Library::OneDnn.short(),
        other => other.short(),
    }
}

/// Libraries of some engines, each once, in the order of the table.
pub(super) fn libraries(engines: &[Engine]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for engine in engines.iter().filter(|engine| engine.provenance() != Provenance::Theory) {
        let name = library(engine.family().info().library);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The instructions that every CPU of a class lacks, and for lack of which it is one: FBGEMM asks for
/// those of AVX-512 only. Where the class is wider, it is named otherwise.
const fn lacks(cpu: Cpu) -> Option<&'static str> {
    match cpu {
        Cpu::Avx2NoVnni | Cpu::Avx512NoVnni | Cpu::NoVnni => Some("VNNI"),
        Cpu::Avx2 | Cpu::Avx512 | Cpu::NoAvx512Vnni => Some("AVX-512 VNNI"),
        _ => None,
    }
}

/// Where some engines of the table run, as a sentence; without one of a library `who` else does so.
/// Empty where nobody is known.
pub(super) fn where_it_happens(engines: &[Engine], who: Option<&str>) -> String {
    let is_known = |engine: &&Engine| engine.provenance() != Provenance::Theory;
    let known: Vec<Engine> = engines.iter().filter(is_known).copied().collect();
    let known_count = known.len();
    let mut parts = Vec::new();
    let without = ["VNNI", "AVX-512 VNNI"].into_iter().filter_map(|asked| {
        let is_without = |engine: &&Engine| lacks(engine.cpu()) == Some(asked);
        let engines: Vec<Engine> = known.iter().filter(is_without).copied().collect();
        let names = list(&libraries(&engines), "and");
        (!engines.is_empty()).then(|| format!("without {asked} in {names}"))
    });
    let without: Vec<String> = without.collect();
    if !without.is_empty() {
        parts.push(format!("on CPUs {}", without[0]));
        parts.extend(without.into_iter().skip(1));
    }
    let mut others: Vec<(&str, Vec<Engine>)> = Vec::new();
    for engine in known.into_iter().filter(|engine| lacks(engine.cpu()).is_none()) {
        let name = engine.cpu().name();
        match others.iter_mut().find(|(known, _)| *known == name) {
            Some((_, engines)) => engines.push(engine),
            None => others.push((name, vec![engine])),
        }
    }
    for (cpu, engines) in others {
        let depthwise =
            engines.iter().all(|one| one.family().info().operator.contains("depthwise"));
        let what = if depthwise { "depthwise convolutions of " } else { "" };
        parts.push(format!("on {cpu} in {what}{}", list(&libraries(&engines), "and")));
    }
    if parts.is_empty() {
        parts.extend(who.map(|who| format!("in {who}")));
    }
    if parts.is_empty() {
        return match engines.is_empty() {
            true => String::new(),
            false => "No library is known to do so.".into(),
        };
    }
    let is_recorded = |engine: &Engine| engine.provenance() == Provenance::Recorded;
    let how = match known_count > 0 && !engines.iter().any(is_recorded) {
        true => ", by its source or documentation: it is not recorded here",
        false => "",
    };
    // Names have an `and` of their own.
    let all = match parts.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{}, and {last}", most.join(", ")),
        _ => parts.concat(),
    };
    format!("It happens {all}{how}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_minus_sign_that_is_one() {
        assert_eq!([whole(-7), number(-0.5), number(-0.0)], ["−7", "−0.5", "0"]);
        assert_eq!(
            [decimals(6.500_000_467), decimals(-2.0), decimals(-1e-12)],
            ["6.500000467", "−2", "0"]
        );
        assert_eq!(list(&["a", "b", "c"], "and"), "a, b and c");
        assert_eq!(cell([2, 3], [1, 2]), "row 1, output 2");
        assert_eq!(products(&[[255, -128], [1, 2]]), "255·−128 + 1·2");
    }

    #[test]
    fn where_saturating_pairs_happen() {
        assert_eq!(
            where_it_happens(&[Engine::FbgemmAvx2], None),
            "It happens on CPUs without AVX-512 VNNI in FBGEMM."
        );
        let engines = [Engine::FbgemmAvx2, Engine::TorchOneDnnAvx2, Engine::OnnxRuntimeAvx2];
        assert_eq!(
            where_it_happens(&engines, None),
            "It happens on CPUs without VNNI in oneDNN and ONNX Runtime, and without AVX-512 VNNI in FBGEMM."
        );
        assert_eq!(
            where_it_happens(&[Engine::FbgemmDepthwise, Engine::OnnxRuntimeNeon], None),
            "It happens on x86 with AVX2 in depthwise convolutions of FBGEMM, and on ARM64 without dot product in ONNX Runtime."
        );
        assert_eq!(
            where_it_happens(&[Engine::OneDnnHalfScale], None),
            "It happens on CPUs without VNNI in oneDNN, by its source or documentation: it is not recorded here."
        );
        let theory = where_it_happens(&[Engine::PairWraps], None);
        assert_eq!(theory, "No library is known to do so.");
        assert_eq!(where_it_happens(&[], None), "");
    }
}
