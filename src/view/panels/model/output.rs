//! [`Output`]: an output's worst pairs, what reaches the worst, and the way to the Lab.

use yew::prelude::*;

use super::number::whole;
use crate::documents::{OutputVerdict, ProductLine, in_lab, percent};
use crate::state::link;
use crate::view::facets::Facets;
use crate::view::model::Shared;
use crate::view::panels::PanelProps;
use crate::view::store::use_slice;

/// Pairs that are listed.
const SOME: usize = 8;

/// Properties of [`Output`].
#[derive(Properties, PartialEq)]
pub struct OutputProps {
    /// The state, and what takes an action.
    pub panel: PanelProps,
    /// The file's name.
    pub file: String,
    /// What is said of the product.
    pub line: Shared<ProductLine>,
    /// The output.
    pub output: Shared<OutputVerdict>,
}

/// In sentences, then its pairs.
#[component]
pub fn Output(props: &OutputProps) -> Html {
    let model = use_slice(&props.panel.store, "model-output", Facets::PAGE.and(Facets::CHECK));
    let output = &props.output;
    let [over, under] = output.losses;
    let loss = over.max(under);
    let (rail, sign) =
        if over >= under { ("32,767", "positive") } else { ("−32,768", "negative") };
    let (clamps, lost) = output.expected;
    let there = in_lab(&model.state, &props.file, &props.line, output);
    let is_part = (output.part.len() as f64) < output.inputs;
    let more = output.unsafe_pairs - SOME.min(output.pairs.len()) as f64;
    html! {
        <div class="output-details">
            <h4>{ format!("Output {}: {} of its {} pairs can clamp", whole(output.output), whole(output.unsafe_pairs), whole((output.inputs / 2.0).ceil())) }</h4>
            <ul>
                <li>{ format!("Worst case: {} of its {} inputs at 255, the others at 0. Its sum then loses {} at {rail}, {} of the largest that it can be ({}).", whole(output.worst_at_255), whole(output.inputs), whole(loss), percent(output.share), whole(output.peak)) }</li>
                <li>{ format!("Expected, if every code is as likely as any: {clamps:.2} pairs clamp, and {} is lost; trained activations are seldom like that.", whole(lost)) }</li>
                if let Some(steps) = output.steps {
                    <li>{ in_steps(steps, lost / loss.max(1.0)) }</li>
                }
                if let Some(first) = output.first_code {
                    <li>{ format!("It cannot happen while all codes are below {first}.") }</li>
                }
            </ul>
            <table class="worst-pairs">
                <caption class="visually-hidden">{ format!("Pairs of output {} that can clamp", whole(output.output)) }</caption>
                <thead><tr><th scope="col">{ "inputs" }</th><th scope="col">{ "weights" }</th><th scope="col">{ "sum at 255" }</th><th scope="col">{ "lost" }</th><th scope="col">{ "from code" }</th></tr></thead>
                <tbody>{ for output.pairs.iter().take(SOME).map(|pair| html! {
                    <tr>
                        <th scope="row">{ format!("{}, {}", whole(pair.k), whole(pair.k + 1.0)) }</th>
                        <td>{ pair.weights.map(|w| signed(w.into())).join(", ") }</td>
                        <td>{ signed(pair.sum) }</td>
                        <td>{ whole(pair.lost) }</td>
                        <td>{ pair.first_code.to_string() }</td>
                    </tr>
                }) }</tbody>
            </table>
            if more > 0.5 {
                <p class="hint">{ format!("{} pairs more, all of which lose less; only {sign} sums are lost at {rail}.", whole(more)) }</p>
            }
            <p><a class="leads open-in-lab" href={link::write(&there)}>{ if is_part { format!("Open {} inputs around the worst pair in the Lab", output.part.len()) } else { "Open it in the Lab".to_string() } }</a></p>
        </div>
    }
}

/// The larger loss in steps of the output’s codes, and what part of it is expected.
fn in_steps(steps: f64, expected: f64) -> String {
    let shown = |steps: f64| match steps {
        steps if steps < 0.1 => "less than 0.1".to_string(),
        steps if steps < 10.0 => format!("{steps:.1}"),
        steps => whole(steps.round()),
    };
    let clipped = if steps > 255.0 { ", which is more than it has" } else { "" };
    format!(
        "In steps of its output’s 8-bit codes: {} in the worst case{clipped}, {} if every code is as likely as any.",
        shown(steps),
        shown(steps * expected)
    )
}

fn signed(number: f64) -> String {
    if number < 0.0 { format!("−{}", whole(-number)) } else { whole(number) }
}
