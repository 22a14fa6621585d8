//! [`SettingsPanel`]: everything but the weights on a control.

use yew::prelude::*;

use super::PanelProps;
use crate::state::Action;
use crate::view::controls::ParameterControl;
use crate::view::model::{Model, Shared};

/// Engine and range first; the experiment, scales and sweep below.
#[component]
pub fn SettingsPanel(props: &PanelProps) -> Html {
    let (model, dispatch) = (&props.model, &props.dispatch);
    let plain = |keys: &[&'static str]| {
        keys.iter().map(|key| control(model, dispatch, key, None)).collect::<Html>()
    };
    let calibrated = &model.derived.calibrated;
    let next_seed = dispatch.reform({
        let seed = model.state.seed.wrapping_add(1);
        move |_: MouseEvent| Action::Patch(crate::state::Patch::one("seed", seed))
    });
    html! {
        <section class="panel settings" aria-labelledby="settings-title">
            <h2 id="settings-title">{ "Controls" }</h2>
            <div class="group">{ plain(&["engine", "reduce_range"]) }</div>
            if let Some(reason) = &model.derived.unavailable {
                <p class="unavailable" role="alert">{ reason }</p>
            }
            <fieldset class="group"><legend>{ "Experiment" }</legend>
                { plain(&["seed"]) }
                <button type="button" id="next-seed" onclick={next_seed}>{ "Next seed" }</button>
                { plain(&["inputs", "outputs", "gain", "order", "w_scheme"]) }
            </fieldset>
            <fieldset class="group"><legend>{ "Scales and zero points" }</legend>
                { control(model, dispatch, "x_scale", Some(calibrated.input.scale.into())) }
                { control(model, dispatch, "x_zp", Some(calibrated.input.zero_point.into())) }
                { control(model, dispatch, "w_scale", Some(calibrated.weight.scale.into())) }
                { control(model, dispatch, "y_scale", Some(calibrated.output.scale.into())) }
                { control(model, dispatch, "y_zp", Some(calibrated.output.zero_point.into())) }
            </fieldset>
            <fieldset class="group"><legend>{ "Sweep" }</legend>{ plain(&["from", "to", "at"]) }</fieldset>
        </section>
    }
}

fn control(
    model: &Shared<Model>,
    dispatch: &Callback<Action>,
    key_name: &'static str,
    calibrated: Option<f64>,
) -> Html {
    html! { <ParameterControl key={key_name} {key_name} model={model.clone()} dispatch={dispatch.clone()} {calibrated} /> }
}
