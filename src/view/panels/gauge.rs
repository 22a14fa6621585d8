//! [`GaugePanel`]: the pair sums at the cursor on a 16-bit gauge.

use yew::prelude::*;

use super::PanelProps;
use crate::arith::PairTrace;
use crate::state::describe;
use crate::state::number::{short, signed, whole};

/// Half the width of the gauge in pair units: the largest pair sum is
/// 2 · 255 · 128.
const REACH: i32 = 65_280;
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 22.0;

/// Every pair of the chosen output at the cursor: its two products, their
/// sum between the rails -32768 and 32767, and what is lost beyond them.
#[component]
pub fn GaugePanel(props: &PanelProps) -> Html {
    let model = &props.model;
    let derived = &model.derived;
    let cursor = &derived.cursor;
    let view = &derived.outputs[model.state.output];
    let code = usize::from(cursor.code);
    let ramp = view.chosen.as_ref().unwrap_or(&view.exact);
    let lost = i64::from(cursor.exact_sum) - i64::from(cursor.sum);
    let output = ramp.code[code].map_or_else(|| "none".to_string(), |output| output.to_string());
    html! {
        <section class="panel gauge" aria-labelledby="gauge-title">
            <h2 id="gauge-title">{ "Pair sums at the cursor" }</h2>
            <p>
                { format!("x = {} becomes code {}. Each product is code × weight; two neighbours are added in 16 bits.",
                    short(model.state.at.into()), cursor.code) }
            </p>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="gauge-title">
            <table id="pairs">
                <thead><tr>
                    <th scope="col">{ "pair k" }</th>
                    <th scope="col">{ "products" }</th>
                    <th scope="col">{ "sum" }</th>
                    <th scope="col" class="bar-head"><span>{ describe::rail(crate::arith::Rail::Low) }</span><span>{ "0" }</span><span>{ describe::rail(crate::arith::Rail::High) }</span></th>
                    <th scope="col">{ "kept" }</th>
                    <th scope="col">{ "lost" }</th>
                </tr></thead>
                <tbody>{ for cursor.pairs.iter().map(pair_row) }</tbody>
            </table>
            </div>
            <dl class="totals">
                <div><dt>{ "sum of pairs" }</dt><dd id="raw">{ whole(cursor.sum.into()) }</dd></div>
                <div><dt>{ "exact sum" }</dt><dd>{ whole(cursor.exact_sum.into()) }</dd></div>
                <div class={classes!((lost != 0).then_some("is-lost"))}><dt>{ "lost" }</dt><dd id="lost">{ whole(lost) }</dd></div>
                <div><dt>{ "accumulator" }</dt><dd title="after the zero-point terms">{ whole(ramp.acc[code].into()) }</dd></div>
                <div><dt>{ "output code" }</dt><dd id="output-code">{ output }</dd></div>
                <div><dt>{ "real output y" }</dt><dd>{ short(ramp.real[code].into()) }</dd></div>
            </dl>
        </section>
    }
}

fn pair_row(pair: &PairTrace) -> Html {
    let lost = pair.lost();
    let product = |side: usize| format!("{}·{}", pair.x[side], whole(pair.w[side].into()));
    let (name, products) = if pair.has_second {
        (
            format!("{}, {}", pair.first_k, pair.first_k + 1),
            format!("{} + {}", product(0), product(1)),
        )
    } else {
        (format!("{}, –", pair.first_k), product(0))
    };
    html! {
        <tr key={pair.first_k} class={classes!((lost != 0).then_some("is-saturated"))}>
            <th scope="row">{ name }</th>
            <td>{ products }</td>
            <td>{ whole(pair.exact.into()) }</td>
            <td class="bar">{ bar(pair) }</td>
            <td>{ whole(pair.kept.into()) }</td>
            <td>{ if lost == 0 { "–".to_string() } else { signed(lost.into()) } }</td>
        </tr>
    }
}

/// The sum as a bar from zero: what is kept inside the rails, and hatched
/// beyond them what is lost.
fn bar(pair: &PairTrace) -> Html {
    let place = |value: i32| WIDTH / 2.0 * (1.0 + f64::from(value) / f64::from(REACH));
    let span = |from: i32, to: i32| {
        let (left, right) = (place(from.min(to)), place(from.max(to)));
        (left.to_string(), (right - left).to_string())
    };
    let (left, width) = span(0, pair.kept);
    let (lost_left, lost_width) = span(pair.kept, pair.exact);
    let inner = HEIGHT - 10.0;
    html! {
        <svg viewBox={format!("0 0 {WIDTH} {HEIGHT}")} preserveAspectRatio="none" aria-hidden="true" class="gauge-bar">
            <rect class="beyond" x="0" y="0" width={place(i16::MIN.into()).to_string()} height={HEIGHT.to_string()} />
            <rect class="beyond" x={place(i16::MAX.into()).to_string()} y="0" width={place(i16::MIN.into()).to_string()} height={HEIGHT.to_string()} />
            <rect class="kept" x={left} y="5" {width} height={inner.to_string()} />
            if pair.exact != pair.kept {
                <rect class="lost" x={lost_left} y="5" width={lost_width} height={inner.to_string()} />
            }
            { for [i32::from(i16::MIN), 0, i32::from(i16::MAX)].map(|value| {
                let x = place(value).to_string();
                html! { <line class={if value == 0 { "zero" } else { "rail" }} x1={x.clone()} x2={x} y1="0" y2={HEIGHT.to_string()} /> }
            }) }
        </svg>
    }
}
