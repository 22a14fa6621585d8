//! [`Guess`]: where the thread's readers looked for the overflow, each held against what was recorded.

use crate::arith::{CODES, Engine, Ramp, Rescale, Stage, wrap16};
pub use crate::evidence::mystery::{OUTPUT, RECORDED};
use crate::kernel::ramp_sums;
use crate::state::groups::{Arithmetic, Experiment, Gaze, Picture};
use crate::state::{Derived, State};

/// A guess at what bends the ramp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// The whole sum has 16 bits and wraps around.
    SumWraps,
    /// Each product is cut to 15 bits.
    ProductCut,
    /// Two neighbouring products are added in 16 bits, and the sum is cut.
    PairCut,
    /// The sum is exact, and something rounds otherwise.
    Rounding,
}

/// How a guess fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Points that its line goes through.
    pub hits: usize,
    /// Points that were recorded.
    pub points: usize,
    /// The first input code that it misses.
    pub first_miss: Option<u8>,
    /// How many output codes it is off there where it is off most.
    pub worst: i32,
}

impl Guess {
    /// Every guess, in the order of their buttons.
    pub const ALL: [Guess; 4] =
        [Guess::SumWraps, Guess::ProductCut, Guess::PairCut, Guess::Rounding];

    /// A stable name.
    pub const fn key(self) -> &'static str {
        match self {
            Guess::SumWraps => "sum",
            Guess::ProductCut => "product",
            Guess::PairCut => "pair",
            Guess::Rounding => "rounding",
        }
    }

    /// What stands on its button.
    pub const fn name(self) -> &'static str {
        match self {
            Guess::SumWraps => "the sum wraps",
            Guess::ProductCut => "a product is cut",
            Guess::PairCut => "a pair is cut",
            Guess::Rounding => "rounding",
        }
    }

    /// What it says, in a sentence without its verdict.
    pub const fn about(self) -> &'static str {
        match self {
            Guess::SumWraps => {
                "The whole sum has 16 bits, and what does not fit comes in again at the other end."
            }
            Guess::ProductCut => "Each product has 15 bits, and stays between −16384 and 16383.",
            Guess::PairCut => {
                "Two neighbouring products are added in 16 bits, and their sum stays between −32768 and 32767."
            }
            Guess::Rounding => "The sum is right, and the last step rounds otherwise.",
        }
    }

    /// What happens where it is right, in a few words.
    const fn found(self) -> &'static str {
        match self {
            Guess::SumWraps => "the sum comes in again at the other end",
            Guess::ProductCut => "a product stays at its end",
            Guess::PairCut => "the pair stays at −32768",
            Guess::Rounding => "the last step rounds otherwise",
        }
    }

    /// The output codes that it predicts of the mystery at the input codes 0 to 255, the same for all
    /// inputs; `thread` follows from [`thread`].
    pub fn line(self, thread: &Derived) -> Vec<i32> {
        let layer = &thread.layer;
        let (engine, rescale) = match self {
            Guess::SumWraps => (Engine::FbgemmVnni, Rescale::Fbgemm),
            Guess::ProductCut => (Engine::Products15Bit, Rescale::Fbgemm),
            Guess::PairCut => (Engine::FbgemmAvx2, Rescale::Fbgemm),
            Guess::Rounding => (Engine::FbgemmVnni, Rescale::Gemmlowp),
        };
        let mut sums = ramp_sums(engine, layer, OUTPUT);
        if self == Guess::SumWraps {
            sums.iter_mut().for_each(|sum| *sum = wrap16(*sum));
        }
        let stage = Stage::new(engine, layer, OUTPUT).with_rescale(Some(rescale));
        let ramp = Ramp::from_sums(&stage, sums, &thread.sweep.sum_x);
        // FBGEMM and gemmlowp both give codes.
        ramp.code.into_iter().flatten().collect()
    }
}

/// The mystery as it was recorded: output 0 of the thread's layer on a CPU whose pairs saturate.
pub fn thread() -> State {
    of_output(OUTPUT)
}

