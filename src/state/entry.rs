//! [`Entry`]: what a slider or a field says, and [`Slot`], where it goes.

use super::groups::Indexed;
use super::number;
use super::outcome::{Outcome, history};
use super::patch::{Patch, apply};
use super::problem::Problem;
use super::problems::Problems;
use super::query::Query;
use super::schema::{History, Key, Value};
use super::state::State;

/// A number that can be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A parameter's.
    Parameter(Key),
    /// One value of a parameter that has one for each place: an output or input, 0-based.
    Indexed(Key, usize),
    /// A weight code.
    Weight {
        /// The output, 0-based.
        output: usize,
        /// The input, 0-based.
        k: usize,
    },
}

/// What is entered.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// The value of a slider.
    Value(f32),
    /// What was typed.
    Typed(String),
    /// Back to where it came from.
    Reset,
}

/// The state with an entry in its slot.
pub(super) fn enter(state: &State, slot: Slot, entry: &Entry) -> Outcome {
    match (slot, entry) {
        (Slot::Parameter(key), _) => Outcome::new(
            match entry {
                Entry::Value(value) => apply(state, &Patch::one(key, *value)),
                Entry::Typed(text) => Query::one(key, text).apply(state),
                Entry::Reset => {
                    let default = key.parameter().get(&State::default());
                    apply(state, &Patch::default().with(key, default))
                }
            },
            history([key]),
        ),
        (Slot::Indexed(key, place), _) => {
            Outcome::new(set_place(state, key, place, entry), history([key]))
        }
        (Slot::Weight { output, k }, Entry::Value(value)) => {
            set_weight(state, (output, k), f64::from(*value), || value.to_string())
        }
        (Slot::Weight { output, k }, Entry::Typed(text)) => match number::parse::<f64>(text) {
            Some(code) if !code.is_nan() => {
                set_weight(state, (output, k), code, || text.trim().to_string())
            }
            _ => {
                let problem = Problem::NotAWeight { given: format!("{output}.{k}:{text}") };
                Outcome::new((state.clone(), problem.into()), None)
            }
        },
        (Slot::Weight { output, k }, Entry::Reset) => {
            let mut next = state.clone();
            next.by_hand.weights.remove(&(output, k));
            Outcome::quiet(next)
        }
    }
}

/// A list with one entry replaced, or without it.
fn set_place(state: &State, key: Key, place: usize, entry: &Entry) -> (State, Problems) {
    let mut places = match key.parameter().get(state) {
        Some(Value::Indexed(places)) => places,
        _ => Indexed::new(),
    };
    places.remove(&place);
    match entry {
        Entry::Typed(text) if !matches!(text.trim(), "" | "auto") => {
            // A comma would start another entry.
            let typed = format!("{},{place}:{}", Value::Indexed(places), text.replace(',', " "));
            Query::one(key, typed).apply(state)
        }
        Entry::Value(value) => {
            places.insert(place, *value);
            apply(state, &Patch::one(key, places))
        }
        Entry::Typed(_) | Entry::Reset => apply(state, &Patch::one(key, places)),
    }
}

/// A weight code by hand; one beyond −128..=127 becomes the nearest.
fn set_weight(
    state: &State,
    place: (usize, usize),
    given: f64,
    as_given: impl FnOnce() -> String,
) -> Outcome {
    let mut next = state.clone();
    #[expect(clippy::cast_possible_truncation, reason = "in range by the clamp")]
    let code = given.round().clamp(i8::MIN.into(), i8::MAX.into()) as i8;
    next.by_hand.weights.insert(place, code);
    let problems = if f64::from(code) == given {
        Problems::default()
    } else {
        Problem::WeightOutOfRange { given: as_given(), used: code }.into()
    };
    Outcome::new((next, problems), History::Replace)
}
