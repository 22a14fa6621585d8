//! The two files of data as their JSON has them; `www/machines/README.md` says where they come from.
//!
//! Everything is still text: [`MachineData`](super::MachineData) checks it. Keys that are not named
//! here are passed over.

use serde::Deserialize;

use super::ordered::Ordered;

/// The version of both files' schema.
pub const SCHEMA: u32 = 1;

/// `libraries.json`: from a machine's features to the class of arithmetic.
#[derive(Clone, Debug, Deserialize)]
pub struct LibrariesFile {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The day of the data, as `2026-11-27`.
    pub date: String,
    /// The classes of arithmetic.
    pub classes: Ordered<ClassEntry>,
    /// The features of each architecture, in the order in which answers list them.
    pub features: Ordered<Vec<String>>,
    /// What some of them are.
    pub feature_notes: Ordered<String>,
    /// The words for how sure a rule is, each with what it means.
    pub confidence: Ordered<String>,
    /// Sources by their ids.
    pub sources: Ordered<SourceEntry>,
    /// The libraries.
    pub libraries: Vec<LibraryEntry>,
}

/// A class of arithmetic.
#[derive(Clone, Debug, Deserialize)]
pub struct ClassEntry {
    /// Whether sums are what they should be; null where there are none.
    pub exact: Option<bool>,
    /// What happens.
    pub sentence: String,
}

/// A source: which of the fields are there depends on `how`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SourceEntry {
    /// Its kind.
    pub how: String,
    /// What it says.
    pub what: String,
    /// Owner and name of a repository on GitHub.
    pub repository: Option<String>,
    /// The commit that was read.
    pub commit: Option<String>,
    /// The file in it.
    pub path: Option<String>,
    /// The line in that, from 1.
    pub line: Option<u32>,
    /// What was run.
    pub versions: Option<String>,
    /// Whether it ran on a CPU imitated in software.
    pub emulated: Option<bool>,
    /// Where a document is.
    pub address: Option<String>,
}

/// A library.
#[derive(Clone, Debug, Deserialize)]
pub struct LibraryEntry {
    /// Its key.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// The version that answers are about.
    pub current_version: String,
    /// What else is to be said.
    pub note: Option<String>,
    /// Variables and options that change the answer.
    pub environment: Vec<EnvironmentVariable>,
    /// Ids of sources for the library as a whole.
    pub sources: Vec<String>,
    /// Its operators.
    pub variants: Vec<VariantEntry>,
}

/// A variable of the environment, or a session's option.
#[derive(Clone, Debug, Deserialize)]
pub struct EnvironmentVariable {
    /// Its name.
    pub name: String,
    /// The values that it takes.
    pub values: Vec<String>,
    /// What it does.
    pub effect: String,
    /// Whether it shows what a real CPU would do.
    pub reliable: String,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// An operator of a library on some types.
#[derive(Clone, Debug, Deserialize)]
pub struct VariantEntry {
    /// `library.variant`.
    pub key: String,
    /// Its name for people, after the library's.
    pub name: String,
    /// Input × weight.
    pub types: String,
    /// Which shapes it is about.
    pub shape: String,
    /// Whether it is the library's usual one.
    pub default: bool,
    /// What else is to be said.
    pub note: Option<String>,
    /// The variant whose rules follow its own.
    pub same_as: Option<String>,
    /// Its rules, the first that matches wins.
    pub rules: Vec<RuleEntry>,
}

/// From a condition to a class.
#[derive(Clone, Debug, Deserialize)]
pub struct RuleEntry {
    /// `variant#number`.
    pub id: String,
    /// The condition.
    pub when: WhenEntry,
    /// The class.
    pub class: String,
    /// Why, in a sentence.
    pub because: String,
    /// Which products meet.
    pub pair: Option<String>,
    /// Which operand is unsigned.
    pub unsigned: Option<String>,
    /// What the sum does beyond 32 bits: `wraps` or `saturates`.
    pub sum32: Option<String>,
    /// The first version that it holds for.
    pub from: Option<String>,
    /// The first version that it no longer holds for.
    pub to: Option<String>,
    /// How sure it is.
    pub confidence: String,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// What else is to be said.
    pub note: Option<String>,
}

/// When a rule matches: all of it must hold.
#[derive(Clone, Debug, Deserialize)]
pub struct WhenEntry {
    /// The architecture.
    pub arch: String,
    /// Features that must be there.
    #[serde(default)]
    pub all: Vec<String>,
    /// Features that must not.
    #[serde(default)]
    pub none: Vec<String>,
    /// The systems, if not all.
    pub os: Option<Vec<String>>,
    /// The CPU families, if not all.
    pub cpu: Option<Vec<String>>,
}

/// `cpus.json`: from a text to the features.
#[derive(Clone, Debug, Deserialize)]
pub struct CpusFile {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The day of the data.
    pub date: String,
    /// The words for how sure a family's features are, each with what it means.
    pub confidence: Ordered<String>,
    /// How a text is read.
    pub recognise: RecogniseEntry,
    /// Sources by their ids.
    pub sources: Ordered<SourceEntry>,
    /// The CPU families.
    pub cpus: Vec<CpuEntry>,
    /// The rented machines.
    pub clouds: Vec<CloudEntry>,
}

/// How a text is read.
#[derive(Clone, Debug, Deserialize)]
pub struct RecogniseEntry {
    /// What is done to a name before it is looked for.
    pub normalise: Vec<String>,
    /// How the tools spell each feature; `a+b` are two words, both needed.
    pub flags: Ordered<Ordered<Vec<String>>>,
    /// Features that old kernels do not name.
    pub flags_hidden_by_old_kernels: Vec<String>,
    /// Patterns that tell the system.
    pub systems: Vec<(String, String)>,
    /// What the key `architecture` says for each.
    pub arch: Ordered<Vec<String>>,
    /// Keys whose value may be a CPU's name.
    pub name_fields: Vec<String>,
    /// Patterns of names, each with its family.
    pub names: Vec<(String, String)>,
    /// Flags that decide between families of one number.
    pub ties: Ordered<Vec<(Option<String>, String)>>,
}

/// A CPU family.
#[derive(Clone, Debug, Deserialize)]
pub struct CpuEntry {
    /// Its key.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// Its architecture.
    pub arch: String,
    /// When it was sold.
    pub years: Option<String>,
    /// Its features.
    pub features: Vec<String>,
    /// The systems that it is met with.
    pub systems: Vec<String>,
    /// Chips of it, for people.
    pub examples: String,
    /// What x86 chips say of their maker.
    pub vendor: Option<String>,
    /// Its numbers.
    pub models: Vec<String>,
    /// Sources.
    pub sources: Vec<String>,
    /// How sure its features are.
    pub confidence: String,
    /// What else is to be said.
    pub note: Option<String>,
}

/// A rented machine.
#[derive(Clone, Debug, Deserialize)]
pub struct CloudEntry {
    /// Its key.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// A pattern of its names.
    #[serde(rename = "match")]
    pub pattern: String,
    /// Its system.
    pub os: String,
    /// The families that are rented out under the name.
    pub cpus: Vec<String>,
    /// Whether there are several.
    pub mixed: bool,
    /// Sources.
    pub sources: Vec<String>,
    /// How sure that is.
    pub confidence: String,
    /// What else is to be said.
    pub note: Option<String>,
}
