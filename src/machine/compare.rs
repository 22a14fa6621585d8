//! Two machines side by side.

use super::answer::Answer;
use super::kinds::Class;
use super::libraries::Variant;
use super::which::WhichArithmetic;

/// A variant whose class differs between two machines.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'a> {
    /// The variant.
    pub variant: &'a Variant,
    /// The one's answer; `None` where its candidates differ.
    pub one: Option<Answer<'a>>,
    /// The other's answer; likewise.
    pub other: Option<Answer<'a>>,
}

/// The variants whose classes differ, in the order of the data. One that depends on the candidate of
/// both machines is none: that they differ cannot be said.
pub fn differences<'a>(
    one: &WhichArithmetic<'a>,
    other: &WhichArithmetic<'a>,
) -> Vec<Difference<'a>> {
    let class = |answer: &Option<Answer>| -> Option<Class> { answer.map(|answer| answer.class) };
    let both = one.answers.iter().zip(&other.answers);
    both.filter(|((_, one), (_, other))| class(one) != class(other))
        .map(|((variant, one), (_, other))| Difference { variant, one: *one, other: *other })
        .collect()
}
