//! The steps at work: which one a page has, its state for a room, and what comes of an answer.

use super::facts::{Scene, saturating_pairs};
use super::steps::STEPS;
use crate::state::choices::Keyed;
use crate::state::{Derived, Deriver, Patch, State, Theme, View, link};

pub use super::form::{Draw, Figure, Kind, Outcome, Question, Right, Step};

/// A step's own state with what the author of a figure set, which stays from step to step.
pub fn kept(own: State, state: &State) -> State {
    let State { embed, steps, hide, lock, .. } = state.clone();
    State { embed, steps, hide, lock, ..own }
}

/// The step of that number, from 1; the first for any other.
pub fn step(page: usize) -> &'static Step {
    STEPS.get(page.wrapping_sub(1)).unwrap_or(&STEPS[0])
}

impl Step {
    /// Its number, from 1.
    pub fn page(&self) -> usize {
        STEPS.iter().position(|step| step.key == self.key).map_or(1, |index| index + 1)
    }

    /// The state of the step, for a room and a theme.
    pub fn state(&self, room: u32, theme: Theme, locked: bool) -> State {
        let patch = link::patch(&format!("?{}", self.drawn(self.link, room)))
            .and("view", View::Story.to_key())
            .and("page", self.page())
            .and("room", room)
            .and("locked", u8::from(locked))
            .and("theme", theme.to_key());
        let (state, report) = crate::state::apply(&State::default(), &patch);
        debug_assert!(report.problems.is_empty(), "{}: {:?}", self.key, report.problems);
        state
    }

    /// The state of the step for a reader who comes from another: what the author of a figure set, the
    /// room and the theme stay.
    pub fn reached_from(&self, state: &State) -> State {
        kept(self.state(state.room, state.theme, state.locked), state)
    }

    /// The state of a reader of this step, as the Lab shows it. Where the step's own engine hides what it
    /// tells of, as an answer is asked for first, the thread's shows it.
    pub fn in_lab(&self, state: &State) -> State {
        let own = self.state(state.room, state.theme, state.locked).engine;
        let engine = if state.engine == own { State::default().engine } else { state.engine };
        State { view: View::Lab, engine, ..state.clone() }
    }
}

impl Question {
    /// The patch that shows the answer, in a state of its step.
    pub fn reveal(&self, state: &State) -> Patch {
        link::patch(&format!("?{}", step(state.page).drawn(self.reveal, state.room)))
    }

    /// The state in which the answer is seen, with what follows from it.
    pub fn revealed(&self, state: &State) -> (State, Derived) {
        let revealed = crate::state::apply(state, &self.reveal(state)).0;
        let derived = Deriver::default().derive(&revealed);
        (revealed, derived)
    }

    /// What came of an answer as it was given: a number, an option's key, or pair indices joined
    /// by commas. `state` is the step's own.
    pub fn judge(&self, state: &State, given: &str) -> Option<Outcome> {
        let (state, derived) = self.revealed(state);
        let scene = Scene { state: &state, derived: &derived };
        match self.kind {
            Kind::Number(fact) | Kind::Place(fact) => {
                let right = scene.fact(fact)?;
                let number: i64 = crate::state::number::parse(&right)?;
                let given: i64 = crate::state::number::parse(given)?;
                let off = given - number;
                Some(Outcome { is_right: off == 0, right, off: Some(off) })
            }
            Kind::Choice(options, right) => {
                let key = match right {
                    Right::Key(key) => key.to_string(),
                    Right::Fact(fact) => scene.fact(fact)?,
                };
                let words = options.iter().find(|(option, _)| *option == key)?.1;
                Some(Outcome { is_right: given == key, right: words.to_string(), off: None })
            }
            Kind::Pairs => {
                let pairs = saturating_pairs(derived.layer.row(state.output));
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
