//! Whose arithmetic, and the experiment that the layer comes from.

use super::{integer, row};
use crate::arith::{Engine, Order, QScheme, Rescale};
use crate::state::choices::{CodeClamp, Kernel, Keyed, Overlay};
use crate::state::schema::access::field;
use crate::state::schema::{
    History, Key, Kind, MOST_INPUTS, MOST_OUTPUTS, Number, Parameter, Value,
};

pub(super) const ROWS: &[Parameter] = &[
    row(
        Key::Engine,
        "Engine",
        "",
        "Whose integer arithmetic is drawn bold. The thin curve is the same layer with an exact sum, rescaled as FBGEMM does.",
        Kind::Choice(Engine::menu),
        History::Push,
        field!(choice arithmetic.engine: Engine),
    ),
    row(
        Key::Overlay,
        "Also draw",
        "",
        "Other engines in the large figure, beside the chosen one and the exact sum.",
        Kind::Choices(Overlay::menu),
        History::Push,
        (
            |state| {
                Some(Value::Choices(state.picture.overlay.iter().map(|one| one.to_key()).collect()))
            },
            |state, value| {
                if let Some(Value::Choices(keys)) = value {
                    state.picture.overlay = keys.into_iter().filter_map(Overlay::of_key).collect();
                }
            },
        ),
    ),
    row(
        Key::ReduceRange,
        "reduce_range",
        "",
        "Activation observers use half of the codes (PyTorch): 0 to 127 if affine, 64 to 192 if symmetric. Inputs beyond the calibrated range still get other codes, unless these are clamped to the observer’s range.",
        Kind::Flag,
        History::Push,
        field!(flag experiment.reduce_range),
    ),
    row(
        Key::ReduceWeights,
        "7-bit weights",
        "",
        "The weight observer uses −64 to 63: what reduce_range means in ONNX Runtime and OpenVINO. No pair of such weights saturates; weights set by hand stay as they are.",
        Kind::Flag,
        History::Push,
        field!(flag experiment.reduce_weights),
    ),
    row(
        Key::Clamp,
        "Codes are clamped to",
        "",
        "Eager PyTorch clamps activation codes to 0 to 255 whatever the observer says; fake-quantize and PT2E clamp to the observer’s range, 0 to 127 with reduce_range.",
        Kind::Choice(CodeClamp::menu),
        History::Push,
        field!(choice arithmetic.clamp: CodeClamp),
    ),
    row(
        Key::Rescale,
        "Requantization",
        "",
        "How the 32-bit sum becomes an output code: whose rounding rule, and the bias rule that belongs to it.",
        Kind::Choice(Option::<Rescale>::menu),
        History::Push,
        field!(choice arithmetic.rescale: Option<Rescale>),
    ),
    row(
        Key::Seed,
        "Seed",
        "",
        "torch.manual_seed: weights and calibration data are drawn from it, as PyTorch draws them.",
        integer(0, u32::MAX as i64),
        History::Replace,
        field!(int experiment.seed: u32),
    ),
    row(
        Key::Inputs,
        "Inputs",
        "K",
        "How many inputs each output adds up. Where an engine adds neighbours first, they make pairs, and an odd last one stays alone.",
        integer(1, MOST_INPUTS as i64),
        History::Replace,
        field!(int experiment.inputs: usize),
    ),
    row(
        Key::Outputs,
        "Outputs",
        "N",
        "How many outputs, each with its own row of weights.",
        integer(1, MOST_OUTPUTS as i64),
        History::Replace,
        field!(int experiment.outputs: usize),
    ),
    row(
        Key::Kernel,
        "Convolution kernel",
        "",
        "The inputs as taps × channels of a convolution at one place of its output, channels side by side. Some engines pair within a tap, or taps.",
        Kind::Choice(Kernel::menu),
        History::Push,
        field!(choice experiment.kernel: Kernel),
    ),
    row(
        Key::Output,
        "Output",
        "",
        "The output that is drawn large.",
        integer(0, MOST_OUTPUTS as i64 - 1),
        History::Push,
        field!(int picture.output: usize),
    ),
    row(
        Key::Order,
        "Drawn first",
        "",
        "Whether the model or the calibration data is drawn first from the seed.",
        Kind::Choice(Order::menu),
        History::Push,
        field!(choice experiment.order: Order),
    ),
    row(
        Key::CalibrationGain,
        "Calibration gain",
        "×",
        "Factor on the calibration data, and so on the range that they span.",
        Kind::Number(Number::Real {
            min: 0.05,
            max: 4.0,
            step: 0.05,
            logarithmic: false,
            slider: [0.05, 4.0],
        }),
        History::Replace,
        field!(real experiment.calibration_gain),
    ),
    row(
        Key::InputScheme,
        "Activation scheme",
        "",
        "Affine: the zero point is where min and max put it. Symmetric: the zero point is 128.",
        Kind::Choice(QScheme::menu),
        History::Push,
        field!(choice experiment.input_scheme: QScheme),
    ),
    row(
        Key::WeightScheme,
        "Weight scheme",
        "",
        "Symmetric: zero point 0. Affine: the range of the weights, with a zero point.",
        Kind::Choice(QScheme::menu),
        History::Push,
        field!(choice experiment.weight_scheme: QScheme),
    ),
    row(
        Key::PerChannel,
        "Weights per channel",
        "",
        "One weight scale and zero point for each output, instead of one for the whole layer.",
        Kind::Flag,
        History::Push,
        field!(flag experiment.per_channel),
    ),
];
