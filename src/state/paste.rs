//! Pasted weights become the layer's.

mod codes;
mod words;

use std::rc::Rc;

use super::groups::{Indexed, WeightEdits};
use super::limits::{MOST_INPUTS, MOST_OUTPUTS};
use super::outcome::Outcome;
use super::patch::{Patch, apply};
use super::problem::Problem;
use super::problems::Problems;
use super::schema::{History, Key};
use super::state::State;
use crate::arith::QParams;
use crate::paste::{self, Pasted, Quantization};
use codes::{Params, codes};

/// What a matrix of weights has for each output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A row, as PyTorch stores a Linear: `[outputs, inputs]`.
    Rows,
    /// A column, as ONNX stores the matrix of a product: `[inputs, outputs]`.
    Columns,
}

impl Reading {
    /// What one output has.
    fn name(self) -> &'static str {
        match self {
            Reading::Rows => "row",
            Reading::Columns => "column",
        }
    }

    fn other(self) -> Reading {
        match self {
            Reading::Rows => Reading::Columns,
            Reading::Columns => Reading::Rows,
        }
    }
}

/// A pasted matrix that can be read both ways, with what comes of each.
#[derive(Debug, PartialEq)]
pub struct BothWays {
    /// The matrix as pasted.
    pub text: String,
    /// The states that the two ways lead to.
    states: [(Reading, State); 2],
}

impl BothWays {
    /// The matrix of a text, if it can be read both ways and they differ.
    fn of(state: &State, text: &str, pasted: &Pasted) -> Option<BothWays> {
        if pasted.rows.len() == 1 {
            return None;
        }
        let after = |reading| {
            read(state, pasted, reading).map(|read| (reading, apply(state, &read.patch).0))
        };
        let states = [after(Reading::Rows).ok()?, after(Reading::Columns).ok()?];
        let differ = layer_of(&states[0].1) != layer_of(&states[1].1);
        differ.then(|| BothWays { text: text.to_string(), states })
    }

    /// How a state has the matrix; `None` where its weights are others by now.
    pub fn reading(&self, state: &State) -> Option<Reading> {
        let has = |(_, read): &&(Reading, State)| layer_of(read) == layer_of(state);
        self.states.iter().find(has).map(|(reading, _)| *reading)
    }
}

/// What a pasted matrix decides of a state.
fn layer_of(state: &State) -> (usize, usize, &WeightEdits) {
    (state.experiment.inputs, state.experiment.outputs, &state.by_hand.weights)
}

/// What pasted weights make of a state.
#[derive(Clone, Debug, PartialEq)]
pub struct PastedWeights {
    /// The change.
    patch: Patch,
    /// How the text was read, in sentences.
    how: String,
    /// What was left away, in sentences.
    notes: Vec<String>,
    /// The matrix, if it can be read both ways.
    pub both: Option<Rc<BothWays>>,
}

/// A matrix becomes the whole layer, a single row the chosen output's weights; the shape follows.
///
/// Whole numbers are weight codes. Real ones are quantized: with the scale and zero point that a
/// quantized tensor's print has, else by the min-max observer that the state asks for; both are
/// then set by hand. Without a reading, a matrix is read as the layer's shape or its scales have
/// it, else with an output in each row. What is locked refuses the paste.
///
/// # Errors
/// Why the text is no such weights, as the end of a sentence.
pub fn pasted_weights(
    state: &State,
    text: &str,
    reading: Option<Reading>,
) -> Result<PastedWeights, String> {
    let pasted = paste::read(text).map_err(|error| error.to_string())?;
    let chosen = reading.unwrap_or_else(|| likely(state, &pasted));
    let Read { patch, mut notes, mut how } = read(state, &pasted, chosen)?;
    let next = apply(state, &patch).0;
    let changes = |key: &&Key| key.parameter().get(state) != key.parameter().get(&next);
    if let Some(key) = state.figure.lock.iter().find(changes) {
        return Err(format!("“{key}” cannot be changed here, and these weights would change it."));
    }
    let both = BothWays::of(state, text, &pasted).map(Rc::new);
    if reading.is_none() && both.is_some() {
        let (rows, columns) = (pasted.rows.len(), pasted.rows[0].len());
        how.push(words::other_way(chosen, rows == columns));
    }
    notes.splice(0..0, pasted.notes.iter().map(ToString::to_string));
    Ok(PastedWeights { patch, how: how.join(" "), notes, both })
}

