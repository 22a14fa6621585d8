//! [`Probe`]: what a browser's relaxed dot product gives, beside the answers that are legal.

use crate::evidence::instruction::{Instruction, parameter};

/// The module to run; see [`crate::evidence::instruction::MODULE`].
pub const PROBE_MODULE: &[u8] = crate::evidence::instruction::MODULE;

/// Two weights and two input bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProbeBytes {
    /// The weights.
    pub w: [i8; 2],
    /// The inputs.
    pub x: [u8; 2],
}

impl ProbeBytes {
    /// The module's exported functions, in the order of the page.
    pub fn exports() -> [&'static str; 2] {
        Instruction::ALL.map(Instruction::export)
    }

    /// The two parameters of each of them.
    pub fn parameters(self) -> [i32; 2] {
        [parameter(self.w.map(i8::cast_unsigned)), parameter(self.x)]
    }
}

/// What a browser said, and of which bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// It was not asked.
    Unasked,
    /// The module is not valid there.
    Lacking,
    /// It is valid and could not be run.
    Failed,
    /// What the functions of [`ProbeBytes::exports`] gave.
    Answered {
        /// The bytes.
        bytes: ProbeBytes,
        /// One for each function.
        answers: [i32; 2],
        /// What the first gave of twice 127 · 255, which tells the ways apart.
        telling: i32,
    },
}

impl Probe {
    /// Whether it was answered, and pairs saturate.
    pub fn saturates(&self) -> bool {
        matches!(self, Probe::Answered { telling: 32_767, .. })
    }

    /// One answer for each function; none unless it was answered.
    pub fn answers(&self) -> Vec<Answer> {
        let Probe::Answered { bytes, answers: given, .. } = self else { return Vec::new() };
        Instruction::ALL
            .into_iter()
            .zip(given)
            .map(|(one, given)| answer(one, *bytes, *given))
            .collect()
    }
}

/// The answer of one instruction among those that are legal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The name of the instruction in the specification.
    pub instruction: &'static str,
    /// The name of the module's function.
    pub export: &'static str,
    /// What is added: “two products”.
    pub times: &'static str,
    /// What was given.
    pub given: i32,
    /// Every legal answer.
    pub legal: Vec<LegalAnswer>,
}

impl Answer {
    /// Whether what was given is a legal one.
    pub fn is_known(&self) -> bool {
        self.legal.iter().any(|one| one.value == self.given)
    }
}

/// A number that an instruction may give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalAnswer {
    /// The number.
    pub value: i32,
    /// Every way in which it comes about.
    pub readings: Vec<&'static str>,
}

fn answer(instruction: Instruction, bytes: ProbeBytes, given: i32) -> Answer {
    let legal = instruction.answers(bytes.w, bytes.x).into_iter().map(|(value, readings)| {
        let readings = readings.iter().map(|reading| reading.name()).collect();
        LegalAnswer { value, readings }
    });
    Answer {
        instruction: instruction.name(),
        export: instruction.export(),
        times: match instruction {
            Instruction::Dot => "two products",
            Instruction::DotAdd => "the two products twice",
        },
        given,
        legal: legal.collect(),
    }
}
