//! The rows of the table.

use super::access::{Access, field};
use super::{
    Choice, History, Kind, MOST_INPUTS, MOST_OUTPUTS, MOST_PAGES, Number, Parameter, Value,
};
use crate::arith::{Engine, Order, QScheme, Rescale};
use crate::evidence::{Overflow, Pairing, RecordedOn, Shipped, WIDTHS, Widening};
use crate::state::choices::{CodeClamp, Direction, Keyed, Overlay, Part, Quantity, Theme, View};

const fn row(
    key: &'static str,
    label: &'static str,
    unit: &'static str,
    help: &'static str,
    kind: Kind,
    history: History,
    (get, set): Access,
) -> Parameter {
    Parameter { key, label, unit, help, kind, auto: None, history, get, set }
}

/// Like [`row`], for a parameter that comes from `auto` unless it is set by hand.
const fn by_hand(
    key: &'static str,
    label: &'static str,
    unit: &'static str,
    help: &'static str,
    auto: &'static str,
    kind: Kind,
    (get, set): Access,
) -> Parameter {
    let history = History::Replace;
    Parameter { key, label, unit, help, kind, auto: Some(auto), history, get, set }
}

const fn integer(min: i64, max: i64) -> Kind {
    Kind::Number(Number::Integer { min, max })
}

const SCALE: Number =
    Number::Real { min: 1e-6, max: 1e6, step: 0.01, logarithmic: true, slider: [1e-4, 1e3] };

/// A real value of the layer, with the ends of its slider.
const fn real(step: f64, slider: [f32; 2]) -> Number {
    Number::Real { min: -1e6, max: 1e6, step, logarithmic: false, slider }
}

const INPUT: Kind = Kind::Number(real(0.1, [-12.0, 12.0]));
const CODE: Kind = integer(0, 255);
const WEIGHT_ZERO_POINT: Number = Number::Integer { min: -128, max: 127 };

const CALIBRATED: &str = "calibrated";
const FROM_DATA: &str = "from the data";

/// The story's steps as they are named in links.
const STEP_KEYS: [&str; MOST_PAGES] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

fn step_menu() -> Vec<Choice> {
    STEP_KEYS.iter().map(|key| Choice { key, name: key }).collect()
}

fn keys_menu() -> Vec<Choice> {
    PARAMETERS.iter().map(|known| Choice { key: known.key, name: known.label }).collect()
}

