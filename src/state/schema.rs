//! One table of all parameters.
//!
//! The address, the controls' ranges, an embedder's patches and the
//! documentation read it; nothing else knows a key, a range or a default.

use std::fmt;

use super::state::{State, Theme, View, WeightEdits};
use crate::arith::{Engine, Order, QScheme};

/// The version of the keys below, written as `v=` into every link that sets
/// anything.
pub const VERSION: u32 = 1;

/// A choice: its key in links, and its name on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The key in links.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A whole number, `min..=max`.
    Integer {
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// A float32, `min..=max`.
    Real {
        /// The least value.
        min: f32,
        /// The greatest value.
        max: f32,
        /// What an arrow key adds; on a logarithmic slider, in decades.
        step: f64,
        /// Whether the slider is logarithmic.
        logarithmic: bool,
        /// The ends of the slider; typing reaches all of `min..=max`.
        slider: [f32; 2],
    },
    /// On or off: `1` or `0`.
    Flag,
    /// One of a list.
    Choice(fn() -> Vec<Choice>),
    /// Weight codes by hand: `output.k:code` joined by commas, as in
    /// `2.0:127,2.1:-5`.
    Weights,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// A float32.
    Real(f32),
    /// On or off.
    Flag(bool),
    /// The key of a choice.
    Choice(&'static str),
    /// Weight codes by hand.
    Weights(WeightEdits),
}

impl fmt::Display for Value {
    /// As in a link. A real value is the shortest decimal that reads back as
    /// the same float32.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Integer(value) => write!(f, "{value}"),
            Value::Real(value) => write!(f, "{value}"),
            Value::Flag(value) => f.write_str(if *value { "1" } else { "0" }),
            Value::Choice(key) => f.write_str(key),
            Value::Weights(edits) => {
                for (index, ((output, k), code)) in edits.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{output}.{k}:{code}")?;
                }
                Ok(())
            }
        }
    }
}

/// What a change of the parameter does to the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// A new entry: Back undoes it.
    Push,
    /// The present entry is rewritten.
    Replace,
}

/// One parameter of the state.
pub struct Parameter {
    /// The key in links, patches and attributes.
    pub key: &'static str,
    /// The name on the page.
    pub label: &'static str,
    /// One line that explains it.
    pub help: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// Whether it may be left to the calibration (no value in the state).
    pub calibrated: bool,
    /// What a change does to the browser's history.
    pub history: History,
    get: fn(&State) -> Option<Value>,
    set: fn(&mut State, Option<Value>),
}

impl Parameter {
    /// The value in a state; `None` when it is left to the calibration.
    pub fn get(&self, state: &State) -> Option<Value> {
        (self.get)(state)
    }

    /// Writes a value of the right kind; `None` leaves it to the calibration.
    /// Parameters that cannot be calibrated ignore `None`.
    pub(super) fn set(&self, state: &mut State, value: Option<Value>) {
        (self.set)(state, value);
    }

    /// Whether the state has another value than the default.
    pub fn is_set(&self, state: &State, default: &State) -> bool {
        self.get(state) != self.get(default)
    }
}

/// The parameter of that key.
pub fn parameter(key: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|parameter| parameter.key == key)
}

/// A row of [`PARAMETERS`]: how a field is read and written as a [`Value`].
macro_rules! field {
    (int $field:ident : $type:ty) => {
        (
            |state: &State| Some(Value::Integer(state.$field as i64)),
            |state: &mut State, value: Option<Value>| {
                // The schema's range fits the field's type.
                if let Some(Value::Integer(value)) = value {
                    state.$field = value as $type;
                }
            },
        )
    };
    (real $field:ident) => {
        (
            |state: &State| Some(Value::Real(state.$field)),
            |state: &mut State, value: Option<Value>| {
                if let Some(Value::Real(value)) = value {
                    state.$field = value;
                }
            },
        )
    };
    (flag $field:ident) => {
        (
            |state: &State| Some(Value::Flag(state.$field)),
            |state: &mut State, value: Option<Value>| {
                if let Some(Value::Flag(value)) = value {
                    state.$field = value;
                }
            },
        )
    };
    (by_hand int $field:ident) => {
        (
            |state: &State| state.$field.map(|value| Value::Integer(value.into())),
            |state: &mut State, value: Option<Value>| {
                state.$field = match value {
                    Some(Value::Integer(value)) => Some(value as i32),
                    _ => None,
                };
            },
        )
    };
    (by_hand real $field:ident) => {
        (
            |state: &State| state.$field.map(Value::Real),
            |state: &mut State, value: Option<Value>| {
                state.$field = match value {
                    Some(Value::Real(value)) => Some(value),
                    _ => None,
                };
            },
        )
    };
    (choice $field:ident, $key:expr, $from_key:expr) => {
        (
            |state: &State| Some(Value::Choice($key(state.$field))),
            |state: &mut State, value: Option<Value>| {
                if let Some(Value::Choice(key)) = value
                    && let Some(choice) = $from_key(key)
                {
                    state.$field = choice;
                }
            },
        )
    };
}

