//! Libraries, their variants and rules, checked.

use super::fault::{Damage, DataFault};
use super::features::{FeatureNames, FeatureSet};
use super::files::{EnvironmentVariable, LibrariesFile, LibraryEntry, RuleEntry, VariantEntry};
use super::keyed::Keyed;
use super::kinds::{Arch, Class, Confidence, System};
use super::ordered::Ordered;
use super::sources::Sources;
use super::version::Version;

/// What a class of arithmetic means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassInfo {
    /// Whether sums are what they should be; `None` where there are none, or nobody knows.
    pub is_exact: Option<bool>,
    /// What happens.
    pub sentence: String,
}

/// A library with its operators.
#[derive(Clone, Debug)]
pub struct Library {
    /// Its key.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// The version that answers are about, as it is written.
    pub current_version: String,
    pub(super) version: Version,
    /// What else is to be said.
    pub note: Option<String>,
    /// Variables of the environment, and options, that change its answers or do not.
    pub environment: Vec<EnvironmentVariable>,
    /// Ids of sources for the library as a whole.
    pub sources: Vec<String>,
    /// Its operators.
    pub variants: Vec<Variant>,
}

/// An operator of a library on some types.
#[derive(Clone, Debug)]
pub struct Variant {
    /// `library.variant`.
    pub key: String,
    /// Its name for people, after the library's.
    pub name: String,
    /// Input × weight.
    pub types: String,
    /// Which shapes it is about.
    pub shape: String,
    /// Whether it is the library's usual one.
    pub is_default: bool,
    /// What else is to be said.
    pub note: Option<String>,
    /// Its rules, the first that matches wins.
    pub rules: Vec<Rule>,
    /// Whose rules follow: the places of a library and of a variant in it.
    pub(super) same_as: Option<(usize, usize)>,
}

/// From a condition to a class.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `variant#number`.
    pub id: String,
    /// The class.
    pub class: Class,
    /// Why, in a sentence.
    pub because: String,
    /// Which products meet.
    pub pair: Option<String>,
    /// Which operand is unsigned.
    pub unsigned: Option<String>,
    /// What the sum does beyond 32 bits: `wraps` or `saturates`.
    pub sum32: Option<String>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Ids of sources, for [`MachineData::references`](super::MachineData::references).
    pub sources: Vec<String>,
    /// What else is to be said.
    pub note: Option<String>,
    pub(super) when: When,
}

/// When a rule matches.
#[derive(Clone, Debug)]
pub(super) struct When {
    pub arch: Arch,
    pub all: FeatureSet,
    pub none: FeatureSet,
    pub systems: Option<Vec<System>>,
    pub cpus: Option<Vec<String>>,
    pub from: Option<Version>,
    pub to: Option<Version>,
}

/// The classes by their places in [`Class::ALL`].
pub(super) fn classes(file: &LibrariesFile) -> Result<Vec<ClassInfo>, DataFault> {
    if let Some((key, _)) = file.classes.0.iter().find(|(key, _)| Class::of_key(key).is_none()) {
        let damage = Damage::Unknown { what: "class", word: key.clone() };
        return Err(DataFault::libraries("classes", damage));
    }
    let info = |class: &Class| {
        let mut own = file.classes.0.iter().filter(|(key, _)| key == class.key());
        let at = || format!("class {}", class.key());
        let Some((_, entry)) = own.next() else {
            return Err(DataFault::libraries(at(), Damage::Missing { what: "entry" }));
        };
        if let Some((key, _)) = own.next() {
            return Err(DataFault::libraries(at(), Damage::Twice { word: key.clone() }));
        }
        Ok(ClassInfo { is_exact: entry.exact, sentence: entry.sentence.clone() })
    };
    Class::ALL.iter().map(info).collect()
}

/// What the checks of libraries look things up in.
pub(super) struct Checks<'a> {
    pub features: &'a FeatureNames,
    pub sources: &'a Sources,
    pub confidence: &'a Ordered<String>,
    pub is_cpu: &'a dyn Fn(&str) -> bool,
}

/// The libraries of the file.
pub(super) fn libraries(
    entries: Vec<LibraryEntry>,
    checks: &Checks,
) -> Result<Vec<Library>, DataFault> {
    let place = |key: &str| {
        entries.iter().enumerate().find_map(|(library, entry)| {
            let variant = entry.variants.iter().position(|variant| variant.key == key)?;
            Some((library, variant))
        })
    };
    let mut same_as: Vec<Vec<Option<(usize, usize)>>> = Vec::new();
    for entry in &entries {
        let found = entry.variants.iter().map(|variant| {
            let Some(other) = &variant.same_as else { return Ok(None) };
            let unknown = || Damage::Unknown { what: "variant", word: other.clone() };
            let at = || format!("variant {}", variant.key);
            place(other).map(Some).ok_or_else(|| DataFault::libraries(at(), unknown()))
        });
        same_as.push(found.collect::<Result<_, _>>()?);
    }
    let mut keys = Vec::new();
    let mut ids = Vec::new();
    let mut all = Vec::new();
    for (entry, same_as) in entries.into_iter().zip(same_as) {
        keys.push(entry.key.clone());
        keys.extend(entry.variants.iter().map(|variant| variant.key.clone()));
        let rules = entry.variants.iter().flat_map(|variant| &variant.rules);
        ids.extend(rules.map(|rule| rule.id.clone()));
        all.push(library(entry, &same_as, checks)?);
    }
    for list in [&mut keys, &mut ids] {
        if let Some(word) = twice(list) {
            return Err(DataFault::libraries("libraries", Damage::Twice { word }));
        }
    }
    no_circle(&all)?;
    Ok(all)
}

