//! [`SmallMultiples`]: all outputs side by side.

use std::rc::Rc;

use yew::prelude::*;

use super::PanelProps;
use crate::plot::{Theme, small_scene};
use crate::state::{Action, Patch, Visibility};
use crate::view::canvas::{Build, Plot};
use crate::view::model::{Model, Shared};

/// Every output as a button with its picture; the chosen one is pressed.
#[component]
pub fn SmallMultiples(props: &PanelProps) -> Html {
    let model = &props.model;
    html! {
        <section class="panel smalls" aria-labelledby="smalls-title">
            <h2 id="smalls-title">{ "All outputs" }</h2>
            <div class="small-grid">
                { for (0..model.derived.outputs.len()).map(|output| html! {
                    <Small key={output} {output} model={model.clone()} dispatch={props.dispatch.clone()} theme={Rc::clone(&props.theme)} />
                }) }
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct SmallProps {
    output: usize,
    model: Shared<Model>,
    dispatch: Callback<Action>,
    theme: Rc<Theme>,
}

#[component]
fn Small(props: &SmallProps) -> Html {
    let output = props.output;
    let model = &props.model;
    let build = Shared(use_memo((output, model.clone()), |(output, model)| {
        let (output, model) = (*output, model.clone());
        Box::new(move |_width: f64| small_scene(&model.state, &model.derived, output)) as Box<Build>
    }));
    let seen = model.derived.outputs[output]
        .kinks
        .iter()
        .filter(|kink| kink.visibility == Visibility::Visible)
        .count();
    let kinks = match seen {
        0 => "no kink".to_string(),
        1 => "1 kink".to_string(),
        more => format!("{more} kinks"),
    };
    let onclick =
        props.dispatch.reform(move |_: MouseEvent| Action::Patch(Patch::one("output", output)));
    html! {
        <button type="button" class="small" name={format!("output-{output}")} aria-pressed={(output == model.state.output).to_string()} {onclick}>
            <span class="small-title"><b>{ output }</b><span>{ kinks }</span></span>
            <Plot {build} theme={Rc::clone(&props.theme)} class="small-plot" />
        </button>
    }
}
