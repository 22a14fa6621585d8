//! [`FigurePanel`]: the chosen output, large, with its cursor.

use std::rc::Rc;

use yew::prelude::*;

use super::PanelProps;
use crate::plot::ramp_scene;
use crate::state::{Action, Patch, describe};
use crate::view::canvas::{Build, Plot};
use crate::view::model::Shared;

/// Codes that Page Up and Page Down move the cursor by.
const PAGE: i32 = 16;

/// The ramp of the chosen output. Drag, or use the arrow keys, to move the
/// cursor; `[` and `]` jump between kinks.
#[component]
pub fn FigurePanel(props: &PanelProps) -> Html {
    let model = props.model.clone();
    let build = use_memo_shared(&model);
    let on_point = props.dispatch.reform(|x: f64| Action::Patch(Patch::one("at", x as f32)));
    let onkeydown = {
        let dispatch = props.dispatch.clone();
        let (from, to) = (model.state.from, model.state.to);
        Callback::from(move |event: KeyboardEvent| {
            let fine = if event.shift_key() { PAGE } else { 1 };
            let action = match event.key().as_str() {
                "ArrowLeft" | "ArrowDown" => Action::StepCursor(-fine),
                "ArrowRight" | "ArrowUp" => Action::StepCursor(fine),
                "PageDown" => Action::StepCursor(-PAGE),
                "PageUp" => Action::StepCursor(PAGE),
                "Home" => Action::Patch(Patch::one("at", from)),
                "End" => Action::Patch(Patch::one("at", to)),
                "[" => Action::JumpKink(-1),
                "]" => Action::JumpKink(1),
                _ => return,
            };
            event.prevent_default();
            dispatch.emit(action);
        })
    };
    let cursor = describe::cursor(&model.state, &model.derived);

    html! {
        <section class="panel figure" aria-labelledby="figure-title">
            <h2 id="figure-title">{ format!("Output {}", model.state.output) }</h2>
            <p id="summary" class="summary">{ describe::summary(&model.state, &model.derived) }</p>
            <Legend engine={model.state.engine.name()} />
            <div id="figure" class="figure-body" role="slider" tabindex="0" aria-label="Input x at the cursor"
                aria-valuemin={model.state.from.to_string()} aria-valuemax={model.state.to.to_string()}
                aria-valuenow={model.state.at.to_string()} aria-valuetext={cursor.clone()} aria-describedby="summary" {onkeydown}>
                <Plot {build} theme={Rc::clone(&props.theme)} class="ramp" on_point={on_point} />
            </div>
            <p id="cursor" class="cursor">{ cursor }</p>
            <p class="hint">{ "Drag in the figure. Keys: ← → one code, Page Up and Page Down sixteen, [ and ] the kinks." }</p>
        </section>
    }
}

/// The scene of a model, made anew only when the model is.
#[hook]
fn use_memo_shared(model: &Shared<crate::view::model::Model>) -> Shared<Box<Build>> {
    let build = use_memo(model.clone(), |model| {
        let model = model.clone();
        Box::new(move |width: f64| ramp_scene(&model.state, &model.derived, width)) as Box<Build>
    });
    Shared(build)
}

#[derive(Properties, PartialEq)]
struct LegendProps {
    engine: &'static str,
}

/// What the lines are.
#[component]
fn Legend(props: &LegendProps) -> Html {
    html! {
        <ul class="legend" aria-label="Legend">
            <li><span class="key chosen"></span>{ props.engine }</li>
            <li><span class="key saturated"></span>{ "a pair is saturated" }</li>
            <li><span class="key exact"></span>{ "exact sum" }</li>
            <li><span class="key calibrated"></span>{ "calibrated range" }</li>
            <li><span class="key clamped"></span>{ "clamp of the codes" }</li>
        </ul>
    }
}
