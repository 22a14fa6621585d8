//! [`EnginePanel`]: the chosen output on every engine, side by side.

use yew::prelude::*;

use super::known::Known;
use super::{PanelProps, at};
use crate::state::choices::Keyed;
use crate::state::number::{short, whole};
use crate::state::{Action, Change, EngineView, Key, Overlay, Quantity, describe};
use crate::view::facets::Facets;
use crate::view::model::Model;
use crate::view::sourced::sourced;
use crate::view::store::use_slice_in_sight;

/// Every engine: its output at the cursor, how far its sum and its rounding lead it away from the
/// exact ramp, and whether it is drawn.
#[component]
pub fn EnginePanel(props: &PanelProps) -> Html {
    let panel = use_node_ref();
    let model = use_slice_in_sight(&props.store, "engines", Facets::CURSOR, &panel);
    let opened = use_state_eq(|| None::<Overlay>);
    let rows = model.derived.engines.iter().map(|view| {
        let is_open = *opened == Some(view.overlay);
        let toggle = {
            let (opened, overlay) = (opened.clone(), view.overlay);
            Callback::from(move |_: MouseEvent| opened.set((!is_open).then_some(overlay)))
        };
        row(&model, &props.dispatch, view, is_open, toggle)
    });
    html! {
        <section ref={panel} class="panel engines" aria-labelledby="engines-title">
            <h2 id="engines-title">{ "Engines side by side" }</h2>
            <p>{ describe::beside(&model.state) }</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Engines">
            <table id="engines" class="stacks">
                <caption class="visually-hidden">{ "The chosen output on every engine" }</caption>
                <thead><tr>
                    <th scope="col" class="draw">{ "draw" }</th>
                    <th scope="col" class="engine">{ "engine" }</th>
                    <th scope="col">{ value_head(draws_accumulator(&model)) }</th>
                    <th scope="col">{ "y" }</th>
                    <th scope="col">{ "by its sum" }</th>
                    <th scope="col">{ "by rounding" }</th>
                    <th scope="col">{ "kinks" }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
            </div>
        </section>
    }
}

fn row(
    model: &Model,
    dispatch: &Callback<Action>,
    view: &EngineView,
    is_open: bool,
    toggle: Callback<MouseEvent>,
) -> Html {
    let key = view.overlay.to_key();
    let is_chosen = view.overlay == Overlay::Engine(model.state.arithmetic.engine);
    let name = match view.overlay {
        Overlay::Engine(engine) => engine.name(),
        Overlay::Float32 => "float32",
    };
    let place = model.derived.cursor.place;
    let real = view.real.get(place).map_or("–".to_string(), |real| short((*real).into()));
    let sums = draws_accumulator(model);
    let value = match sums {
        true => view.acc.get(place).copied(),
        false => view.code.get(place).copied().flatten(),
    };
    let value = value.map_or("–".to_string(), |value| whole(value.into()));
    let by_sum = if sums { view.accumulator } else { view.saturation };
    let by_rounding = if sums { "–".to_string() } else { describe::other(view.rounding) };
    let exact = matches!(view.overlay, Overlay::Engine(engine) if describe::is_exact(engine));
    let is_float = view.overlay == Overlay::Float32;
    let overlay = view.overlay;
    let draw = at::<Event>(dispatch, Change::ToggleOverlay(overlay).into());
    let choose = match overlay {
        Overlay::Engine(engine) if !is_chosen && view.unavailable.is_none() => {
            Some(at::<MouseEvent>(dispatch, Action::set(Key::Engine, engine)))
        }
        _ => None,
    };
    let on = model.state.picture.overlay.contains(&view.overlay);
    html! {
        <>
        <tr key={key} class={classes!(is_chosen.then_some("chosen"), view.unavailable.is_some().then_some("unseen"))}>
            <td class="draw"><label class="tick"><input type="checkbox" name={format!("draw-{key}")} aria-label={format!("Draw {name}")} checked={on} disabled={view.unavailable.is_some()} onchange={draw} /></label></td>
            <th scope="row" class="engine">
                <button type="button" class="disclose" aria-expanded={is_open.to_string()} onclick={toggle}>{ name }</button>
                if is_chosen { <span class="tag">{ "chosen" }</span> }
                if let Overlay::Engine(engine) = overlay { <Known {engine} /> }
            </th>
            if let Some(reason) = &view.unavailable {
                <td colspan="5" class="reason">{ reason }</td>
            } else if is_float {
                <td>{ "–" }</td><td>{ real }</td><td colspan="3">{ "no codes: not quantized" }</td>
            } else {
                <td class="code" data-label={value_head(sums)}>{ value }</td>
                <td class="real">{ real }</td>
                <td class={classes!("by-sum", (!by_sum.is_none()).then_some("off"))} data-label="by sum">{ if exact { "exact".to_string() } else { describe::wrong(by_sum) } }</td>
                <td class="by-rounding" data-label="rounding">{ by_rounding }{ if view.clamps_bias && !sums { ", bias clamped to 32 bits" } else { "" } }</td>
                <td class="kinks" data-label="kinks">{ view.kinks.map_or("–".to_string(), |kinks| kinks.to_string()) }</td>
            }
        </tr>
        if is_open {
            <tr class="about" key={format!("{key}-about")}><td colspan="7">{ about(view.overlay) }
                if let Some(choose) = choose {
                    <button type="button" name={format!("choose-{key}")} onclick={choose}>{ "Choose it" }</button>
                }
            </td></tr>
        }
        </>
    }
}

/// Whether accumulators are drawn, and so told.
fn draws_accumulator(model: &Model) -> bool {
    model.state.picture.plot == Quantity::Accumulator
}

/// What stands above an engine's value at the cursor.
fn value_head(is_accumulator: bool) -> &'static str {
    if is_accumulator { "accumulator" } else { "code" }
}

/// What an engine does, where it runs, and where that is written down.
fn about(overlay: Overlay) -> Html {
    let Overlay::Engine(engine) = overlay else {
        return html! { <p>{ "The layer before quantization: real weights, real inputs, a float32 sum, and no clamp." }</p> };
    };
    let provenance = describe::provenance(engine);
    html! {
        <>
            <p>{ engine.about() }</p>
            <p class="source">{ provenance }{ " Source: " }{ sourced(engine.source()) }</p>
        </>
    }
}
