//! [`Derived`]: everything shown that is not state.
//!
//! A function of the state, never stored in it. From here the arithmetic and the kernel are run;
//! what else uses their types (sentences, pastes) runs neither along a sweep.

mod beside;
mod engines;
mod extent;
mod fit;
mod kinks;
mod layer;
mod memo;
mod pair;
mod pair_map;
mod sweep;
mod word;

use std::cell::OnceCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

use super::state::State;
use crate::arith::{
    Accumulator, Engine, Experiment, ExperimentSpec, GroupTrace, Lane, Linear, QuantizeTrace, Ramp,
    StageTrace, dequantize,
};
use crate::kernel::row_sums;
use engines::{Row, exact_ramp, raw_sums, stage};
use memo::{Memo, Still, Sums};

pub use beside::Engines;
pub use engines::{EXACT, EngineView};
pub use extent::Extent;
pub use kinks::{KinkView, Visibility};
pub use layer::{Calibrated, FromData};
pub use pair::PairVerdict;
pub use pair_map::{MapDot, PairMap};
pub use sweep::Sweep;
pub use word::{Word, pair_words};

/// Rows of calibration data, as in the forum thread.
const CALIBRATION_ROWS: usize = 100;

/// Makes [`Derived`] and keeps what the next state may share: the experiment while its seed and
/// shape stay, so that a slider does not draw the calibration data anew, and the outputs whose
/// weights stay. What comes of a state never depends on the states before.
#[derive(Default)]
pub struct Deriver {
    experiment: Option<(ExperimentSpec, Rc<Experiment>)>,
    memo: Memo,
}

impl Deriver {
    /// Everything that follows from a state.
    pub fn derive(&mut self, state: &State) -> Derived {
        let spec = ExperimentSpec {
            seed: state.experiment.seed.into(),
            batch: CALIBRATION_ROWS,
            inputs: state.experiment.inputs,
            outputs: state.experiment.outputs,
            order: state.experiment.order,
            calibration_gain: state.experiment.calibration_gain,
            reduce_range: state.experiment.reduce_range,
            weight_scheme: state.experiment.weight_scheme,
            per_channel: state.experiment.per_channel,
            reduce_weights: state.experiment.reduce_weights,
        };
        let experiment = match &self.experiment {
            Some((known, experiment)) if *known == spec => Rc::clone(experiment),
            _ => {
                let experiment = Rc::new(Experiment::new(&spec));
                self.experiment = Some((spec, Rc::clone(&experiment)));
                experiment
            }
        };
        let still = Still::new(state);
        if let Some((known, derived)) = &self.memo.still
            && *known == still
        {
            let Derived { layer, sweep, unavailable, .. } = derived;
            let cursor = cursor(state, layer, sweep, unavailable.is_none());
            return Derived { cursor, ..derived.clone() };
        }
        let sweep = self.memo.sweep(&still);
        let derived = Derived::new(state, &experiment, sweep, &mut self.memo);
        self.memo.still = Some((still, derived.clone()));
        derived
    }
}

/// Everything shown that is not state.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// The quantized layer with the values set by hand.
    pub layer: Linear,
    /// What calibration alone gives.
    pub calibrated: Calibrated,
    /// The places of the sweep.
    pub sweep: Rc<Sweep>,
    /// Why the chosen engine cannot run this layer.
    pub unavailable: Option<String>,
    /// One for each output.
    pub outputs: Vec<Rc<OutputView>>,
    /// The chosen output on every engine and in float32.
    pub engines: Rc<Engines>,
    /// The chosen output at the cursor.
    pub cursor: Cursor,
}

/// One output over the sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputView {
    /// The layer with an exact sum (FBGEMM on VNNI). Beside an engine without output codes its real
    /// outputs are not clamped either: those of an exact integer product.
    pub exact: Ramp,
    /// The chosen engine, where it can run.
    pub chosen: Option<Ramp>,
    /// What the chosen engine's sum does to the output at every place, in output codes; to the
    /// accumulator where it has none.
    pub saturation: Vec<f64>,
    /// What its rounding does, in output codes, at every place.
    pub rounding: Vec<f64>,
    /// Where the chosen engine's accumulator changes slope.
    pub kinks: Vec<KinkView>,
}

