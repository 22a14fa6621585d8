//! How real values and codes belong together, and what is set by hand.

use super::{INPUT, SCALE, by_hand, integer, real, row};
use crate::state::schema::access::field;
use crate::state::schema::{History, Key, Kind, MOST_OUTPUTS, Number, Parameter, Value};

const CODE: Kind = integer(0, 255);
const WEIGHT_ZERO_POINT: Number = Number::Integer { min: -128, max: 127 };

const CALIBRATED: &str = "calibrated";
const FROM_DATA: &str = "from the data";

pub(super) const ROWS: &[Parameter] = &[
    by_hand(
        Key::InputMin,
        "Input min",
        "real",
        "Lowest input that the activation observer has seen.",
        FROM_DATA,
        INPUT,
        field!(by_hand real by_hand.input_min),
    ),
    by_hand(
        Key::InputMax,
        "Input max",
        "real",
        "Highest input that the activation observer has seen.",
        FROM_DATA,
        INPUT,
        field!(by_hand real by_hand.input_max),
    ),
    by_hand(
        Key::OutputMin,
        "Output min",
        "real",
        "Lowest output that the output observer has seen.",
        FROM_DATA,
        INPUT,
        field!(by_hand real by_hand.output_min),
    ),
    by_hand(
        Key::OutputMax,
        "Output max",
        "real",
        "Highest output that the output observer has seen.",
        FROM_DATA,
        INPUT,
        field!(by_hand real by_hand.output_max),
    ),
    by_hand(
        Key::InputScale,
        "Activation scale",
        "real per code",
        "Real value of one step of the input codes.",
        CALIBRATED,
        Kind::Number(SCALE),
        field!(by_hand real by_hand.input_scale),
    ),
    by_hand(
        Key::InputZeroPoint,
        "Activation zero point",
        "code",
        "The input code that stands for 0. It moves kinks in real values; in codes it moves none but those of s8×s8.",
        CALIBRATED,
        CODE,
        field!(by_hand int by_hand.input_zero_point),
    ),
    by_hand(
        Key::WeightScale,
        "Weight scale",
        "real per code",
        "Real value of one step of the weight codes. By hand, the weight codes stay and only their meaning changes.",
        CALIBRATED,
        Kind::Number(SCALE),
        field!(by_hand real by_hand.weight_scale),
    ),
    by_hand(
        Key::WeightZeroPoint,
        "Weight zero point",
        "code",
        "The weight code that stands for 0. By hand, the weight codes stay and only their meaning changes.",
        CALIBRATED,
        Kind::Number(WEIGHT_ZERO_POINT),
        field!(by_hand int by_hand.weight_zero_point),
    ),
    row(
        Key::WeightScales,
        "Weight scales of single outputs",
        "real per code",
        "Used where weights are per channel, as output:scale.",
        Kind::Indexed { places: MOST_OUTPUTS, number: SCALE },
        History::Replace,
        field!(places by_hand.weight_scales: f32),
    ),
    row(
        Key::WeightZeroPoints,
        "Weight zero points of single outputs",
        "code",
        "Used where weights are per channel, as output:code.",
        Kind::Indexed { places: MOST_OUTPUTS, number: WEIGHT_ZERO_POINT },
        History::Replace,
        field!(places by_hand.weight_zero_points: i32),
    ),
    by_hand(
        Key::OutputScale,
        "Output scale",
        "real per code",
        "Real value of one step of the output codes.",
        CALIBRATED,
        Kind::Number(SCALE),
        field!(by_hand real by_hand.output_scale),
    ),
    by_hand(
        Key::OutputZeroPoint,
        "Output zero point",
        "code",
        "The output code that stands for 0.",
        CALIBRATED,
        CODE,
        field!(by_hand int by_hand.output_zero_point),
    ),
    row(
        Key::Bias,
        "Bias",
        "real",
        "Added to single outputs, as output:value. Without any the layer has no bias at all.",
        Kind::Indexed { places: MOST_OUTPUTS, number: real(0.05, [-10.0, 10.0]) },
        History::Replace,
        field!(places by_hand.bias: f32),
    ),
    row(
        Key::Relu,
        "ReLU",
        "",
        "Outputs below real 0 are clamped to it, in the same step as the rescaling.",
        Kind::Flag,
        History::Push,
        field!(flag arithmetic.relu),
    ),
    row(
        Key::Weights,
        "Weights",
        "code",
        "Weight codes set by hand, as output.k:code_code….",
        Kind::Weights,
        History::Replace,
        (
            |state| Some(Value::Weights(state.by_hand.weights.clone())),
            |state, value| {
                if let Some(Value::Weights(edits)) = value {
                    state.by_hand.weights = edits;
                }
            },
        ),
    ),
];
