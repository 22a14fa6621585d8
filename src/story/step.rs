//! The steps at work: which one a page has, its state for a room, and what comes of an answer.

use super::facts::{Facts, saturating_pairs};
use super::steps::STEPS;
use crate::state::groups::{Arithmetic, Figure, Page};
use crate::state::{Derived, Deriver, Query, State, Theme, View, link};

pub use super::form::{Draw, Outcome, Question, QuestionKind, Right, Step, StepFigure};

/// A step's own state with what the author of a figure set, which stays from step to step.
pub fn with_authors(own: State, state: &State) -> State {
    let Figure { embed, steps, hide, lock, back, .. } = state.figure.clone();
    State { figure: Figure { embed, steps, hide, lock, back, ..own.figure }, ..own }
}

/// The step of that number, from 1; the first for any other.
pub fn step(page: usize) -> &'static Step {
    STEPS.get(page.wrapping_sub(1)).unwrap_or(&STEPS[0])
}

impl Step {
    /// Its number, from 1.
    pub fn number(&self) -> usize {
        STEPS.iter().position(|step| step.key == self.key).map_or(1, |index| index + 1)
    }

    /// The state of the step, for a room and a theme.
    pub fn state(&self, room: u32, theme: Theme, locked: bool) -> State {
        let (state, problems) = link::read(&format!("#/story?{}", self.drawn(self.link, room)));
        debug_assert!(problems.is_empty(), "{}: {problems:?}", self.key);
        State {
            page: Page { view: View::Story, scene: None, step: self.number(), room, locked, theme },
            ..state
        }
    }

    /// The state of the step for a reader who comes from another: what the author of a figure set, the
    /// room and the theme stay.
    pub fn reached_from(&self, state: &State) -> State {
        with_authors(self.state(state.page.room, state.page.theme, state.page.locked), state)
    }

    /// The state of a reader of this step, as the Lab shows it. Where the step's own engine hides what it
    /// tells of, as an answer is asked for first, the thread's shows it.
    pub fn in_lab(&self, state: &State) -> State {
        let own =
            self.state(state.page.room, state.page.theme, state.page.locked).arithmetic.engine;
        let engine = if state.arithmetic.engine == own {
            State::default().arithmetic.engine
        } else {
            state.arithmetic.engine
        };
        State {
            page: Page { view: View::Lab, ..state.page },
            arithmetic: Arithmetic { engine, ..state.arithmetic },
            ..state.clone()
        }
    }
}

impl Question {
    /// The query that shows the answer, in a state of its step.
    pub fn reveal(&self, state: &State) -> Query {
        link::query(&format!("?{}", step(state.page.step).drawn(self.reveal, state.page.room)))
    }

    /// The state in which the answer is seen, with what follows from it.
    pub fn revealed(&self, state: &State) -> (State, Derived) {
        let revealed = self.reveal(state).apply(state).0;
        let derived = Deriver::default().derive(&revealed);
        (revealed, derived)
    }

    /// What came of an answer as it was given: a number, an option's key, or pair indices joined
    /// by commas. `state` is the step's own.
    pub fn judge(&self, state: &State, given: &str) -> Option<Outcome> {
        let (state, derived) = self.revealed(state);
        let facts = Facts { state: &state, derived: &derived };
        match self.kind {
            QuestionKind::Number(fact) | QuestionKind::Cursor(fact) => {
                let right = facts.fact(fact)?;
                let number: i64 = crate::state::number::parse(&right)?;
                let given: i64 = crate::state::number::parse(given)?;
                let off = given - number;
                Some(Outcome { is_right: off == 0, right, off: Some(off) })
            }
            QuestionKind::Choice(options, right) => {
                let key = match right {
                    Right::Key(key) => key.to_string(),
                    Right::Fact(fact) => facts.fact(fact)?,
                };
                let words = options.iter().find(|(option, _)| *option == key)?.1;
                Some(Outcome { is_right: given == key, right: words.to_string(), off: None })
            }
            QuestionKind::Pairs => {
                let pairs = saturating_pairs(derived.layer.row(state.picture.output));
                let names = |pairs: &[usize]| {
                    let names: Vec<String> = pairs
                        .iter()
                        .map(|pair| format!("({}, {})", 2 * pair, 2 * pair + 1))
                        .collect();
                    if names.is_empty() { "none".to_string() } else { names.join(", ") }
                };
                let mut chosen: Vec<usize> =
                    given.split(',').filter_map(|pair| pair.trim().parse().ok()).collect();
                chosen.sort_unstable();
                Some(Outcome { is_right: chosen == pairs, right: names(&pairs), off: None })
            }
        }
    }
}
