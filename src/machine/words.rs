//! What was recognised, as sentences.

use super::kinds::{By, System};
use super::recognise::Machine;
use super::which::{Candidate, WhichArithmetic};

impl By {
    /// Where the features come from, as the end of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            By::Flags => "by its flags",
            By::Name => "by its name",
            By::Model => "by its number",
            By::Instance => "by the name that it is rented out under",
        }
    }
}

impl Machine<'_> {
    /// The family's name, or what stands in for it.
    fn cpu_name(&self) -> &str {
        self.cpu.map_or("a CPU whose name is not known here", |cpu| cpu.name.as_str())
    }
}

impl WhichArithmetic<'_> {
    /// What the machine is, in a sentence.
    pub fn headline(&self) -> String {
        let Some(by) = self.by else {
            let read = match (self.arch, self.system) {
                (Some(arch), Some(system)) => format!(" under {}, {}", system.name(), arch.key()),
                (Some(arch), None) => format!(", {}", arch.key()),
                (None, Some(system)) => format!(" under {}", system.name()),
                (None, None) => String::new(),
            };
            return format!("No CPU is recognised in the text{read}.");
        };
        let cpus = self.cpus();
        let what = match (self.rented, cpus.as_slice()) {
            (Some(rented), [cpu]) => format!("{}: {cpu}", rented.name),
            (Some(rented), cpus) => format!("{}: one of {}", rented.name, families(cpus)),
            (None, [cpu]) => cpu.clone(),
            (None, cpus) => format!("One of {}", families(cpus)),
        };
        let arch = self.arch.map_or(String::new(), |arch| format!(" ({})", arch.key()));
        let systems = self.systems();
        let under = match systems.as_slice() {
            [] => String::new(),
            systems => format!(" under {}", systems.join(" or ")),
        };
        format!("{what}{arch}{under}, {}.", by.words())
    }

    /// The name of a candidate among the others: what they differ in.
    pub fn name_of(&self, candidate: &Candidate) -> String {
        let machine = &candidate.machine;
        let under = machine.system.map_or("on an unknown system", System::name);
        match (self.cpu, self.system) {
            (Some(_), _) => under.into(),
            (None, Some(_)) => machine.cpu_name().into(),
            (None, None) => format!("{}, {under}", machine.cpu_name()),
        }
    }

    /// The names of the families, each once.
    fn cpus(&self) -> Vec<String> {
        if self.candidates.is_empty() {
            let name = self.cpu.map_or("A CPU whose name is not known here", |cpu| &cpu.name);
            return vec![name.into()];
        }
        each_once(self.candidates.iter().map(|one| one.machine.cpu_name()))
    }

    /// The names of the systems, each once; none where none is known.
    fn systems(&self) -> Vec<String> {
        if let Some(system) = self.system {
            return vec![system.name().into()];
        }
        each_once(self.candidates.iter().filter_map(|one| one.machine.system).map(System::name))
    }
}

fn each_once<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in words {
        if all.iter().all(|other| other != word) {
            all.push(word.into());
        }
    }
    all
}

/// Names may hold commas.
fn families(cpus: &[String]) -> String {
    format!("{} CPU families, {}", cpus.len(), cpus.join("; or "))
}
