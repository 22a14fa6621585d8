//! [`KinkPanel`]: the kinks of the chosen output as a table.

use yew::prelude::*;

use super::PanelProps;
use crate::state::number::{fixed, whole};
use crate::state::{Action, KinkView, Patch, Visibility, describe};

/// Every kink: where, which pair, which rail, what it does to the slope.
#[component]
pub fn KinkPanel(props: &PanelProps) -> Html {
    let model = &props.model;
    let kinks = &model.derived.outputs[model.state.output].kinks;
    let engine = model.state.engine.name();
    html! {
        <section class="panel kinks" aria-labelledby="kinks-title">
            <h2 id="kinks-title">{ format!("Kinks of output {}", model.state.output) }</h2>
            if kinks.is_empty() {
                <p id="no-kinks">{ format!("None: with {engine}, no code changes the slope of this output’s accumulator.") }</p>
            } else {
                <div class="scroll" tabindex="0" role="region" aria-labelledby="kinks-title">
                <table id="kinks">
                    <thead><tr>
                        <th scope="col">{ "No." }</th>
                        <th scope="col">{ "x" }</th>
                        <th scope="col" title="The first saturated input code">{ "code" }</th>
                        <th scope="col" title="The two neighbouring inputs whose products are added in 16 bits">{ "pair k" }</th>
                        <th scope="col">{ "weights" }</th>
                        <th scope="col">{ "rail" }</th>
                        <th scope="col" title="Accumulator units per input code, before and after">{ "slope" }</th>
                        <th scope="col">{ "effect" }</th>
                    </tr></thead>
                    <tbody>{ for kinks.iter().map(|kink| row(kink, &props.dispatch)) }</tbody>
                </table>
                </div>
                <ol class="visually-hidden">{ for kinks.iter().map(|kink| html! { <li>{ describe::kink(kink) }</li> }) }</ol>
            }
        </section>
    }
}

fn row(view: &KinkView, dispatch: &Callback<Action>) -> Html {
    let kink = &view.kink;
    let at = view.at as f32;
    let onclick = dispatch.reform(move |_: MouseEvent| Action::Patch(Patch::one("at", at)));
    let joined = |each: Vec<String>| each.join(" · ");
    let weights = joined(
        kink.pairs
            .iter()
            .map(|pair| {
                format!("{}, {}", whole(pair.weights[0].into()), whole(pair.weights[1].into()))
            })
            .collect(),
    );
    let rails =
        joined(kink.pairs.iter().map(|pair| describe::rail(pair.rail).to_string()).collect());
    let slopes =
        format!("{} → {}", whole(kink.slope_before.into()), whole(kink.slope_after.into()));
    let is_seen = view.visibility == Visibility::Visible;
    html! {
        <tr key={view.number} class={classes!((!is_seen).then_some("unseen"))}>
            <th scope="row"><button type="button" class="go" title="Move the cursor here" {onclick}>{ view.number }</button></th>
            <td>{ fixed(view.at, 3) }</td>
            <td>{ kink.code }</td>
            <td>{ describe::pairs(view) }</td>
            <td>{ weights }</td>
            <td>{ rails }</td>
            <td>{ slopes }</td>
            <td>
                <span class={classes!("effect", describe::effect(kink))}>{ describe::effect(kink) }</span>
                if let Some(reason) = describe::visibility(view.visibility) {
                    <span class="why">{ reason }</span>
                }
            </td>
        </tr>
    }
}
