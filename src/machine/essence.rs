//! [`essence`]: what of a text matters, so that a link can hold it.

use std::collections::HashSet;

use super::data::MachineData;
use super::fault::TextFault;
use super::recogniser::normalised;
use super::text::{FLAGS, KEYS, OPTIONAL};
use super::which::{WhichArithmetic, which_arithmetic};

/// Flags that tell architectures apart, beside the spellings of features.
const TELLING: [&str; 6] = ["asimd", "neon", "vfpv3", "vfpv4", "thumb", "half"];

/// A text with the same answer, of those lines and flags alone that matter: `lscpu` becomes some hundred
/// bytes. A text that would answer otherwise is given whole.
///
/// # Errors
/// If the text is too large.
pub fn essence(data: &MachineData, text: &str) -> Result<String, TextFault> {
    let whole = which_arithmetic(data, text)?;
    let trimmed = text.trim();
    if !trimmed.contains('\n') || whole.by.is_none() {
        return Ok(trimmed.to_string());
    }
    let mut seen = HashSet::new();
    let mut keys = HashSet::new();
    let mut short = String::new();
    for line in trimmed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !seen.insert(line) {
            continue;
        }
        if let Some(kept) = kept(data, line, &mut keys) {
            short.push_str(&kept);
            short.push('\n');
        }
    }
    short.truncate(short.trim_end().len());
    let again = which_arithmetic(data, &short)?;
    Ok(if is_same(&whole, &again) { short } else { trimmed.to_string() })
}

/// What is kept of a line; `keys` are those whose first value is kept.
fn kept(data: &MachineData, line: &str, keys: &mut HashSet<String>) -> Option<String> {
    let recogniser = &data.recogniser;
    let lower = line.to_ascii_lowercase();
    let names_system = || recogniser.systems.iter().any(|(pattern, _)| pattern.is_match(line));
    let Some((key, value)) = lower.split_once(':').or_else(|| lower.split_once('=')) else {
        let is_name = recogniser.named(&normalised(&lower)).is_some();
        let is_number = lower.contains("family") && lower.contains("model");
        return (is_name || is_number || names_system()).then(|| line.to_string());
    };
    let key = key.trim();
    if FLAGS.contains(&key) {
        let matters = |word: &&str| {
            recogniser.is_spelling(word) || TELLING.contains(word) || recogniser.is_tie(word)
        };
        let words: Vec<&str> = value.split_whitespace().filter(matters).collect();
        return Some(format!("{key}: {}", words.join(" ")));
    }
    if let Some(name) = key.strip_prefix(OPTIONAL) {
        let word = key.rsplit('.').next().unwrap_or_default();
        let matters = name.starts_with("arm") || recogniser.is_spelling(word);
        return matters.then(|| line.to_string());
    }
    let is_number = matches!(key, "cpu implementer" | "cpu part");
    let is_read = KEYS.contains(&key) || recogniser.name_fields.iter().any(|own| own == key);
    let is_first = (is_read || names_system()) && keys.insert(key.to_string());
    (is_number || is_first).then(|| line.to_string())
}

/// Whether two answers say the same of the machine and of every variant.
fn is_same(one: &WhichArithmetic, other: &WhichArithmetic) -> bool {
    let machine = |which: &WhichArithmetic| {
        let cpu = which.cpu.map(|cpu| cpu.key.clone());
        (which.arch, which.system, cpu, which.by, which.candidates.len())
    };
    let said = |which: &WhichArithmetic| {
        let answers = which.answers.iter().map(|(_, answer)| answer.map(|one| one.class));
        let hidden = which.answers_if_hidden.iter();
        let hidden = hidden.map(|(variant, answer)| (variant.key.clone(), answer.class));
        (answers.collect::<Vec<_>>(), hidden.collect::<Vec<_>>())
    };
    machine(one) == machine(other)
        && (&one.features, &one.hidden) == (&other.features, &other.hidden)
        && said(one) == said(other)
}
