//! Ramps on every engine, and how far each leaves the exact sum.

use super::extent::Extent;
use super::kinks::{self, KinkView, Visibility};
use super::sweep::Sweep;
use crate::arith::{Accumulator, DynamicEngine, Engine, Lane, Linear, Ramp, Rescale, Stage};
use crate::kernel::{ramp_sums, row_sums};
use crate::state::{Overlay, State};

/// The engine that every other is compared with: exact sum, rescaled in float.
pub const EXACT: Engine = Engine::FbgemmVnni;

/// The same without output codes: its integer product is the result.
const EXACT_PRODUCT: Engine = Engine::OnnxRuntimeVnni;

const _: () = assert!(
    matches!(EXACT.lane(), Lane::Exact)
        && matches!(EXACT.rescale(), Some(Rescale::Fbgemm))
        && matches!(EXACT_PRODUCT.lane(), Lane::Exact)
        && EXACT_PRODUCT.rescale().is_none()
);

/// The exact engine beside another: one without output codes where that has none, of a dynamic layer the
/// same layer.
pub(super) fn exact_beside(engine: Engine, rescale: Option<Rescale>) -> Engine {
    match (rescale.or(engine.rescale()), engine.dynamic()) {
        (Some(_), _) => EXACT,
        (None, Some(DynamicEngine::Fbgemm)) => Engine::FbgemmDynamicVnni,
        (None, Some(DynamicEngine::Qnnpack)) => Engine::QnnpackDynamic,
        (None, Some(DynamicEngine::OnnxRuntime)) => Engine::OnnxDynamicVnni,
        (None, None) => EXACT_PRODUCT,
    }
}

/// The chosen output on one engine, beside the others.
#[derive(Clone, Debug, PartialEq)]
pub struct EngineView {
    /// Which one.
    pub overlay: Overlay,
    /// Real outputs at every place; none where the engine cannot run the layer.
    pub real: Vec<f32>,
    /// Accumulators at every place; none for float32.
    pub acc: Vec<i32>,
    /// Output codes at every place; none for float32 and engines without codes.
    pub code: Vec<Option<i32>>,
    /// Why it cannot run the layer.
    pub unavailable: Option<String>,
    /// What its sum makes of the output over the sweep, in output codes; of the accumulator where
    /// there are none.
    pub saturation: Extent,
    /// What its rounding makes of it, in output codes.
    pub rounding: Extent,
    /// How far its accumulator lies from the exact one over the sweep.
    pub accumulator: Extent,
    /// Whether it clamps the bias to 32 bits, which counts as rounding.
    pub clamps_bias: bool,
    /// How many kinks it has in the sweep; `None` where that is not known.
    pub kinks: Option<usize>,
}

/// One engine over a sweep of one output, told apart into what its sum and what its rounding do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Split {
    /// The engine.
    pub ramp: Ramp,
    /// What the sum makes it differ by at every place, in output codes; in units of the accumulator
    /// where it has none.
    pub saturation: Vec<f64>,
    /// Output codes that the rounding makes it differ by, at every place.
    pub rounding: Vec<f64>,
}

/// Ramps of one output beside the exact one, whose sums several engines share.
pub(super) struct Row<'a> {
    pub state: &'a State,
    pub layer: &'a Linear,
    pub sweep: &'a Sweep,
    pub output: usize,
    /// The ramp of an exact sum, rescaled as [`EXACT`] does.
    pub exact: &'a Ramp,
}

/// The ramp of an output with an exact sum, rescaled as [`EXACT`] does.
pub(super) fn exact_ramp(layer: &Linear, sweep: &Sweep, output: usize, raw: Vec<i32>) -> Ramp {
    Ramp::from_sums(&Stage::new(EXACT, layer, output), raw, &sweep.sum_x)
}

