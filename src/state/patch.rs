//! [`Patch`]: a change of the state.
//!
//! A control, a preset and a paste are all a patch, applied by [`apply`], which holds values to the
//! schema and reports. What comes as text, of a link or an embedder, is a [`Query`](super::Query)
//! first.

use std::fmt::Display;

use super::number::exact;
use super::problem::Problem;
use super::problems::Problems;
use super::schema::{Key, Kind, Number, PARAMETERS, Value};
use super::state::State;

/// The most places of a sweep.
pub(super) const MOST_PLACES: usize = 4096;

/// Parameters and their values; `None` leaves one to where it comes from by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patch(Vec<(Key, Option<Value>)>);

impl Patch {
    /// A patch of one parameter.
    pub fn one(key: Key, value: impl Into<Value>) -> Patch {
        Patch::default().and(key, value)
    }

    /// Adds a parameter.
    #[must_use]
    pub fn and(self, key: Key, value: impl Into<Value>) -> Patch {
        self.with(key, Some(value.into()))
    }

    /// Adds a parameter, with a value or left to where it comes from by itself.
    #[must_use]
    pub(super) fn with(mut self, key: Key, value: Option<Value>) -> Patch {
        self.0.push((key, value));
        self
    }

    /// What makes one state of another.
    pub fn between(before: &State, after: &State) -> Patch {
        let changed = PARAMETERS.iter().filter(|one| one.get(before) != one.get(after));
        Patch(changed.map(|one| (one.key, one.get(after))).collect())
    }

    /// The parameters that it changes.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.0.iter().map(|(key, _)| *key)
    }
}

/// The state with a patch applied. Total: whatever cannot be used is left as
/// it was, or clamped, and reported.
pub fn apply(state: &State, patch: &Patch) -> (State, Problems) {
    let mut next = state.clone();
    let mut problems = Problems::default();
    for (key, value) in &patch.0 {
        match value {
            None => key.parameter().set(&mut next, None),
            Some(value) => {
                if let Some(value) = clamped(*key, value, &mut problems) {
                    key.parameter().set(&mut next, Some(value));
                }
            }
        }
    }
    settle(state, &mut next, &mut problems);
    (next, problems)
}

/// A value held to the range of its parameter; none for NaN.
fn clamped(key: Key, value: &Value, problems: &mut Problems) -> Option<Value> {
    match (key.parameter().kind, value) {
        (Kind::Number(number), Value::Real(value)) => {
            clamp(key, number, *value, f64::from(*value), problems)
        }
        (Kind::Number(number), Value::Integer(value)) => {
            clamp(key, number, *value, *value as f64, problems)
        }
        (Kind::Indexed { places, number }, Value::Indexed(list)) => {
            let inside = list.iter().filter(|(place, _)| **place < places);
            let inside = inside.filter_map(|(place, value)| {
                Some((
                    *place,
                    clamp(key, number, *value, f64::from(*value), problems)?.as_indexed()?,
                ))
            });
            Some(Value::Indexed(inside.collect()))
        }
        (Kind::Text { most }, Value::Text(text)) if text.len() > most => {
            problems.push(Problem::TooLong { key, bytes: text.len(), most });
            None
        }
        (_, value) => Some(value.clone()),
    }
}

fn clamp(
    key: Key,
    kind: Number,
    given: impl Display,
    number: f64,
    problems: &mut Problems,
) -> Option<Value> {
    let (value, is_given) = kind.clamp(number)?;
    if !is_given {
        let (given, used) = (exact(given), exact(&value));
        problems.push(Problem::OutOfRange { key, given, used });
    }
    Some(value)
}

/// Rules that hold between parameters.
pub(super) fn settle(before: &State, next: &mut State, problems: &mut Problems) {
    if next.sweep.from >= next.sweep.to {
        problems.push(Problem::EmptySweep { from: next.sweep.from, to: next.sweep.to });
        (next.sweep.from, next.sweep.to) = (before.sweep.from, before.sweep.to);
    }
    settle_index(
        before.picture.output,
        &mut next.picture.output,
        next.experiment.outputs,
        Key::Output,
        problems,
    );
    if next.experiment.outputs < before.experiment.outputs {
        problems.extend(waiting(before, next));
    }
    settle_index(
        before.sweep.swept_input,
        &mut next.sweep.swept_input,
        next.experiment.inputs,
        Key::SweptInput,
        problems,
    );
    if let Some(step) = next.picture.step {
        // Rounds to the schema's smallest step at the least, which is above 0.
        let least = (next.sweep.to - next.sweep.from) / (MOST_PLACES - 1) as f32;
        if step < least {
            problems.push(Problem::StepTooSmall { given: step, used: least });
            next.picture.step = Some(least);
        }
    }
    let inside = next.gaze.at.clamp(next.sweep.from, next.sweep.to);
    // A sweep that leaves the cursor behind needs no word; a cursor put outside does.
    if inside != next.gaze.at && next.gaze.at != before.gaze.at {
        problems.push(Problem::CursorOutside { given: next.gaze.at, used: inside });
    }
    next.gaze.at = inside;
    for end in [&mut next.gaze.zoom_from, &mut next.gaze.zoom_to] {
        *end = end.map(|end| end.clamp(next.sweep.from, next.sweep.to));
    }
    if next.window() == (next.sweep.from, next.sweep.to) {
        (next.gaze.zoom_from, next.gaze.zoom_to) = (None, None);
    }
}

/// What a smaller layer has no output for any more: weights by hand stay with theirs.
fn waiting(before: &State, next: &State) -> Option<Problem> {
    let lost = next.by_hand.weights.range((next.experiment.outputs, 0)..(usize::MAX, 0));
    let kept = lost.filter(|(place, code)| before.by_hand.weights.get(place) == Some(code));
    let mut outputs: Vec<usize> = kept.map(|((output, _), _)| *output).collect();
    outputs.dedup();
    let is_by_hand = next
        .by_hand
        .weights
        .range((next.picture.output, 0)..(next.picture.output + 1, 0))
        .next()
        .is_some();
    let shown =
        (next.picture.output != before.picture.output).then_some((next.picture.output, is_by_hand));
    (!outputs.is_empty()).then_some(Problem::Waiting { outputs, shown })
}

/// Holds an index below `count`. Fewer things than before need no word; a wrong choice does.
fn settle_index(before: usize, index: &mut usize, count: usize, key: Key, problems: &mut Problems) {
    if *index >= count {
        let used = count - 1;
        if *index != before {
            let (given, used) = (index.to_string(), used.to_string());
            problems.push(Problem::OutOfRange { key, given, used });
        }
        *index = used;
    }
}
