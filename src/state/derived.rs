//! [`Derived`]: everything shown that is not state.
//!
//! A function of the state, never stored in it. The only door from the state
//! to the arithmetic and the kernel.

use std::rc::Rc;

use super::state::State;
use crate::arith::{
    Accumulator, Engine, Experiment, ExperimentSpec, Kink, Linear, PairTrace, QParams, QRange,
    QScheme, QType, Ramp, breaks_by_scan, dequantize, kinks, min_max_qparams, quantize,
};
use crate::kernel::sweep::{CODES, sweep_exact, sweep_saturating};
use crate::kernel::{PackedWeights, Saturation, gemm};

/// Rows of calibration data, as in the forum thread.
const CALIBRATION_ROWS: usize = 100;

/// The engine that every other is compared with: same layer, same rescaling,
/// exact sum.
pub const EXACT: Engine = Engine::FbgemmVnni;

/// Makes [`Derived`] and keeps the experiment while its seed and shape stay,
/// so that a slider does not draw the calibration data anew.
#[derive(Default)]
pub struct Deriver {
    experiment: Option<(ExperimentSpec, Rc<Experiment>)>,
}

impl Deriver {
    /// Everything that follows from a state.
    pub fn derive(&mut self, state: &State) -> Derived {
        let spec = ExperimentSpec {
            seed: state.seed.into(),
            batch: CALIBRATION_ROWS,
            inputs: state.inputs,
            outputs: state.outputs,
            order: state.order,
            calibration_gain: state.calibration_gain,
            reduce_range: state.reduce_range,
            weight_scheme: state.weight_scheme,
            per_channel: false,
        };
        let experiment = match &self.experiment {
            Some((known, experiment)) if *known == spec => Rc::clone(experiment),
            _ => {
                let experiment = Rc::new(Experiment::new(&spec));
                self.experiment = Some((spec, Rc::clone(&experiment)));
                experiment
            }
        };
        Derived::new(state, &experiment)
    }
}

/// Everything shown that is not state.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// The quantized layer with the values set by hand.
    pub layer: Linear,
    /// What calibration alone gives.
    pub calibrated: Calibrated,
    /// Why the chosen engine cannot run this layer.
    pub unavailable: Option<String>,
    /// One for each output.
    pub outputs: Vec<OutputView>,
    /// The chosen output at the cursor.
    pub cursor: Cursor,
}

/// Parameters from the calibration pass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibrated {
    /// Real range of the calibration inputs.
    pub input_range: (f32, f32),
    /// Real range of the float layer's outputs on them.
    pub output_range: (f32, f32),
    /// Activation parameters (quint8).
    pub input: QParams,
    /// Weight parameters (qint8), per tensor.
    pub weight: QParams,
    /// Output parameters (quint8).
    pub output: QParams,
}

/// One output over all input codes.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputView {
    /// The layer with an exact sum (FBGEMM on VNNI).
    pub exact: Ramp,
    /// The chosen engine, where it can run.
    pub chosen: Option<Ramp>,
    /// Chosen minus exact in output codes, at every input code.
    pub difference: Vec<f64>,
    /// Where the chosen engine's accumulator changes slope.
    pub kinks: Vec<KinkView>,
}

impl OutputView {
    /// Whether the chosen accumulator differs from the exact one at a code.
    pub fn is_saturated(&self, code: usize) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| chosen.acc[code] != self.exact.acc[code])
    }
}

/// Whether a kink can be seen in the ramp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// It can.
    Visible,
    /// Its real input lies outside the sweep.
    OutsideSweep,
    /// It starts at the last code: the input clamp hides the slope after it.
    AtInputClamp,
    /// The output is clamped on both sides of it.
    HiddenByOutputClamp,
}

/// A kink with its place in this ramp.
#[derive(Clone, Debug, PartialEq)]
pub struct KinkView {
    /// Its number in the table and on the curve, 1-based.
    pub number: usize,
    /// The kink of the accumulator.
    pub kink: Kink,
    /// Real input of the first saturated code.
    pub at: f64,
    /// Whether it can be seen.
    pub visibility: Visibility,
}

/// The chosen output at the cursor, all inputs equal.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    /// The real value set.
    pub x: f32,
    /// Its code.
    pub code: u8,
    /// The real value of the code.
    pub quantized: f32,
    /// The pairs of the chosen output, as the chosen engine sums them.
    pub pairs: Vec<PairTrace>,
    /// Sum of the chosen output's products as the chosen engine makes it, by
    /// the kernel's product where it has one.
    pub sum: i32,
    /// Exact sum of the chosen output's products, by the kernel's product.
    pub exact_sum: i32,
}

