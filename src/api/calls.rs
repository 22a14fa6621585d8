//! The arithmetic alone.

use js_sys::{Array, Object};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::arguments::{self, Observer, OneOrMany, Quantization, Run, Shape};
use super::fault::Fault;
use super::object::{Typed, plain, set};
use crate::arith::{self, Engine, Linear, QParams, QRange, QScheme, QType, Rescale, Stage};
use crate::kernel::{is_quick, products};
use crate::state::State;
use crate::state::choices::{Kernel, Keyed};
use crate::state::number::grouped;
use crate::state::schema::{PARAMETERS, Value};
use crate::story::PRESETS;

/// The most results of [`linear`], rows × outputs: their arrays fit the module's memory.
pub(super) const MOST_RESULTS: u64 = 1 << 24;
/// The most products of [`linear`], rows × outputs × inputs: some seconds at the most, by the kernel…
const MOST_PRODUCTS: u64 = 1 << 34;
/// … and one by one, for sums that the kernel has not.
pub(super) const MOST_SINGLE_PRODUCTS: u64 = 1 << 30;

pub(super) fn read<T: for<'a> Deserialize<'a>>(given: JsValue) -> Result<T, Fault> {
    serde_wasm_bindgen::from_value(given).map_err(|error| {
        let text = error.to_string();
        Fault::arguments(text.strip_prefix("Error: ").unwrap_or(&text))
    })
}

impl arguments::QParams {
    fn read(given: JsValue) -> Result<(QParams, QRange), Fault> {
        let arguments::QParams { scale, zero_point, qmin, qmax } = read(given)?;
        if !(scale > 0.0 && scale.is_finite()) {
            return Err(Fault::arguments("scale is a number above 0"));
        }
        if qmin > qmax {
            return Err(Fault::arguments("qmin is at most qmax"));
        }
        Ok((QParams { scale, zero_point }, QRange { qmin, qmax }))
    }
}

/// Real values as codes: `clamp(round(x · (1 / scale)) + zeroPoint)`, halves to even, as
/// `torch.quantize_per_tensor` does. Params: `{ scale, zeroPoint = 0, qmin = 0, qmax = 255 }`.
///
/// # Errors
/// [`Fault`] `arguments`.
#[wasm_bindgen]
pub fn quantize(values: &[f32], params: JsValue) -> Result<Vec<i32>, JsValue> {
    let (params, range) = arguments::QParams::read(params)?;
    Ok(values.iter().map(|value| arith::quantize(*value, params, range)).collect())
}

/// Codes as the real values they stand for: `(code - zeroPoint) · scale`.
///
/// # Errors
/// [`Fault`] `arguments`.
#[wasm_bindgen]
pub fn dequantize(codes: &[i32], params: JsValue) -> Result<Vec<f32>, JsValue> {
    let (params, _) = arguments::QParams::read(params)?;
    Ok(codes.iter().map(|code| arith::dequantize(*code, params)).collect())
}

/// What a min-max observer of PyTorch makes of a range. Options:
/// `{ symmetric = false, reduceRange = false, signed = false }`.
///
/// # Errors
/// [`Fault`] `arguments`.
#[wasm_bindgen(js_name = minMaxQParams)]
pub fn min_max_qparams(min: f32, max: f32, options: JsValue) -> Result<JsValue, JsValue> {
    let options = if options.is_undefined() { Object::new().into() } else { options };
    let Observer { symmetric, reduce_range, signed } = read(options)?;
    if !(min.is_finite() && max.is_finite() && min <= max) {
        return Err(Fault::arguments(format!("{min} to {max} is no range of real values")).into());
    }
    let dtype = if signed { QType::QInt8 } else { QType::QUInt8 };
    let scheme = if symmetric { QScheme::Symmetric } else { QScheme::Affine };
    let params = arith::min_max_qparams(min, max, dtype, scheme, reduce_range);
    if !params.scale.is_finite() {
        return Err(Fault::arguments(format!("{min} to {max} is wider than a scale can be")).into());
    }
    let result = Object::new();
    set(&result, "scale", params.scale);
    set(&result, "zeroPoint", params.zero_point);
    Ok(result.into())
}

