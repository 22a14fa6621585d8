//! [`WeightsPanel`]: the weights of the chosen output, pair by pair.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::PanelProps;
use crate::arith::first_saturated_code;
use crate::state::number::{subscript, whole};
use crate::state::schema::Value;
use crate::state::{Action, Direction, Patch, pasted_weights};
use crate::view::controls::{NumberControl, ParameterControl, Slider};

const CODES: Slider = Slider { min: -128.0, max: 127.0, step: 1.0, logarithmic: false };

/// A slider for every weight of the chosen output. Neighbours that are added
/// in 16 bits stand together. Along a vector, each input's factor stands with its weight.
#[component]
pub fn WeightsPanel(props: &PanelProps) -> Html {
    let model = &props.model;
    let output = model.state.output;
    let row = model.derived.layer.row(output);
    let reset_all = props.dispatch.reform(|_: MouseEvent| Action::Patch(Patch::one("w", "")));
    let factors = (model.state.direction == Direction::Vector).then_some(&model.state.factors);
    let groups = row.chunks(2).enumerate().map(|(pair, weights)| {
        let edited = |side: usize| model.state.weights.contains_key(&(output, 2 * pair + side));
        let factor = |side: usize| factors.map(|factors| factors.get(&(2 * pair + side)).copied());
        html! {
            <PairGroup key={pair} {output} {pair} first={weights[0]} second={weights.get(1).copied()}
                edited={[edited(0), edited(1)]} factors={[factor(0), factor(1)]}
                is_marked={model.highlight == Some(pair)} dispatch={props.dispatch.clone()} />
        }
    });
    html! {
        <section class="panel weights" aria-labelledby="weights-title">
            <div class="panel-head">
                <h2 id="weights-title">{ format!("Weights of output {output}") }</h2>
                <button type="button" id="reset-weights" title="Back to the seed’s weights, in every output"
                    disabled={model.state.weights.is_empty()} onclick={reset_all}>{ "Reset all" }</button>
            </div>
            <Paste ..props.clone() />
            <div class="pair-grid">{ for groups }</div>
        </section>
    }
}

/// A field for a row or a matrix. What was pasted stays there, whatever comes of it.
#[component]
fn Paste(props: &PanelProps) -> Html {
    let field = use_node_ref();
    let onclick = {
        let (field, panel) = (field.clone(), props.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                let pasted = pasted_weights(&panel.model.state, &field.value());
                panel.dispatch.emit(Action::PasteWeights(pasted));
            }
        })
    };
    html! {
        <details class="paste">
            <summary>{ "Paste weights" }</summary>
            <label for="paste-field">{ "A row for this output, or a matrix for the whole layer: as PyTorch or NumPy prints it, JSON or CSV. Whole numbers are codes; real ones are quantized." }</label>
            <textarea id="paste-field" ref={field} rows="4" spellcheck="false" placeholder="tensor([[ 127, -100], [ 3, 5]], dtype=torch.int8)" />
            <button type="button" id="paste-use" {onclick}>{ "Use these weights" }</button>
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct PairGroupProps {
    output: usize,
    pair: usize,
    first: i8,
    second: Option<i8>,
    edited: [bool; 2],
    /// Factors along a vector: outer `None` where there is no vector.
    factors: [Option<Option<f32>>; 2],
    is_marked: bool,
    dispatch: Callback<Action>,
}

/// Two neighbours and what their sum means.
#[component]
fn PairGroup(props: &PairGroupProps) -> Html {
    let first_k = 2 * props.pair;
    let sum = i32::from(props.first) + i32::from(props.second.unwrap_or(0));
    let (title, verdict) = match (props.second, first_saturated_code(sum)) {
        (None, _) => (format!("k {first_k}"), "alone: never saturates".to_string()),
        (_, None) => (
            format!("k {first_k}, {}", first_k + 1),
            format!("sum {}: safe while inputs are equal", whole(sum.into())),
        ),
        (_, Some(code)) => (
            format!("k {first_k}, {}", first_k + 1),
            format!("sum {}: saturates from code {code}", whole(sum.into())),
        ),
    };
    let saturates = props.second.is_some() && first_saturated_code(sum).is_some();
    let look = |pair: Option<usize>| props.dispatch.reform(move |()| Action::Highlight(pair));
    let (on_look, on_leave) = (look(Some(props.pair)), look(None));
    let weights = [Some(props.first), props.second];
    let class =
        classes!("pair", saturates.then_some("saturates"), props.is_marked.then_some("is-marked"));
    html! {
        <div {class} role="group" aria-label={format!("Pair {title}")}
            onmouseenter={on_look.reform(|_: MouseEvent| ())} onmouseleave={on_leave.reform(|_: MouseEvent| ())}
            onfocusin={on_look.reform(|_: FocusEvent| ())} onfocusout={on_leave.reform(|_: FocusEvent| ())}>
            <p class="pair-head"><b>{ title }</b><span>{ verdict }</span></p>
            { for weights.into_iter().enumerate().filter_map(|(side, code)| Some(weight(props, side, code?))) }
        </div>
    }
}

fn weight(props: &PairGroupProps, side: usize, code: i8) -> Html {
    let (output, k) = (props.output, 2 * props.pair + side);
    let is_edited = props.edited[side];
    let on_text = props.dispatch.reform(move |text: String| Action::SetWeight { output, k, text });
    let on_reset = props.dispatch.reform(move |()| Action::ResetWeight { output, k });
    html! {
        <>
            <NumberControl key={k} name={format!("w-{output}-{k}")} label={format!("w{}", subscript(k))} value={f64::from(code)}
                text={whole(code.into())} slider={CODES} is_set={is_edited} {on_text} {on_reset} />
            if let Some(factor) = props.factors[side] {
                <ParameterControl key_name="dir" place={k} auto={1.0}
                    value={Value::Places(factor.into_iter().map(|factor| (k, factor)).collect())} dispatch={props.dispatch.clone()} />
            }
        </>
    }
}