impl OutputView {
    /// Whether the chosen accumulator differs from the exact one at a place.
    pub fn is_saturated(&self, place: usize) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| chosen.acc[place] != self.exact.acc[place])
    }

    /// The curve that is followed: the chosen engine's, or the exact one where it cannot run.
    pub fn curve(&self) -> &Ramp {
        self.chosen.as_ref().unwrap_or(&self.exact)
    }

    /// Chosen minus exact at a place, in the units of [`saturation`](Self::saturation).
    pub fn difference(&self, place: usize) -> f64 {
        self.saturation[place] + self.rounding[place]
    }

    /// How far the sum takes the output away from the exact one over some places, in the units of
    /// [`saturation`](Self::saturation).
    pub fn saturation_over(&self, places: RangeInclusive<usize>) -> Extent {
        Extent::of(self.saturation[places].iter().copied())
    }

    /// How far the rounding does, in output codes, over some places.
    pub fn rounding_over(&self, places: RangeInclusive<usize>) -> Extent {
        Extent::of(self.rounding[places].iter().copied())
    }

    /// How far the accumulator lies from the exact one over some places.
    pub fn accumulator_over(&self, places: RangeInclusive<usize>) -> Extent {
        let Some(chosen) = &self.chosen else { return Extent::default() };
        Extent::of(
            places.map(|place| f64::from(chosen.acc[place]) - f64::from(self.exact.acc[place])),
        )
    }

    /// Whether the curve that is followed has output codes; an integer product has none.
    pub fn has_codes(&self) -> bool {
        self.curve().code.iter().all(Option::is_some)
    }
}

/// The chosen output at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    /// The engine that makes these numbers: the chosen one, or the exact one where it cannot run.
    pub engine: Engine,
    /// The place of the sweep nearest to it.
    pub place: usize,
    /// Real values of all inputs.
    pub x: Vec<f32>,
    /// Their codes.
    pub codes: Vec<u8>,
    /// The real values of the codes.
    pub quantized: Vec<f32>,
    /// The pairs of the chosen output, as the chosen engine sums them.
    pub pairs: Vec<GroupTrace>,
    /// Sum of the chosen output's products as the chosen engine makes it, by
    /// the kernel's product where it has one.
    pub sum: i32,
    /// Exact sum of the chosen output's products of the same bytes, by the kernel's product.
    pub exact_sum: i32,
    /// What becomes of the sum.
    pub trace: StageTrace,
    /// What the exact engine makes of the same inputs.
    pub exact: StageTrace,
}

impl Cursor {
    /// The code of the input that moves: of all inputs, or of the swept one.
    pub fn code(&self, state: &State) -> u8 {
        self.codes[state.sweep.swept_input.min(self.codes.len() - 1)]
    }
}

impl Derived {
    /// Everything that follows from a state, with the sweep of the one before if it is the same.
    fn new(
        state: &State,
        experiment: &Rc<Experiment>,
        sweep: Option<Rc<Sweep>>,
        memo: &mut Memo,
    ) -> Derived {
        let (layer, calibrated) = layer::layer(state, experiment, &mut memo.ranges);
        let sweep = sweep.unwrap_or_else(|| Rc::new(Sweep::new(state, &layer)));
        let unavailable =
            state.arithmetic.engine.unavailable(&layer).map(|reason| reason.to_string());
        let available = unavailable.is_none();
        memo.rows.begin(&layer, &sweep, available);
        let view = |output| {
            let raw = |engine| raw_sums(engine, &layer, &sweep, output);
            let sums = || Sums {
                exact: raw(EXACT),
                chosen: if available { raw(state.arithmetic.engine) } else { Vec::new() },
                kinks: OnceCell::new(),
            };
            memo.rows.view(&layer, output, sums, |sums| {
                let exact = &exact_ramp(&layer, &sweep, output, sums.exact.clone());
                let row = Row { state, layer: &layer, sweep: &sweep, output, exact };
                output_view(&row, sums, available)
            })
        };
        let outputs = (0..layer.outputs).map(view).collect();
        let engines = Rc::new(Engines::new(
            state.clone(),
            Rc::clone(experiment),
            layer.clone(),
            calibrated.clone(),
            Rc::clone(&sweep),
        ));
        let cursor = cursor(state, &layer, &sweep, available);
        Derived { layer, calibrated, sweep, unavailable, outputs, engines, cursor }
    }

