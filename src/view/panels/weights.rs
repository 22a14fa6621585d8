//! [`WeightsPanel`]: the weights of the chosen output, pair by pair.

use yew::prelude::*;

use super::PanelProps;
use crate::arith::first_saturated_code;
use crate::state::number::whole;
use crate::state::{Action, Patch};
use crate::view::controls::{NumberControl, Slider};

const CODES: Slider = Slider { min: -128.0, max: 127.0, step: 1.0, logarithmic: false };

/// A slider for every weight of the chosen output. Neighbours that are added
/// in 16 bits stand together.
#[component]
pub fn WeightsPanel(props: &PanelProps) -> Html {
    let model = &props.model;
    let output = model.state.output;
    let row = model.derived.layer.row(output);
    let reset_all = props.dispatch.reform(|_: MouseEvent| Action::Patch(Patch::one("w", "")));
    html! {
        <section class="panel weights" aria-labelledby="weights-title">
            <h2 id="weights-title">{ format!("Weights of output {output}") }</h2>
            <div class="pair-grid">
                { for row.chunks(2).enumerate().map(|(pair, weights)| pair_group(props, output, 2 * pair, weights)) }
            </div>
            if !model.state.weights.is_empty() {
                <button type="button" id="reset-weights" onclick={reset_all}>{ "Reset all weights to the seed’s" }</button>
            }
        </section>
    }
}

fn pair_group(props: &PanelProps, output: usize, first_k: usize, weights: &[i8]) -> Html {
    let sum: i32 = weights.iter().map(|w| i32::from(*w)).sum();
    let (title, verdict) = match (weights.len(), first_saturated_code(sum)) {
        (1, _) => (format!("k {first_k}"), "alone: never saturates".to_string()),
        (_, None) => (
            format!("k {first_k}, {}", first_k + 1),
            format!("sum {}: never saturates when equal", whole(sum.into())),
        ),
        (_, Some(code)) => (
            format!("k {first_k}, {}", first_k + 1),
            format!("sum {}: saturates from code {code}", whole(sum.into())),
        ),
    };
    let saturates = weights.len() > 1 && first_saturated_code(sum).is_some();
    html! {
        <div key={first_k} class={classes!("pair", saturates.then_some("saturates"))} role="group" aria-label={format!("Pair {title}")}>
            <p class="pair-head"><b>{ title }</b><span>{ verdict }</span></p>
            { for weights.iter().enumerate().map(|(side, code)| weight(props, output, first_k + side, *code)) }
        </div>
    }
}

fn weight(props: &PanelProps, output: usize, k: usize, code: i8) -> Html {
    let dispatch = &props.dispatch;
    let is_edited = props.model.state.weights.contains_key(&(output, k));
    let on_text = dispatch.reform(move |text: String| Action::SetWeight { output, k, text });
    let on_reset = is_edited.then(|| dispatch.reform(move |()| Action::ResetWeight { output, k }));
    html! {
        <NumberControl key={k} name={format!("w-{output}-{k}")} label={format!("w{}", subscript(k))} value={f64::from(code)}
            text={code.to_string()} slider={CODES} origin={if is_edited { "by hand" } else { "" }} {on_text} {on_reset} />
    }
}

fn subscript(k: usize) -> String {
    k.to_string()
        .bytes()
        .filter_map(|digit| char::from_u32(0x2080 + u32::from(digit - b'0')))
        .collect()
}