/// The functions that read and write a field.
type Access = (fn(&State) -> Option<Value>, fn(&mut State, Option<Value>));

const fn row(
    key: &'static str,
    label: &'static str,
    help: &'static str,
    kind: Kind,
    history: History,
    (get, set): Access,
) -> Parameter {
    Parameter { key, label, help, kind, calibrated: false, history, get, set }
}

/// Like [`row`], for a parameter that is calibrated unless it is set by hand.
const fn calibrated(
    key: &'static str,
    label: &'static str,
    help: &'static str,
    kind: Kind,
    (get, set): Access,
) -> Parameter {
    Parameter { key, label, help, kind, calibrated: true, history: History::Replace, get, set }
}

const SCALE: Kind =
    Kind::Real { min: 1e-6, max: 1e6, step: 0.01, logarithmic: true, slider: [1e-4, 1e3] };
/// A real input of the layer.
const fn real_input(step: f64) -> Kind {
    Kind::Real { min: -1000.0, max: 1000.0, step, logarithmic: false, slider: [-12.0, 12.0] }
}

const CODE: Kind = Kind::Integer { min: 0, max: 255 };

/// Every parameter, in the order of links and documentation.
pub static PARAMETERS: &[Parameter] = &[
    row(
        "engine",
        "Engine",
        "Whose integer arithmetic is drawn bold. The thin curve is the same layer with an exact sum.",
        Kind::Choice(engine_choices),
        History::Push,
        field!(choice engine, Engine::key, Engine::from_key),
    ),
    row(
        "reduce_range",
        "reduce_range",
        "Activation observers use 0 to 127 instead of 0 to 255. Inputs beyond the calibrated range still reach higher codes.",
        Kind::Flag,
        History::Push,
        field!(flag reduce_range),
    ),
    row(
        "seed",
        "Seed",
        "torch.manual_seed: weights and calibration data are drawn from it, as PyTorch draws them.",
        Kind::Integer { min: 0, max: u32::MAX as i64 },
        History::Replace,
        field!(int seed: u32),
    ),
    row(
        "inputs",
        "Inputs",
        "K, the number of inputs. All of them get the same value.",
        Kind::Integer { min: 1, max: 64 },
        History::Replace,
        field!(int inputs: usize),
    ),
    row(
        "outputs",
        "Outputs",
        "N, the number of outputs, each with its own row of weights.",
        Kind::Integer { min: 1, max: 16 },
        History::Replace,
        field!(int outputs: usize),
    ),
    row(
        "output",
        "Output",
        "The output that is drawn large.",
        Kind::Integer { min: 0, max: 15 },
        History::Push,
        field!(int output: usize),
    ),
    row(
        "order",
        "Drawn first",
        "Whether the model or the calibration data is drawn first from the seed.",
        Kind::Choice(order_choices),
        History::Push,
        field!(choice order, order_key, order_from_key),
    ),
    row(
        "gain",
        "Calibration gain",
        "Factor on the calibration data. Below 1 the sweep leaves the calibrated range.",
        Kind::Real { min: 0.05, max: 4.0, step: 0.05, logarithmic: false, slider: [0.05, 4.0] },
        History::Replace,
        field!(real calibration_gain),
    ),
    row(
        "w_scheme",
        "Weight scheme",
        "Symmetric: zero point 0. Affine: the range of the weights, with a zero point.",
        Kind::Choice(scheme_choices),
        History::Push,
        field!(choice weight_scheme, scheme_key, scheme_from_key),
    ),
    calibrated(
        "x_scale",
        "Activation scale",
        "Real value of one step of the input codes.",
        SCALE,
        field!(by_hand real input_scale),
    ),
    calibrated(
        "x_zp",
        "Activation zero point",
        "The input code that stands for 0. It does not move a kink in codes, only in real values.",
        CODE,
        field!(by_hand int input_zero_point),
    ),
    calibrated(
        "w_scale",
        "Weight scale",
        "Real value of one step of the weight codes. By hand, the weight codes stay and only their meaning changes.",
        SCALE,
        field!(by_hand real weight_scale),
    ),
    calibrated(
        "y_scale",
        "Output scale",
        "Real value of one step of the output codes.",
        SCALE,
        field!(by_hand real output_scale),
    ),
    calibrated(
        "y_zp",
        "Output zero point",
        "The output code that stands for 0.",
        CODE,
        field!(by_hand int output_zero_point),
    ),
    row(
        "w",
        "Weights",
        "Weight codes set by hand, as output.k:code.",
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
        "from",
        "Sweep from",
        "The first real input of the sweep.",
        real_input(0.1),
        History::Replace,
        field!(real from),
    ),
    row(
        "to",
        "Sweep to",
        "The last real input of the sweep.",
        real_input(0.1),
        History::Replace,
        field!(real to),
    ),
    row(
        "at",
        "Input x at the cursor",
        "The real value of all inputs at the cursor.",
        real_input(0.01),
        History::Replace,
        field!(real at),
    ),
    row(
        "theme",
        "Theme",
        "Light, dark, or as the device asks.",
        Kind::Choice(theme_choices),
        History::Replace,
        field!(choice theme, theme_key, theme_from_key),
    ),
    row(
        "view",
        "View",
        "Which page is shown. In a link it stands before the question mark: #/lab?…",
        Kind::Choice(view_choices),
        History::Push,
        field!(choice view, View::key, View::from_key),
    ),
];

