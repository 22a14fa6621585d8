//! [`Action`]: everything that can happen to the state, and [`reduce`].

use super::derived::Derived;
use super::link;
use super::number;
use super::patch::{Patch, Problem, apply};
use super::schema::{self, History};
use super::state::State;

/// Something a person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A change of parameters, from a control, a preset or an embedder.
    Patch(Patch),
    /// A weight code of an output set by hand.
    SetWeight {
        /// The output, 0-based.
        output: usize,
        /// The input, 0-based.
        k: usize,
        /// The code as typed; one beyond -128..=127 becomes the nearest.
        text: String,
    },
    /// A weight back to the experiment's.
    ResetWeight {
        /// The output, 0-based.
        output: usize,
        /// The input, 0-based.
        k: usize,
    },
    /// The cursor, that many codes to the right.
    StepCursor(i32),
    /// The cursor to the next kink (1) or the one before (-1).
    JumpKink(i32),
    /// The whole state from the fragment of an address: a link, or the
    /// browser's history.
    Open(String),
    /// What was wrong has been read.
    DismissProblems,
}

/// What the browser's history should record of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recording {
    /// Nothing: the address already says it.
    None,
    /// The present entry is rewritten.
    Replace,
    /// A new entry, so that Back undoes it.
    Push,
}

/// The next state, what was wrong with the action, and what to record. Total
/// and pure; `derived` belongs to `state`.
pub fn reduce(
    state: &State,
    derived: &Derived,
    action: &Action,
) -> (State, Vec<Problem>, Recording) {
    match action {
        Action::Patch(patch) => {
            let (next, report) = apply(state, patch);
            let push = patch.0.iter().any(|(key, _)| {
                schema::parameter(key).is_some_and(|known| known.history == History::Push)
            });
            (next, report.problems, if push { Recording::Push } else { Recording::Replace })
        }
        Action::SetWeight { output, k, text } => {
            match number::parse::<f64>(text).filter(|code| code.is_finite()) {
                Some(code) => {
                    let mut next = state.clone();
                    // In range by the clamp.
                    let code = code.round().clamp(i8::MIN.into(), i8::MAX.into()) as i8;
                    next.weights.insert((*output, *k), code);
                    (next, Vec::new(), Recording::Replace)
                }
                None => {
                    let given = format!("{output}.{k}:{text}");
                    (state.clone(), vec![Problem::NotAWeight { given }], Recording::None)
                }
            }
        }
        Action::ResetWeight { output, k } => {
            let mut next = state.clone();
            next.weights.remove(&(*output, *k));
            (next, Vec::new(), Recording::Replace)
        }
        Action::StepCursor(codes) => {
            let code = (i32::from(derived.cursor.code) + codes).clamp(0, 255);
            (at_code(state, derived, code as usize), Vec::new(), Recording::Replace)
        }
        Action::JumpKink(direction) => {
            (jump(state, derived, *direction), Vec::new(), Recording::Replace)
        }
        Action::Open(fragment) => {
            let (next, report) = link::read(fragment);
            (next, report.problems, Recording::None)
        }
        Action::DismissProblems => (state.clone(), Vec::new(), Recording::None),
    }
}

/// The cursor on a code, where the sweep has it.
fn at_code(state: &State, derived: &Derived, code: usize) -> State {
    let mut next = state.clone();
    next.at = (derived.input_at(code) as f32).clamp(state.from, state.to);
    next
}

fn jump(state: &State, derived: &Derived, direction: i32) -> State {
    let here = derived.cursor.code;
    let mut codes = derived.outputs[state.output].kinks.iter().map(|view| view.kink.code);
    let there = if direction > 0 {
        codes.find(|code| *code > here)
    } else {
        codes.rfind(|code| *code < here)
    };
    match there {
        Some(code) => at_code(state, derived, code.into()),
        None => state.clone(),
    }
}
