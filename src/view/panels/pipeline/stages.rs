//! [`Stages`]: what becomes of the sum, step by step, beside what an exact sum would have become.

use yew::prelude::*;

use crate::state::number::{fixed, short, signed, whole};
use crate::state::{Rescale, StageTrace, describe};
use crate::view::facets::Facets;
use crate::view::model::Model;
use crate::view::panels::PanelProps;
use crate::view::store::use_slice_in_sight;

/// One step: its name, how it is made, and its numbers on the chosen and on the exact engine.
struct Step {
    id: &'static str,
    name: String,
    how: String,
    values: [String; 2],
}

/// The steps after the products, as a table.
#[component]
pub fn Stages(props: &PanelProps) -> Html {
    let table = use_node_ref();
    let model = use_slice_in_sight(&props.store, "stages", Facets::CURSOR, &table);
    let cursor = &model.derived.cursor;
    let lost = i64::from(cursor.exact_sum) - i64::from(cursor.sum);
    let saturated = (lost != 0).then_some("is-lost");
    html! {
        <>
            <dl class="totals">
                <div><dt>{ "sum" }</dt><dd id="raw">{ whole(cursor.sum.into()) }</dd></div>
                <div><dt>{ "exact sum" }</dt><dd>{ whole(cursor.exact_sum.into()) }</dd></div>
                <div class={classes!(saturated)}><dt>{ "lost" }</dt><dd id="lost">{ whole(lost) }</dd></div>
            </dl>
            <div ref={table} class="scroll" tabindex="0" role="region" aria-label="From the sum to the output">
            <table id="stages">
                <caption class="visually-hidden">{ "From the sum to the output at the cursor" }</caption>
                <thead><tr><th scope="col">{ "step" }</th><th scope="col" class="how">{ "how" }</th><th scope="col">{ "this engine" }</th><th scope="col">{ "an exact one" }</th></tr></thead>
                <tbody>{ for steps(&model).into_iter().map(|step| {
                    let differs = step.values[0] != step.values[1];
                    html! {
                        <tr class={classes!(differs.then_some("differs"))}>
                            <th scope="row">{ step.name }</th><td class="how">{ step.how }</td>
                            <td id={step.id} class="own">{ &step.values[0] }</td><td>{ &step.values[1] }</td>
                        </tr>
                    }
                }) }</tbody>
            </table>
            </div>
        </>
    }
}

fn steps(model: &Model) -> Vec<Step> {
    let (derived, state) = (&model.derived, &model.state);
    let traces = [&derived.cursor.trace, &derived.cursor.exact];
    let layer = &derived.layer;
    let weight = layer.weight_param(state.picture.output);
    let both = |of: &dyn Fn(&StageTrace) -> String| traces.map(of);
    let row = layer.row(state.picture.output);
    let sum_w: i32 = row.iter().map(|w| i32::from(*w)).sum();
    let trace = &derived.cursor.trace;
    let counted = if trace.weight_sum == sum_w { "" } else { " of twice the halved" };
    let mut steps = vec![
        Step {
            id: "stage-raw",
            name: "sum".into(),
            how: describe::summing(derived.cursor.engine).into(),
            values: both(&|trace| whole(trace.raw.into())),
        },
        Step {
            id: "stage-input-term",
            name: "− input zero point".into(),
            how: format!(
                "{} · (Σw {}{counted} − {}·{})",
                trace.input_zero_point,
                whole(trace.weight_sum.into()),
                layer.inputs,
                whole(weight.zero_point.into())
            ),
            values: both(&|trace| signed(-i64::from(trace.input_term))),
        },
    ];
    if weight.zero_point != 0 {
        steps.push(Step {
            id: "stage-weight-term",
            name: "− weight zero point".into(),
            how: format!(
                "{} · Σx {}",
                whole(weight.zero_point.into()),
                whole(trace.byte_sum.into())
            ),
            values: both(&|trace| signed(-i64::from(trace.weight_term))),
        });
    }
    steps.push(Step {
        id: "stage-acc",
        name: "accumulator".into(),
        how: "the sum of the above".into(),
        values: both(&|trace| whole(trace.acc.into())),
    });
    if let Some(bias) = layer.bias.as_ref().map(|bias| bias[state.picture.output]) {
        steps.push(Step {
            id: "stage-bias",
            name: "+ bias".into(),
            how: format!(
                "{} ÷ ({} · {}){}",
                short(bias.into()),
                short(layer.input.scale.into()),
                short(weight.scale.into()),
                if derived.clamps_bias(state) { ", clamped to 32 bits" } else { "" }
            ),
            values: both(&|trace| {
                trace.bias.map_or("–".into(), |bias| {
                    fixed(bias, if bias.fract() == 0.0 { 0 } else { 2 })
                })
            }),
        });
    }
    let scales = format!("{} · {}", short(layer.input.scale.into()), short(weight.scale.into()));
    if trace.code.is_none() {
        let is_held = layer.relu && derived.cursor.engine.dynamic().is_some();
        let held = if is_held { ", held to relu" } else { "" };
        steps.push(Step {
            id: "output-code",
            name: "output code".into(),
            how: format!("{} has none", describe::without_codes(derived.cursor.engine)),
            values: both(&|_| "none".into()),
        });
        steps.push(Step {
            id: "stage-real",
            name: "real output y".into(),
            how: format!("accumulator · {scales}{held}"),
            values: both(&|trace| short(trace.real.into())),
        });
        return steps;
    }
    let output_scale = short(layer.output.scale.into());
    let rule = state.arithmetic.rescale.or(derived.cursor.engine.rescale());
    let multiplier = match rule {
        Some(Rescale::Qnnpack | Rescale::OneDnn | Rescale::OneDnnConv) => {
            format!("{scales} · (1 ÷ {output_scale})")
        }
        Some(Rescale::PowerOfTwo) => {
            format!("{scales} ÷ {output_scale}, to the nearest power of two")
        }
        _ => format!("{scales} ÷ {output_scale}"),
    };
    steps.push(Step {
        id: "stage-multiplier",
        name: "× multiplier".into(),
        how: multiplier,
        values: both(&|trace| match trace.fixed {
            Some(fixed) => format!("{} · 2^{}", fixed.mantissa, whole(i64::from(fixed.shift) - 31)),
            None => short(trace.multiplier),
        }),
    });
    let number = |value: Option<i32>| value.map_or("none".into(), |code| whole(code.into()));
    steps.push(Step {
        id: "stage-unclamped",
        name: match rule {
            Some(Rescale::OneDnn | Rescale::OneDnnConv) => "+ output zero point, rounded".into(),
            _ => "rounded, + output zero point".into(),
        },
        how: format!("zero point {}", layer.output.zero_point),
        values: both(&|trace| number(trace.unclamped)),
    });
    steps.push(Step {
        id: "output-code",
        name: "output code".into(),
        how: format!("clamped to {} … {}", trace.range.qmin, trace.range.qmax),
        values: both(&|trace| number(trace.code)),
    });
    steps.push(Step {
        id: "stage-real",
        name: "real output y".into(),
        how: format!("(code − {}) · {}", layer.output.zero_point, short(layer.output.scale.into())),
        values: both(&|trace| short(trace.real.into())),
    });
    steps
}
