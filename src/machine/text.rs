//! [`Facts`]: the keys, values and flags of a pasted text. One pass; each line is looked at once.

use std::collections::HashSet;

use super::limits::MOST_NAME_BYTES;
use super::number::{CpuNumber, hexadecimal};
use super::recogniser::{Recogniser, normalised};

/// Keys that are read beside those of `recognise.name_fields`.
const KEYS: [&str; 9] = [
    "architecture",
    "vendor_id",
    "vendor id",
    "manufacturer",
    "machdep.cpu.vendor",
    "cpu family",
    "model",
    "machdep.cpu.family",
    "machdep.cpu.model",
];

/// The key of sysctl that names the newer features of Intel's CPUs.
const LEAF7: &str = "machdep.cpu.leaf7_features";

/// Keys whose values are flags.
pub(super) const FLAGS: [&str; 4] = ["flags", "features", "machdep.cpu.features", LEAF7];

/// Keys of ARM's implementer and part, a line for each core.
pub(super) const NUMBERS: [&str; 2] = ["cpu implementer", "cpu part"];

/// A flag that 64-bit ARM alone has.
pub(super) const ARM64_FLAG: &str = "asimd";

/// Flags that only 32-bit ARM has.
pub(super) const ARM_FLAGS: [&str; 5] = ["neon", "vfpv3", "vfpv4", "thumb", "half"];

/// Before the names of sysctl's flags, one a key.
pub(super) const OPTIONAL: &str = "hw.optional.";

/// The key and the value of a line, trimmed.
pub(super) fn key_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':').or_else(|| line.split_once('='))?;
    Some((key.trim(), value.trim()))
}

/// Whether the first value of a key is read.
pub(super) fn is_read(key: &str, recogniser: &Recogniser) -> bool {
    KEYS.contains(&key) || recogniser.name_fields.iter().any(|own| own == key)
}

/// The flag that a key after [`OPTIONAL`] names.
pub(super) fn flag_of(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or_default()
}

/// What a text says, in lower case.
pub(super) struct Facts<'t> {
    /// Values of the keys that are read, the first of each.
    values: Vec<(&'t str, &'t str)>,
    /// Every word of flags that all lines of its key have, sorted.
    flags: Vec<&'t str>,
    /// Words of spellings that some line has.
    named: Vec<&'t str>,
    /// Flags whose value is 0, sorted.
    denied: Vec<&'t str>,
    /// Whether a key begins with `hw.optional.arm`.
    pub has_optional_arm: bool,
    /// Whether the newer features of Intel's CPUs are named.
    pub has_leaf7: bool,
    /// Implementers and parts, as they come.
    implementers: Vec<&'t str>,
    parts: Vec<&'t str>,
    /// Lines without a key, each once.
    bare: Vec<&'t str>,
    /// Every line once, trimmed, for what is looked for anywhere.
    pub lines: String,
}

/// The words of a key's lines.
#[derive(Default)]
struct Flags<'t> {
    last: &'t str,
    common: Option<Vec<&'t str>>,
}

impl<'t> Flags<'t> {
    fn add(&mut self, value: &'t str) {
        // A core is as the last one, nearly always.
        if self.common.is_some() && self.last == value {
            return;
        }
        self.last = value;
        let mut words: Vec<&str> = value.split_whitespace().collect();
        words.sort_unstable();
        words.dedup();
        match &mut self.common {
            None => self.common = Some(words),
            Some(common) => common.retain(|word| words.binary_search(word).is_ok()),
        }
    }
}

