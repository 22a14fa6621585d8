//! Verdicts as sentences.

use super::catalogue::RecordedOn;
use super::theory::{NamedTheory, Theory};
use super::verdict::{Tally, Verdict};

impl Verdict {
    /// How far a model lies from what was recorded, on each side: `85 too low, 3 too high`, or 0.
    pub fn off(&self) -> String {
        let sides = [(self.below, "too low"), (self.above, "too high")];
        let there = sides.into_iter().filter(|(far, _)| *far > 0);
        let said: Vec<String> = there.map(|(far, side)| format!("{far} {side}")).collect();
        if said.is_empty() { "0".into() } else { said.join(", ") }
    }

    /// The same as the end of a sentence: `up to 85 output codes too low and 3 too high`.
    pub fn away(&self) -> String {
        let codes = |far: u32| format!("{far} output code{}", if far == 1 { "" } else { "s" });
        match (self.below, self.above) {
            (below, 0) => format!("up to {} too low", codes(below)),
            (0, above) => format!("up to {} too high", codes(above)),
            (below, above) => format!("up to {} too low and {above} too high", codes(below)),
        }
    }
}

/// What all recordings together say of the named theories.
pub fn overall(on: RecordedOn, named: &[(&NamedTheory, Tally)]) -> String {
    let Some((_, first)) = named.first() else { return String::new() };
    let right: Vec<&str> = named
        .iter()
        .filter(|(_, tally)| tally.verdict.wrong == 0)
        .map(|(named, _)| named.name)
        .collect();
    let found = match right.as_slice() {
        [one] => format!("only “{one}” gets every point"),
        [] => "none of these theories gets every point".into(),
        several => format!("these get every point: “{}”", several.join("”, “")),
    };
    format!(
        "Over all {} points of {} recordings of {}, {found}.",
        first.verdict.points,
        first.recordings,
        on.name()
    )
}

/// How many recordings do not tell the exact sum from the others: one alone proves little.
pub fn caution(exact: &Tally) -> String {
    match (exact.clean, exact.verdict.wrong) {
        (_, 0) | (0, _) => String::new(),
        (clean, _) => format!(
            "On {clean} of them the exact sum has none wrong either (one input, no pair large enough, or reduce_range inside the calibrated range): one recording alone proves little."
        ),
    }
}

/// What a theory is called: by its name, or as the reader's.
pub fn called(theory: Theory) -> String {
    theory.named().map_or_else(|| "Your theory".into(), |named| format!("“{}”", named.name))
}

/// What one recording says of a theory.
pub fn here(theory: Theory, verdict: &Verdict) -> String {
    let (name, points) = (called(theory), verdict.points);
    match verdict.first {
        None => format!("{name} gets all {points} points of this recording."),
        Some(first) => format!(
            "{name} gets {} of {points} points of this recording wrong, {}. The first: output {}, input code {}, where it says {} and the library gave {}.",
            verdict.wrong,
            verdict.away(),
            first.output,
            first.code,
            first.predicted,
            first.recorded
        ),
    }
}

/// What all recordings say of a theory.
pub fn everywhere(theory: Theory, tally: &Tally) -> String {
    let (name, verdict) = (called(theory), &tally.verdict);
    if verdict.wrong == 0 {
        return format!(
            "{name} gets all {} points of all {} recordings.",
            verdict.points, tally.recordings
        );
    }
    format!(
        "{name} gets {} of {} points wrong over all {} recordings, {}; on {} of them it has none wrong.",
        verdict.wrong,
        verdict.points,
        tally.recordings,
        verdict.away(),
        tally.clean
    )
}

#[cfg(test)]
mod tests {
    use super::super::NAMED;
    use super::*;

    fn tally(wrong: usize, clean: usize) -> Tally {
        let verdict = Verdict { points: 100, wrong, below: 3, above: 0, first: None };
        Tally { recordings: 5, clean, verdict }
    }

    #[test]
    fn the_only_theory_without_a_wrong_point_is_named() {
        let on = RecordedOn::FbgemmAvx2;
        let named = |wrong: [usize; 2]| {
            overall(on, &[(&NAMED[0], tally(wrong[0], 0)), (&NAMED[1], tally(wrong[1], 0))])
        };
        assert_eq!(
            named([0, 7]),
            "Over all 100 points of 5 recordings of FBGEMM on AVX2, only “pairs saturate” gets every point."
        );
        assert!(named([1, 7]).ends_with("none of these theories gets every point."));
        assert!(named([0, 0]).ends_with("these get every point: “pairs saturate”, “exact”."));
    }

    #[test]
    fn a_recording_that_proves_little_is_told() {
        assert!(caution(&tally(9, 2)).starts_with("On 2 of them"));
        assert_eq!((caution(&tally(0, 5)), caution(&tally(9, 0))), ("".into(), "".into()));
    }

    #[test]
    fn a_distance_has_its_side() {
        let verdict = |below, above| Verdict { below, above, ..Verdict::default() };
        assert_eq!(verdict(85, 0).away(), "up to 85 output codes too low");
        assert_eq!(verdict(0, 1).away(), "up to 1 output code too high");
        assert_eq!(verdict(1, 9).away(), "up to 1 output code too low and 9 too high");
        assert_eq!(verdict(0, 0).off(), "0");
        assert_eq!(verdict(7, 9).off(), "7 too low, 9 too high");
    }

    #[test]
    fn a_built_theory_is_the_readers() {
        let own = Theory { width: 15, ..NAMED[0].theory };
        assert!(
            everywhere(own, &tally(9, 2)).starts_with("Your theory gets 9 of 100 points wrong")
        );
        assert!(everywhere(NAMED[1].theory, &tally(0, 5)).starts_with("“exact” gets all 100"));
        let verdict = Verdict { points: 8, ..Verdict::default() };
        assert_eq!(here(own, &verdict), "Your theory gets all 8 points of this recording.");
    }
}