/// The state with what was pasted.
pub(super) fn paste(state: &State, pasted: &Result<PastedWeights, String>) -> Outcome {
    match pasted {
        Ok(PastedWeights { patch, how, notes, .. }) => {
            let (next, found) = apply(state, patch);
            // First, so that no number of others hides it.
            let mut problems = Problems::from(Problem::PastedAs { how: how.clone() });
            problems.append(found);
            problems.extend(notes.iter().map(|note| Problem::Pasted { note: note.clone() }));
            Outcome::new((next, problems), History::Push)
        }
        Err(reason) => {
            let reason = reason.clone();
            Outcome::new((state.clone(), Problem::NotPasted { reason }.into()), None)
        }
    }
}

/// The reading of a matrix of which nothing is said.
fn likely(state: &State, pasted: &Pasted) -> Reading {
    let (rows, columns) = (pasted.rows.len(), pasted.rows[0].len());
    let has_shape =
        |outputs, inputs| (outputs, inputs) == (state.experiment.outputs, state.experiment.inputs);
    let is_turned = has_shape(columns, rows) && !has_shape(rows, columns);
    match pasted.quantization {
        Some(Quantization::PerChannel { axis: 1, .. }) => Reading::Columns,
        _ if rows > 1 && is_turned => Reading::Columns,
        _ => Reading::Rows,
    }
}

/// What a pasted matrix makes of a state.
struct Read {
    patch: Patch,
    /// What was left away.
    notes: Vec<String>,
    /// How it was read, in sentences.
    how: Vec<String>,
}

fn read(state: &State, given: &Pasted, reading: Reading) -> Result<Read, String> {
    let turned = (reading == Reading::Columns).then(|| given.turned());
    let pasted = turned.as_ref().unwrap_or(given);
    let (rows, inputs) = (pasted.rows.len(), pasted.rows[0].len());
    let name = reading.name();
    if inputs > MOST_INPUTS {
        return Err(format!(
            "a {name} has {inputs} numbers; the page shows layers of up to {MOST_INPUTS} inputs. Paste the weights of some of its inputs, beginning at an even one so that the pairs stay."
        ));
    }
    let mut notes = Vec::new();
    if rows > MOST_OUTPUTS {
        notes.push(format!("The first {MOST_OUTPUTS} of {rows} {name}s are used."));
    }
    let rows = rows.min(MOST_OUTPUTS);
    // A single row is the chosen output's.
    let is_row = rows == 1;
    let first = if is_row { state.picture.output } else { 0 };
    if let Some(entry) = given.first_out_of_range().filter(|_| codes::are_codes(given)) {
        return Err(words::no_code(entry));
    }
    if let Some(entry) = given.first_beyond_float32() {
        return Err(words::no_float32(entry));
    }
    let (codes, params) = codes(state, pasted, rows)?;
    let mut edits = if is_row { state.by_hand.weights.clone() } else { WeightEdits::new() };
    edits.retain(|(output, _), _| *output != first);
    for (row, codes) in codes.into_iter().enumerate() {
        edits.extend(codes.into_iter().enumerate().map(|(k, code)| ((first + row, k), code)));
    }
    let mut patch = Patch::one(Key::Inputs, inputs).and(Key::Weights, edits);
    if !is_row {
        patch = patch.and(Key::Outputs, rows);
    }
    let patch = match &params {
        Params::Same => patch,
        Params::PerTensor(params) => patch
            .and(Key::WeightScale, params.scale)
            .and(Key::WeightZeroPoint, params.zero_point)
            .and(Key::WeightScales, Indexed::new())
            .and(Key::WeightZeroPoints, Indexed::new()),
        Params::PerChannel(list) => {
            // The other outputs keep theirs beside a single row's.
            let kept = |places: &Indexed<f32>| if is_row { places.clone() } else { Indexed::new() };
            let with = |mut places: Indexed<f32>, of: fn(&QParams) -> f32| {
                let own = list.iter().enumerate().map(|(row, one)| (first + row, of(one)));
                places.extend(own);
                places
            };
            // A zero point of qint8 is exact in float32.
            let zero_points = state
                .by_hand
                .weight_zero_points
                .iter()
                .map(|(at, code)| (*at, *code as f32))
                .collect();
            patch
                .and(Key::PerChannel, true)
                .and(Key::WeightScales, with(kept(&state.by_hand.weight_scales), |one| one.scale))
                .and(Key::WeightZeroPoints, with(kept(&zero_points), |one| one.zero_point as f32))
        }
    };
    let facts = words::Facts { state, given, reading, shape: (rows, inputs), params: &params };
    Ok(Read { patch, notes, how: facts.sentences() })
}

#[cfg(test)]
mod tests;
