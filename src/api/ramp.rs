//! [`ramp`]: everything that the page shows of a state.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::fault::Fault;
use super::object::{Typed, plain, set};
use super::options::Options;
use crate::arith::{Linear, QParams};
use crate::state::schema;
use crate::state::{Derived, Deriver, KinkView, OutputView, Problems, State, describe, link};

/// Everything the page shows of a state: the quantized layer, and for every output its codes,
/// accumulators and kinks along the sweep.
///
/// # Errors
/// [`Fault`] `arguments` or `preset`; whatever else could not be used stands in `problems`.
#[wasm_bindgen]
pub fn ramp(options: &JsValue) -> Result<JsValue, JsValue> {
    let session = Options::read(options)?.session();
    let derived = Deriver::default().derive(&session.state);
    Ok(evaluation(&session.state, &derived, &session.problems)?.into())
}

fn evaluation(state: &State, derived: &Derived, problems: &Problems) -> Result<Object, Fault> {
    let result = Object::new();
    set(&result, "link", link::write(state));
    set(&result, "problems", sentences(problems));
    set(&result, "state", plain(&schema::values(state))?);
    set(&result, "layer", layer(&derived.layer));
    set(&result, "unavailable", derived.unavailable.as_deref().map_or(JsValue::NULL, Into::into));
    set(&result, "at", derived.sweep.at.as_slice().typed());
    let outputs = derived.outputs.iter().map(|view| output(state, view).map(JsValue::from));
    set(&result, "outputs", outputs.collect::<Result<Array, Fault>>()?);
    Ok(result)
}

/// Problems as sentences.
pub fn sentences(problems: &Problems) -> Array {
    problems.sentences().map(JsValue::from).collect()
}

/// The layer as [`linear`](super::linear) takes it.
#[expect(
    clippy::cast_possible_truncation,
    reason = "at most MAX_INPUTS; in a browser `usize` has 32 bits"
)]
fn layer(layer: &Linear) -> Object {
    let result = Object::new();
    set(&result, "inputs", layer.inputs as u32);
    set(&result, "outputs", layer.outputs as u32);
    set(&result, "weights", js_sys::Int8Array::from(layer.weights.as_slice()));
    set(&result, "inputScale", layer.input.scale);
    set(&result, "inputZeroPoint", layer.input.zero_point);
    let params = &layer.weight_params;
    if layer.per_channel {
        let each = |of: fn(&QParams) -> JsValue| params.iter().map(of).collect::<Array>();
        set(&result, "weightScale", each(|one| one.scale.into()));
        set(&result, "weightZeroPoint", each(|one| one.zero_point.into()));
    } else if let [one] = params.as_slice() {
        set(&result, "weightScale", one.scale);
        set(&result, "weightZeroPoint", one.zero_point);
    }
    set(&result, "outputScale", layer.output.scale);
    set(&result, "outputZeroPoint", layer.output.zero_point);
    set(&result, "bias", layer.bias.as_deref().map_or(JsValue::NULL, |bias| bias.typed()));
    set(&result, "relu", layer.relu);
    let [rows, columns] = layer.row_shape.kernel();
    set(&result, "kernel", format!("{rows}x{columns}"));
    set(&result, "qmin", layer.activation_codes.qmin);
    set(&result, "qmax", layer.activation_codes.qmax);
    result
}

fn output(state: &State, view: &OutputView) -> Result<Object, Fault> {
    let result = Object::new();
    set(&result, "exact", view.exact.code.as_slice().typed());
    set(&result, "exactAccumulator", view.exact.acc.as_slice().typed());
    let chosen =
        |of: fn(&crate::arith::Ramp) -> JsValue| view.chosen.as_ref().map_or(JsValue::NULL, of);
    set(&result, "chosen", chosen(|ramp| ramp.code.as_slice().typed()));
    set(&result, "accumulator", chosen(|ramp| ramp.acc.as_slice().typed()));
    set(&result, "real", chosen(|ramp| ramp.real.as_slice().typed()));
    set(
        &result,
        "kinks",
        view.kinks.iter().map(|one| JsValue::from(kink(state, one))).collect::<Array>(),
    );
    Ok(result)
}

#[expect(clippy::cast_possible_truncation, reason = "below MAX_INPUTS")]
fn kink(state: &State, kink: &KinkView) -> Object {
    let result = Object::new();
    set(&result, "code", kink.code.map_or(JsValue::NULL, JsValue::from));
    set(&result, "x", kink.at);
    let pairs = kink.pairs.iter().map(|pair| JsValue::from(pair.first_k as u32));
    set(&result, "pairs", pairs.collect::<Array>());
    set(&result, "slopeBefore", kink.slope_before);
    set(&result, "slopeAfter", kink.slope_after);
    set(&result, "effect", describe::effect(kink));
    set(&result, "sentence", describe::kink(state, kink));
    result
}
