//! [`WhichArithmetic`]: the whole answer, as its JSON has it.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::answer::{Answer, answers, other_answers};
use super::cpus::{CpuFamily, Rented};
use super::data::MachineData;
use super::fault::TextFault;
use super::kinds::{Arch, By, System};
use super::libraries::Variant;
use super::recognise::{Machine, Recognised, of_family, of_rented, recognise};

/// A machine that a text can mean, with all of its answers.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// The machine.
    pub machine: Machine<'a>,
    /// Its features by name.
    pub features: Vec<&'a str>,
    /// The answer of every variant, in the order of the data.
    pub answers: Vec<(&'a Variant, Answer<'a>)>,
}

/// Which arithmetic a machine gives: the whole answer to a text. It serializes as the command line
/// prints it.
#[derive(Clone, Debug)]
pub struct WhichArithmetic<'a> {
    /// The architecture; `None` where it is not known, or candidates differ.
    pub arch: Option<Arch>,
    /// The system; likewise.
    pub system: Option<System>,
    /// The family; likewise.
    pub cpu: Option<&'a CpuFamily>,
    /// Where the features come from; `None` where nothing was recognised.
    pub by: Option<By>,
    /// Features that the family has and the flags do not name: an old kernel may hide them.
    pub hidden: Vec<&'a str>,
    /// Whether several families are rented out under the name.
    pub is_mixed: bool,
    /// Every machine that the text can mean, if there are several; else none.
    pub candidates: Vec<Candidate<'a>>,
    /// Features that all candidates have, in the order of the data.
    pub features: Vec<&'a str>,
    /// The answer of every variant; `None` where the candidates' classes differ.
    pub answers: Vec<(&'a Variant, Option<Answer<'a>>)>,
    /// Answers that are other ones if what is hidden is there after all.
    pub answers_if_hidden: Vec<(&'a Variant, Answer<'a>)>,
    /// The rented machine, where the text is its name. The JSON does not say it.
    pub rented: Option<&'a Rented>,
    machine: Option<Machine<'a>>,
}

/// The whole answer to a text.
///
/// # Errors
/// If the text is too large.
pub fn which_arithmetic<'a>(
    data: &'a MachineData,
    text: &str,
) -> Result<WhichArithmetic<'a>, TextFault> {
    Ok(WhichArithmetic::new(data, recognise(data, text)?))
}