impl Derived {
    fn new(state: &State, experiment: &Experiment) -> Derived {
        let (layer, calibrated) = layer(state, experiment);
        let unavailable = state.engine.unavailable(&layer).map(|reason| reason.to_string());
        let outputs = (0..layer.outputs)
            .map(|output| output_view(state, &layer, output, unavailable.is_none()))
            .collect();
        let code = input_code(state.at, &layer);
        let engine = if unavailable.is_none() { state.engine } else { EXACT };
        let (x, row) = (vec![engine.raw_byte(&layer, code); layer.inputs], layer.row(state.output));
        let cursor = Cursor {
            x: state.at,
            code,
            quantized: dequantize(code.into(), layer.input),
            pairs: engine.accumulator().trace(&x, row),
            sum: match engine.accumulator() {
                Accumulator::PairSaturating => product(&x, row, Saturation::Pairs),
                Accumulator::Exact => product(&x, row, Saturation::Exact),
                theory => theory.accumulate(&x, row),
            },
            exact_sum: product(&x, row, Saturation::Exact),
        };
        Derived { layer, calibrated, unavailable, outputs, cursor }
    }

    /// The code that a real input becomes.
    pub fn code_of(&self, x: f32) -> u8 {
        input_code(x, &self.layer)
    }

    /// The real value of an input code.
    pub fn input_at(&self, code: usize) -> f64 {
        real_input(code as f64, self.layer.input)
    }

    /// The range of output codes of the exact engine.
    pub fn output_codes(&self) -> QRange {
        QType::QUInt8.range()
    }
}

/// The layer that the state describes: the experiment's, with whatever is set
/// by hand, and what calibration alone gives.
///
/// A weight code set by hand also stands in the float layer of the
/// calibration pass, as code times calibrated weight scale, so that the
/// calibrated output range follows it.
fn layer(state: &State, experiment: &Experiment) -> (Linear, Calibrated) {
    let mut layer = experiment.layer.clone();
    let weight = layer.weight_params[0];
    let mut ranges = experiment.output_ranges.clone();
    let mut row_float = Vec::new();
    for (output, range) in ranges.iter_mut().enumerate() {
        let edits = state.weights.range((output, 0)..=(output, layer.inputs - 1));
        let place = output * layer.inputs;
        row_float.clear();
        for ((_, k), code) in edits {
            if row_float.is_empty() {
                row_float.extend_from_slice(&experiment.weights_float[place..place + layer.inputs]);
            }
            layer.weights[place + k] = *code;
            row_float[*k] = dequantize((*code).into(), weight);
        }
        if !row_float.is_empty() {
            *range = experiment.output_range(&row_float);
        }
    }
    let output_range = ranges
        .iter()
        .fold((f32::INFINITY, f32::NEG_INFINITY), |all, one| (all.0.min(one.0), all.1.max(one.1)));
    let calibrated = Calibrated {
        input_range: (experiment.input_min, experiment.input_max),
        output_range,
        input: layer.input,
        weight,
        output: min_max_qparams(
            output_range.0,
            output_range.1,
            QType::QUInt8,
            QScheme::Affine,
            state.reduce_range,
        ),
    };
    let by_hand = |calibrated: QParams, scale: Option<f32>, zero_point: Option<i32>| QParams {
        scale: scale.unwrap_or(calibrated.scale),
        zero_point: zero_point.unwrap_or(calibrated.zero_point),
    };
    layer.input = by_hand(layer.input, state.input_scale, state.input_zero_point);
    layer.weight_params[0] = by_hand(weight, state.weight_scale, None);
    layer.output = by_hand(calibrated.output, state.output_scale, state.output_zero_point);
    (layer, calibrated)
}

/// One output by the kernel's product.
fn product(x: &[u8], row: &[i8], saturation: Saturation) -> i32 {
    let mut sum = [0];
    // The schema's shapes are far inside the kernel's, and x is as long as the row.
    let done =
        PackedWeights::pack(row, 1, row.len()).and_then(|w| gemm(x, 1, &w, saturation, &mut sum));
    debug_assert!(done.is_ok(), "{done:?}");
    sum[0]
}

fn input_code(x: f32, layer: &Linear) -> u8 {
    // A quint8 code is within 0..=255.
    quantize(x, layer.input, QType::QUInt8.range()) as u8
}

/// In f64, so that neighbouring codes are evenly spaced on screen.
fn real_input(code: f64, input: QParams) -> f64 {
    (code - f64::from(input.zero_point)) * f64::from(input.scale)
}

fn output_view(state: &State, layer: &Linear, output: usize, available: bool) -> OutputView {
    let exact = ramp(EXACT, layer, output);
    let chosen = available.then(|| ramp(state.engine, layer, output));
    let difference = difference(layer, output, &exact, chosen.as_ref());
    let kinks = match &chosen {
        Some(ramp) => kink_views(state, layer, output, ramp),
        None => Vec::new(),
    };
    OutputView { exact, chosen, difference, kinks }
}

