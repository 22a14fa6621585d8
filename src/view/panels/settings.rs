//! [`SettingsPanel`]: everything but the weights on a control.

use yew::prelude::*;

use super::PanelProps;
use crate::state::schema::{Kind, parameter};
use crate::state::{Action, Derived, Direction, Patch, State};
use crate::view::controls::ParameterControl;

/// What is asked for first: whose arithmetic, and over how many codes.
#[component]
pub fn EngineSettings(props: &PanelProps) -> Html {
    html! {
        <section class="panel engine-settings" aria-labelledby="engine-settings-title">
            <h2 id="engine-settings-title">{ "Whose arithmetic" }</h2>
            { control(props, "engine") }
            if let Some(reason) = &props.model.derived.unavailable {
                <p class="unavailable" role="alert">{ reason }</p>
            }
            { control(props, "reduce_range") }
        </section>
    }
}

/// The rest of the arithmetic, the experiment, calibration, scales, sweep and figure.
#[component]
pub fn SettingsPanel(props: &PanelProps) -> Html {
    let model = &props.model;
    let (state, derived) = (&model.state, &model.derived);
    let all = |keys: &[&str]| keys.iter().map(|key| control(props, key)).collect::<Html>();
    let next_seed = props.dispatch.reform({
        let seed = state.seed.wrapping_add(1);
        move |_: MouseEvent| Action::Patch(Patch::one("seed", seed))
    });
    let by_shift = props.dispatch.reform({
        let scale = derived.power_of_two_output_scale(state);
        move |_: MouseEvent| Action::Patch(Patch::one("y_scale", scale))
    });
    html! {
        <section class="panel settings" aria-labelledby="settings-title">
            <h2 id="settings-title">{ "Layer, sweep and figure" }</h2>
            <Group title="Arithmetic">{ all(&["reduce_weights", "clamp", "rescale", "relu"]) }</Group>
            <Group title="Experiment" open={true}>
                <div class="with-button">
                    { all(&["seed"]) }
                    <button type="button" id="next-seed" onclick={next_seed}>{ "Next seed" }</button>
                </div>
                { all(&["inputs", "outputs", "gain", "order", "x_scheme", "w_scheme", "per_channel"]) }
            </Group>
            <Group title="Calibrated range">
                { control(props, "x_min") }
                { control(props, "x_max") }
                { control(props, "y_min") }
                { control(props, "y_max") }
            </Group>
            <Group title="Scales, zero points, bias">
                { control(props, "x_scale") }
                { control(props, "x_zp") }
                { control(props, "w_scale") }
                { control(props, "w_zp") }
                if state.per_channel {
                    { control(props, "w_scales") }
                    { control(props, "w_zps") }
                }
                { control(props, "y_scale") }
                <button type="button" id="power-of-two" onclick={by_shift}>{ "Output scale for an exact bit shift" }</button>
                { control(props, "y_zp") }
                { control(props, "bias") }
            </Group>
            <Group title="Sweep" open={true}>
                { all(&["direction"]) }
                if state.direction == Direction::One {
                    { all(&["dir_k", "rest"]) }
                }
                if state.direction == Direction::Vector {
                    <p class="hint">{ "Each input’s factor stands with its weight." }</p>
                }
                { all(&["from", "to"]) }
                { control(props, "step") }
                { control(props, "at") }
            </Group>
            <Group title="Figure">
                { all(&["plot"]) }
                { control(props, "zoom_from") }
                { control(props, "zoom_to") }
                { all(&["legend", "theme"]) }
            </Group>
        </section>
    }
}

/// The control of a parameter, where it is shown; one that is locked only shows the value.
pub fn control(props: &PanelProps, key_name: &str) -> Html {
    let (state, derived) = (&props.model.state, &props.model.derived);
    let Some(parameter) = parameter(key_name) else { return Html::default() };
    let key_name = parameter.key;
    let value = parameter.get(state);
    // The value of a list belongs to the chosen output.
    let place = matches!(parameter.kind, Kind::Places { .. }).then_some(state.output);
    // The slider of a place in the sweep spans it, that of an index what there is.
    let ends = match key_name {
        "at" | "zoom_from" | "zoom_to" => Some([state.from, state.to]),
        "output" => Some([0.0, (state.outputs - 1) as f32]),
        "dir_k" => Some([0.0, (state.inputs - 1) as f32]),
        _ => None,
    };
    let auto = standing_in(state, derived, key_name);
    let dispatch = props.dispatch.clone();
    let control = html! { <ParameterControl key={key_name} {key_name} {value} {auto} {place} {ends} {dispatch} /> };
    guarded(state, key_name, control)
}

/// A control as the author of the figure wants it: not at all, to be seen only, or as it is.
pub fn guarded(state: &State, key: &str, control: Html) -> Html {
    if state.is_hidden(key) {
        Html::default()
    } else if state.is_locked(key) {
        html! { <fieldset class="locked" disabled={true} title="Locked by the author of this figure">{ control }</fieldset> }
    } else {
        control
    }
}

/// The value of a parameter while the state has none.
fn standing_in(state: &State, derived: &Derived, key: &str) -> Option<f64> {
    let (calibrated, data) = (&derived.calibrated, derived.calibrated.from_data);
    let weight = calibrated.weight(state.output);
    Some(match key {
        "x_min" => data.input_range.0.into(),
        "x_max" => data.input_range.1.into(),
        "y_min" => data.output_range.0.into(),
        "y_max" => data.output_range.1.into(),
        "x_scale" => calibrated.input.scale.into(),
        "x_zp" => calibrated.input.zero_point.into(),
        "w_scale" => weight.scale.into(),
        "w_zp" => weight.zero_point.into(),
        "w_scales" => state.weight_scale.unwrap_or(weight.scale).into(),
        "w_zps" => state.weight_zero_point.unwrap_or(weight.zero_point).into(),
        "y_scale" => calibrated.output.scale.into(),
        "y_zp" => calibrated.output.zero_point.into(),
        "bias" => 0.0,
        "step" => derived.layer.input.scale.into(),
        "zoom_from" => state.from.into(),
        "zoom_to" => state.to.into(),
        _ => return None,
    })
}

#[derive(Properties, PartialEq)]
struct GroupProps {
    title: &'static str,
    #[prop_or_default]
    open: bool,
    children: Html,
}

/// Some controls under a heading that folds them away.
#[component]
fn Group(props: &GroupProps) -> Html {
    html! {
        <details class="group" open={props.open}>
            <summary>{ props.title }</summary>
            <div class="group-body">{ props.children.clone() }</div>
        </details>
    }
}
