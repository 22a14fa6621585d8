//! [`KinkPanel`]: the kinks of the chosen output as a table and in sentences.

use yew::prelude::*;

use super::{PanelProps, at, looks};
use crate::state::number::fixed;
use crate::state::{Action, Key, KinkView, Visibility, describe};
use crate::view::facets::Facets;
use crate::view::model::Model;
use crate::view::store::use_slice_in_sight;

/// Every kink: where, which pair, which rail, what it does to the slope.
#[component]
pub fn KinkPanel(props: &PanelProps) -> Html {
    let panel = use_node_ref();
    let reads = Facets::DRAWN.and(Facets::HIGHLIGHT);
    let model = use_slice_in_sight(&props.store, "kinks", reads, &panel);
    let kinks = &model.derived.chosen(&model.state).kinks;
    html! {
        <section ref={panel} class="panel kinks" aria-labelledby="kinks-title">
            <h2 id="kinks-title">{ format!("Kinks of output {}", model.state.picture.output) }</h2>
            if kinks.is_empty() {
                <p id="no-kinks">{ describe::none(&model.state, &model.derived) }</p>
            } else {
                <div class="scroll" tabindex="0" role="region" aria-label="Table of kinks">
                <table id="kinks" class="stacks">
                    <caption class="visually-hidden">{ "Kinks of the chosen output" }</caption>
                    <thead><tr>
                        <th scope="col">{ "No." }</th>
                        <th scope="col">{ describe::variable(model.state.sweep.direction) }</th>
                        <th scope="col">{ "code" }</th>
                        <th scope="col">{ "pair k" }</th>
                        <th scope="col">{ "weights" }</th>
                        <th scope="col">{ "rail" }</th>
                        <th scope="col">{ "slope before → after" }</th>
                        <th scope="col" class="effect-cell">{ "effect" }</th>
                    </tr></thead>
                    <tbody>{ for kinks.iter().map(|kink| row(kink, &model, &props.dispatch)) }</tbody>
                </table>
                </div>
                <details class="sentences"><summary>{ "In sentences" }</summary>
                    <ol>{ for kinks.iter().map(|kink| html! { <li>{ describe::kink(&model.state, kink) }</li> }) }</ol>
                </details>
                <p class="hint">{ describe::columns(&model.state, &model.derived) }</p>
            }
        </section>
    }
}

fn row(view: &KinkView, model: &Model, dispatch: &Callback<Action>) -> Html {
    let (state, highlight) = (&model.state, model.highlight);
    #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
    let onclick = at::<MouseEvent>(dispatch, Action::set(Key::At, view.at as f32));
    let or_none = |text: String| if text.is_empty() { "–".into() } else { text };
    let weights = or_none(describe::weights(view));
    let ends = view.pairs.iter().map(|pair| describe::end(state.arithmetic.engine, pair.rail));
    let rails = or_none(ends.collect::<Vec<_>>().join(" · "));
    let pairs = or_none(describe::pairs(view));
    let slopes =
        format!("{} → {}", describe::slope(view.slope_before), describe::slope(view.slope_after));
    let shown = view.shown(state);
    let is_seen = shown == Visibility::Visible;
    let pair = view.pairs.first().map(|pair| pair.group);
    let is_marked =
        highlight.is_some_and(|index| view.pairs.iter().any(|pair| pair.group == index));
    let [onmouseenter, onmouseleave] = looks::<MouseEvent>(dispatch, pair);
    let [onfocusin, onfocusout] = looks::<FocusEvent>(dispatch, pair);
    let class = classes!((!is_seen).then_some("unseen"), is_marked.then_some("is-marked"));
    html! {
        <tr key={view.number} {class} {onmouseenter} {onmouseleave} {onfocusin} {onfocusout}>
            <th scope="row"><button type="button" class="go" aria-label={format!("Move the cursor to kink {}", view.number)} {onclick}>{ view.number }</button></th>
            <td data-label="x">{ fixed(view.at, 3) }</td>
            <td data-label="code">{ view.code.map_or("–".to_string(), |code| code.to_string()) }</td>
            <td data-label="pair k">{ pairs }</td>
            <td data-label="weights">{ weights }</td>
            <td data-label="rail">{ rails }{ if view.is_release { " (left)" } else { "" } }</td>
            <td data-label="slope">{ slopes }</td>
            <td class="effect-cell">
                <span class={classes!("effect", describe::effect(view))}>{ describe::effect(view) }</span>
                if let Some(reason) = describe::visibility(shown) {
                    <span class="why">{ reason }</span>
                }
            </td>
        </tr>
    }
}
