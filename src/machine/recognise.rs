//! From a text to the machines that it can mean.

use super::cpus::{CpuFamily, Rented};
use super::data::MachineData;
use super::fault::TextFault;
use super::features::FeatureSet;
use super::kinds::{Arch, By, System};
use super::limits::MOST_BYTES;
use super::number::CpuNumber;
use super::text::{ARM_FLAGS, ARM64_FLAG, Facts};

/// A machine, as far as rules ask for it.
#[derive(Clone, Copy, Debug)]
pub struct Machine<'a> {
    /// Its architecture; `None` where that is not known.
    pub arch: Option<Arch>,
    /// Its system; `None` where that is not known.
    pub system: Option<System>,
    /// Its family; `None` where that is not known.
    pub cpu: Option<&'a CpuFamily>,
    /// Its features.
    pub features: FeatureSet,
}

impl PartialEq for Machine<'_> {
    fn eq(&self, other: &Self) -> bool {
        let key = |machine: &Self| machine.cpu.map(|cpu| &cpu.key);
        (self.arch, self.system, self.features) == (other.arch, other.system, other.features)
            && key(self) == key(other)
    }
}

/// What a text means.
#[derive(Clone, Debug)]
pub struct Recognised<'a> {
    /// Where the features come from; `None` where nothing was recognised.
    pub by: Option<By>,
    /// The architecture that was read where nothing was recognised.
    pub arch: Option<Arch>,
    /// The system that was read.
    pub system: Option<System>,
    /// The rented machine, where the text is its name.
    pub rented: Option<&'a Rented>,
    /// Every machine that the text can mean; none where nothing was recognised.
    pub machines: Vec<Machine<'a>>,
    /// Features that the family has and the flags do not name, in the order of the data.
    pub hidden: Vec<&'a str>,
    /// The machine if they are there after all.
    pub if_hidden: Option<Machine<'a>>,
}

impl Recognised<'_> {
    /// Whether every answer to both is the same: rules ask for nothing but the machine.
    pub fn is_same(&self, other: &Recognised) -> bool {
        let rented = |one: &Recognised| one.rented.map(|rented| rented.key.clone());
        (self.by, self.arch, self.system) == (other.by, other.arch, other.system)
            && rented(self) == rented(other)
            && self.machines == other.machines
            && (&self.hidden, &self.if_hidden) == (&other.hidden, &other.if_hidden)
    }
}

/// The machines that a text can mean: output of `lscpu`, `/proc/cpuinfo`, Windows' or macOS's tools, a
/// CPU's name or number, the name of a rented machine.
///
/// # Errors
/// Beyond [`MOST_BYTES`].
pub fn recognise<'a>(data: &'a MachineData, text: &str) -> Result<Recognised<'a>, TextFault> {
    if text.len() > MOST_BYTES {
        return Err(TextFault::TooLarge { bytes: text.len() });
    }
    let line = text.trim();
    if !line.contains('\n')
        && let Some(rented) = data.rented().iter().find(|rented| rented.is_called(line))
    {
        return Ok(of_rented(data, rented));
    }
    let lower = text.to_ascii_lowercase();
    let facts = Facts::read(&lower, &data.recogniser);
    let mut systems = data.recogniser.systems.iter();
    let system = systems.find(|(pattern, _)| pattern.is_match(&facts.lines)).map(|(_, own)| *own);
    let (found_by, families) = families(data, &facts);
    Ok(if facts.has_flags() {
        of_flags(data, &facts, system, &families)
    } else if families.is_empty() {
        Recognised { arch: said_arch(data, &facts), ..nothing(system) }
    } else {
        let machines = families.into_iter().flat_map(|family| with_systems(family, system));
        Recognised { by: Some(found_by), machines: machines.collect(), ..nothing(system) }
    })
}

/// The machines that are rented out under a name.
pub(super) fn of_rented<'a>(data: &'a MachineData, rented: &'a Rented) -> Recognised<'a> {
    let system = Some(rented.system);
    let machines = data.families_of(rented).flat_map(|family| with_systems(family, system));
    Recognised {
        by: Some(By::Instance),
        rented: Some(rented),
        machines: machines.collect(),
        ..nothing(system)
    }
}

/// A family that was picked, on a system or on each that it is met with: as if its name had been read.
pub(super) fn of_family(family: &CpuFamily, system: Option<System>) -> Recognised<'_> {
    let machines = with_systems(family, system);
    Recognised { by: Some(By::Name), machines, ..nothing(system) }
}

fn nothing<'a>(system: Option<System>) -> Recognised<'a> {
    Recognised {
        by: None,
        arch: None,
        system,
        rented: None,
        machines: Vec::new(),
        hidden: Vec::new(),
        if_hidden: None,
    }
}

