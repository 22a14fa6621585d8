//! [`SettingsPanel`]: everything but the weights on a control.

use yew::prelude::*;

use super::PanelProps;
use crate::state::schema::parameter;
use crate::state::{Action, Direction, Patch};
use crate::view::controls::ParameterControl;

/// What is asked for first: whose arithmetic, and over how many codes.
#[component]
pub fn EngineSettings(props: &PanelProps) -> Html {
    html! {
        <section class="panel engine-settings" aria-labelledby="engine-settings-title">
            <h2 id="engine-settings-title">{ "Whose arithmetic" }</h2>
            { control(props, "engine", None) }
            if let Some(reason) = &props.model.derived.unavailable {
                <p class="unavailable" role="alert">{ reason }</p>
            }
            { control(props, "reduce_range", None) }
        </section>
    }
}

/// The rest of the arithmetic, the experiment, calibration, scales, sweep and figure.
#[component]
pub fn SettingsPanel(props: &PanelProps) -> Html {
    let model = &props.model;
    let (state, derived) = (&model.state, &model.derived);
    let all =
        |keys: &[&'static str]| keys.iter().map(|key| control(props, key, None)).collect::<Html>();
    let (calibrated, output) = (&derived.calibrated, state.output);
    let next_seed = props.dispatch.reform({
        let seed = state.seed.wrapping_add(1);
        move |_: MouseEvent| Action::Patch(Patch::one("seed", seed))
    });
    let by_shift = props.dispatch.reform({
        let scale = derived.power_of_two_output_scale(state);
        move |_: MouseEvent| Action::Patch(Patch::one("y_scale", scale))
    });
    let weight = calibrated.weight(output);
    let (seen_x, seen_y) = (calibrated.from_data.input_range, calibrated.from_data.output_range);
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
                { control(props, "x_min", Some(seen_x.0.into())) }
                { control(props, "x_max", Some(seen_x.1.into())) }
                { control(props, "y_min", Some(seen_y.0.into())) }
                { control(props, "y_max", Some(seen_y.1.into())) }
            </Group>
            <Group title="Scales, zero points, bias">
                { control(props, "x_scale", Some(calibrated.input.scale.into())) }
                { control(props, "x_zp", Some(calibrated.input.zero_point.into())) }
                { control(props, "w_scale", Some(weight.scale.into())) }
                { control(props, "w_zp", Some(weight.zero_point.into())) }
                if state.per_channel {
                    { of_output(props, "w_scales", Some(state.weight_scale.unwrap_or(weight.scale).into())) }
                    { of_output(props, "w_zps", Some(state.weight_zero_point.unwrap_or(weight.zero_point).into())) }
                }
                { control(props, "y_scale", Some(calibrated.output.scale.into())) }
                <button type="button" id="power-of-two" onclick={by_shift}>{ "Output scale for an exact bit shift" }</button>
                { control(props, "y_zp", Some(calibrated.output.zero_point.into())) }
                { of_output(props, "bias", Some(0.0)) }
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
                { control(props, "step", Some(derived.layer.input.scale.into())) }
                { in_sweep(props, "at", None) }
            </Group>
            <Group title="Figure">
                { all(&["plot"]) }
                { in_sweep(props, "zoom_from", Some(state.from.into())) }
                { in_sweep(props, "zoom_to", Some(state.to.into())) }
                { all(&["legend", "theme"]) }
            </Group>
        </section>
    }
}

fn control(props: &PanelProps, key_name: &'static str, auto: Option<f64>) -> Html {
    if props.model.state.is_hidden(key_name) {
        return Html::default();
    }
    let value = parameter(key_name).and_then(|known| known.get(&props.model.state));
    html! { <ParameterControl key={key_name} {key_name} {value} {auto} dispatch={props.dispatch.clone()} /> }
}

/// The chosen output's value of a list.
fn of_output(props: &PanelProps, key_name: &'static str, auto: Option<f64>) -> Html {
    let value = parameter(key_name).and_then(|known| known.get(&props.model.state));
    let place = props.model.state.output;
    html! { <ParameterControl key={key_name} {key_name} {value} {auto} {place} dispatch={props.dispatch.clone()} /> }
}

/// A place in the sweep: its slider spans it.
fn in_sweep(props: &PanelProps, key_name: &'static str, auto: Option<f64>) -> Html {
    let state = &props.model.state;
    let value = parameter(key_name).and_then(|known| known.get(state));
    let ends = [state.from, state.to];
    html! { <ParameterControl key={key_name} {key_name} {value} {auto} {ends} dispatch={props.dispatch.clone()} /> }
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
