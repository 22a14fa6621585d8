//! [`PipelinePanel`]: every number from the input to the output, at the cursor.

mod bits;
mod gauge;
mod stages;

use yew::prelude::*;

use super::PanelProps;
use crate::state::number::{exact, short, subscript, whole};
use crate::state::{Direction, DynamicEngine, describe};
use crate::view::facets::Facets;
use crate::view::model::Model;
use crate::view::store::{use_slice, use_slice_in_sight};
use stages::Stages;

pub use bits::Bits;
pub use gauge::{PairTable, pair_bar, rails};

/// The pairs at the cursor alone.
#[component]
pub fn PairPanel(props: &PanelProps) -> Html {
    let model = use_slice(&props.store, "pair", Facets::CURSOR);
    html! {
        <section class="panel pair-figure" aria-label="The pairs at the cursor">
            <p class="cursor" id="cursor">{ describe::position(&model.state, &model.derived) }</p>
            <PairTable ..props.clone() />
            if describe::has_rails(model.derived.cursor.engine) {
                { rails() }
            }
            // The bits of one pair fit beside it; those of many are on demand in the Lab.
            if let [pair] = model.derived.cursor.pairs.as_slice() {
                <Bits pair={pair.clone()} engine={model.derived.cursor.engine} />
            }
        </section>
    }
}

/// What is multiplied, and how products are added.
fn products(model: &Model) -> String {
    let (engine, layer) = (model.derived.cursor.engine, &model.derived.layer);
    format!("{}; {}.", describe::multiplied(engine, layer), describe::grouping(engine, layer))
}

/// The chosen output at the cursor: codes, products, pair sums on a 16-bit gauge, the sum, the
/// zero-point terms, bias, rescaling, output.
#[component]
pub fn PipelinePanel(props: &PanelProps) -> Html {
    let panel = use_node_ref();
    let model = use_slice_in_sight(&props.store, "pipeline", Facets::CURSOR, &panel);
    let cursor = &model.derived.cursor;
    let input = model.derived.layer.input;
    let at = short(model.state.gaze.at.into());
    let codes = match model.state.sweep.direction {
        Direction::All => {
            let made = model.derived.quantizing(0);
            // As the library makes it: where there is a reciprocal, it is rounded, too.
            let scale = exact(input.scale);
            let scaled = match cursor.engine.dynamic() {
                Some(DynamicEngine::OnnxRuntime) => format!("x ÷ {scale}"),
                _ => format!("x · (1 ÷ {scale})"),
            };
            let product = format!("{} in float32", exact(made.product));
            let zero_point = input.zero_point;
            let product = match made.has_zero_point {
                true => format!("{scaled} + {zero_point} = {product}; rounded"),
                false => format!("{scaled} = {product}; rounded, + {zero_point}"),
            };
            let clamped = if made.unclamped == made.code {
                String::new()
            } else {
                format!(" = {}, clamped", whole(made.unclamped.into()))
            };
            html! {
                <p>
                    { format!("x = {at} → {product}{clamped} → ") }
                    <strong id="input-code">{ format!("code {}", made.code) }</strong>
                    { format!(", which stands for {}. ", short(cursor.quantized[0].into())) }
                    { products(&model) }
                </p>
            }
        }
        _ => html! {
            <>
                <p>{ format!("{}; each input has its own code. {}", describe::position(&model.state, &model.derived), products(&model)) }</p>
                <details class="codes"><summary>{ "Inputs and their codes" }</summary>
                    <ul id="input-codes">
                        { for cursor.x.iter().zip(&cursor.codes).enumerate().map(|(k, (x, code))| html! {
                            <li key={k}>{ format!("x{} = {} → {}", subscript(k), short((*x).into()), whole((*code).into())) }</li>
                        }) }
                    </ul>
                </details>
            </>
        },
    };
    html! {
        <section ref={panel} class="panel pipeline" aria-labelledby="pipeline-title">
            <h2 id="pipeline-title">{ format!("From x to y at the cursor, output {}", model.state.picture.output) }</h2>
            { codes }
            <PairTable ..props.clone() />
            <Stages ..props.clone() />
        </section>
    }
}