    /// The places that a state draws: those of its window, with both ends.
    pub fn window(&self, state: &State) -> RangeInclusive<usize> {
        let (from, to) = state.window();
        self.place_of(state, from)..=self.place_of(state, to)
    }

    /// Whether the kinks of the chosen engine are known along this sweep.
    pub fn knows_kinks(&self, state: &State) -> bool {
        kinks::are_known(state.arithmetic.engine, &self.sweep)
    }

    /// The cursor that many places to the right, held to the sweep.
    pub fn stepped(&self, state: &State, places: i32) -> f32 {
        let last = self.sweep.len() - 1;
        self.at_place(state, self.cursor.place.saturating_add_signed(places as isize).min(last))
    }

    /// The cursor at the next kink of the chosen output (1) or the one before (−1), if there is one.
    pub fn next_kink(&self, state: &State, direction: i32) -> Option<f32> {
        let here = self.cursor.place;
        let mut places = self.chosen(state).kinks.iter().map(|kink| kink.place);
        let there = if direction > 0 {
            places.find(|place| *place > here)
        } else {
            places.rfind(|place| *place < here)
        };
        there.map(|place| self.at_place(state, place))
    }

    /// Where a pointer puts the cursor: as it is, and on the next code where the sweep's axis is in
    /// codes, as nobody aims between them.
    pub fn aimed(&self, state: &State, at: f64) -> f64 {
        let is_in_codes = self.sweep.is_by_code() && self.layer.input.scale == 1.0;
        #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
        let place = self.place_of(state, at as f32);
        if is_in_codes { self.at_place(state, place).into() } else { at }
    }

    /// The cursor on a place, held to the sweep.
    #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
    fn at_place(&self, state: &State, place: usize) -> f32 {
        (self.sweep.at[place] as f32).clamp(state.sweep.from, state.sweep.to)
    }

    /// What the chosen engine does to each pair of the chosen output.
    pub fn pair_verdicts(&self, state: &State) -> Vec<PairVerdict> {
        pair::verdicts(self.cursor.engine, &self.layer, state.picture.output)
    }

    /// The pairs of an output at a place of the sweep, as the chosen engine sums them.
    pub fn pairs_at(&self, state: &State, output: usize, at: f32) -> Vec<GroupTrace> {
        let (layer, engine) = (&self.layer, self.cursor.engine);
        let codes = sweep::codes_at(state, layer, at);
        let bytes: Vec<u8> = codes.iter().map(|code| engine.raw_byte(layer, *code)).collect();
        engine.accumulator_of(layer).trace(&bytes, layer.row(output))
    }

    /// The chosen output's view.
    pub fn chosen(&self, state: &State) -> &OutputView {
        &self.outputs[state.picture.output]
    }

    /// The place of the sweep where a value of it lies.
    pub fn place_of(&self, state: &State, t: f32) -> usize {
        self.sweep.place_at(state, &self.layer, t)
    }

    /// The real value of an input code.
    pub fn input_at(&self, code: usize) -> f64 {
        sweep::real_input(code as f64, self.layer.input)
    }

    /// How an input at the cursor becomes its code.
    pub fn quantizing(&self, k: usize) -> QuantizeTrace {
        sweep::quantizing(self.cursor.engine.dynamic(), self.cursor.x[k], &self.layer)
    }

    /// Whether inputs have the scale and zero point of the calibration, so that its range is this
    /// layer's.
    pub fn is_calibrated(&self) -> bool {
        self.layer.input == self.calibrated.input
    }

