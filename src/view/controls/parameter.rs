//! [`ParameterControl`]: the control that a row of the schema asks for.

use yew::prelude::*;

use super::choice::ChoiceControl;
use super::number::{NumberControl, Slider};
use super::toggle::Toggle;
use crate::state::schema::{self, Kind, Value};
use crate::state::{Action, Patch, State};
use crate::view::model::{Model, Shared};

/// A slider has at most this many whole numbers.
const MOST_STEPS: i64 = 4096;

/// Properties of [`ParameterControl`].
#[derive(Properties, PartialEq)]
pub struct ParameterProps {
    /// The key in the schema.
    pub key_name: &'static str,
    /// The state and what follows from it.
    pub model: Shared<Model>,
    /// Takes the change.
    pub dispatch: Callback<Action>,
    /// The calibrated value, where the parameter may be left to it.
    #[prop_or_default]
    pub calibrated: Option<f64>,
}

/// The control of a parameter: a check box, a list, or a number with slider
/// and field. A calibrated number says whether it is calibrated or by hand.
#[component]
pub fn ParameterControl(props: &ParameterProps) -> Html {
    let Some(parameter) = schema::parameter(props.key_name) else { return Html::default() };
    let key = parameter.key;
    let value = parameter.get(&props.model.state);
    let on_text = props.dispatch.reform(move |text: String| Action::Patch(Patch::one(key, text)));
    match (parameter.kind, value) {
        (Kind::Flag, Some(Value::Flag(on))) => html! {
            <Toggle name={key} label={parameter.label} help={parameter.help} {on}
                on_change={on_text.reform(|on: bool| Value::Flag(on).to_string())} />
        },
        (Kind::Choice(list), Some(Value::Choice(chosen))) => html! {
            <ChoiceControl name={key} label={parameter.label} help={parameter.help} choices={list()} {chosen} on_change={on_text} />
        },
        (Kind::Integer { .. } | Kind::Real { .. }, value) => {
            let by_hand = value.is_some();
            let (number, text) = match value {
                Some(Value::Integer(value)) => (value as f64, value.to_string()),
                Some(Value::Real(value)) => (value.into(), value.to_string()),
                _ => props
                    .calibrated
                    .map_or((0.0, String::new()), |value| (value, (value as f32).to_string())),
            };
            let origin = match (parameter.calibrated, by_hand) {
                (false, _) => "",
                (true, false) => "calibrated",
                (true, true) => "by hand",
            };
            let reset = reset_text(parameter, &props.model.state);
            let on_reset = reset.map(|text| on_text.reform(move |()| text.clone()));
            html! {
                <NumberControl name={key} label={parameter.label} help={parameter.help} value={number} {text}
                    slider={slider(parameter.kind)} {origin} {on_text} {on_reset} />
            }
        }
        _ => Html::default(),
    }
}

/// What brings a parameter back to its default; `None` where it is there.
fn reset_text(parameter: &schema::Parameter, state: &State) -> Option<String> {
    let default = State::default();
    let text =
        parameter.get(&default).map_or_else(|| "auto".to_string(), |value| value.to_string());
    parameter.is_set(state, &default).then_some(text)
}

fn slider(kind: Kind) -> Option<Slider> {
    match kind {
        Kind::Integer { min, max } if max - min <= MOST_STEPS => {
            Some(Slider { min: min as f64, max: max as f64, step: 1.0, logarithmic: false })
        }
        Kind::Real { step, logarithmic, slider: [min, max], .. } => {
            Some(Slider { min: min.into(), max: max.into(), step, logarithmic })
        }
        _ => None,
    }
}
