//! [`essence`]: what of a text matters, so that a link can hold it.

use std::collections::HashSet;

use super::data::MachineData;
use super::fault::TextFault;
use super::recognise::recognise;
use super::recogniser::normalised;
use super::text::{ARM_FLAGS, ARM64_FLAG, FLAGS, NUMBERS, OPTIONAL, flag_of, is_read, key_value};

/// A text with the same answer, of those lines and flags alone that matter: `lscpu` becomes some hundred
/// bytes. A text that would answer otherwise is given whole.
///
/// # Errors
/// If the text is too large.
pub fn essence(data: &MachineData, text: &str) -> Result<String, TextFault> {
    let whole = recognise(data, text)?;
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
    let is_same = whole.is_same(&recognise(data, &short)?);
    Ok(if is_same { short } else { trimmed.to_string() })
}

/// What is kept of a line; `keys` are those whose first value is kept.
fn kept(data: &MachineData, line: &str, keys: &mut HashSet<String>) -> Option<String> {
    let recogniser = &data.recogniser;
    let lower = line.to_ascii_lowercase();
    let names_system = || recogniser.systems.iter().any(|(pattern, _)| pattern.is_match(line));
    let Some((key, value)) = key_value(&lower) else {
        let is_name = recogniser.named(&normalised(&lower)).is_some();
        let is_number = lower.contains("family") && lower.contains("model");
        return (is_name || is_number || names_system()).then(|| line.to_string());
    };
    if FLAGS.contains(&key) {
        let matters = |word: &&str| {
            let tells_arch = *word == ARM64_FLAG || ARM_FLAGS.contains(word);
            tells_arch || recogniser.is_spelling(word) || recogniser.is_tie(word)
        };
        let words: Vec<&str> = value.split_whitespace().filter(matters).collect();
        return Some(format!("{key}: {}", words.join(" ")));
    }
    if let Some(name) = key.strip_prefix(OPTIONAL) {
        let matters = name.starts_with("arm") || recogniser.is_spelling(flag_of(key));
        return matters.then(|| line.to_string());
    }
    let is_first = (is_read(key, recogniser) || names_system()) && keys.insert(key.to_string());
    (NUMBERS.contains(&key) || is_first).then(|| line.to_string())
}