/// Every parameter, in the order of links and documentation.
pub static PARAMETERS: &[Parameter] = &[
    row(
        "engine",
        "Engine",
        "",
        "Whose integer arithmetic is drawn bold. The thin curve is the same layer with an exact sum.",
        Kind::Choice(Engine::menu),
        History::Push,
        field!(choice engine: Engine),
    ),
    row(
        "overlay",
        "Also draw",
        "",
        "Other engines in the large figure, beside the chosen one and the exact sum.",
        Kind::Choices(Overlay::menu),
        History::Push,
        (
            |state| Some(Value::Choices(state.overlay.iter().map(|one| one.to_key()).collect())),
            |state, value| {
                if let Some(Value::Choices(keys)) = value {
                    state.overlay = keys.into_iter().filter_map(Overlay::of_key).collect();
                }
            },
        ),
    ),
    row(
        "reduce_range",
        "reduce_range",
        "",
        "Activation observers use 0 to 127 instead of 0 to 255 (PyTorch). Inputs beyond the calibrated range still reach higher codes.",
        Kind::Flag,
        History::Push,
        field!(flag reduce_range),
    ),
    row(
        "reduce_weights",
        "7-bit weights",
        "",
        "The weight observer uses −64 to 63: what reduce_range means in ONNX Runtime and OpenVINO. No pair of such weights saturates.",
        Kind::Flag,
        History::Push,
        field!(flag reduce_weights),
    ),
    row(
        "clamp",
        "Codes are clamped to",
        "",
        "Eager PyTorch clamps activation codes to 0 to 255 whatever the observer says; fake-quantize and PT2E clamp to the observer’s range, 0 to 127 with reduce_range.",
        Kind::Choice(CodeClamp::menu),
        History::Push,
        field!(choice clamp: CodeClamp),
    ),
    row(
        "rescale",
        "Requantization",
        "",
        "How the 32-bit sum becomes an output code: whose rounding rule, and the bias rule that belongs to it.",
        Kind::Choice(Option::<Rescale>::menu),
        History::Push,
        field!(choice rescale: Option<Rescale>),
    ),
    row(
        "seed",
        "Seed",
        "",
        "torch.manual_seed: weights and calibration data are drawn from it, as PyTorch draws them.",
        integer(0, u32::MAX as i64),
        History::Replace,
        field!(int seed: u32),
    ),
    row(
        "inputs",
        "Inputs",
        "K",
        "How many inputs each output adds up. Neighbours make pairs; an odd last one stays alone.",
        integer(1, MOST_INPUTS as i64),
        History::Replace,
        field!(int inputs: usize),
    ),
    row(
        "outputs",
        "Outputs",
        "N",
        "How many outputs, each with its own row of weights.",
        integer(1, MOST_OUTPUTS as i64),
        History::Replace,
        field!(int outputs: usize),
    ),
    row(
        "output",
        "Output",
        "",
        "The output that is drawn large.",
        integer(0, MOST_OUTPUTS as i64 - 1),
        History::Push,
        field!(int output: usize),
    ),
    row(
        "order",
        "Drawn first",
        "",
        "Whether the model or the calibration data is drawn first from the seed.",
        Kind::Choice(Order::menu),
        History::Push,
        field!(choice order: Order),
    ),
    row(
        "gain",
        "Calibration gain",
        "×",
        "Factor on the calibration data. Below 1 the sweep leaves the calibrated range.",
        Kind::Number(Number::Real {
            min: 0.05,
            max: 4.0,
            step: 0.05,
            logarithmic: false,
            slider: [0.05, 4.0],
        }),
        History::Replace,
        field!(real calibration_gain),
    ),
    row(
        "x_scheme",
        "Activation scheme",
        "",
        "Affine: the zero point is where min and max put it. Symmetric: the zero point is 128.",
        Kind::Choice(QScheme::menu),
        History::Push,
        field!(choice input_scheme: QScheme),
    ),
    row(
        "w_scheme",
        "Weight scheme",
        "",
        "Symmetric: zero point 0. Affine: the range of the weights, with a zero point.",
        Kind::Choice(QScheme::menu),
        History::Push,
        field!(choice weight_scheme: QScheme),
    ),
    row(
        "per_channel",
        "Weights per channel",
        "",
        "One weight scale and zero point for each output, instead of one for the whole layer.",
        Kind::Flag,
        History::Push,
        field!(flag per_channel),
    ),
    by_hand(
        "x_min",
        "Input min",
        "real",
        "Lowest input that the activation observer has seen.",
        FROM_DATA,
        INPUT,
        field!(by_hand real input_min),
    ),
    by_hand(
        "x_max",
        "Input max",
        "real",
        "Highest input that the activation observer has seen.",
        FROM_DATA,
        INPUT,
        field!(by_hand real input_max),
    ),
    by_hand(
        "y_min",
        "Output min",
        "real",
        "Lowest output that the output observer has seen.",
        FROM_DATA,
        INPUT,
        field!(by_hand real output_min),
    ),
    by_hand(
        "y_max",
        "Output max",
        "real",
        "Highest output that the output observer has seen.",
        FROM_DATA,
        INPUT,
        field!(by_hand real output_max),
    ),
    by_hand(
        "x_scale",
        "Activation scale",
        "real per code",
        "Real value of one step of the input codes.",
        CALIBRATED,
        Kind::Number(SCALE),
        field!(by_hand real input_scale),
    ),
    by_hand(
        "x_zp",
        "Activation zero point",
        "code",
        "The input code that stands for 0. It does not move a kink in codes, only in real values.",
        CALIBRATED,
        CODE,
        field!(by_hand int input_zero_point),
    ),
    by_hand(
        "w_scale",
        "Weight scale",
        "real per code",
        "Real value of one step of the weight codes. By hand, the weight codes stay and only their meaning changes.",
        CALIBRATED,
        Kind::Number(SCALE),
        field!(by_hand real weight_scale),
    ),
    by_hand(
        "w_zp",
        "Weight zero point",
        "code",
        "The weight code that stands for 0. By hand, the weight codes stay and only their meaning changes.",
        CALIBRATED,
        Kind::Number(WEIGHT_ZERO_POINT),
        field!(by_hand int weight_zero_point),
    ),
    row(
        "w_scales",
        "Weight scales of single outputs",
        "real per code",
        "Used where weights are per channel, as output:scale.",
        Kind::Places { places: MOST_OUTPUTS, number: SCALE },
        History::Replace,
        field!(places weight_scales: f32),
    ),
    row(
        "w_zps",
        "Weight zero points of single outputs",
        "code",
        "Used where weights are per channel, as output:code.",
        Kind::Places { places: MOST_OUTPUTS, number: WEIGHT_ZERO_POINT },
        History::Replace,
        field!(places weight_zero_points: i32),
    ),
    by_hand(
        "y_scale",
        "Output scale",
        "real per code",
        "Real value of one step of the output codes.",
        CALIBRATED,
        Kind::Number(SCALE),
        field!(by_hand real output_scale),
    ),
    by_hand(
        "y_zp",
        "Output zero point",
        "code",
        "The output code that stands for 0.",
        CALIBRATED,
        CODE,
        field!(by_hand int output_zero_point),
    ),
    row(
        "bias",
        "Bias",
        "real",
        "Added to single outputs, as output:value. Without any the layer has no bias at all.",
        Kind::Places { places: MOST_OUTPUTS, number: real(0.05, [-10.0, 10.0]) },
        History::Replace,
        field!(places bias: f32),
    ),
    row(
        "relu",
        "ReLU",
        "",
        "Outputs below real 0 are clamped to it, in the same step as the rescaling.",
        Kind::Flag,
        History::Push,
        field!(flag relu),
    ),
    row(
        "w",
        "Weights",
        "code",
        "Weight codes set by hand, as output.k:code_code….",
        Kind::Weights,
        History::Replace,
        (
            |state| Some(Value::Weights(state.weights.clone())),
            |state, value| {
                if let Some(Value::Weights(edits)) = value {
                    state.weights = edits;
                }
            },
        ),
    ),
    row(
        "direction",
        "Sweep",
        "",
        "All inputs equal, one input while the others rest, or each input with its own factor.",
        Kind::Choice(Direction::menu),
        History::Push,
        field!(choice direction: Direction),
    ),
    row(
        "dir_k",
        "Swept input",
        "k",
        "The input that is swept while the others rest.",
        integer(0, MOST_INPUTS as i64 - 1),
        History::Replace,
        field!(int swept_input: usize),
    ),
    row(
        "rest",
        "Other inputs",
        "real",
        "Real value of the inputs that rest while one is swept.",
        INPUT,
        History::Replace,
        field!(real rest),
    ),
    row(
        "dir",
        "Factors",
        "× t",
        "The vector, as k:factor; input k is factor·t, and 1·t where no factor is given.",
        Kind::Places { places: MOST_INPUTS, number: real(0.1, [-4.0, 4.0]) },
        History::Replace,
        field!(places factors: f32),
    ),
    row(
        "from",
        "Sweep from",
        "real",
        "Where the sweep begins.",
        INPUT,
        History::Replace,
        field!(real from),
    ),
    row(
        "to",
        "Sweep to",
        "real",
        "Where the sweep ends.",
        INPUT,
        History::Replace,
        field!(real to),
    ),
    by_hand(
        "step",
        "Sweep step",
        "real",
        "Distance of the inputs that are computed, as in a script; without it every code is.",
        "every code",
        Kind::Number(Number::Real {
            min: 1e-3,
            max: 1e3,
            step: 0.01,
            logarithmic: true,
            slider: [1e-3, 10.0],
        }),
        field!(by_hand real step),
    ),
    row(
        "at",
        "Input x at the cursor",
        "real",
        "Where the cursor stands in the sweep.",
        Kind::Number(real(0.01, [-12.0, 12.0])),
        History::Replace,
        field!(real at),
    ),
    row(
        "plot",
        "Draw",
        "",
        "The output, or the accumulator before it is rescaled: there the output clamp hides no kink.",
        Kind::Choice(Quantity::menu),
        History::Push,
        field!(choice plot: Quantity),
    ),
    by_hand(
        "zoom_from",
        "Zoom from",
        "real",
        "Where the drawn part of the sweep begins.",
        "whole sweep",
        INPUT,
        field!(by_hand real zoom_from),
    ),
    by_hand(
        "zoom_to",
        "Zoom to",
        "real",
        "Where the drawn part of the sweep ends.",
        "whole sweep",
        INPUT,
        field!(by_hand real zoom_to),
    ),
    row(
        "legend",
        "Explain the marks",
        "",
        "The legend of the figure.",
        Kind::Flag,
        History::Replace,
        field!(flag legend),
    ),
    row(
        "page",
        "Story step",
        "",
        "The step of the story.",
        integer(1, MOST_PAGES as i64),
        History::Push,
        field!(int page: usize),
    ),
    row(
        "steps",
        "Steps",
        "",
        "The steps of the story that are shown; all of them without it.",
        Kind::Choices(step_menu),
        History::Replace,
        (
            |state| {
                let key = |page: &usize| STEP_KEYS.get(page.wrapping_sub(1)).copied();
                Some(Value::Choices(state.steps.iter().filter_map(key).collect()))
            },
            |state, value| {
                if let Some(Value::Choices(keys)) = value {
                    let page = |key: &str| STEP_KEYS.iter().position(|one| *one == key);
                    state.steps =
                        keys.into_iter().filter_map(page).map(|index| index + 1).collect();
                }
            },
        ),
    ),
    row(
        "embed",
        "Embedded",
        "",
        "In a frame of another page: without heading, navigation and foot.",
        Kind::Flag,
        History::Replace,
        field!(flag embed),
    ),
    row(
        "focus",
        "Parts",
        "",
        "The parts of the Lab that are shown, in this order; all of them without it.",
        Kind::Choices(Part::menu),
        History::Replace,
        field!(choices focus: Part),
    ),
    row(
        "controls",
        "Controls",
        "",
        "Keys of the parameters that have a control where only some parts are shown.",
        Kind::Choices(keys_menu),
        History::Replace,
        field!(keys controls),
    ),
    row(
        "hide",
        "Hidden controls",
        "",
        "Keys of parameters whose controls are not shown.",
        Kind::Choices(keys_menu),
        History::Replace,
        field!(keys hide),
    ),
    row(
        "lock",
        "Locked controls",
        "",
        "Keys of parameters that cannot be changed on the page. Their controls show the value.",
        Kind::Choices(keys_menu),
        History::Replace,
        field!(keys lock),
    ),
    row(
        "room",
        "Room",
        "",
        "Gives the story’s questions other numbers, so that neighbours get different ones; 0 for the usual numbers.",
        integer(0, 9999),
        History::Replace,
        field!(int room: u32),
    ),
    row(
        "locked",
        "Answers are final",
        "",
        "An answer given in the story cannot be changed.",
        Kind::Flag,
        History::Replace,
        field!(flag locked),
    ),
    row(
        "recording",
        "Recording",
        "",
        "A layer and what the real library gave for it. Seed 100 with ten outputs, or a single output made to show one thing.",
        Kind::Choice(Shipped::menu),
        History::Push,
        field!(choice recording: Shipped),
    ),
    row(
        "recorded_on",
        "Recorded on",
        "",
        "The engine and instruction set whose outputs the theories have to explain.",
        Kind::Choice(RecordedOn::menu),
        History::Push,
        field!(choice recorded_on: RecordedOn),
    ),
    row(
        "recorded_output",
        "Recorded output",
        "",
        "The output of the recording that is drawn.",
        integer(0, MOST_OUTPUTS as i64 - 1),
        History::Replace,
        field!(int recorded_output: usize),
    ),
    row(
        "pairing",
        "Added first",
        "",
        "Which products are added together before anything is held to the width.",
        Kind::Choice(Pairing::menu),
        History::Push,
        field!(choice theory.pairing: Pairing),
    ),
    row(
        "width",
        "Width of the sum",
        "bits",
        "Bits of the narrow sum. A single product fits 16, a pair 17, the whole row 32.",
        integer(*WIDTHS.start() as i64, *WIDTHS.end() as i64),
        History::Replace,
        field!(int theory.width: u32),
    ),
    row(
        "overflow",
        "A sum that does not fit",
        "",
        "Saturates: the nearest value that fits. Wraps around: the low bits, as 127 + 1 = −128 in 8 bits.",
        Kind::Choice(Overflow::menu),
        History::Push,
        field!(choice theory.overflow: Overflow),
    ),
    row(
        "widening",
        "Widened to 32 bits",
        "",
        "When the narrow sum is added to the 32-bit one and begins anew.",
        Kind::Choice(Widening::menu),
        History::Push,
        field!(choice theory.widening: Widening),
    ),
    row(
        "theme",
        "Theme",
        "",
        "Light, dark, high contrast, projector, or as the device asks.",
        Kind::Choice(Theme::menu),
        History::Replace,
        field!(choice theme: Theme),
    ),
    row(
        "view",
        "View",
        "",
        "Which page is shown. In a link it stands before the question mark: #/lab?…",
        Kind::Choice(View::menu),
        History::Push,
        field!(choice view: View),
    ),
];
