//! [`Recogniser`]: how a text is read, checked and compiled once.

use regex_lite::Regex;

use super::cpus::{CpuFamily, pattern, place};
use super::fault::{Damage, DataFault};
use super::features::{FeatureNames, FeatureSet};
use super::files::RecogniseEntry;
use super::keyed::Keyed;
use super::kinds::{Arch, System};
use super::number::CpuNumber;

/// What [`normalised`] does, in the words of the data.
const NORMALISE: [&str; 5] = [
    "remove (R), (TM), (r), (tm)",
    "cut at @",
    "turn runs of blanks into one",
    "trim",
    "match without regard to case",
];

/// A name as the patterns of names want it. `text` is in lower case.
pub(super) fn normalised(text: &str) -> String {
    let bare = text.replace("(r)", "").replace("(tm)", "");
    let name = bare.split('@').next().unwrap_or_default();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How the tools spell a feature of an architecture.
#[derive(Clone, Debug)]
pub(super) struct Spelled {
    pub feature: FeatureSet,
    /// Each of one or more words, in lower case, all of them needed.
    pub spellings: Vec<Vec<String>>,
}

/// Flags that decide between families of one number; `None` wins without a flag.
type Tie = (CpuNumber, Vec<(Option<String>, usize)>);

/// The rules by which a text is read. Families are places in the list of them. All words are in lower
/// case.
#[derive(Clone, Debug)]
pub(super) struct Recogniser {
    pub systems: Vec<(Regex, System)>,
    pub archs: Vec<(Arch, Vec<String>)>,
    pub name_fields: Vec<String>,
    names: Vec<(Regex, usize)>,
    spelled: Vec<(Arch, Vec<Spelled>)>,
    hidden: Vec<String>,
    ties: Vec<Tie>,
}

impl Recogniser {
    /// From `recognise` of `cpus.json`.
    pub fn new(
        entry: &RecogniseEntry,
        features: &FeatureNames,
        families: &[CpuFamily],
    ) -> Result<Recogniser, DataFault> {
        let at = |list: &str, index: usize| format!("recognise.{list}[{index}]");
        if entry.normalise != NORMALISE {
            return Err(DataFault::cpus("recognise.normalise", Damage::Normalise));
        }
        let mut systems = Vec::new();
        for (index, (text, key)) in entry.systems.iter().enumerate() {
            let wrong = |damage| DataFault::cpus(at("systems", index), damage);
            let pattern = pattern("(?im)", text).map_err(wrong)?;
            systems.push((pattern, System::read(key).map_err(wrong)?));
        }
        let mut names = Vec::new();
        for (index, (text, key)) in entry.names.iter().enumerate() {
            let wrong = |damage| DataFault::cpus(at("names", index), damage);
            let pattern = pattern("(?i)", text).map_err(wrong)?;
            names.push((pattern, place(key, families).map_err(wrong)?));
        }
        let mut archs = Vec::new();
        for (key, words) in &entry.arch.0 {
            let arch =
                Arch::read(key).map_err(|damage| DataFault::cpus("recognise.arch", damage))?;
            archs.push((arch, lowered(words)));
        }
        let spelled = spelled(entry, features)?;
        let is_known =
            |name: &String| spelled.iter().any(|(arch, _)| features.find(*arch, name).is_some());
        let mut hidden = entry.flags_hidden_by_old_kernels.iter();
        if let Some(word) = hidden.find(|name| !is_known(name)) {
            let damage = Damage::Unknown { what: "feature", word: word.clone() };
            return Err(DataFault::cpus("recognise.flags_hidden_by_old_kernels", damage));
        }
        Ok(Recogniser {
            systems,
            archs,
            name_fields: lowered(&entry.name_fields),
            names,
            spelled,
            hidden: entry.flags_hidden_by_old_kernels.clone(),
            ties: ties(entry, families)?,
        })
    }

    /// The family of a name, which [`normalised`] has made; its place.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.names.iter().find(|(pattern, _)| pattern.is_match(name)).map(|(_, family)| *family)
    }

    /// How the features of an architecture are spelled.
    pub fn spelled(&self, arch: Arch) -> &[Spelled] {
        self.spelled.iter().find(|(own, _)| *own == arch).map_or(&[], |(_, spelled)| spelled)
    }

    /// Features of an architecture that old kernels do not name, with how they are spelled.
    pub fn hidden<'a>(
        &'a self,
        arch: Arch,
        features: &'a FeatureNames,
    ) -> impl Iterator<Item = (&'a str, &'a Spelled)> {
        self.hidden.iter().filter_map(move |name| {
            let feature = features.find(arch, name)?;
            let spelled = self.spelled(arch).iter().find(|one| one.feature == feature)?;
            Some((name.as_str(), spelled))
        })
    }

    /// Whether it is a word of a spelling.
    pub fn is_spelling(&self, word: &str) -> bool {
        let all = self.spelled.iter().flat_map(|(_, spelled)| spelled);
        let mut words = all.flat_map(|one| one.spellings.iter().flatten());
        words.any(|own| own == word)
    }

    /// Whether it is a flag that decides between families.
    pub fn is_tie(&self, word: &str) -> bool {
        let mut flags = self.ties.iter().flat_map(|(_, rows)| rows);
        flags.any(|(flag, _)| flag.as_deref() == Some(word))
    }

    /// The family that a number's flags decide for, if they do; its place. `has` tells whether a flag
    /// is there.
    pub fn tie(&self, number: CpuNumber, has: impl Fn(&str) -> bool) -> Option<usize> {
        let (_, rows) = self.ties.iter().find(|(own, _)| *own == number)?;
        let mut rows = rows.iter();
        let decides = |flag: &Option<String>| flag.as_deref().is_none_or(&has);
        rows.find(|(flag, _)| decides(flag)).map(|(_, family)| *family)
    }
}

fn lowered(words: &[String]) -> Vec<String> {
    words.iter().map(|word| word.to_ascii_lowercase()).collect()
}

fn spelled(
    entry: &RecogniseEntry,
    features: &FeatureNames,
) -> Result<Vec<(Arch, Vec<Spelled>)>, DataFault> {
    let mut all = Vec::new();
    for (key, rows) in &entry.flags.0 {
        let wrong = |damage| DataFault::cpus(format!("recognise.flags of {key}"), damage);
        let arch = Arch::read(key).map_err(wrong)?;
        let mut own = Vec::new();
        for (name, spellings) in &rows.0 {
            let unknown = || wrong(Damage::Unknown { what: "feature", word: name.clone() });
            let feature = features.find(arch, name).ok_or_else(unknown)?;
            let words = |text: &String| -> Vec<String> {
                text.split('+').map(|word| word.trim().to_ascii_lowercase()).collect()
            };
            own.push(Spelled { feature, spellings: spellings.iter().map(words).collect() });
        }
        all.push((arch, own));
    }
    Ok(all)
}

fn ties(entry: &RecogniseEntry, families: &[CpuFamily]) -> Result<Vec<Tie>, DataFault> {
    let mut ties = Vec::new();
    for (key, rows) in &entry.ties.0 {
        let wrong = |damage| DataFault::cpus(format!("recognise.ties of {key}"), damage);
        let form = || wrong(Damage::Form { what: "number of a CPU", found: key.clone() });
        let number = CpuNumber::read(key).ok_or_else(form)?;
        let mut own = Vec::new();
        for (flag, key) in rows {
            let flag = flag.as_ref().map(|flag| flag.to_ascii_lowercase());
            own.push((flag, place(key, families).map_err(wrong)?));
        }
        ties.push((number, own));
    }
    Ok(ties)
}
