//! What the page shows is what the oracle computes: for links that a person could have, every
//! output at every input code, bit for bit.
//!
//! The page's way is link → `State` → `Deriver`, by the kernel. The oracle's way is arithmetic
//! alone: an `Experiment` with the weights edited, calibrated as a whole, and `Engine::run` for
//! each code.

use std::fmt::Write;

use rampscope::arith::{
    DynamicEngine, Engine, EngineOutput, Experiment, ExperimentSpec, Linear, Order, QParams,
    QScheme, QType, Ramp, dequantize, float_forward, min_max_qparams,
};
use rampscope::state::{Deriver, link};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn say(line: &str) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_test::console_log!("{line}");
    #[cfg(not(target_arch = "wasm32"))]
    println!("{line}");
}

const SEEDS: [u32; 5] = [0, 7, 100, 2_026, u32::MAX];

/// (inputs, outputs): both ends, odd and even, the thread's, and the page's largest.
const SHAPES: [(usize, usize); 10] =
    [(1, 1), (1, 16), (2, 3), (3, 10), (7, 5), (8, 10), (17, 16), (33, 2), (63, 1), (64, 16)];

/// What a link can set beside seed, shape, engine and weights.
#[derive(Clone, Copy, Debug)]
struct Setting {
    order: Order,
    gain: f32,
    reduce_range: bool,
    scheme: QScheme,
    input: Option<QParams>,
    weight_scale: Option<f32>,
    output: Option<QParams>,
}

const PLAIN: Setting = Setting {
    order: Order::ModelFirst,
    gain: 1.0,
    reduce_range: false,
    scheme: QScheme::Symmetric,
    input: None,
    weight_scale: None,
    output: None,
};

const SETTINGS: [Setting; 4] = [
    PLAIN,
    Setting { order: Order::DataFirst, gain: 0.35, reduce_range: true, ..PLAIN },
    Setting { scheme: QScheme::Affine, ..PLAIN },
    Setting {
        gain: 2.5,
        input: Some(QParams { scale: 0.031, zero_point: 128 }),
        weight_scale: Some(0.0042),
        output: Some(QParams { scale: 0.017, zero_point: 3 }),
        ..PLAIN
    },
];

/// Weights set by hand: (output, k, code).
type Edits = Vec<(usize, usize, i8)>;

/// None; both corners, with one place outside the shape, which waits; a row at the rails.
fn edits(inputs: usize, outputs: usize) -> [Edits; 3] {
    let last = (outputs - 1, inputs - 1);
    let rails = (0..inputs).map(|k| (0, k, if k % 4 < 2 { 127 } else { -128 })).collect();
    let mut corners = vec![(0, 0, 127), (last.0, last.1, -128)];
    if outputs < 16 {
        corners.push((15, 0, 99));
    }
    [Vec::new(), corners, rails]
}

fn fragment(spec: &ExperimentSpec, setting: &Setting, edits: &Edits, engine: Engine) -> String {
    let mut link = format!(
        "#/lab?v=1&engine={}&seed={}&inputs={}&outputs={}&gain={}&output={}",
        engine.key(),
        spec.seed,
        spec.inputs,
        spec.outputs,
        spec.calibration_gain,
        spec.outputs - 1,
    );
    let mut add = |key: &str, value: String| {
        write!(link, "&{key}={value}").expect("a string takes everything");
    };
    if setting.order == Order::DataFirst {
        add("order", "data_first".to_string());
    }
    if setting.reduce_range {
        add("reduce_range", "1".to_string());
    }
    if setting.scheme == QScheme::Affine {
        add("w_scheme", "affine".to_string());
    }
    if let Some(input) = setting.input {
        add("x_scale", input.scale.to_string());
        add("x_zp", input.zero_point.to_string());
    }
    if let Some(scale) = setting.weight_scale {
        add("w_scale", scale.to_string());
    }
    if let Some(output) = setting.output {
        add("y_scale", output.scale.to_string());
        add("y_zp", output.zero_point.to_string());
    }
    if !edits.is_empty() {
        let entry = |&(output, k, code): &(usize, usize, i8)| format!("{output}.{k}:{code}");
        add("w", edits.iter().map(entry).collect::<Vec<_>>().join(","));
    }
    link
}

/// The layer by arithmetic alone.
fn oracle_layer(spec: &ExperimentSpec, setting: &Setting, edits: &Edits) -> Linear {
    let Experiment { mut layer, mut weights_float, calibration, .. } = Experiment::new(spec);
    let weight = layer.weight_params[0];
    for &(output, k, code) in edits.iter().filter(|(output, ..)| *output < spec.outputs) {
        layer.weights[output * spec.inputs + k] = code;
        weights_float[output * spec.inputs + k] = dequantize(code.into(), weight);
    }
    let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
    for row in calibration.chunks(spec.inputs) {
        for weights in weights_float.chunks(spec.inputs) {
            let y = float_forward(weights, row);
            (low, high) = (low.min(y), high.max(y));
        }
    }
    let calibrated =
        min_max_qparams(low, high, QType::QUInt8, QScheme::Affine, setting.reduce_range);
    layer.input = setting.input.unwrap_or(layer.input);
    layer.weight_params[0].scale = setting.weight_scale.unwrap_or(weight.scale);
    layer.output = setting.output.unwrap_or(calibrated);
    layer
}

