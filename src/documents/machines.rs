//! The data of machines and libraries that ship with the page.

use std::error::Error;
use std::fmt;

use super::fault::FetchFault;
use super::read::Json;
use crate::arith::{Engine, Family, Lane};
use crate::machine::{
    Answer, Arch, Class, DataFault, DataFile, FeatureSet, MachineData, System, TextFault, Variant,
    WhichArithmetic, which_arithmetic,
};

/// The texts of both files, `libraries.json` and `cpus.json`.
#[derive(Clone, Debug)]
pub struct MachineTexts {
    /// From a machine's features to arithmetic.
    pub libraries: String,
    /// From a text to a machine.
    pub cpus: String,
}

/// Why the data of machines are not here.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MachinesFault {
    /// They could not be fetched.
    Fetch(FetchFault),
    /// What came is no JSON of their schema.
    Form {
        /// Which file.
        file: DataFile,
        /// What its reader stumbled over.
        reason: String,
    },
    /// They came and cannot be used.
    Damaged(DataFault),
}

impl fmt::Display for MachinesFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MachinesFault::Fetch(fault) => write!(
                f,
                "The data of machines could not be fetched: {fault}. A page opened from a file may not fetch; one from a server may."
            ),
            MachinesFault::Form { file, reason } => {
                write!(f, "{} that came is damaged: {reason}.", file.name())
            }
            MachinesFault::Damaged(fault) => write!(f, "{fault}"),
        }
    }
}

impl Error for MachinesFault {}

/// The data of what was fetched.
pub(super) fn read<J: Json>(
    texts: Result<MachineTexts, FetchFault>,
) -> Result<MachineData, MachinesFault> {
    let MachineTexts { libraries, cpus } = texts.map_err(MachinesFault::Fetch)?;
    let libraries = typed::<J, _>(&libraries, DataFile::Libraries)?;
    let cpus = typed::<J, _>(&cpus, DataFile::Cpus)?;
    MachineData::new(libraries, cpus).map_err(MachinesFault::Damaged)
}

fn typed<J: Json, T: serde::de::DeserializeOwned>(
    text: &str,
    file: DataFile,
) -> Result<T, MachinesFault> {
    let value = J::parse(text).ok_or_else(|| "it is no JSON".to_string());
    let read = value.and_then(J::typed);
    read.map_err(|reason| MachinesFault::Form { file, reason })
}

/// Before the key of a family that was picked, and of its system.
const PICKED: [&str; 2] = ["cpu=", "os="];

/// What stands for a family that was picked from the list, on a system or on any.
pub fn picked(family: &str, system: Option<System>) -> String {
    let system = system.map_or(String::new(), |system| format!(" {}{}", PICKED[1], system.key()));
    format!("{}{family}{system}", PICKED[0])
}

/// The answer to what a reader asks: a text of a machine, or a family that was [`picked`].
///
/// # Errors
/// If the text is too large.
pub fn asked<'a>(data: &'a MachineData, text: &str) -> Result<WhichArithmetic<'a>, TextFault> {
    let mut words = text.split_whitespace();
    let family = words.next().and_then(|word| data.family(word.strip_prefix(PICKED[0])?));
    let system = words.next().map(|word| word.strip_prefix(PICKED[1]).and_then(System::of_key));
    match (family, system, words.next()) {
        (Some(family), None, _) => Ok(WhichArithmetic::of_family(data, family, None)),
        (Some(family), Some(Some(system)), None) => {
            Ok(WhichArithmetic::of_family(data, family, Some(system)))
        }
        _ => which_arithmetic(data, text),
    }
}

/// The engine of ours that computes as an answer says, on a machine of that architecture and those
/// features: one whose row names the variant, or the one whose rules it follows, and whose lane is that class.
pub fn engine_of(
    data: &MachineData,
    variant: &Variant,
    answer: &Answer,
    (arch, features): (Option<Arch>, FeatureSet),
) -> Option<Engine> {
    // 32-bit ARM has kernels of its own.
    let arch = arch.filter(|arch| matches!(arch, Arch::X86_64 | Arch::Aarch64));
    let names = data.feature_names(Some(arch?), features);
    let (followed, _) = answer.rule?.id.split_once('#')?;
    [variant.key.as_str(), followed].into_iter().find_map(|key| {
        let mut families = Family::ALL.iter().filter(|family| family.info().variant == Some(key));
        families.find_map(|family| {
            let engine = family.engine_on(|feature| names.contains(&feature))?;
            is_of(engine, answer.class).then_some(engine)
        })
    })
}

fn is_of(engine: Engine, class: Class) -> bool {
    match class {
        Class::Exact | Class::ExactByRange => engine.lane() == Lane::Exact,
        Class::PairsSaturate | Class::PairsSaturateShift128 => engine.lane() == Lane::Saturate,
        Class::HalfScale => engine.lane() == Lane::HalfWeights,
        Class::Acc16Saturating => engine.lane() == Lane::Acc16,
        Class::PairsWrap => engine.lane() == Lane::Wrap,
        Class::NotAvailable | Class::Unknown => false,
    }
}
