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

use crate::state::Key;

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
    /// Nothing: its scene has all.
    Scene,
    /// The input code over the real input.
    Codes,
    /// The pair sums on the 16-bit gauge.
    Pairs,
    /// The large ramp.
    Ramp,
}

/// Something to predict.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// A stable name, unique in the story.
    pub key: &'static str,
    /// What is asked; `{fact}` and `[name]` as in text and link.
    pub prompt: &'static str,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What helps after a wrong answer, before the right one is told; with the facts of the step's state.
    pub hint: &'static str,
    /// What changes in the state once it is answered, as in a link.
    pub reveal: &'static str,
    /// Why, with the facts of the revealed state.
    pub why: &'static str,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug)]
pub enum QuestionKind {
    /// A whole number; the fact that it should be.
    Number(&'static str),
    /// The cursor put where something is; the fact (an input code) that it should be at.
    Cursor(&'static str),
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

impl Step {
    /// Whether it has questions.
    pub fn asks(&self) -> bool {
        !self.questions.is_empty()
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
