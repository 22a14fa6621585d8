//! Which arithmetic a machine gives: from a pasted text to its features, and from those to what each
//! library's integer operators do there.
//!
//! All rules are data, two files that [`MachineData`] checks: `libraries.json` has a condition, a class
//! of arithmetic and its sources for each rule, `cpus.json` how a text is read. [`which_arithmetic`]
//! is the whole answer to a text, and serializes as `rampscope machine --json` prints it. What a machine is not
//! known to do is [`Class::Unknown`], which is an answer.

mod agreement;
mod answer;
mod compare;
mod cpus;
mod data;
mod essence;
mod fault;
mod features;
mod files;
mod keyed;
mod kinds;
mod libraries;
mod limits;
mod number;
mod ordered;
mod recognise;
mod recogniser;
mod sources;
mod text;
mod version;
mod which;
mod words;

pub use agreement::agreement;
pub use answer::{Answer, answer, answers};
pub use compare::{Difference, differences};
pub use cpus::{CpuFamily, Rented};
pub use data::MachineData;
pub use essence::essence;
pub use fault::{Damage, DataFault, DataFile, TextFault};
pub use features::FeatureSet;
pub use files::{
    ClassEntry, CloudEntry, CpuEntry, CpusFile, EnvironmentVariable, LibrariesFile, LibraryEntry,
    RecogniseEntry, RuleEntry, SCHEMA, SourceEntry, VariantEntry, WhenEntry,
};
pub use kinds::{Arch, By, Class, Confidence, How, System};
pub use libraries::{ClassInfo, Library, Rule, Variant};
pub use limits::{MOST_BYTES, MOST_NAME_BYTES};
pub use ordered::Ordered;
pub use recognise::Machine;
pub use sources::{FROM_KNOWLEDGE, Reference, Source};
pub use which::{Candidate, WhichArithmetic, which_arithmetic};