/// A word that is there twice.
pub(super) fn twice(words: &mut [String]) -> Option<String> {
    words.sort_unstable();
    words.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone())
}

/// No variant leads back to itself: a chain of `same_as` ends.
fn no_circle(libraries: &[Library]) -> Result<(), DataFault> {
    let count: usize = libraries.iter().map(|library| library.variants.len()).sum();
    for variant in libraries.iter().flat_map(|library| &library.variants) {
        let mut next = variant.same_as;
        let mut steps = 0;
        while let Some((library, place)) = next {
            steps += 1;
            if steps > count {
                let at = format!("variant {}", variant.key);
                return Err(DataFault::libraries(at, Damage::Circle));
            }
            next = libraries[library].variants[place].same_as;
        }
    }
    Ok(())
}

fn library(
    entry: LibraryEntry,
    same_as: &[Option<(usize, usize)>],
    checks: &Checks,
) -> Result<Library, DataFault> {
    let wrong = |damage| DataFault::libraries(format!("library {}", entry.key), damage);
    let version = version(&entry.current_version).map_err(wrong)?;
    checks.sources.check(&entry.sources).map_err(wrong)?;
    for one in &entry.environment {
        checks.sources.check(&one.sources).map_err(wrong)?;
    }
    let variants = entry.variants.into_iter().zip(same_as);
    let variants = variants.map(|(variant, same_as)| of_entry(variant, *same_as, checks));
    Ok(Library {
        variants: variants.collect::<Result<_, _>>()?,
        key: entry.key,
        name: entry.name,
        current_version: entry.current_version,
        version,
        note: entry.note,
        environment: entry.environment,
        sources: entry.sources,
    })
}

fn of_entry(
    entry: VariantEntry,
    same_as: Option<(usize, usize)>,
    checks: &Checks,
) -> Result<Variant, DataFault> {
    let rule = |entry: RuleEntry| {
        let at = format!("rule {}", entry.id);
        rule(entry, checks).map_err(|damage| DataFault::libraries(at, damage))
    };
    Ok(Variant {
        rules: entry.rules.into_iter().map(rule).collect::<Result<_, _>>()?,
        key: entry.key,
        name: entry.name,
        types: entry.types,
        shape: entry.shape,
        is_default: entry.default,
        note: entry.note,
        same_as,
    })
}

fn rule(entry: RuleEntry, checks: &Checks) -> Result<Rule, Damage> {
    let unknown = |what, word: &str| Damage::Unknown { what, word: word.into() };
    let arch = Arch::read(&entry.when.arch)?;
    let system = |key: &String| System::read(key);
    let systems = entry.when.os.map(|keys| keys.iter().map(system).collect()).transpose()?;
    let mut cpus = entry.when.cpu.iter().flatten();
    if let Some(word) = cpus.find(|key| !(checks.is_cpu)(key)) {
        return Err(unknown("CPU family", word));
    }
    if let Some(word) = entry.sum32.as_ref().filter(|word| !SUM32.contains(&word.as_str())) {
        return Err(unknown("behaviour of a 32-bit sum", word));
    }
    checks.sources.check(&entry.sources)?;
    let when = When {
        arch,
        all: checks.features.set(arch, &entry.when.all)?,
        none: checks.features.set(arch, &entry.when.none)?,
        systems,
        cpus: entry.when.cpu,
        from: entry.from.as_deref().map(version).transpose()?,
        to: entry.to.as_deref().map(version).transpose()?,
    };
    Ok(Rule {
        class: Class::read(&entry.class)?,
        confidence: confidence(&entry.confidence, checks.confidence)?,
        when,
        id: entry.id,
        because: entry.because,
        pair: entry.pair,
        unsigned: entry.unsigned,
        sum32: entry.sum32,
        sources: entry.sources,
        note: entry.note,
    })
}

/// What a sum may do beyond 32 bits.
const SUM32: [&str; 2] = ["wraps", "saturates"];

fn version(text: &str) -> Result<Version, Damage> {
    Version::read(text).ok_or_else(|| Damage::Form { what: "version", found: text.into() })
}

/// How sure something is, in a word that its file explains.
pub(super) fn confidence(word: &str, explained: &Ordered<String>) -> Result<Confidence, Damage> {
    let known = Confidence::read(word)?;
    match explained.0.iter().any(|(key, _)| key == word) {
        true => Ok(known),
        false => Err(Damage::Unknown { what: Confidence::WHAT, word: word.into() }),
    }
}
