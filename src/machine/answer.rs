//! [`Answer`]: the class of arithmetic that a machine gives, by the rules of a variant.

use serde::Serialize;

use super::data::MachineData;
use super::kinds::{Class, Confidence};
use super::libraries::{Library, Rule, Variant, When};
use super::recognise::Machine;

/// What a library's operator does on a machine, and how that is known.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Answer<'a> {
    /// The class.
    pub class: Class,
    /// Why, in a sentence.
    pub because: &'a str,
    /// Which products meet, where that matters.
    pub pair: Option<&'a str>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Ids, for [`MachineData::references`].
    pub sources: &'a [String],
    /// The rule that gives it; `None` where no rule matches.
    #[serde(skip)]
    pub rule: Option<&'a Rule>,
}

/// Answers are the same where what they say is.
impl PartialEq for Answer<'_> {
    fn eq(&self, other: &Self) -> bool {
        let said = |one: &Self| (one.class, one.confidence);
        said(self) == said(other)
            && (self.because, self.pair) == (other.because, other.pair)
            && self.sources == other.sources
    }
}

impl Answer<'_> {
    /// What is said where no rule matches.
    pub const NOBODY: Answer<'static> = Answer {
        class: Class::Unknown,
        because: "Nobody has looked.",
        pair: None,
        confidence: Confidence::Unknown,
        sources: &[],
        rule: None,
    };
}

impl<'a> From<&'a Rule> for Answer<'a> {
    fn from(rule: &'a Rule) -> Answer<'a> {
        Answer {
            class: rule.class,
            because: &rule.because,
            pair: rule.pair.as_deref(),
            confidence: rule.confidence,
            sources: &rule.sources,
            rule: Some(rule),
        }
    }
}

/// The answer of a variant on a machine: of its own rules, then of those of the variant that it is the
/// same as, with that one's version, the first that matches.
pub fn answer<'a>(
    data: &'a MachineData,
    library: &'a Library,
    variant: &'a Variant,
    machine: &Machine,
) -> Answer<'a> {
    let mut next = Some((library, variant));
    // A chain ends: the data are checked.
    while let Some((library, variant)) = next {
        let mut rules = variant.rules.iter();
        if let Some(rule) = rules.find(|rule| matches(&rule.when, library, machine)) {
            return rule.into();
        }
        next = data.same_as(variant);
    }
    Answer::NOBODY
}

/// The answers of all variants, in the order of the data.
pub fn answers<'a>(data: &'a MachineData, machine: &Machine) -> Vec<(&'a Variant, Answer<'a>)> {
    let one = |(library, variant)| (variant, answer(data, library, variant, machine));
    data.variants().map(one).collect()
}

/// Answers of a machine that are other ones than those of another.
pub(super) fn other_answers<'a>(
    data: &'a MachineData,
    machine: &Machine,
    than: &Machine,
) -> Vec<(&'a Variant, Answer<'a>)> {
    let both = answers(data, machine).into_iter().zip(answers(data, than));
    both.filter(|((_, own), (_, other))| own != other).map(|(own, _)| own).collect()
}

fn matches(when: &When, library: &Library, machine: &Machine) -> bool {
    let is_system = |systems: &Vec<_>| machine.system.is_some_and(|own| systems.contains(&own));
    let is_cpu = |keys: &Vec<String>| machine.cpu.is_some_and(|own| keys.contains(&own.key));
    machine.arch == Some(when.arch)
        && machine.features.has_all(when.all)
        && !machine.features.has_any(when.none)
        && when.systems.as_ref().is_none_or(is_system)
        && when.cpus.as_ref().is_none_or(is_cpu)
        && when.from.as_ref().is_none_or(|from| *from <= library.version)
        && when.to.as_ref().is_none_or(|to| library.version < *to)
}