impl Shape {
    fn kernel(&self) -> Result<Kernel, Fault> {
        let Some(key) = &self.kernel else { return Ok(Kernel::Linear) };
        Kernel::of_key(key).ok_or_else(|| {
            let keys: Vec<&str> = Kernel::menu().iter().map(|choice| choice.key).collect();
            Fault::arguments(format!("there is no kernel “{key}”, but {}", keys.join(", ")))
        })
    }

    /// The layer of these weights and biases.
    fn layer(
        &self,
        given: &Quantization,
        weights: &[i8],
        bias: Option<Vec<f32>>,
    ) -> Result<Linear, Fault> {
        let codes = QRange { qmin: self.qmin, qmax: self.qmax };
        let all = QType::QUInt8.range();
        if codes.qmin > codes.qmax || codes.qmin < all.qmin || codes.qmax > all.qmax {
            let QRange { qmin, qmax } = codes;
            return Err(Fault::arguments(format!("{qmin} to {qmax} are no codes of quint8")));
        }
        let layer = given.layer(self.inputs, self.outputs, weights, bias)?;
        Ok(Linear { activation_codes: codes, ..layer.with_kernel(self.kernel()?.size()) })
    }
}

impl Quantization {
    /// The layer of these weights and biases; without `outputs` as many as the weights make.
    pub(super) fn layer(
        &self,
        inputs: usize,
        outputs: Option<usize>,
        weights: &[i8],
        bias: Option<Vec<f32>>,
    ) -> Result<Linear, Fault> {
        if inputs > 0 && !weights.len().is_multiple_of(inputs) {
            return Err(Fault::arguments(format!(
                "weights has {} codes, which are no whole rows of {inputs}",
                weights.len()
            )));
        }
        let outputs = outputs.unwrap_or(weights.len() / inputs.max(1));
        let per_channel = matches!(self.weight_scale, OneOrMany::Many(_));
        let scales = self.weight_scale.each(1);
        let zero_points = match &self.weight_zero_point {
            None => vec![0; scales.len()],
            Some(OneOrMany::Many(all)) if !per_channel || all.len() != scales.len() => {
                return Err(Fault::arguments(format!(
                    "weightZeroPoint is a list of {}; beside it weightScale has to be a list as long",
                    all.len()
                )));
            }
            Some(given) => given.each(scales.len()),
        };
        let params = scales.into_iter().zip(zero_points);
        let params = params.map(|(scale, zero_point)| QParams { scale, zero_point }).collect();
        let input = QParams { scale: self.input_scale, zero_point: self.input_zero_point };
        let output = QParams { scale: self.output_scale, zero_point: self.output_zero_point };
        let layer =
            Linear::new(inputs, outputs, weights.to_vec(), params, per_channel, input, output);
        let layer = layer.and_then(|layer| match bias {
            Some(bias) => layer.with_bias(bias),
            None => Ok(layer),
        });
        Ok(layer.map_err(Fault::arguments)?.with_relu(self.relu))
    }
}