impl Row<'_> {
    /// The exact ramp with the real outputs of an exact engine without codes, which nothing clamps.
    pub(super) fn unclamped(&self, engine: Engine) -> Ramp {
        let stage = Stage::new(exact_beside(engine, None), self.layer, self.output);
        let real = self.exact.acc.iter().map(|acc| stage.real(*acc, None)).collect();
        Ramp { real, ..self.exact.clone() }
    }

    /// An engine's sums at every place.
    fn sums(&self, engine: Engine) -> Vec<i32> {
        match engine.raw_accumulator(self.layer) {
            Some(Accumulator { lane: Lane::Exact, signed_inputs: false, .. }) => {
                self.exact.raw.clone()
            }
            _ => raw_sums(engine, self.layer, self.sweep, self.output),
        }
    }

    /// An engine's sums with its own requantization rule or another one.
    pub(super) fn split(&self, engine: Engine, rescale: Option<Rescale>, raw: Vec<i32>) -> Split {
        let stage = stage(engine, rescale, self.layer, self.output);
        let ramp = Ramp::from_sums(&stage, raw, &self.sweep.sum_x);
        // The engine's rounding of a sum that lost nothing. Its own zero-point terms may belong to
        // other bytes than the codes, so the exact accumulator is the common one.
        let places = 0..self.sweep.len();
        let exact = self.exact;
        let (mut saturation, mut rounding) = (Vec::new(), Vec::new());
        for place in places {
            match (ramp.code[place], exact.code[place]) {
                (Some(code), Some(exact_code)) => {
                    let unsaturated = if ramp.acc[place] == exact.acc[place] {
                        code
                    } else {
                        stage.output_code(exact.acc[place]).unwrap_or(code)
                    };
                    saturation.push(f64::from(code - unsaturated));
                    rounding.push(f64::from(unsaturated - exact_code));
                }
                // There are no output codes.
                _ => {
                    saturation.push(f64::from(ramp.acc[place]) - f64::from(exact.acc[place]));
                    rounding.push(0.0);
                }
            }
        }
        Split { ramp, saturation, rounding }
    }

    /// The kinks of an engine whose accumulators are `acc`, as if all could be seen.
    pub(super) fn kinks(&self, engine: Engine, acc: &[i32]) -> Vec<KinkView> {
        kinks::found(self.state, self.layer, self.sweep, engine, self.output, acc)
    }

    /// The same with what hides them in a ramp of these accumulators.
    pub(super) fn placed(&self, mut kinks: Vec<KinkView>, ramp: &Ramp) -> Vec<KinkView> {
        for kink in &mut kinks {
            kink.visibility = kinks::visibility(self.state, self.layer, self.sweep, ramp, kink);
        }
        kinks
    }

    /// An engine beside the others, with its own rule.
    pub(super) fn view(&self, engine: Engine) -> EngineView {
        let overlay = Overlay::Engine(engine);
        if let Some(reason) = engine.unavailable(self.layer) {
            return EngineView {
                unavailable: Some(reason.to_string()),
                ..EngineView::none(overlay)
            };
        }
        let split = self.split(engine, None, self.sums(engine));
        let kinks = self.placed(self.kinks(engine, &split.ramp.acc), &split.ramp);
        let in_sweep = |kink: &&KinkView| kink.visibility != Visibility::OutsideSweep;
        let places = self.sweep.swept(self.state, self.layer);
        let saturation = Extent::of(split.saturation[places.clone()].iter().copied());
        let off =
            |place: usize| f64::from(split.ramp.acc[place]) - f64::from(self.exact.acc[place]);
        let accumulator = Extent::of(places.clone().map(off));
        EngineView {
            overlay,
            real: split.ramp.real,
            acc: split.ramp.acc,
            code: split.ramp.code,
            unavailable: None,
            saturation,
            accumulator,
            rounding: Extent::of(split.rounding[places].iter().copied()),
            clamps_bias: clamps_bias(engine, None, self.layer, self.output),
            kinks: kinks::are_known(engine, self.sweep)
                .then(|| kinks.iter().filter(in_sweep).count()),
        }
    }
}

impl EngineView {
    fn none(overlay: Overlay) -> EngineView {
        EngineView {
            overlay,
            real: Vec::new(),
            acc: Vec::new(),
            code: Vec::new(),
            unavailable: None,
            saturation: Extent::default(),
            rounding: Extent::default(),
            accumulator: Extent::default(),
            clamps_bias: false,
            kinks: None,
        }
    }

    /// The float layer; it has no codes to differ by.
    pub(super) fn float(real: Vec<f32>) -> EngineView {
        EngineView { real, ..EngineView::none(Overlay::Float32) }
    }
}

/// What an engine does after the sum, with its own rule or another one.
pub(super) fn stage(
    engine: Engine,
    rescale: Option<Rescale>,
    layer: &Linear,
    output: usize,
) -> Stage {
    Stage::new(engine, layer, output).with_rescale(rescale)
}

/// Whether an engine, by its own rule or another one, clamps an output's bias to 32 bits. FBGEMM
/// and engines without codes add it in float.
pub(super) fn clamps_bias(
    engine: Engine,
    rescale: Option<Rescale>,
    layer: &Linear,
    output: usize,
) -> bool {
    let bias = layer.bias.as_ref().map_or(0.0, |bias| f64::from(bias[output]));
    let unit = f64::from(layer.input.scale) * f64::from(layer.weight_param(output).scale);
    let is_integer = rescale.or(engine.rescale()).is_some_and(|rule| !rule.adds_bias_in_float());
    let fits = f64::from(i32::MIN)..=f64::from(i32::MAX);
    is_integer && !fits.contains(&(bias / unit).round())
}

/// An engine's sums of products at every place.
pub(super) fn raw_sums(engine: Engine, layer: &Linear, sweep: &Sweep, output: usize) -> Vec<i32> {
    let Some(codes) = sweep.codes() else { return ramp_sums(engine, layer, output) };
    let row = layer.row(output);
    // Most engines multiply the codes as they are.
    if let Some(accumulator) = engine.raw_accumulator(layer) {
        return row_sums(accumulator, codes, row);
    }
    let bytes: Vec<u8> = codes.iter().map(|code| engine.raw_byte(layer, *code)).collect();
    row_sums(engine.accumulator_of(layer), &bytes, row)
}
