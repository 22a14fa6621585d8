//! [`Step`]: a step of the story as data: a text, a state, what to look at, a question to answer
//! before looking.
//!
//! | part | what it is |
//! |---|---|
//! | `link` | the state, as in a link; `[name]` is a number drawn for the room |
//! | `draws` | the drawn numbers: the usual one, and the range for other rooms |
//! | `text` | paragraphs; `{fact}` is computed from the state ([`super::facts`]), `` `code` `` and `*emphasis*` are marked |
//! | `figure` | what stands beside the text |
//! | `controls` | the parameters that the step offers |
//! | `questions` | each with a prompt, the kind of answer, the state that shows it, and why |

use super::facts::{Scene, saturating_pairs};
use super::steps::STEPS;
use crate::state::groups::{Arithmetic, Figure, Page};
use crate::state::{Derived, Deriver, Key, Query, State, Theme, View, link};

/// A step of the story.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// A stable name.
    pub key: &'static str,
    /// The heading.
    pub title: &'static str,
    /// The state: what follows `#/story?`, defaults left out.
    pub link: &'static str,
    /// Numbers that differ from room to room.
    pub draws: &'static [Draw],
    /// Paragraphs.
    pub text: &'static [&'static str],
    /// What stands beside it.
    pub figure: StepFigure,
    /// The parameters that are offered.
    pub controls: &'static [Key],
    /// What to predict before looking.
    pub questions: &'static [Question],
}

/// A number drawn for a room.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// Its name in the link, in brackets.
    pub name: &'static str,
    /// The number for room 0.
    pub usual: i32,
    /// The least number for other rooms.
    pub low: i32,
    /// The greatest number for other rooms.
    pub high: i32,
    /// What it is divided by in the link: 10 for tenths.
    pub per: i32,
}

/// What stands beside a step's text; the same components as in the Lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepFigure {
    /// The output that turns round, on two CPUs, with what may be guessed of it.
    Mystery,
    /// The input code over the real input.
    Codes,
    /// The pair sums on the 16-bit gauge.
    Pairs,
    /// The large ramp.
    Ramp,
    /// The large ramp with all outputs below.
    RampAndAll,
    /// Ways out, side by side.
    Fixes,
}

/// Something to predict.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// A stable name, unique in the story.
    pub key: &'static str,
    /// What is asked; `{fact}` and `[name]` as in text and link.
    pub prompt: &'static str,
    /// How it is answered.
    pub kind: Kind,
    /// What changes in the state once it is answered, as in a link.
    pub reveal: &'static str,
    /// Why, with the facts of the revealed state.
    pub why: &'static str,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A whole number; the fact that it should be.
    Number(&'static str),
    /// The cursor put where something is; the fact (an input code) that it should be at.
    Place(&'static str),
    /// One of some options: (key, words). The right key, or the fact that it should be.
    Choice(&'static [(&'static str, &'static str)], Right),
    /// Pairs of the chosen output: those that can saturate.
    Pairs,
}

/// The right option of a choice.
#[derive(Clone, Copy, Debug)]
pub enum Right {
    /// This key, which `tests/story.rs` holds to the model.
    Key(&'static str),
    /// The key that a fact gives.
    Fact(&'static str),
}

/// What came of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it is right.
    pub is_right: bool,
    /// The right answer in words.
    pub right: String,
    /// How far off a number is.
    pub off: Option<i64>,
}

/// A step's own state with what the author of a figure set, which stays from step to step.
pub fn kept(own: State, state: &State) -> State {
    let Figure { embed, steps, hide, lock, .. } = state.figure.clone();
    State { figure: Figure { embed, steps, hide, lock, ..own.figure }, ..own }
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
        let (state, problems) = link::read(&format!("#/story?{}", self.drawn(self.link, room)));
        debug_assert!(problems.is_empty(), "{}: {problems:?}", self.key);
        State { page: Page { view: View::Story, step: self.page(), room, locked, theme }, ..state }
    }

    /// The state of the step for a reader who comes from another: what the author of a figure set, the
    /// room and the theme stay.
    pub fn reached_from(&self, state: &State) -> State {
        kept(self.state(state.page.room, state.page.theme, state.page.locked), state)
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

    /// A text of the step with the room's numbers for every `[name]`.
    pub fn drawn(&self, text: &str, room: u32) -> String {
        let number =
            |text: String, draw: &Draw| text.replace(&format!("[{}]", draw.name), &draw.text(room));
        self.draws.iter().fold(text.to_string(), number)
    }
}

impl Draw {
    /// The number for a room as it stands in a link.
    fn text(&self, room: u32) -> String {
        let value = match room {
            0 => self.usual,
            room => {
                // A small mixer is enough: neighbours get different numbers.
                let name = self.name.bytes().fold(room.wrapping_mul(2_654_435_761), |mix, byte| {
                    (mix ^ u32::from(byte)).wrapping_mul(0x85eb_ca6b).rotate_left(13)
                });
                let span = (self.high - self.low + 1).unsigned_abs();
                // In range: `low + …` is at most `high`.
                self.low.wrapping_add_unsigned((name ^ (name >> 16)) % span)
            }
        };
        if self.per == 1 { value.to_string() } else { (value as f32 / self.per as f32).to_string() }
    }
}

impl Question {
    /// The patch that shows the answer, in a state of its step.
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
