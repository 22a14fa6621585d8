//! [`ParameterControl`]: the control that a row of the schema asks for.

use yew::prelude::*;

use super::choice::ChoiceControl;
use super::number::{NumberControl, Slider};
use super::toggle::Toggle;
use crate::state::number::{short, subscript, whole};
use crate::state::schema::{self, Kind, Number, Parameter, Value};
use crate::state::{Action, Patch, State};

/// A slider has at most this many whole numbers.
const MOST_STEPS: i64 = 4096;

/// Properties of [`ParameterControl`].
#[derive(Properties, PartialEq)]
pub struct ParameterProps {
    /// The key in the schema.
    pub key_name: &'static str,
    /// The value in the state.
    pub value: Option<Value>,
    /// Takes the change.
    pub dispatch: Callback<Action>,
    /// The value that stands in while the state has none.
    #[prop_or_default]
    pub auto: Option<f64>,
    /// The output or input whose value of a list this is.
    #[prop_or_default]
    pub place: Option<usize>,
    /// The ends of the slider, where they are not the schema's.
    #[prop_or_default]
    pub ends: Option<[f32; 2]>,
}

/// The control of a parameter: a check box, a list, or a number with slider
/// and field. A number that may be left alone says whether it is.
#[component]
pub fn ParameterControl(props: &ParameterProps) -> Html {
    let Some(parameter) = schema::parameter(props.key_name) else { return Html::default() };
    let key = parameter.key;
    let on_text = props.dispatch.reform(move |text: String| Action::Patch(Patch::one(key, text)));
    match (parameter.kind, &props.value) {
        (Kind::Flag, Some(Value::Flag(on))) => html! {
            <Toggle name={key} label={parameter.label} help={parameter.help} on={*on}
                on_change={on_text.reform(|on: bool| Value::Flag(on).to_string())} />
        },
        (Kind::Choice(list), Some(Value::Choice(chosen))) => html! {
            <ChoiceControl name={key} label={parameter.label} help={parameter.help} choices={list()} chosen={*chosen} on_change={on_text} />
        },
        (Kind::Number(kind), value) => {
            let kind = with_ends(kind, props.ends);
            let (by_hand, number, text) = match value {
                Some(Value::Integer(value)) => (true, *value as f64, value.to_string()),
                Some(Value::Real(value)) => (true, (*value).into(), value.to_string()),
                _ => standing_in(props.auto),
            };
            let origin = match (parameter.auto, by_hand) {
                (None, _) => "",
                (Some(auto), false) => auto,
                (Some(_), true) => "by hand",
            };
            let on_reset =
                reset_text(parameter, value).map(|text| on_text.reform(move |()| text.clone()));
            html! {
                <NumberControl name={key} label={parameter.label} unit={unit(parameter, kind)} help={parameter.help} value={number} {text}
                    slider={slider(kind)} {origin} {on_text} {on_reset} />
            }
        }
        (Kind::Places { number: kind, .. }, Some(Value::Places(places))) => {
            let Some(place) = props.place else { return Html::default() };
            let own = places.get(&place);
            let (_, number, text) = match own {
                Some(value) => (true, f64::from(*value), value.to_string()),
                None => standing_in(props.auto),
            };
            let set = move |text: String| Action::SetPlace { key, place, text };
            let on_text = props.dispatch.reform(set);
            let on_reset = own.is_some().then(|| on_text.reform(|()| "auto".to_string()));
            let origin = if own.is_some() { "by hand" } else { "" };
            html! {
                <NumberControl name={format!("{key}-{place}")} label={label(parameter, place)}
                    unit={unit(parameter, kind)} help={parameter.help} value={number} {text} slider={slider(kind)} {origin} {on_text} {on_reset} />
            }
        }
        _ => Html::default(),
    }
}

/// A value that the state does not have: (false, number, text).
fn standing_in(auto: Option<f64>) -> (bool, f64, String) {
    // At float32's precision, as a person would type it.
    auto.map_or((false, 0.0, String::new()), |value| (false, value, (value as f32).to_string()))
}

/// A real number with other ends of its slider.
fn with_ends(kind: Number, ends: Option<[f32; 2]>) -> Number {
    match (kind, ends) {
        (Number::Real { min, max, step, logarithmic, .. }, Some(slider)) => {
            Number::Real { min, max, step, logarithmic, slider }
        }
        (kind, _) => kind,
    }
}

/// What one value of a list is called.
fn label(parameter: &Parameter, place: usize) -> String {
    match parameter.key {
        "w_scales" => format!("Weight scale of output {place}"),
        "w_zps" => format!("Weight zero point of output {place}"),
        "dir" => format!("x{} / t", subscript(place)),
        _ => format!("{} of output {place}", parameter.label),
    }
}

/// The unit with the range of what can be typed.
fn unit(parameter: &Parameter, kind: Number) -> String {
    let range = match kind {
        Number::Integer { min, max } => format!("{} to {}", whole(min), whole(max)),
        Number::Real { slider: [min, max], .. } => {
            format!("{} to {}", short(min.into()), short(max.into()))
        }
    };
    if parameter.unit.is_empty() { range } else { format!("{}, {range}", parameter.unit) }
}

/// What brings a parameter back to its default; `None` where it is there.
fn reset_text(parameter: &Parameter, value: &Option<Value>) -> Option<String> {
    let default = parameter.get(&State::default());
    (*value != default)
        .then(|| default.map_or_else(|| "auto".to_string(), |value| value.to_string()))
}

fn slider(kind: Number) -> Option<Slider> {
    match kind {
        Number::Integer { min, max } if max - min <= MOST_STEPS => {
            Some(Slider { min: min as f64, max: max as f64, step: 1.0, logarithmic: false })
        }
        Number::Real { step, logarithmic, slider: [min, max], .. } => {
            Some(Slider { min: min.into(), max: max.into(), step, logarithmic })
        }
        Number::Integer { .. } => None,
    }
}