impl<'t> Facts<'t> {
    /// Of a text in lower case.
    pub fn read(text: &'t str, recogniser: &Recogniser) -> Facts<'t> {
        let mut facts = Facts {
            values: Vec::new(),
            flags: Vec::new(),
            named: Vec::new(),
            denied: Vec::new(),
            has_optional_arm: false,
            has_leaf7: false,
            implementers: Vec::new(),
            parts: Vec::new(),
            bare: Vec::new(),
            lines: String::new(),
        };
        let mut flags: [Flags; FLAGS.len()] = Default::default();
        let mut optional: Vec<(&str, &str)> = Vec::new();
        let mut seen = HashSet::new();
        for line in text.lines().map(str::trim) {
            let is_new = seen.insert(line);
            if is_new {
                facts.lines.push_str(line);
                facts.lines.push('\n');
            }
            let Some((key, value)) = key_value(line) else {
                if is_new {
                    facts.bare.push(line);
                }
                continue;
            };
            let [implementer, part] = NUMBERS;
            if key == implementer {
                facts.implementers.push(value);
            } else if key == part {
                facts.parts.push(value);
            }
            if let Some(at) = FLAGS.iter().position(|own| *own == key) {
                facts.has_leaf7 |= key == LEAF7;
                if is_new {
                    facts.named(value, recogniser);
                }
                flags[at].add(value);
            } else if let Some(name) = key.strip_prefix(OPTIONAL) {
                facts.has_optional_arm |= name.starts_with("arm");
                optional.push((key, value));
            } else {
                facts.value(key, value, recogniser);
            }
        }
        facts.flags = flags.into_iter().filter_map(|own| own.common).flatten().collect();
        facts.optional(optional);
        facts.flags.sort_unstable();
        facts.denied.sort_unstable();
        facts
    }

    /// Keeps a value, if its key is read and new.
    fn value(&mut self, key: &'t str, value: &'t str, recogniser: &Recogniser) {
        if is_read(key, recogniser) && self.get(key).is_none() {
            self.values.push((key, value));
        }
    }

    /// Keeps the words of a line of flags that are spellings.
    fn named(&mut self, value: &'t str, recogniser: &Recogniser) {
        for word in value.split_whitespace() {
            if recogniser.is_spelling(word) && !self.named.contains(&word) {
                self.named.push(word);
            }
        }
    }

    /// Takes the flags that have a key each; the first value of a key counts.
    fn optional(&mut self, mut rows: Vec<(&'t str, &'t str)>) {
        rows.sort_by_key(|(key, _)| *key);
        rows.dedup_by_key(|(key, _)| *key);
        for (key, value) in rows {
            let word = flag_of(key);
            match value {
                "1" => {
                    self.flags.push(word);
                    self.named.push(word);
                }
                "0" => self.denied.push(word),
                _ => {}
            }
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'t str> {
        self.values.iter().find(|(own, _)| *own == key).map(|(_, value)| *value)
    }

    /// Whether there were flags, or denied ones.
    pub fn has_flags(&self) -> bool {
        !self.flags.is_empty() || !self.denied.is_empty()
    }

    /// Whether a flag is there.
    pub fn has(&self, word: &str) -> bool {
        self.flags.binary_search(&word).is_ok()
    }

    /// Whether a flag has the value 0.
    pub fn denies(&self, word: &str) -> bool {
        self.denied.binary_search(&word).is_ok()
    }

    /// Whether some line of flags names it.
    pub fn names(&self, word: &str) -> bool {
        self.named.contains(&word)
    }

    /// Whether a word stands anywhere in the text, but as a flag with the value 0.
    pub fn mentions(&self, word: &str) -> bool {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let is_word = |at: usize| {
            let (before, after) = (&self.lines[..at], &self.lines[at + word.len()..]);
            !before.ends_with(is_part) && !after.starts_with(is_part)
        };
        !self.denies(word) && self.lines.match_indices(word).any(|(at, _)| is_word(at))
    }

    /// The names in lines without a key, as far as they are looked at.
    pub fn bare_names(&self) -> impl Iterator<Item = String> {
        let mut left = MOST_NAME_BYTES;
        self.bare.iter().map_while(move |line| {
            if left == 0 {
                return None;
            }
            // A line that is longer than all that is left is cut.
            let line = line.get(..line.floor_char_boundary(left)).unwrap_or_default();
            left -= line.len();
            let name = normalised(line);
            Some(name)
        })
    }

    /// ARM's numbers: each implementer with its part.
    pub fn arm_numbers(&self) -> impl Iterator<Item = CpuNumber> {
        let pairs = self.implementers.iter().zip(&self.parts);
        pairs.filter_map(|(implementer, part)| {
            let (implementer, part) = (hexadecimal(implementer)?, hexadecimal(part)?);
            Some(CpuNumber::Arm { implementer, part })
        })
    }

    /// The number of an x86 CPU.
    pub fn x86_number(&self) -> Option<CpuNumber> {
        let of_keys = |family: &str, model: &str| {
            let (family, model) = (self.get(family)?, self.get(model)?);
            Some(CpuNumber::X86 { family: family.parse().ok()?, model: model.parse().ok()? })
        };
        family_and_model(&self.lines)
            .or_else(|| of_keys("cpu family", "model"))
            .or_else(|| of_keys("machdep.cpu.family", "machdep.cpu.model"))
    }

    /// Who made the x86 CPU.
    pub fn vendor(&self) -> Option<&'t str> {
        let keys = ["vendor_id", "vendor id", "manufacturer", "machdep.cpu.vendor"];
        let windows = || {
            let said = [("intel64", "genuineintel"), ("amd64", "authenticamd")];
            said.into_iter().find(|(word, _)| self.lines.contains(word)).map(|(_, vendor)| vendor)
        };
        keys.into_iter().find_map(|key| self.get(key)).or_else(windows)
    }
}

/// `family 6 model 85`, wherever it stands first.
fn family_and_model(text: &str) -> Option<CpuNumber> {
    let number = |text: &str| -> Option<(u32, usize)> {
        let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
        Some((text[..end].parse().ok()?, end))
    };
    text.match_indices("family ").find_map(|(at, word)| {
        let rest = text[at + word.len()..].trim_start_matches(' ');
        let (family, end) = number(rest)?;
        let rest = rest[end..].trim_start_matches(' ').strip_prefix("model ")?;
        let (model, _) = number(rest.trim_start_matches(' '))?;
        Some(CpuNumber::X86 { family, model })
    })
}
