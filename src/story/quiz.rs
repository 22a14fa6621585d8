//! [`Shown`]: a layer on two engines that disagree, and whether saturation or rounding parts them.

use crate::state::number::short;
use crate::state::{Derived, Deriver, Extent, State, describe, link};

/// The pictures: states of the Lab, each an engine beside the exact sum.
const LINKS: [&str; 5] = [
    "output=4",
    "engine=tflite_gemmlowp&inputs=1&outputs=1&output=0&x_scale=1&x_zp=128&w_scale=1&y_scale=2.4&y_zp=128&w=0.0:3&from=-20&to=20",
    "seed=7&output=5",
    "engine=tflite_gemmlowp&output=0",
    "seed=21&output=0",
];

/// What parts two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A sum that does not fit.
    Saturation,
    /// The last step to 8 bits.
    Rounding,
}

impl Cause {
    /// Both, in the order of their buttons.
    pub const ALL: [Cause; 2] = [Cause::Saturation, Cause::Rounding];

    /// A stable name, which stands on its button too.
    pub const fn name(self) -> &'static str {
        match self {
            Cause::Saturation => "saturation",
            Cause::Rounding => "rounding",
        }
    }
}

/// A picture of the quiz.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What is drawn.
    pub state: State,
    /// What follows from it.
    pub derived: Derived,
}

impl Shown {
    /// Every picture.
    pub fn all() -> Vec<Shown> {
        let mut deriver = Deriver::default();
        let shown = |query: &&str| {
            let (state, problems) = link::read(&format!("#/lab?{query}"));
            debug_assert!(problems.is_empty(), "{query}: {problems:?}");
            let derived = deriver.derive(&state);
            Shown { state, derived }
        };
        LINKS.iter().map(shown).collect()
    }

    fn by_sum(&self) -> Extent {
        self.derived.chosen(&self.state).saturation_over(self.derived.window(&self.state))
    }

    /// What parts the engines.
    pub fn cause(&self) -> Cause {
        if self.by_sum().is_none() { Cause::Rounding } else { Cause::Saturation }
    }

    /// What is to be seen, in a sentence.
    pub fn told(&self) -> String {
        let view = self.derived.chosen(&self.state);
        match self.cause() {
            Cause::Saturation => {
                let bends = view.kinks.iter().filter(|kink| kink.is_drawn(&self.state)).count();
                format!(
                    "The line bends at {bends} place{}, and from there on the difference in codes grows, to {}.",
                    if bends == 1 { "" } else { "s" },
                    describe::wrong(self.by_sum())
                )
            }
            Cause::Rounding => {
                let most = view.rounding_over(self.derived.window(&self.state)).most();
                let unit = if most == 1.0 { "code" } else { "codes" };
                format!(
                    "Single points differ by {} {unit}, here and there, and the line has no bend.",
                    short(most)
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_causes_are_asked_for_and_each_picture_has_one() {
        let all = Shown::all();
        let causes: Vec<Cause> = all.iter().map(Shown::cause).collect();
        for (shown, link) in all.iter().zip(LINKS) {
            println!(
                "{link}: {:?} {} {:?}",
                shown.cause(),
                shown.told(),
                shown
                    .derived
                    .chosen(&shown.state)
                    .kinks
                    .iter()
                    .map(|k| (k.at, k.visibility))
                    .collect::<Vec<_>>()
            );
            let view = shown.derived.chosen(&shown.state);
            let places = shown.derived.window(&shown.state);
            let is_off = |extent: Extent| !extent.is_none();
            // Something is to be seen, and of one kind.
            assert!(
                is_off(view.saturation_over(places.clone())) != is_off(view.rounding_over(places)),
                "{link}"
            );
        }
        assert!(
            Cause::ALL.iter().all(|cause| causes.iter().filter(|one| *one == cause).count() >= 2)
        );
        assert!(all.iter().all(|one| one.told().len() < 120));
    }
}