fn engine_choices() -> Vec<Choice> {
    Engine::ALL.iter().map(|engine| Choice { key: engine.key(), name: engine.name() }).collect()
}

fn view_choices() -> Vec<Choice> {
    View::ALL.iter().map(|view| Choice { key: view.key(), name: view.key() }).collect()
}

/// A small enum as a list of choices, and the functions between value and key.
macro_rules! choices {
    ($list:ident, $key:ident, $from_key:ident, $type:ty, $($value:path = $k:literal $name:literal),+) => {
        fn $list() -> Vec<Choice> {
            vec![$(Choice { key: $k, name: $name }),+]
        }

        fn $key(value: $type) -> &'static str {
            match value {
                $($value => $k),+
            }
        }

        fn $from_key(key: &str) -> Option<$type> {
            match key {
                $($k => Some($value),)+
                _ => None,
            }
        }
    };
}

choices!(order_choices, order_key, order_from_key, Order,
    Order::ModelFirst = "model_first" "the model",
    Order::DataFirst = "data_first" "the data");
choices!(scheme_choices, scheme_key, scheme_from_key, QScheme,
    QScheme::Symmetric = "symmetric" "symmetric",
    QScheme::Affine = "affine" "affine");
choices!(theme_choices, theme_key, theme_from_key, Theme,
    Theme::Auto = "auto" "as the device",
    Theme::Light = "light" "light",
    Theme::Dark = "dark" "dark");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_every_default_is_in_its_range() {
        let default = State::default();
        for (index, parameter) in PARAMETERS.iter().enumerate() {
            assert!(
                PARAMETERS[..index].iter().all(|other| other.key != parameter.key),
                "{}",
                parameter.key
            );
            match (parameter.kind, parameter.get(&default)) {
                (_, None) => assert!(parameter.calibrated, "{}", parameter.key),
                (Kind::Integer { min, max }, Some(Value::Integer(value))) => {
                    assert!((min..=max).contains(&value))
                }
                (Kind::Real { min, max, .. }, Some(Value::Real(value))) => {
                    assert!((min..=max).contains(&value))
                }
                (Kind::Flag, Some(Value::Flag(_))) | (Kind::Weights, Some(Value::Weights(_))) => {}
                (Kind::Choice(list), Some(Value::Choice(key))) => {
                    assert!(list().iter().any(|choice| choice.key == key))
                }
                (kind, value) => panic!("{}: {kind:?} holds {value:?}", parameter.key),
            }
        }
    }

    #[test]
    fn every_choice_can_be_set() {
        for parameter in PARAMETERS {
            let Kind::Choice(list) = parameter.kind else { continue };
            for choice in list() {
                let mut state = State::default();
                parameter.set(&mut state, Some(Value::Choice(choice.key)));
                assert_eq!(parameter.get(&state), Some(Value::Choice(choice.key)));
            }
        }
    }
}