/// All outputs at every input code, `[code][output]`.
fn oracle(engine: Engine, layer: &Linear) -> Vec<Vec<EngineOutput>> {
    (0..=u8::MAX).map(|code| engine.run(layer, &vec![code; layer.inputs])).collect()
}

/// Compares a ramp of the page; counts its output codes, and its integer results without a code.
fn compare(
    shown: &Ramp,
    oracle: &[Vec<EngineOutput>],
    output: usize,
    link: &str,
    count: &mut Count,
) {
    assert_eq!((shown.code.len(), shown.raw.len()), (256, 256), "{link}");
    for (code, outputs) in oracle.iter().enumerate() {
        let expected = outputs[output];
        let what = || format!("output {output} at input code {code} of {link}");
        assert_eq!(shown.code[code], expected.code, "code of {}", what());
        assert_eq!(shown.raw[code], expected.raw, "sum of {}", what());
        assert_eq!(shown.acc[code], expected.acc, "accumulator of {}", what());
        assert_eq!(shown.real[code].to_bits(), expected.real.to_bits(), "real of {}", what());
        match expected.code {
            Some(_) => count.codes += 1,
            None => count.integers += 1,
        }
    }
}

#[derive(Default)]
struct Count {
    links: usize,
    codes: usize,
    integers: usize,
    unavailable: usize,
    /// Input codes at which the engine's accumulator is not the exact one.
    bent: usize,
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_output_code_of_a_link_is_the_oracles() {
    let mut count = Count::default();
    // One for all links, as on the page: what it keeps from one must not reach the next.
    let mut deriver = Deriver::default();
    for (place, &seed) in SEEDS.iter().enumerate() {
        for (turn, &(inputs, outputs)) in SHAPES.iter().enumerate() {
            for (kind, edits) in edits(inputs, outputs).iter().enumerate() {
                let setting = &SETTINGS[(place + turn + kind) % SETTINGS.len()];
                let spec = ExperimentSpec {
                    seed: seed.into(),
                    batch: 100,
                    inputs,
                    outputs,
                    order: setting.order,
                    calibration_gain: setting.gain,
                    reduce_range: setting.reduce_range,
                    weight_scheme: setting.scheme,
                    per_channel: false,
                    reduce_weights: false,
                };
                let layer = oracle_layer(&spec, setting, edits);
                let exact = oracle(Engine::FbgemmVnni, &layer);
                for &engine in Engine::ALL {
                    let link = fragment(&spec, setting, edits, engine);
                    check_link(&link, engine, &layer, &exact, &mut deriver, &mut count);
                }
            }
        }
    }
    say(&format!(
        "{} links: {} output codes and {} integer results compared, bit for bit; \
         {} accumulators are not the exact ones; {} links are of layers that their engine refuses",
        count.links, count.codes, count.integers, count.bent, count.unavailable
    ));
    assert_eq!(count.links, SEEDS.len() * SHAPES.len() * 3 * Engine::ALL.len());
    // The spread meets what it is for.
    assert!(count.bent > 100_000 && count.integers > 0 && count.unavailable > 0);
}

fn check_link(
    link: &str,
    engine: Engine,
    layer: &Linear,
    exact: &[Vec<EngineOutput>],
    deriver: &mut Deriver,
    count: &mut Count,
) {
    let (state, problems) = link::read(link);
    assert_eq!(problems, [], "{link}");
    let derived = deriver.derive(&state);
    assert_eq!(derived.layer, *layer, "{link}");
    assert_eq!(derived.outputs.len(), layer.outputs, "{link}");
    let chosen = oracle(engine, layer);
    // Beside what nothing clamps, an integer product or a real number, the exact one is not clamped either.
    let mut exact = exact.to_vec();
    let beside = match engine.dynamic() {
        None => Engine::OnnxRuntimeVnni,
        Some(DynamicEngine::Fbgemm) => Engine::FbgemmDynamicVnni,
        Some(DynamicEngine::Qnnpack) => Engine::QnnpackDynamic,
        Some(DynamicEngine::OnnxRuntime) => Engine::OnnxDynamicVnni,
    };
    if engine.rescale().is_none() && engine.unavailable(layer).is_none() {
        for (clamped, integer) in exact.iter_mut().zip(oracle(beside, layer)) {
            clamped.iter_mut().zip(integer).for_each(|(one, integer)| one.real = integer.real);
        }
    }
    let refused = engine.unavailable(layer).is_some();
    for (output, view) in derived.outputs.iter().enumerate() {
        compare(&view.exact, &exact, output, link, count);
        match &view.chosen {
            Some(shown) => {
                compare(shown, &chosen, output, link, count);
                count.bent += (0..256).filter(|&code| view.is_saturated(code)).count();
            }
            None => assert!(refused, "{link} shows nothing of an engine that can run"),
        }
        assert_eq!(view.chosen.is_none(), refused, "{link}");
    }
    count.unavailable += usize::from(refused);
    count.links += 1;
}