/// The same with inputs in 7 bits: of all that is switched to, its line reaches furthest.
pub fn reduced() -> State {
    let thread = thread();
    State { experiment: Experiment { reduce_range: true, ..thread.experiment }, ..thread }
}

/// Another output of the same layer.
pub fn of_output(output: usize) -> State {
    let default = State::default();
    State { picture: Picture { output, ..default.picture }, ..default }
}

/// Whether a state is what was recorded: a guess is held against that.
pub fn is_as_recorded(state: &State) -> bool {
    let (here, recorded) = (switched(state), thread());
    (here.arithmetic, here.experiment) == (recorded.arithmetic, recorded.experiment)
}

/// The same with what a reader has switched: the engine, `reduce_range` and the cursor. Whatever
/// layer a state has elsewhere, the mystery is the thread's.
pub fn switched(state: &State) -> State {
    let thread = thread();
    let (engine, reduce_range) = (state.arithmetic.engine, state.experiment.reduce_range);
    let ends = thread.sweep.from..=thread.sweep.to;
    let at = if ends.contains(&state.gaze.at) { state.gaze.at } else { thread.gaze.at };
    State {
        arithmetic: Arithmetic { engine, ..thread.arithmetic },
        experiment: Experiment { reduce_range, ..thread.experiment },
        gaze: Gaze { at, ..thread.gaze },
        ..thread
    }
}

impl Fit {
    /// A line held against what was recorded at the same codes.
    pub fn of(line: &[i32], recorded: &[u8; CODES]) -> Fit {
        let off: Vec<i32> =
            line.iter().zip(recorded).map(|(line, point)| line - i32::from(*point)).collect();
        let first_miss = off.iter().position(|off| *off != 0);
        Fit {
            hits: off.iter().filter(|off| **off == 0).count(),
            points: recorded.len(),
            first_miss: first_miss.and_then(|code| u8::try_from(code).ok()),
            worst: off.iter().map(|off| off.abs()).max().unwrap_or_default(),
        }
    }

    /// What the points say of a guess's line, in a few words.
    pub fn short(&self, guess: Guess) -> String {
        match self.points - self.hits {
            0 => format!("✓ All {}: {}", self.points, guess.found()),
            missed => format!("✗ Misses {missed} of {} recorded points", self.points),
        }
    }

    /// What the points say of the line.
    pub fn verdict(&self) -> String {
        let of =
            format!("{} points recorded in PyTorch on a CPU without AVX-512 VNNI", self.points);
        match self.first_miss {
            None => format!("✓ This is it: all {of}."),
            Some(code) => format!(
                "✗ Misses {} of {of}, from input code {code} on, by up to {} output {}.",
                self.points - self.hits,
                self.worst,
                if self.worst == 1 { "code" } else { "codes" }
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Deriver;

    fn fit(guess: Guess, recorded: &[u8; CODES]) -> Fit {
        Fit::of(&guess.line(&Deriver::default().derive(&thread())), recorded)
    }

    #[test]
    fn the_points_leave_one_guess() {
        let is_left = |guess: &Guess| {
            let fit = fit(*guess, &RECORDED);
            fit.hits == fit.points
        };
        let left: Vec<Guess> = Guess::ALL.into_iter().filter(is_left).collect();
        assert_eq!(left, [Guess::PairCut]);
        for guess in Guess::ALL {
            println!("{}: {}", guess.name(), fit(guess, &RECORDED).verdict());
            let first = Guess::ALL.into_iter().find(|one| one.key() == guess.key());
            assert_eq!(first, Some(guess), "each has a key of its own");
        }
    }

    #[test]
    fn another_point_is_seen() {
        let mut other = RECORDED;
        other[230] -= 3;
        let fit = fit(Guess::PairCut, &other);
        assert_eq!((fit.hits, fit.first_miss, fit.worst), (255, Some(230), 3));
        assert_eq!(
            fit.verdict(),
            "✗ Misses 1 of 256 points recorded in PyTorch on a CPU without AVX-512 VNNI, from input code 230 on, by up to 3 output codes."
        );
        assert_eq!(fit.short(Guess::PairCut), "✗ Misses 1 of 256 recorded points");
    }
}
