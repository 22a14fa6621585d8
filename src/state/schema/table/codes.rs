//! How real values and codes belong together, and what is set by hand.

use super::{INPUT, SCALE, by_hand, integer, real, row};
use crate::state::schema::access::field;
use crate::state::schema::{History, Kind, MOST_OUTPUTS, Number, Parameter, Value};

const CODE: Kind = integer(0, 255);
const WEIGHT_ZERO_POINT: Number = Number::Integer { min: -128, max: 127 };

const CALIBRATED: &str = "calibrated";
const FROM_DATA: &str = "from the data";

pub(super) const ROWS: &[Parameter] = &[
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
        "The input code that stands for 0. It moves kinks in real values; in codes it moves none but those of s8×s8.",
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
];
