//! [`PairTable`]: the pair sums at the cursor on a 16-bit gauge.

use yew::prelude::*;

use super::bits::Bits;
use crate::state::number::{signed, whole};
use crate::state::{Action, Engine, GroupTrace, Rail, describe};
use crate::view::facets::Facets;
use crate::view::panels::{PanelProps, looks};
use crate::view::store::use_slice_in_sight;

/// Half the width of the gauge in pair units: the largest pair sum is
/// 2 · 255 · 128.
const REACH: i32 = 65_280;
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 22.0;
/// With more pairs than this, those that lose nothing stand together below the others.
const FEW: usize = 8;

/// Every pair of the chosen output at the cursor: its two products, their
/// sum between the rails −32768 and 32767, and what is lost beyond them.
#[component]
pub fn PairTable(props: &PanelProps) -> Html {
    let table = use_node_ref();
    let reads = Facets::CURSOR.and(Facets::HIGHLIGHT);
    let model = use_slice_in_sight(&props.store, "pairs", reads, &table);
    let pairs = &model.derived.cursor.pairs;
    let shows_all = use_state_eq(|| false);
    let is_open = use_state_eq(|| None::<usize>);
    let is_long = pairs.len() > FEW;
    let is_shown = |(index, pair): &(usize, &GroupTrace)| {
        !is_long || *shows_all || pair.lost() != 0 || model.highlight == Some(*index)
    };
    let row = |(index, pair): (usize, &GroupTrace)| {
        html! {
            <PairRow key={index} {index} pair={pair.clone()} engine={model.derived.cursor.engine} is_marked={model.highlight == Some(index)}
                opened={*is_open == Some(index)} open={is_open.setter()} dispatch={props.dispatch.clone()} />
        }
    };
    let shown: Vec<Html> = pairs.iter().enumerate().filter(is_shown).map(row).collect();
    let rest = pairs.len() - shown.len();
    let hidden = pairs.iter().enumerate().filter(|pair| !is_shown(pair));
    let rest_sum: i64 = hidden.map(|(_, pair)| i64::from(pair.kept)).sum();
    let toggle = {
        let shows_all = shows_all.clone();
        Callback::from(move |_: MouseEvent| shows_all.set(!*shows_all))
    };
    html! {
        <>
            <div ref={table} class="scroll" tabindex="0" role="region" aria-label="Pair sums">
            <table id="pairs" class="stacks">
                <caption class="visually-hidden">{ "Pair sums of the chosen output at the cursor" }</caption>
                <thead><tr>
                    <th scope="col">{ "pair k" }</th>
                    <th scope="col">{ "products" }</th>
                    <th scope="col">{ "sum" }</th>
                    <th scope="col" class="bar-head">
                        <span class="visually-hidden">{ "on the 16-bit gauge" }</span>
                        if describe::has_rails(model.derived.cursor.engine) {
                            <span class="low" aria-hidden="true">{ describe::rail(Rail::Low) }</span><span aria-hidden="true">{ "0" }</span><span class="high" aria-hidden="true">{ describe::rail(Rail::High) }</span>
                        }
                    </th>
                    <th scope="col">{ "kept" }</th>
                    <th scope="col">{ "lost" }</th>
                    <th scope="col" class="more">{ "bits" }</th>
                </tr></thead>
                { for shown }
            </table>
            </div>
            if is_long {
                <p class="rest">
                    if rest > 0 {
                        { format!("{rest} more pairs lose nothing; together they are {}. ", whole(rest_sum)) }
                    }
                    <button type="button" id="all-pairs" aria-pressed={shows_all.to_string()} onclick={toggle}>{ if *shows_all { "Only what stands out" } else { "Show all pairs" } }</button>
                </p>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct PairRowProps {
    /// Its place among the pairs.
    index: usize,
    pair: GroupTrace,
    engine: Engine,
    is_marked: bool,
    opened: bool,
    /// Opens the bits of a pair instead.
    open: UseStateSetter<Option<usize>>,
    dispatch: Callback<Action>,
}

/// One pair; below it, on demand, its bits.
#[component]
fn PairRow(props: &PairRowProps) -> Html {
    let (index, pair) = (props.index, &props.pair);
    let on_bits = {
        let (open, next) = (props.open.clone(), (!props.opened).then_some(index));
        Callback::from(move |_: MouseEvent| open.set(next))
    };
    let [onmouseenter, onmouseleave] = looks::<MouseEvent>(&props.dispatch, Some(index));
    let [onfocusin, onfocusout] = looks::<FocusEvent>(&props.dispatch, Some(index));
    let lost = pair.lost();
    let (mut name, mut products) = (String::new(), String::new());
    for product in &pair.products {
        let [comma, plus] = if name.is_empty() { ["", ""] } else { [", ", " + "] };
        let [x, w] = [product.x, product.w.into()].map(|factor| whole(factor.into()));
        name += &format!("{comma}{}", product.k);
        products += &format!("{plus}{x}·{w}");
    }
    if pair.products.len() == 1 {
        name += ", –";
    }
    let class =
        classes!((lost != 0).then_some("is-saturated"), props.is_marked.then_some("is-marked"));
    html! {
        <tbody {onmouseenter} {onmouseleave} {onfocusin} {onfocusout}>
        <tr {class}>
            <th scope="row">{ name.clone() }</th>
            <td class="products">{ products }</td>
            <td class="sum" data-label="sum">{ whole(pair.exact.into()) }</td>
            <td class="bar">{ pair_bar(pair, props.engine) }</td>
            <td class="kept" data-label="kept">{ whole(pair.kept.into()) }</td>
            <td class="lost" data-label="lost">{ if lost == 0 { "–".to_string() } else { signed(lost.into()) } }</td>
            <td class="more"><button type="button" class="go" aria-expanded={props.opened.to_string()} aria-label={format!("Bits of pair {name}")} onclick={on_bits}>{ if props.opened { "▴" } else { "▾" } }</button></td>
        </tr>
        if props.opened {
            <tr class="bits-row"><td colspan="7"><Bits pair={pair.clone()} engine={props.engine} /></td></tr>
        }
        </tbody>
    }
}

/// The ends of 16 bits, below the gauge.
pub fn rails() -> Html {
    html! {
        <p class="rails" aria-hidden="true">
            <span class="low">{ describe::rail(Rail::Low) }</span><span>{ "0" }</span><span class="high">{ describe::rail(Rail::High) }</span>
        </p>
    }
}

/// The sum as a bar from zero: what is kept inside the rails, where the engine's pairs have them, and
/// hatched what is lost.
pub fn pair_bar(pair: &GroupTrace, engine: Engine) -> Html {
    let has_rails = describe::has_rails(engine);
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
            if has_rails {
                <rect class="beyond" x="0" y="0" width={place(i16::MIN.into()).to_string()} height={HEIGHT.to_string()} />
                <rect class="beyond" x={place(i16::MAX.into()).to_string()} y="0" width={place(i16::MIN.into()).to_string()} height={HEIGHT.to_string()} />
            }
            <rect class="kept" x={left} y="5" {width} height={inner.to_string()} />
            if pair.exact != pair.kept {
                <rect class="lost" x={lost_left} y="5" width={lost_width} height={inner.to_string()} />
            }
            { for [i32::from(i16::MIN), 0, i32::from(i16::MAX)].into_iter().filter(|value| has_rails || *value == 0).map(|value| {
                let x = place(value).to_string();
                html! { <line class={if value == 0 { "zero" } else { "rail" }} x1={x.clone()} x2={x} y1="0" y2={HEIGHT.to_string()} /> }
            }) }
        </svg>
    }
}