/// A family on a system, or else on each that it is met with, or else on an unknown one.
fn with_systems(family: &CpuFamily, system: Option<System>) -> Vec<Machine<'_>> {
    let own = |system| Machine {
        arch: Some(family.arch),
        system,
        cpu: Some(family),
        features: family.features,
    };
    match (system, family.systems.as_slice()) {
        (None, systems @ [_, ..]) => systems.iter().map(|system| own(Some(*system))).collect(),
        (system, _) => vec![own(system)],
    }
}

/// The families that the text names, by a name or else by numbers.
fn families<'a>(data: &'a MachineData, facts: &Facts) -> (By, Vec<&'a CpuFamily>) {
    let all = data.families();
    let recogniser = &data.recogniser;
    let fields = recogniser.name_fields.iter().filter_map(|key| facts.get(key));
    let mut names = fields.map(super::recogniser::normalised).chain(facts.bare_names());
    if let Some(family) = names.find_map(|name| recogniser.named(&name)) {
        return (By::Name, all.get(family).into_iter().collect());
    }
    let vendor = facts.vendor();
    let fitting = |number: CpuNumber| -> Vec<&CpuFamily> {
        all.iter().filter(|family| family.fits(number, vendor)).collect()
    };
    let mut numbers = facts.arm_numbers().chain(facts.x86_number());
    let found = numbers.find_map(|number| {
        let families = fitting(number);
        (!families.is_empty()).then_some((number, families))
    });
    let families = match found {
        Some((number, families)) if families.len() > 1 => {
            let decided = recogniser.tie(number, |flag| facts.mentions(flag));
            decided.and_then(|place| all.get(place)).map_or(families, |family| vec![family])
        }
        Some((_, families)) => families,
        None => Vec::new(),
    };
    (By::Model, families)
}

/// The architecture that the text names by its key.
fn said_arch(data: &MachineData, facts: &Facts) -> Option<Arch> {
    let said = facts.get("architecture")?;
    let mut archs = data.recogniser.archs.iter();
    archs.find(|(_, words)| words.iter().any(|word| word == said)).map(|(arch, _)| *arch)
}

fn arch_of_flags(data: &MachineData, facts: &Facts) -> Arch {
    said_arch(data, facts).unwrap_or_else(|| {
        if facts.has(ARM64_FLAG) || facts.has_optional_arm {
            Arch::Aarch64
        } else if ARM_FLAGS.iter().any(|flag| facts.has(flag)) {
            Arch::Arm
        } else {
            Arch::X86_64
        }
    })
}

/// A machine by its flags: what is visible counts, not what the family has.
fn of_flags<'a>(
    data: &'a MachineData,
    facts: &Facts,
    system: Option<System>,
    families: &[&'a CpuFamily],
) -> Recognised<'a> {
    let arch = arch_of_flags(data, facts);
    // Several families are none.
    let family = if let [family] = families { Some(*family) } else { None };
    // sysctl does not name all; where it is silent the family has the word.
    let is_silent = system == Some(System::Macos) && !facts.has_leaf7;
    let assumed = family.filter(|_| is_silent).map_or(FeatureSet::EMPTY, |family| family.features);
    let mut features = always(data, arch);
    for one in data.recogniser.spelled(arch) {
        let is_there = |words: &Vec<String>| words.iter().all(|word| facts.has(word));
        let is_denied = |words: &Vec<String>| words.iter().any(|word| facts.denies(word));
        let counts = one.spellings.iter().any(is_there) || assumed.has_all(one.feature);
        if counts && !one.spellings.iter().any(is_denied) {
            features = features.with(one.feature);
        }
    }
    let mut hidden = Vec::new();
    let mut more = features;
    if let Some(family) = family.filter(|_| system == Some(System::Linux)) {
        for (name, one) in data.recogniser.hidden(arch, &data.features) {
            let is_named = |words: &Vec<String>| words.iter().all(|word| facts.names(word));
            if family.features.has_all(one.feature) && !one.spellings.iter().any(is_named) {
                hidden.push(name);
                more = more.with(one.feature);
            }
        }
    }
    let machine = Machine { arch: Some(arch), system, cpu: family, features };
    let machines = match (system, family) {
        (None, Some(family)) if !family.systems.is_empty() => {
            let on = |system: &System| Machine { system: Some(*system), ..machine };
            family.systems.iter().map(on).collect()
        }
        _ => vec![machine],
    };
    let if_hidden = (!hidden.is_empty()).then_some(Machine { features: more, ..machine });
    Recognised { by: Some(By::Flags), machines, hidden, if_hidden, ..nothing(system) }
}

/// What every machine of an architecture has.
fn always(data: &MachineData, arch: Arch) -> FeatureSet {
    let name = match arch {
        Arch::X86_64 => "sse2",
        Arch::Aarch64 => "neon",
        _ => return FeatureSet::EMPTY,
    };
    data.features.find(arch, name).unwrap_or(FeatureSet::EMPTY)
}
