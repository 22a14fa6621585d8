//! The JavaScript interface: pure calls on the same patches that links are
//! made of.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::state::{Derived, Deriver, Problem, State, describe, link};

/// What [`evaluate`] gives.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Evaluation<'a> {
    link: String,
    problems: Vec<String>,
    state: &'a State,
    layer: Layer<'a>,
    unavailable: Option<&'a str>,
    outputs: Vec<Output<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Layer<'a> {
    inputs: usize,
    outputs: usize,
    weights: &'a [i8],
    input_scale: f32,
    input_zero_point: i32,
    weight_scale: f32,
    weight_zero_point: i32,
    output_scale: f32,
    output_zero_point: i32,
}

/// One output at the places of the sweep: the input codes 0..=255 where all inputs are equal.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Output<'a> {
    exact: &'a [Option<i32>],
    chosen: Option<&'a [Option<i32>]>,
    accumulator: Option<&'a [i32]>,
    kinks: Vec<Kink>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Kink {
    code: Option<u8>,
    x: f64,
    pairs: Vec<usize>,
    slope_before: f64,
    slope_after: f64,
    effect: &'static str,
    sentence: String,
}

/// Everything the page shows for a link's fragment (`#/lab?seed=7&…`): the
/// quantized layer, each output's codes at every input code, its kinks, and
/// what of the link could not be used.
///
/// # Errors
/// Only if the result cannot be made a JavaScript value.
#[wasm_bindgen]
pub fn evaluate(fragment: &str) -> Result<JsValue, JsError> {
    let (state, report) = link::read(fragment);
    let derived = Deriver::default().derive(&state);
    let problems = report.problems.iter().map(Problem::to_string).collect();
    Ok(serde_wasm_bindgen::to_value(&evaluation(&state, &derived, problems))?)
}

fn evaluation<'a>(state: &'a State, derived: &'a Derived, problems: Vec<String>) -> Evaluation<'a> {
    let layer = &derived.layer;
    let weight = layer.weight_param(state.output);
    Evaluation {
        link: link::write(state),
        problems,
        state,
        layer: Layer {
            inputs: layer.inputs,
            outputs: layer.outputs,
            weights: &layer.weights,
            input_scale: layer.input.scale,
            input_zero_point: layer.input.zero_point,
            weight_scale: weight.scale,
            weight_zero_point: weight.zero_point,
            output_scale: layer.output.scale,
            output_zero_point: layer.output.zero_point,
        },
        unavailable: derived.unavailable.as_deref(),
        outputs: derived
            .outputs
            .iter()
            .map(|view| Output {
                exact: &view.exact.code,
                chosen: view.chosen.as_ref().map(|ramp| ramp.code.as_slice()),
                accumulator: view.chosen.as_ref().map(|ramp| ramp.acc.as_slice()),
                kinks: view
                    .kinks
                    .iter()
                    .map(|kink| Kink {
                        code: kink.code,
                        x: kink.at,
                        pairs: kink.pairs.iter().map(|pair| pair.first_k).collect(),
                        slope_before: kink.slope_before,
                        slope_after: kink.slope_after,
                        effect: describe::effect(kink),
                        sentence: describe::kink(kink),
                    })
                    .collect(),
            })
            .collect(),
    }
}
