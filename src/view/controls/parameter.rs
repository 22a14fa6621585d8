//! [`ParameterControl`]: the control that a row of the schema asks for.

use yew::prelude::*;

use super::choice::ChoiceControl;
use super::engine::EngineControl;
use super::number::{NumberControl, Slider};
use super::toggle::Toggle;
use crate::state::choices::Keyed;
use crate::state::number::{exact, round_steps, short, subscript, whole};
use crate::state::schema::{Kind, Number, Parameter, Value};
use crate::state::{Action, Change, Engine, Entry, Key, Slot, State};

/// A slider has at most this many whole numbers.
const MOST_STEPS: i64 = 4096;

/// Properties of [`ParameterControl`].
#[derive(Properties, PartialEq)]
pub struct ParameterProps {
    /// The parameter.
    pub of: Key,
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
    /// What was wrong with what it was given.
    #[prop_or_default]
    pub problem: Option<AttrValue>,
}

/// The control of a parameter: a check box, a list, or a number with slider
/// and field. A number that may be left alone says whether it is.
#[component]
pub fn ParameterControl(props: &ParameterProps) -> Html {
    let of = props.of;
    let (name, parameter) = (of.as_str(), of.parameter());
    match (parameter.kind, &props.value) {
        (Kind::Flag, Some(Value::Flag(on))) => html! {
            <Toggle {name} label={parameter.label} help={parameter.help} on={*on}
                on_change={props.dispatch.reform(move |on: bool| Action::set(of, on))} />
        },
        (_, Some(Value::Choice(chosen))) if of == Key::Engine => {
            let Some(chosen) = Engine::of_key(chosen) else { return Html::default() };
            html! {
                <EngineControl {name} label={parameter.label} help={parameter.help} {chosen}
                    on_change={props.dispatch.reform(move |engine: Engine| Action::set(of, engine))} />
            }
        }
        (Kind::Choice(list), Some(Value::Choice(chosen))) => html! {
            <ChoiceControl {name} label={parameter.label} help={parameter.help} choices={list()} chosen={*chosen}
                on_change={props.dispatch.reform(move |choice| Action::set(of, Value::Choice(choice)))} />
        },
        (Kind::Number(kind), value) => {
            let kind = with_ends(kind, props.ends);
            let (number, text) = match value {
                Some(Value::Integer(value)) => (*value as f64, exact(value)),
                Some(Value::Real(value)) => ((*value).into(), exact(value)),
                _ => standing_in(props.auto),
            };
            let is_set = *value != parameter.get(&State::default());
            let on_entry = entry(&props.dispatch, Slot::Parameter(of));
            html! {
                <NumberControl {name} label={parameter.label} unit={unit(parameter, kind)} help={parameter.help} value={number} {text}
                    slider={slider(kind)} can_reset={true} origin={parameter.auto.unwrap_or_default()} {is_set} {on_entry} problem={props.problem.clone()} />
            }
        }
        (Kind::Indexed { number: kind, .. }, Some(Value::Indexed(places))) => {
            let Some(place) = props.place else { return Html::default() };
            let own = places.get(&place);
            let (number, text) = match own {
                Some(value) => (f64::from(*value), exact(value)),
                None => standing_in(props.auto),
            };
            let on_entry = entry(&props.dispatch, Slot::Indexed(of, place));
            html! {
                <NumberControl name={format!("{name}-{place}")} label={label(parameter, place)}
                    unit={unit(parameter, kind)} help={parameter.help} value={number} {text} slider={slider(kind)}
                    can_reset={true} is_set={own.is_some()} {on_entry} problem={props.problem.clone()} />
            }
        }
        _ => Html::default(),
    }
}

/// Takes what is entered into a slot.
pub fn entry(dispatch: &Callback<Action>, slot: Slot) -> Callback<Entry> {
    dispatch.reform(move |entry: Entry| Change::Enter(slot, entry).into())
}

/// A value that the state does not have: the number and its text.
#[expect(
    clippy::cast_possible_truncation,
    reason = "at float32's precision, as a person would type it"
)]
fn standing_in(auto: Option<f64>) -> (f64, String) {
    auto.map_or((0.0, String::new()), |value| (value, exact(value as f32)))
}

/// A number with other ends of its slider. A linear one then has steps of its own: from end to end
/// it takes about as many presses of an arrow key, whatever the range.
#[expect(clippy::cast_possible_truncation, reason = "the ends of an index are small whole numbers")]
fn with_ends(kind: Number, ends: Option<[f32; 2]>) -> Number {
    match (kind, ends) {
        (Number::Real { step, logarithmic, .. }, Some(slider @ [min, max])) => {
            let step = if logarithmic { step } else { step_of((max - min).into()) };
            Number::Real { min, max, step, logarithmic, slider }
        }
        (Number::Integer { .. }, Some([min, max])) => {
            Number::Integer { min: min as i64, max: max as i64 }
        }
        (kind, _) => kind,
    }
}

/// Steps from one end of a slider to the other, about.
const STEPS: f64 = 800.0;

/// The nearest step of 1, 2 or 5 times a power of ten.
fn step_of(width: f64) -> f64 {
    let rough = width / STEPS;
    if !(rough > 0.0 && rough.is_finite()) {
        return 1.0;
    }
    let distance = |one: &f64| (one / rough).ln().abs();
    let nearest = round_steps(rough).into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
    nearest.unwrap_or(rough)
}

/// What one value of a list is called.
fn label(parameter: &Parameter, place: usize) -> String {
    match parameter.key {
        Key::WeightScales => format!("Weight scale of output {place}"),
        Key::WeightZeroPoints => format!("Weight zero point of output {place}"),
        Key::Factors => format!("x{} / t", subscript(place)),
        _ => format!("{} of output {place}", parameter.label),
    }
}

/// The unit with the range of what can be typed.
fn unit(parameter: &Parameter, kind: Number) -> String {
    let range = match kind {
        Number::Integer { min, max } => format!("{} to {}", whole(min), whole(max)),
        Number::Real { min, max, slider: [low, high], .. } => {
            let ends = format!("{} to {}", short(low.into()), short(high.into()));
            if min < low || high < max { format!("slider {ends}") } else { ends }
        }
    };
    if parameter.unit.is_empty() { range } else { format!("{}, {range}", parameter.unit) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_follows_the_width_of_the_slider() {
        for (width, step) in
            [(8.0, 0.01), (255.0, 0.5), (100.0, 0.1), (0.02, 2e-5), (2e6, 2000.0), (0.0, 1.0)]
        {
            assert!((step_of(width) / step - 1.0).abs() < 1e-9, "{width}: {}", step_of(width));
        }
    }
}
