//! [`SettingsPanel`]: everything but the weights on a control.

use yew::prelude::*;

use super::PanelProps;
use crate::state::schema::Kind;
use crate::state::{Action, Derived, Direction, Key, State};
use crate::view::controls::ParameterControl;

/// What is asked for first: whose arithmetic, and over how many codes.
#[component]
pub fn EngineSettings(props: &PanelProps) -> Html {
    html! {
        <section class="panel engine-settings" aria-labelledby="engine-settings-title">
            <h2 id="engine-settings-title">{ "Whose arithmetic" }</h2>
            { control(props, Key::Engine) }
            if let Some(reason) = &props.model.derived.unavailable {
                <p class="unavailable" role="alert">{ reason }</p>
            }
            { control(props, Key::ReduceRange) }
        </section>
    }
}

/// The rest of the arithmetic, the experiment, calibration, scales, sweep and figure.
#[component]
pub fn SettingsPanel(props: &PanelProps) -> Html {
    let model = &props.model;
    let (state, derived) = (&model.state, &model.derived);
    let all = |keys: &[Key]| keys.iter().map(|key| control(props, *key)).collect::<Html>();
    let next_seed = props.dispatch.reform({
        let seed = state.experiment.seed.wrapping_add(1);
        move |_: MouseEvent| Action::set(Key::Seed, seed)
    });
    let by_shift = props.dispatch.reform({
        let scale = derived.power_of_two_output_scale(state);
        move |_: MouseEvent| Action::set(Key::OutputScale, scale)
    });
    html! {
        <section class="panel settings" aria-labelledby="settings-title">
            <h2 id="settings-title">{ "Layer, sweep and figure" }</h2>
            <Group title="Arithmetic">{ all(&[Key::ReduceWeights, Key::Clamp, Key::Rescale, Key::Relu]) }</Group>
            <Group title="Experiment" open={true}>
                <div class="with-button">
                    { all(&[Key::Seed]) }
                    <button type="button" id="next-seed" onclick={next_seed}>{ "Next seed" }</button>
                </div>
                { all(&[Key::Inputs, Key::Outputs, Key::CalibrationGain, Key::Order, Key::InputScheme, Key::WeightScheme, Key::PerChannel]) }
            </Group>
            <Group title="Calibrated range">
                { control(props, Key::InputMin) }
                { control(props, Key::InputMax) }
                { control(props, Key::OutputMin) }
                { control(props, Key::OutputMax) }
            </Group>
            <Group title="Scales, zero points, bias">
                { control(props, Key::InputScale) }
                { control(props, Key::InputZeroPoint) }
                { control(props, Key::WeightScale) }
                { control(props, Key::WeightZeroPoint) }
                if state.experiment.per_channel {
                    { control(props, Key::WeightScales) }
                    { control(props, Key::WeightZeroPoints) }
                }
                { control(props, Key::OutputScale) }
                <button type="button" id="power-of-two" onclick={by_shift}>{ "Output scale for an exact bit shift" }</button>
                { control(props, Key::OutputZeroPoint) }
                { control(props, Key::Bias) }
            </Group>
            <Group title="Sweep" open={true}>
                { all(&[Key::Direction]) }
                if state.sweep.direction == Direction::One {
                    { all(&[Key::SweptInput, Key::Rest]) }
                }
                if state.sweep.direction == Direction::Vector {
                    <p class="hint">{ "Each input’s factor stands with its weight." }</p>
                }
                { all(&[Key::From, Key::To]) }
                { control(props, Key::SweepStep) }
                { control(props, Key::At) }
            </Group>
            <Group title="Figure">
                { all(&[Key::Plot]) }
                { control(props, Key::ZoomFrom) }
                { control(props, Key::ZoomTo) }
                { all(&[Key::Legend, Key::Theme]) }
            </Group>
        </section>
    }
}

/// The control of a parameter, where it is shown; one that is locked only shows the value.
pub fn control(props: &PanelProps, of: Key) -> Html {
    let (state, derived) = (&props.model.state, &props.model.derived);
    let parameter = of.parameter();
    let value = parameter.get(state);
    // The value of a list belongs to the chosen output.
    let place = matches!(parameter.kind, Kind::Places { .. }).then_some(state.picture.output);
    // The slider of a place in the sweep spans it, that of an index what there is.
    let ends = match of {
        Key::At | Key::ZoomFrom | Key::ZoomTo => Some([state.sweep.from, state.sweep.to]),
        Key::Output => Some([0.0, (state.experiment.outputs - 1) as f32]),
        Key::SweptInput => Some([0.0, (state.experiment.inputs - 1) as f32]),
        _ => None,
    };
    let auto = standing_in(state, derived, of);
    let dispatch = props.dispatch.clone();
    let control = html! { <ParameterControl key={of.as_str()} {of} {value} {auto} {place} {ends} {dispatch} /> };
    guarded(state, of, control)
}

/// A control as the author of the figure wants it: not at all, to be seen only, or as it is.
pub fn guarded(state: &State, key: Key, control: Html) -> Html {
    if state.is_hidden(key) {
        Html::default()
    } else if state.is_locked(key) {
        html! { <fieldset class="locked" disabled={true} title="Locked by the author of this figure">{ control }</fieldset> }
    } else {
        control
    }
}

/// The value of a parameter while the state has none.
fn standing_in(state: &State, derived: &Derived, key: Key) -> Option<f64> {
    let (calibrated, data) = (&derived.calibrated, derived.calibrated.from_data);
    let weight = calibrated.weight(state.picture.output);
    Some(match key {
        Key::InputMin => data.input_range.0.into(),
        Key::InputMax => data.input_range.1.into(),
        Key::OutputMin => data.output_range.0.into(),
        Key::OutputMax => data.output_range.1.into(),
        Key::InputScale => calibrated.input.scale.into(),
        Key::InputZeroPoint => calibrated.input.zero_point.into(),
        Key::WeightScale => weight.scale.into(),
        Key::WeightZeroPoint => weight.zero_point.into(),
        Key::WeightScales => state.by_hand.weight_scale.unwrap_or(weight.scale).into(),
        Key::WeightZeroPoints => {
            state.by_hand.weight_zero_point.unwrap_or(weight.zero_point).into()
        }
        Key::OutputScale => calibrated.output.scale.into(),
        Key::OutputZeroPoint => calibrated.output.zero_point.into(),
        Key::Bias => 0.0,
        Key::SweepStep => derived.layer.input.scale.into(),
        Key::ZoomFrom => state.sweep.from.into(),
        Key::ZoomTo => state.sweep.to.into(),
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