impl<'a> WhichArithmetic<'a> {
    /// The whole answer for a family that was picked, on a system or on each that it is met with.
    pub fn of_family(
        data: &'a MachineData,
        family: &'a CpuFamily,
        system: Option<System>,
    ) -> WhichArithmetic<'a> {
        WhichArithmetic::new(data, of_family(family, system))
    }

    /// The whole answer for a rented machine.
    pub fn of_rented(data: &'a MachineData, rented: &'a Rented) -> WhichArithmetic<'a> {
        WhichArithmetic::new(data, of_rented(data, rented))
    }

    /// The whole answer for what was recognised.
    pub(super) fn new(data: &'a MachineData, found: Recognised<'a>) -> WhichArithmetic<'a> {
        let Recognised { by, arch, system, rented, machines, hidden, if_hidden } = found;
        let candidates = |machine: Machine<'a>| Candidate {
            features: data.feature_names(machine.arch, machine.features),
            answers: answers(data, &machine),
            machine,
        };
        let Some(first) = machines.first().copied() else {
            let answers = data.variants().map(|(_, variant)| (variant, Some(Answer::NOBODY)));
            return WhichArithmetic {
                arch,
                system,
                cpu: None,
                by: None,
                hidden: Vec::new(),
                is_mixed: false,
                candidates: Vec::new(),
                features: Vec::new(),
                answers: answers.collect(),
                answers_if_hidden: Vec::new(),
                rented: None,
                machine: None,
            };
        };
        let cpu_key = |machine: &Machine<'a>| machine.cpu.map(|cpu| cpu.key.as_str());
        let agree = |same: &dyn Fn(&Machine<'a>) -> bool| machines.iter().all(same);
        let arch = first.arch.filter(|_| agree(&|one| one.arch == first.arch));
        let system = first.system.filter(|_| agree(&|one| one.system == first.system));
        let cpu = first.cpu.filter(|_| agree(&|one| cpu_key(one) == cpu_key(&first)));
        let common = machines.iter().fold(first.features, |set, one| set.and(one.features));
        // Something is hidden under Linux and in one family only, so that there is one machine.
        let answers_if_hidden =
            if_hidden.map_or(Vec::new(), |more| other_answers(data, &more, &first));
        let all: Vec<Candidate> = machines.into_iter().map(candidates).collect();
        WhichArithmetic {
            arch,
            system,
            cpu,
            by,
            hidden,
            is_mixed: rented.is_some_and(|rented| rented.cpus.len() > 1),
            features: data.feature_names(arch, common),
            answers: agreed(data, &all),
            answers_if_hidden,
            candidates: if all.len() > 1 { all } else { Vec::new() },
            rented,
            machine: Some(first),
        }
    }

    /// The machine, or the first of several; `None` where nothing was recognised.
    pub fn machine(&self) -> Option<Machine<'a>> {
        self.machine
    }

    /// The answer of a variant; `None` where the candidates' classes differ, or there is no such variant.
    pub fn answer(&self, key: &str) -> Option<&Answer<'a>> {
        let found = self.answers.iter().find(|(variant, _)| variant.key == key);
        found.and_then(|(_, answer)| answer.as_ref())
    }
}

/// Of each variant the least sure of the candidates' answers, if they are of one class.
fn agreed<'a>(
    data: &'a MachineData,
    candidates: &[Candidate<'a>],
) -> Vec<(&'a Variant, Option<Answer<'a>>)> {
    let of = |at: usize| -> Option<Answer<'a>> {
        let mut all = candidates.iter().filter_map(|one| one.answers.get(at)).map(|(_, own)| *own);
        let first = all.next()?;
        all.try_fold(first, |least, own| {
            let weaker = if own.confidence > least.confidence { own } else { least };
            (own.class == least.class).then_some(weaker)
        })
    };
    data.variants().enumerate().map(|(at, (_, variant))| (variant, of(at))).collect()
}

/// Answers by the keys of their variants.
struct ByVariant<'s, 'a, A>(&'s [(&'a Variant, A)]);

impl<A: Serialize> Serialize for ByVariant<'_, '_, A> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (variant, answer) in self.0 {
            map.serialize_entry(&variant.key, answer)?;
        }
        map.end()
    }
}

impl Serialize for Candidate<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut fields = to.serialize_struct("Candidate", 4)?;
        fields.serialize_field("cpu", &self.machine.cpu.map(|cpu| &cpu.key))?;
        fields.serialize_field("os", System::key_of(self.machine.system))?;
        fields.serialize_field("features", &self.features)?;
        fields.serialize_field("answers", &ByVariant(&self.answers))?;
        fields.end()
    }
}

impl Serialize for WhichArithmetic<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut fields = to.serialize_struct("WhichArithmetic", 10)?;
        fields.serialize_field("arch", &self.arch)?;
        fields.serialize_field("os", System::key_of(self.system))?;
        fields.serialize_field("cpu", &self.cpu.map(|cpu| &cpu.key))?;
        fields.serialize_field("by", &self.by)?;
        fields.serialize_field("hidden", &self.hidden)?;
        fields.serialize_field("mixed", &self.is_mixed)?;
        fields.serialize_field("candidates", &self.candidates)?;
        fields.serialize_field("features", &self.features)?;
        fields.serialize_field("answers", &ByVariant(&self.answers))?;
        fields.serialize_field("answers_if_hidden", &ByVariant(&self.answers_if_hidden))?;
        fields.end()
    }
}
