//! [`WeightsPanel`]: the weights of the chosen output, pair by pair.

use yew::prelude::*;

use super::paste::Paste;
use super::row_map::RowMap;
use super::{PanelProps, at, looks};
use crate::state::number::{subscript, whole};
use crate::state::schema::Value;
use crate::state::{Action, Direction, Key, PairVerdict, Slot, WeightEdits, describe};
use crate::view::controls::{NumberControl, ParameterControl, Slider, entry};
use crate::view::facets::Facets;
use crate::view::store::use_slice;

const CODES: Slider = Slider { min: -128.0, max: 127.0, step: 1.0, logarithmic: false };

/// A slider for every weight of the chosen output. Two that are added in 16 bits
/// stand together. Along a vector, each input's factor stands with its weight.
#[component]
pub fn WeightsPanel(props: &PanelProps) -> Html {
    let reads = Facets::STILL.and(Facets::HIGHLIGHT).and(Facets::PROBLEMS);
    let model = use_slice(&props.store, "weights", reads);
    let output = model.state.picture.output;
    let reset_all =
        at::<MouseEvent>(&props.dispatch, Action::set(Key::Weights, WeightEdits::new()));
    let factors =
        (model.state.sweep.direction == Direction::Vector).then_some(&model.state.sweep.factors);
    let verdicts = model.derived.pair_verdicts(&model.state);
    let groups = verdicts.iter().copied().enumerate().map(|(pair, verdict)| {
        let ks = [Some(verdict.first.0), verdict.second.map(|(k, _)| k)];
        let edited = |k: Option<usize>| k.is_some_and(|k| model.state.by_hand.weights.contains_key(&(output, k)));
        let factor = |k: Option<usize>| factors.map(|factors| factors.get(&k?).copied());
        let problem = |k: Option<usize>| {
            let slot = Slot::Weight { output, k: k? };
            model.problem_at(slot).map(AttrValue::from)
        };
        html! {
            <PairGroup key={pair} {output} {pair} {verdict} said={describe::pair(&model.state, &model.derived, &verdict)}
                edited={ks.map(edited)} factors={ks.map(factor)} problems={ks.map(problem)} is_marked={model.highlight == Some(pair)} dispatch={props.dispatch.clone()} />
        }
    });
    html! {
        <section class="panel weights" aria-labelledby="weights-title">
            <div class="panel-head">
                <h2 id="weights-title">{ format!("Weights of output {output}") }</h2>
                <button type="button" id="reset-weights" title="Back to the seed’s weights, in every output"
                    disabled={model.state.by_hand.weights.is_empty()} onclick={reset_all}>{ "Reset all" }</button>
            </div>
            if let Some(said) = describe::row_sum(&model.state, &model.derived) {
                <p class="hint" id="row-sum">{ said }</p>
            }
            <Paste ..props.clone() />
            <RowMap panel={props.clone()} verdicts={verdicts.clone()} />
            <div class="pair-grid">{ for groups }</div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct PairGroupProps {
    output: usize,
    pair: usize,
    verdict: PairVerdict,
    /// The verdict in words.
    said: String,
    edited: [bool; 2],
    /// Factors along a vector: outer `None` where there is no vector.
    factors: [Option<Option<f32>>; 2],
    /// What was wrong with what was entered.
    problems: [Option<AttrValue>; 2],
    is_marked: bool,
    dispatch: Callback<Action>,
}

/// Two weights and what the chosen engine makes of them.
#[component]
fn PairGroup(props: &PairGroupProps) -> Html {
    let verdict = props.verdict;
    let title = match verdict.second {
        None => format!("k {}", verdict.first.0),
        Some((second, _)) => format!("k {}, {second}", verdict.first.0),
    };
    let [onmouseenter, onmouseleave] = looks::<MouseEvent>(&props.dispatch, Some(props.pair));
    let [onfocusin, onfocusout] = looks::<FocusEvent>(&props.dispatch, Some(props.pair));
    let class = classes!(
        "pair",
        verdict.saturates().then_some("saturates"),
        props.is_marked.then_some("is-marked")
    );
    html! {
        <div {class} role="group" aria-label={format!("Pair {title}")}
            {onmouseenter} {onmouseleave} {onfocusin} {onfocusout}>
            <p class="pair-head"><b>{ title }</b><span>{ &props.said }</span></p>
            { for verdict.products().enumerate().map(|(side, weight)| control(props, side, weight)) }
        </div>
    }
}

fn control(props: &PairGroupProps, side: usize, (k, code): (usize, i8)) -> Html {
    let output = props.output;
    let is_edited = props.edited[side];
    let on_entry = entry(&props.dispatch, Slot::Weight { output, k });
    html! {
        <>
            <NumberControl key={k} name={format!("w-{output}-{k}")} label={format!("w{}", subscript(k))} value={f64::from(code)}
                text={whole(code.into())} slider={CODES} can_reset={true} is_set={is_edited} problem={props.problems[side].clone()} {on_entry} />
            if let Some(factor) = props.factors[side] {
                <ParameterControl of={Key::Factors} place={k} auto={1.0}
                    value={Value::Indexed(factor.into_iter().map(|factor| (k, factor)).collect())} dispatch={props.dispatch.clone()} />
            }
        </>
    }
}