/// A quantized linear layer on an engine, bit for bit. `x`: input codes, row-major `[rows][inputs]`;
/// `weights`: row-major `[outputs][inputs]`. Gives `{ accumulators, codes, values }`, each row-major
/// `[rows][outputs]`; `codes` is `null` for an engine without output codes.
///
/// # Errors
/// [`Fault`] `arguments`, also for more than 2²⁴ results, 2³⁴ products or
/// 2³⁰ products where the kernel has none for the sum; `engine` for one that is unknown or cannot run such a layer. An option whose
/// name is unknown is not seen here: the package refuses it (`www/pkg/check.js`).
#[wasm_bindgen]
pub fn linear(
    x: &[u8],
    weights: &[i8],
    bias: Option<Vec<f32>>,
    options: JsValue,
) -> Result<JsValue, JsValue> {
    let run: Run = read(options.clone())?;
    let engine = Engine::from_key(&run.engine).ok_or_else(|| {
        Fault::new("engine", format!("there is no engine “{}”; engines() lists them", run.engine))
    })?;
    let shape: Shape = read(options.clone())?;
    let layer = shape.layer(&read(options)?, weights, bias)?;
    if let Some(reason) = engine.unavailable(&layer) {
        return Err(Fault::new("engine", reason).into());
    }
    if !x.len().is_multiple_of(layer.inputs) {
        return Err(Fault::arguments(format!(
            "x has {} codes, which are no whole rows of {}",
            x.len(),
            layer.inputs
        ))
        .into());
    }
    limit(x.len() / layer.inputs, &layer, engine)?;
    let rescale = rule(run.rescale.as_deref())?;
    let bytes: Vec<u8> = x.iter().map(|code| engine.raw_byte(&layer, *code)).collect();
    let raw = products(engine.accumulator_of(&layer), &bytes, &layer.weights, layer.inputs)
        .map_err(Fault::arguments)?;
    let stages: Vec<Stage> = (0..layer.outputs)
        .map(|output| Stage::new(engine, &layer, output).with_rescale(rescale))
        .collect();
    let (mut accumulators, mut codes, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (x, raw) in x.chunks(layer.inputs).zip(raw.chunks(layer.outputs)) {
        // At most 65 536 inputs.
        let sum_x = x.iter().map(|code| i32::from(*code)).sum();
        for (stage, raw) in stages.iter().zip(raw) {
            let accumulator = stage.apply_zero_points(*raw, sum_x);
            let code = stage.output_code(accumulator);
            accumulators.push(accumulator);
            codes.push(code);
            values.push(stage.real(accumulator, code));
        }
    }
    let result = Object::new();
    set(&result, "accumulators", accumulators.as_slice().typed());
    // Also of no rows.
    let has_codes = stages.iter().all(|stage| stage.output_code(0).is_some());
    set(&result, "codes", if has_codes { codes.as_slice().typed() } else { JsValue::NULL });
    set(&result, "values", values.as_slice().typed());
    Ok(result.into())
}

/// Refuses what would take minutes, or more memory than the module has.
fn limit(rows: usize, layer: &Linear, engine: Engine) -> Result<(), Fault> {
    let [rows, inputs, outputs] = [rows, layer.inputs, layer.outputs].map(|count| count as u64);
    // Lists have at most 2²⁶ numbers, and a row at most 2¹⁶.
    let results = rows * outputs;
    let made = format!("{} rows of x make", grouped(rows));
    if results > MOST_RESULTS {
        return Err(Fault::arguments(format!(
            "{made} {} results (rows × outputs): give at most {} at once",
            grouped(results),
            grouped(MOST_RESULTS)
        )));
    }
    let products = results * inputs;
    let most = if is_quick(engine.accumulator_of(layer), layer.inputs) {
        MOST_PRODUCTS
    } else {
        MOST_SINGLE_PRODUCTS
    };
    if products > most {
        return Err(Fault::arguments(format!(
            "{made} {} products (rows × outputs × inputs): give at most {} at once",
            grouped(products),
            grouped(most)
        )));
    }
    Ok(())
}

/// A requantization rule by its key; `None` for the engine's own.
fn rule(key: Option<&str>) -> Result<Option<Rescale>, Fault> {
    let Some(key) = key else { return Ok(None) };
    let rules = Option::<Rescale>::choices();
    let found = rules.into_iter().find(|(_, choice)| choice.key == key);
    found.map(|(rule, _)| rule).ok_or_else(|| {
        Fault::arguments(format!("there is no rescale “{key}”; parameters() lists them"))
    })
}

/// Where a row of weights bends when all inputs are equal, on an engine whose pairs saturate.
///
/// # Errors
/// [`Fault`] `arguments` for more weights than a row of a layer has ([`arith::MAX_INPUTS`]).
#[wasm_bindgen]
pub fn kinks(weights: &[i8], weight_zero_point: i8) -> Result<JsValue, JsValue> {
    if weights.len() > arith::MAX_INPUTS {
        return Err(Fault::arguments(format!(
            "weights has {} codes: a row has at most {}",
            grouped(weights.len() as u64),
            grouped(arith::MAX_INPUTS as u64)
        ))
        .into());
    }
    let found = arith::kinks(weights, weight_zero_point.into());
    Ok(plain(&found.iter().map(KinkEntry::of).collect::<Vec<_>>())?)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct KinkEntry {
    code: u8,
    pairs: Vec<PairEntry>,
    slope_before: i32,
    slope_after: i32,
    effect: arith::Effect,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PairEntry {
    first_k: usize,
    weights: [i8; 2],
    rail: i32,
}

impl KinkEntry {
    fn of(kink: &arith::Kink) -> KinkEntry {
        let pair = |pair: &arith::KinkPair| PairEntry {
            first_k: pair.first_k,
            weights: pair.weights,
            rail: pair.rail.value(),
        };
        KinkEntry {
            code: kink.code,
            pairs: kink.pairs.iter().map(pair).collect(),
            slope_before: kink.slope_before,
            slope_after: kink.slope_after,
            effect: kink.effect,
        }
    }
}

/// Every engine: `{ key, name, library, operator, types, cpu, about, source, provenance }`.
///
/// # Errors
/// None of its own.
#[wasm_bindgen]
pub fn engines() -> Result<JsValue, JsValue> {
    let entry = |engine: &Engine| {
        let result = Object::new();
        set(&result, "key", engine.key());
        set(&result, "name", engine.name());
        let family = engine.family().info();
        set(&result, "library", family.library.name());
        set(&result, "operator", family.operator);
        set(&result, "types", family.types.name());
        set(&result, "cpu", engine.cpu().name());
        set(&result, "about", engine.about());
        set(&result, "source", engine.source());
        set(&result, "provenance", engine.provenance().key());
        Ok(JsValue::from(result))
    };
    let all: Result<Array, Fault> = Engine::ALL.iter().map(entry).collect();
    Ok(all?.into())
}

/// Every preset: `{ key, title, sentence, tags, link }`.
#[wasm_bindgen]
pub fn presets() -> Array {
    let entry = |preset: &crate::story::Preset| {
        let result = Object::new();
        set(&result, "key", preset.key);
        set(&result, "title", preset.title);
        set(&result, "sentence", preset.sentence);
        set(&result, "tags", preset.tags.iter().map(|tag| JsValue::from(*tag)).collect::<Array>());
        set(&result, "link", preset.fragment());
        JsValue::from(result)
    };
    PRESETS.iter().map(entry).collect()
}

/// Every parameter of a state: `{ key, label, unit, help, type, values, default }`; what the
/// documentation's table is made of.
#[wasm_bindgen]
pub fn parameters() -> Array {
    let default = State::default();
    let entry = |parameter: &crate::state::schema::Parameter| {
        let result = Object::new();
        let (kind, values) = parameter.kind.in_words();
        set(&result, "key", parameter.key.as_str());
        set(&result, "label", parameter.label);
        set(&result, "unit", parameter.unit);
        set(&result, "help", parameter.help);
        set(&result, "type", kind);
        set(&result, "values", values);
        let value = parameter.get(&default);
        set(
            &result,
            "default",
            value.as_ref().map_or_else(|| "auto".to_string(), Value::to_string),
        );
        JsValue::from(result)
    };
    PARAMETERS.iter().map(entry).collect()
}