/// The ramp of an engine: its sums by the kernel's sweep where it has one, by
/// brute force for the theories.
fn ramp(engine: Engine, layer: &Linear, output: usize) -> Ramp {
    let mut raw = [0; CODES];
    match engine.raw_accumulator(layer) {
        Some(Accumulator::Exact) => sweep_exact(layer.row(output), &mut raw),
        Some(Accumulator::PairSaturating) => sweep_saturating(layer.row(output), &mut raw),
        _ => return Ramp::brute_force(engine, layer, output),
    }
    Ramp::from_raw(engine, layer, output, &raw)
}

fn difference(layer: &Linear, output: usize, exact: &Ramp, chosen: Option<&Ramp>) -> Vec<f64> {
    let Some(chosen) = chosen else { return vec![0.0; CODES] };
    let steps = f64::from(layer.input.scale) * f64::from(layer.weight_param(output).scale)
        / f64::from(layer.output.scale);
    (0..CODES)
        .map(|code| match (chosen.code[code], exact.code[code]) {
            (Some(chosen), Some(exact)) => f64::from(chosen - exact),
            // An integer product has no output code: its sum, in output steps.
            _ => (f64::from(chosen.acc[code]) - f64::from(exact.acc[code])) * steps,
        })
        .collect()
}

fn kink_views(state: &State, layer: &Linear, output: usize, ramp: &Ramp) -> Vec<KinkView> {
    let found = match state.engine.raw_accumulator(layer) {
        Some(Accumulator::Exact) => Vec::new(),
        Some(Accumulator::PairSaturating) => {
            kinks(layer.row(output), layer.weight_param(output).zero_point)
        }
        _ => breaks_by_scan(&ramp.acc),
    };
    found
        .into_iter()
        .enumerate()
        .map(|(index, kink)| KinkView {
            number: index + 1,
            at: real_input(kink.code.into(), layer.input),
            visibility: visibility(state, layer, ramp, &kink),
            kink,
        })
        .collect()
}

fn visibility(state: &State, layer: &Linear, ramp: &Ramp, kink: &Kink) -> Visibility {
    let code = usize::from(kink.code);
    let at = real_input(kink.code.into(), layer.input);
    if at < state.from.into() || at > state.to.into() {
        return Visibility::OutsideSweep;
    }
    if code + 1 >= CODES {
        return Visibility::AtInputClamp;
    }
    let clamp = QType::QUInt8.range();
    let ends = [code.saturating_sub(1), code, code + 1].map(|code| ramp.code[code]);
    let hidden = |rail| ends.iter().all(|code| *code == Some(rail));
    if hidden(clamp.qmin) || hidden(clamp.qmax) {
        Visibility::HiddenByOutputClamp
    } else {
        Visibility::Visible
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Patch, apply};

    #[test]
    fn the_kernel_the_sweep_and_the_oracle_agree_at_the_cursor() {
        let mut deriver = Deriver::default();
        for (at, edits) in
            [("2", ""), ("3.1", "2.0:127,2.1:127"), ("-4", ""), ("4", "2.6:-128,2.7:-128")]
        {
            for engine in Engine::ALL {
                let patch = Patch::one("at", at).and("w", edits).and("engine", engine.key());
                let (state, report) = apply(&State::default(), &patch);
                assert_eq!(report.problems, []);
                let derived = deriver.derive(&state);
                let view = &derived.outputs[state.output];
                let (cursor, code) = (&derived.cursor, usize::from(derived.cursor.code));
                let chosen = view.chosen.as_ref().expect("symmetric weights suit every engine");
                assert_eq!(cursor.sum, chosen.raw[code], "{engine:?}");
                assert_eq!(cursor.sum, cursor.pairs.iter().map(|pair| pair.kept).sum::<i32>());
                assert_eq!(
                    cursor.exact_sum,
                    cursor.pairs.iter().map(|pair| pair.exact).sum::<i32>()
                );
                assert_eq!(*chosen, Ramp::brute_force(*engine, &derived.layer, state.output));
            }
        }
    }

    #[test]
    fn an_engine_that_shifts_the_codes_is_not_saturated_for_that() {
        let (state, _) = apply(&State::default(), &Patch::one("engine", "onednn_s8s8"));
        let derived = Deriver::default().derive(&state);
        let straight = &derived.outputs[3];
        // Beyond code 251 its signed codes are clamped, which does lose something.
        assert!((0..252).all(|code| !straight.is_saturated(code)));
    }

    #[test]
    fn reduce_range_moves_the_kinks_out_of_the_calibrated_range() {
        let (state, _) = apply(&State::default(), &Patch::one("reduce_range", 1));
        let derived = Deriver::default().derive(&state);
        let high = f64::from(derived.calibrated.input_range.1);
        assert!(derived.outputs.iter().flat_map(|view| &view.kinks).all(|kink| kink.at > high));
    }
}
