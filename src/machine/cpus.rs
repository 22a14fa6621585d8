//! CPU families and rented machines, checked.

use regex_lite::Regex;

use super::fault::{Damage, DataFault};
use super::features::{FeatureNames, FeatureSet};
use super::files::{CloudEntry, CpuEntry};
use super::keyed::Keyed;
use super::kinds::{Arch, Confidence, System};
use super::libraries::{confidence, twice};
use super::number::{CpuNumber, NumberPattern};
use super::ordered::Ordered;
use super::sources::Sources;

/// CPUs that are alike for every library.
#[derive(Clone, Debug)]
pub struct CpuFamily {
    /// Its key.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// Its architecture.
    pub arch: Arch,
    /// When it was sold.
    pub years: Option<String>,
    /// Its features.
    pub features: FeatureSet,
    /// The systems that it is met with, the likeliest first; none for what has no system.
    pub systems: Vec<System>,
    /// Chips of it, for people.
    pub examples: String,
    /// Sources, for [`MachineData::references`](super::MachineData::references).
    pub sources: Vec<String>,
    /// How sure its features are.
    pub confidence: Confidence,
    /// What else is to be said.
    pub note: Option<String>,
    vendor: Option<String>,
    numbers: Vec<NumberPattern>,
}

impl CpuFamily {
    /// Whether it has the number; `vendor` counts where the number is of x86.
    pub(super) fn fits(&self, number: CpuNumber, vendor: Option<&str>) -> bool {
        let is_maker = match number {
            CpuNumber::X86 { .. } => match (&self.vendor, vendor) {
                (Some(own), Some(vendor)) => own.eq_ignore_ascii_case(vendor),
                _ => false,
            },
            CpuNumber::Arm { .. } => true,
        };
        is_maker && self.numbers.iter().any(|pattern| pattern.has(number))
    }
}

/// A machine that is rented out under a name.
#[derive(Clone, Debug)]
pub struct Rented {
    /// Its key.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// Its system.
    pub system: System,
    /// Sources, for [`MachineData::references`](super::MachineData::references).
    pub sources: Vec<String>,
    /// How sure its families are.
    pub confidence: Confidence,
    /// What else is to be said.
    pub note: Option<String>,
    /// Places of its families.
    pub(super) cpus: Vec<usize>,
    pattern: Regex,
}

impl Rented {
    /// Whether a line is its key, its name or a form of that.
    pub(super) fn is_called(&self, line: &str) -> bool {
        self.key.eq_ignore_ascii_case(line)
            || self.name.eq_ignore_ascii_case(line)
            || self.pattern.is_match(line)
    }
}

/// What the checks of families look things up in.
pub(super) struct Checks<'a> {
    pub features: &'a FeatureNames,
    pub sources: &'a Sources,
    pub confidence: &'a Ordered<String>,
}

/// The families of the file.
pub(super) fn families(
    entries: Vec<CpuEntry>,
    checks: &Checks,
) -> Result<Vec<CpuFamily>, DataFault> {
    each(["cpus", "cpu"], entries, |entry| &entry.key, |entry| family(entry, checks))
}

/// Checks the entries of a list, whose name is the first and that of one of them the second; none is
/// there twice.
fn each<Entry, Checked>(
    [list, one]: [&str; 2],
    entries: Vec<Entry>,
    key: impl Fn(&Entry) -> &String,
    check: impl Fn(Entry) -> Result<Checked, Damage>,
) -> Result<Vec<Checked>, DataFault> {
    let mut keys: Vec<String> = entries.iter().map(|entry| key(entry).clone()).collect();
    if let Some(word) = twice(&mut keys) {
        return Err(DataFault::cpus(list, Damage::Twice { word }));
    }
    let checked = |entry: Entry| {
        let at = format!("{one} {}", key(&entry));
        check(entry).map_err(|damage| DataFault::cpus(at, damage))
    };
    entries.into_iter().map(checked).collect()
}

fn family(entry: CpuEntry, checks: &Checks) -> Result<CpuFamily, Damage> {
    let arch = Arch::read(&entry.arch)?;
    checks.sources.check(&entry.sources)?;
    let number = |text: &String| {
        let form = || Damage::Form { what: "number of a CPU", found: text.clone() };
        NumberPattern::read(text).ok_or_else(form)
    };
    let numbers: Vec<NumberPattern> = entry.models.iter().map(number).collect::<Result<_, _>>()?;
    if arch == Arch::X86_64 && !numbers.is_empty() && entry.vendor.is_none() {
        return Err(Damage::Missing { what: "vendor" });
    }
    Ok(CpuFamily {
        arch,
        features: checks.features.set(arch, &entry.features)?,
        systems: entry.systems.iter().map(|key| System::read(key)).collect::<Result<_, _>>()?,
        confidence: confidence(&entry.confidence, checks.confidence)?,
        key: entry.key,
        name: entry.name,
        years: entry.years,
        examples: entry.examples,
        sources: entry.sources,
        note: entry.note,
        vendor: entry.vendor,
        numbers,
    })
}

/// The rented machines of the file.
pub(super) fn rented(
    entries: Vec<CloudEntry>,
    families: &[CpuFamily],
    checks: &Checks,
) -> Result<Vec<Rented>, DataFault> {
    each(["clouds", "cloud"], entries, |entry| &entry.key, |entry| cloud(entry, families, checks))
}

fn cloud(entry: CloudEntry, families: &[CpuFamily], checks: &Checks) -> Result<Rented, Damage> {
    checks.sources.check(&entry.sources)?;
    let cpus: Vec<usize> =
        entry.cpus.iter().map(|key| place(key, families)).collect::<Result<_, _>>()?;
    if cpus.is_empty() {
        return Err(Damage::Missing { what: "CPU family" });
    }
    if entry.mixed != (cpus.len() > 1) {
        let found = format!("mixed: {}", entry.mixed);
        return Err(Damage::Form { what: "word for that many families", found });
    }
    Ok(Rented {
        system: System::read(&entry.os)?,
        confidence: confidence(&entry.confidence, checks.confidence)?,
        pattern: pattern("", &format!("^(?:{})$", entry.pattern))?,
        key: entry.key,
        name: entry.name,
        sources: entry.sources,
        note: entry.note,
        cpus,
    })
}

/// The place of a family.
pub(super) fn place(key: &str, families: &[CpuFamily]) -> Result<usize, Damage> {
    let unknown = || Damage::Unknown { what: "CPU family", word: key.into() };
    families.iter().position(|family| family.key == key).ok_or_else(unknown)
}

/// A pattern, with flags as `(?i)` before it.
pub(super) fn pattern(flags: &str, text: &str) -> Result<Regex, Damage> {
    let wrong = |error: regex_lite::Error| Damage::Pattern {
        pattern: text.into(),
        reason: error.to_string(),
    };
    Regex::new(&format!("{flags}{text}")).map_err(wrong)
}
