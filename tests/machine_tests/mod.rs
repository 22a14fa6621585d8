//! The shipped data, and what the tests ask them.

mod agreement;
mod data;
mod engines;
mod essence;
mod examples;
mod faults;
mod lookups;
mod properties;
mod surprises;
mod texts;
mod told;
mod worked;

use std::sync::OnceLock;

use rampscope::machine::{
    Answer, Class, CpusFile, LibrariesFile, MachineData, System, WhichArithmetic, which_arithmetic,
};

pub const LIBRARIES: &str = include_str!("../../www/machines/libraries.json");
pub const CPUS: &str = include_str!("../../www/machines/cpus.json");

pub fn libraries_file() -> LibrariesFile {
    serde_json::from_str(LIBRARIES).expect("libraries.json has its schema")
}

pub fn cpus_file() -> CpusFile {
    serde_json::from_str(CPUS).expect("cpus.json has its schema")
}

pub fn data() -> &'static MachineData {
    static DATA: OnceLock<MachineData> = OnceLock::new();
    DATA.get_or_init(|| {
        MachineData::new(libraries_file(), cpus_file()).unwrap_or_else(|fault| panic!("{fault}"))
    })
}

/// The data, as if a library's current version were another one.
pub fn with_version(library: &str, version: &str) -> MachineData {
    let mut file = libraries_file();
    let own = file.libraries.iter_mut().find(|own| own.key == library).expect("the library");
    own.current_version = version.into();
    MachineData::new(file, cpus_file()).expect("the data are good")
}

pub fn which(text: &str) -> WhichArithmetic<'static> {
    which_arithmetic(data(), text).expect("the text is not too large")
}

/// The whole answer to a text as JSON.
pub fn written(text: &str) -> String {
    serde_json::to_string(&which(text)).expect("it is written")
}

/// The one family that a text means.
pub fn cpu(text: &str) -> Option<&'static str> {
    which(text).cpu.map(|cpu| cpu.key.as_str())
}

/// A family on a system.
pub fn family(key: &str, system: Option<System>) -> WhichArithmetic<'static> {
    let family = data().family(key).unwrap_or_else(|| panic!("there is no family {key}"));
    WhichArithmetic::of_family(data(), family, system)
}

/// The answer that all candidates agree on.
pub fn agreed<'a>(which: &WhichArithmetic<'a>, variant: &str) -> Answer<'a> {
    *which.answer(variant).unwrap_or_else(|| panic!("{variant} depends: {}", which.headline()))
}

pub fn class(which: &WhichArithmetic, variant: &str) -> Class {
    agreed(which, variant).class
}

/// The classes of a variant that candidates give, with their families and systems.
pub fn classes<'a>(
    which: &WhichArithmetic<'a>,
    variant: &str,
) -> Vec<(Option<&'a str>, Option<System>, Class)> {
    let of = |one: &rampscope::machine::Candidate<'a>| {
        let (_, answer) =
            one.answers.iter().find(|(own, _)| own.key == variant).expect("none is lacking");
        (one.machine.cpu.map(|cpu| cpu.key.as_str()), one.machine.system, answer.class)
    };
    which.candidates.iter().map(of).collect()
}