    /// Whether the chosen engine clamps the chosen output's bias to 32 bits.
    pub fn clamps_bias(&self, state: &State) -> bool {
        self.unavailable.is_none()
            && engines::clamps_bias(
                state.arithmetic.engine,
                state.arithmetic.rescale,
                &self.layer,
                state.picture.output,
            )
    }

    /// Whether an input can be at a place: codes beyond the clamp are never reached.
    pub fn is_reached(&self, place: usize) -> bool {
        let codes = self.layer.activation_codes;
        !self.sweep.is_by_code() || (codes.qmin as usize..=codes.qmax as usize).contains(&place)
    }

    /// The output scale at or above the present one with which the chosen output's multiplier is
    /// a power of two, so that a bit shift rescales exactly.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "scales are float32, and a power of two is exact"
    )]
    pub fn power_of_two_output_scale(&self, state: &State) -> f32 {
        let weight = self.layer.weight_param(state.picture.output).scale;
        let accumulator = f64::from(self.layer.input.scale * weight);
        let ratio = f64::from(self.layer.output.scale) / accumulator;
        // ratio = fraction · 2^exponent, with the fraction from 0.5 up to below 1.
        let (fraction, exponent) = libm::frexp(ratio);
        let exponent = if fraction == 0.5 { exponent - 1 } else { exponent };
        libm::ldexp(accumulator, exponent) as f32
    }
}

fn output_view(row: &Row<'_>, sums: &Sums, available: bool) -> OutputView {
    let exact = row.exact.clone();
    if !available {
        let none = vec![0.0; row.sweep.len()];
        let (saturation, rounding) = (none.clone(), none);
        return OutputView { exact, chosen: None, saturation, rounding, kinks: Vec::new() };
    }
    let engine = row.state.arithmetic.engine;
    let split = row.split(engine, row.state.arithmetic.rescale, sums.chosen.clone());
    let has_codes = split.ramp.code.iter().all(Option::is_some);
    let exact = if has_codes { exact } else { row.unclamped(engine) };
    let kinks = sums.kinks.get_or_init(|| row.kinks(engine, &split.ramp.acc));
    let kinks = row.placed(kinks.clone(), &split.ramp);
    let (saturation, rounding) = (split.saturation, split.rounding);
    OutputView { exact, chosen: Some(split.ramp), saturation, rounding, kinks }
}

fn cursor(state: &State, layer: &Linear, sweep: &Sweep, available: bool) -> Cursor {
    let engine = if available { state.arithmetic.engine } else { EXACT };
    let rescale = state.arithmetic.rescale.filter(|_| available);
    let x: Vec<f32> = (0..layer.inputs).map(|k| sweep::real_at(state, k, state.gaze.at)).collect();
    let codes = sweep::codes_at(state, layer, state.gaze.at);
    let bytes: Vec<u8> = codes.iter().map(|code| engine.raw_byte(layer, *code)).collect();
    let row = layer.row(state.picture.output);
    let sum = |accumulator, bytes: &[u8]| {
        row_sums(accumulator, bytes, row).first().copied().unwrap_or_default()
    };
    let accumulator = engine.accumulator_of(layer);
    let raw = sum(accumulator, &bytes);
    let sum_x = codes.iter().map(|code| i32::from(*code)).sum();
    let swept = codes[state.sweep.swept_input.min(codes.len() - 1)];
    Cursor {
        engine,
        place: sweep.place(state.gaze.at.into(), swept),
        quantized: codes.iter().map(|code| dequantize((*code).into(), layer.input)).collect(),
        pairs: accumulator.trace(&bytes, row),
        sum: raw,
        exact_sum: sum(Accumulator { lane: Lane::Exact, ..accumulator }, &bytes),
        trace: stage(engine, rescale, layer, state.picture.output).trace(raw, sum_x),
        exact: stage(engines::exact_beside(engine, rescale), None, layer, state.picture.output)
            .trace(sum(Accumulator::EXACT, &codes), sum_x),
        x,
        codes,
    }
}

#[cfg(test)]
mod tests;
