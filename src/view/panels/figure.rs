//! [`FigurePanel`]: the chosen output, large, with its cursor.

use std::rc::Rc;

use yew::prelude::*;

use super::PanelProps;
use super::legend::Legend;
use crate::plot::{Pointing, ramp_scene};
use crate::state::{Action, Change, Key, describe};
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::made;
use crate::view::cursor_key::{CursorKey, plain_key};
use crate::view::facets::Facets;
use crate::view::gesture::Gesture;
use crate::view::model::Model;
use crate::view::store::use_slice;

/// What a key or button zooms by.
const ZOOM: f64 = 2.0;
/// What a key pans by.
const PAN: f64 = 0.25;
/// A pointer this near to a kink, as a share of the window, looks at its pair.
const NEAR: f64 = 0.012;

/// The ramp of the chosen output. Drag, or use the arrow keys, to move the
/// cursor; `[` and `]` jump between kinks; the wheel, two fingers, `+`, `-` and `0` zoom.
#[component]
pub fn FigurePanel(props: &PanelProps) -> Html {
    let model = use_slice(&props.store, "figure", Facets::DRAWN.and(Facets::FIGURE));
    let zoom = |name: &'static str, text: &'static str, label: &'static str, action| {
        let (onclick, disabled) =
            (props.click(action), name != "zoom-in" && !model.state.is_zoomed());
        html! { <button type="button" {name} aria-label={label} title={label} {onclick} {disabled}>{ text }</button> }
    };
    html! {
        <section class="panel figure" aria-labelledby="figure-title">
            <div class="panel-head">
                <h2 id="figure-title">{ format!("Output {}", model.state.picture.output) }</h2>
                <div class="buttons">
                    { zoom("zoom-in", "+", "Zoom in at the cursor", |now| zoomed(now, ZOOM)) }
                    { zoom("zoom-out", "−", "Zoom out", |now| zoomed(now, 1.0 / ZOOM)) }
                    { zoom("zoom-reset", "whole sweep", "Show the whole sweep", |_| Change::ResetZoom.into()) }
                </div>
            </div>
            <p id="summary" class="summary">{ describe::summary(&model.state, &model.derived) }</p>
            if model.state.figure.legend {
                <Legend ..props.clone() />
            }
            <RampFigure ..props.clone() />
            <p class="hint">{ "Drag in the figure. Keys: ← → one code, Page Up and Page Down sixteen, [ and ] the kinks, +\u{a0}−\u{a0}0 zoom; ? shows all." }</p>
        </section>
    }
}

/// A zoom at the cursor.
fn zoomed(now: &Model, factor: f64) -> Action {
    let (from, to) = now.state.window();
    Change::Zoom { about: now.state.gaze.at.clamp(from, to).into(), factor }.into()
}

/// The picture, what is under the pointer, and the cursor in words.
#[component]
fn RampFigure(props: &PanelProps) -> Html {
    let reads = Facets::DRAWN.and(Facets::AT).and(Facets::HIGHLIGHT);
    let model = use_slice(&props.store, "ramp", reads);
    let hover = use_state_eq(|| None::<f64>);
    let build = {
        let (model, pointing) = (model.clone(), Pointing { pair: model.highlight, hover: *hover });
        made(move |width| ramp_scene(&model.state, &model.derived, pointing, width))
    };
    let on_gesture = {
        let (hover, store) = (hover.setter(), props.store.clone());
        let dispatch = props.dispatch.clone();
        Callback::from(move |gesture: Gesture| match gesture {
            Gesture::Point([x, _]) => {
                let now = store.now();
                dispatch.emit(Action::cursor_at(now.derived.aimed(&now.state, x)));
            }
            Gesture::Hover(at) => {
                let x = at.map(|[x, _]| x);
                hover.set(x);
                look(&store.now(), &dispatch, x);
            }
            Gesture::Zoom { about, factor } => dispatch.emit(Change::Zoom { about, factor }.into()),
            Gesture::Pan(share) => dispatch.emit(Change::Pan(share).into()),
            Gesture::Up => {}
        })
    };
    let (store, dispatch) = (props.store.clone(), props.dispatch.clone());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let Some(key) = plain_key(&event) else { return };
        let state = &store.now().state;
        let about = f64::from(state.gaze.at);
        let action = match (CursorKey::of(&key, event.shift_key()), key.as_str()) {
            (Some(CursorKey::Step(places)), _) => Action::StepCursor(places),
            (Some(CursorKey::From), _) => Action::set(Key::At, state.sweep.from),
            (Some(CursorKey::To), _) => Action::set(Key::At, state.sweep.to),
            (None, "+" | "=") => Change::Zoom { about, factor: ZOOM }.into(),
            (None, "-" | "_") => Change::Zoom { about, factor: 1.0 / ZOOM }.into(),
            (None, "0") => Change::ResetZoom.into(),
            (None, "," | "<") => Change::Pan(-PAN).into(),
            (None, "." | ">") => Change::Pan(PAN).into(),
            (None, _) => return,
        };
        event.prevent_default();
        dispatch.emit(action);
    });
    let cursor = describe::cursor(&model.state, &model.derived);
    html! {
        <>
            <div id="figure" class="figure-body" role="slider" tabindex="0" aria-label={format!("{} at the cursor", describe::variable(model.state.sweep.direction))}
                aria-valuemin={model.state.sweep.from.to_string()} aria-valuemax={model.state.sweep.to.to_string()}
                aria-valuenow={model.state.gaze.at.to_string()} aria-valuetext={cursor.clone()} aria-describedby="summary" {onkeydown}>
                <Plot {build} palette={Rc::clone(&props.palette)} class="ramp" on_gesture={on_gesture} zooms={true} />
            </div>
            <p id="cursor" class="cursor">{ cursor }</p>
            // A line of its own, kept where nothing is pointed at: nothing moves when it comes.
            <p id="hover" class="hover-text" aria-hidden="true">{ (*hover).map(|x| describe::hover(&model.state, &model.derived, x)).unwrap_or_default() }</p>
        </>
    }
}

/// Looks at the pair of the kink under the pointer, if one is there.
fn look(model: &Model, dispatch: &Callback<Action>, x: Option<f64>) {
    let (from, to) = model.state.window();
    let near = f64::from(to - from) * NEAR;
    let pair = x.and_then(|x| {
        let kinks = model.derived.chosen(&model.state).kinks.iter();
        let distance = |at: f64| (at - x).abs();
        kinks
            .filter(|kink| distance(kink.at) <= near && kink.is_drawn(&model.state))
            .min_by(|a, b| distance(a.at).total_cmp(&distance(b.at)))
            .and_then(|kink| kink.pairs.first())
            .map(|pair| pair.group)
    });
    if pair != model.highlight {
        dispatch.emit(Action::Highlight(pair));
    }
}
