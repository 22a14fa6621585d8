//! [`PairMapPanel`] and [`PairMapFigure`]: all 65,536 pairs of weights, and those that are there.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::PanelProps;
use super::save_scene::SaveScene;
use crate::plot::caption::Caption;
use crate::plot::{MapPointing, Palette, pair_map_scene};
use crate::state::describe::map as words;
use crate::state::{Action, Change, Key, MapDot, PairMap};
use crate::view::base::link_to;
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::made;
use crate::view::cursor_key::plain_key;
use crate::view::facets::Facets;
use crate::view::gesture::Gesture;
use crate::view::model::Shared;
use crate::view::store::use_slice_in_sight;

/// A pointer this near to a dot, in weights, means it.
const NEAR: f64 = 6.0;
/// Width and height of a saved picture in CSS pixels, its caption included.
const SIZE: (u32, u32) = (640, 720);

/// The map of the chosen engine with the pairs of the chosen output, which a pointer moves.
#[component]
pub fn PairMapPanel(props: &PanelProps) -> Html {
    let panel = use_node_ref();
    let reads = Facets::STILL.and(Facets::HIGHLIGHT).and(Facets::PAGE);
    let model = use_slice_in_sight(&props.store, "map", reads, &panel);
    let map = Rc::new(model.derived.pair_map(&model.state));
    let said = words::shown(&model.state, &model.derived, &map);
    let look = {
        let (store, dispatch) = (props.store.clone(), props.dispatch.clone());
        Callback::from(move |pair: Option<usize>| {
            if store.now().highlight != pair {
                dispatch.emit(Action::Highlight(pair));
            }
        })
    };
    let turn = {
        let (store, dispatch) = (props.store.clone(), props.dispatch.clone());
        Callback::from(move |(dot, weights): (MapDot, [i8; 2])| {
            let state = &store.now().state;
            let output = state.picture.output;
            let mut edits = state.by_hand.weights.clone();
            edits.insert((output, dot.ks.0), weights[0]);
            if let Some(second) = dot.ks.1 {
                edits.insert((output, second), weights[1]);
            }
            dispatch.emit(Change::one(Key::Weights, edits).into());
        })
    };
    let is_movable = !model.state.is_locked(Key::Weights);
    let caption =
        Caption { title: said.clone(), entries: Vec::new(), link: link_to(&model, &model.state) };
    html! {
        <section ref={panel} class="panel pair-map" aria-labelledby="map-title">
            <h2 id="map-title">{ "Every pair of weights" }</h2>
            <PairMapFigure map={Shared(map)} {said} highlight={model.highlight} {caption}
                name={format!("rampscope-pairs-{}", model.state.picture.output)}
                palette={Rc::clone(&props.palette)} {look} turn={is_movable.then_some(turn)} />
        </section>
    }
}

/// Properties of [`PairMapFigure`].
#[derive(Properties, PartialEq)]
pub struct PairMapProps {
    /// What is drawn.
    pub map: Shared<PairMap>,
    /// What it shows, in a sentence or two.
    pub said: AttrValue,
    /// What a saved picture says of itself.
    pub caption: Caption,
    /// A saved picture's name.
    pub name: AttrValue,
    /// The colours.
    pub palette: Rc<Palette>,
    /// The pair of the output that is looked at, by its index.
    #[prop_or_default]
    pub highlight: Option<usize>,
    /// Called with the pair of the output under the pointer.
    #[prop_or_default]
    pub look: Callback<Option<usize>>,
    /// Called with a pair and the weights that it is dragged to; without it the dots stay.
    #[prop_or_default]
    pub turn: Option<Callback<(MapDot, [i8; 2])>>,
}

/// The picture, the pair of weights under the pointer in words, and the picture as a table.
///
/// Arrow keys go from pair to pair of weights, with Shift by sixteen, Page Up and Page Down from dot to
/// dot. A dot is moved by dragging it.
#[component]
pub fn PairMapFigure(props: &PairMapProps) -> Html {
    let cell = use_state_eq(|| None::<[i8; 2]>);
    let held = use_mut_ref(|| None::<MapDot>);
    let map = &props.map;
    let build = {
        let (map, scale) = (map.clone(), props.palette.scale);
        let pointing = MapPointing { cell: *cell, pair: props.highlight };
        made(move |width| pair_map_scene(&map, pointing, width / scale))
    };
    let go = {
        let (map, cell, look) = (map.clone(), cell.setter(), props.look.clone());
        Callback::from(move |at: Option<[i8; 2]>| {
            cell.set(at);
            let dot = at.and_then(|at| map.nearest(at.map(f64::from)));
            look.emit(dot.filter(|(_, distance)| *distance <= NEAR).map(|(dot, _)| dot.pair));
        })
    };
    let on_gesture = {
        let (map, held, go, turn) = (map.clone(), held.clone(), go.clone(), props.turn.clone());
        Callback::from(move |gesture: Gesture| match gesture {
            Gesture::Hover(None) => go.emit(None),
            Gesture::Hover(Some(at)) => go.emit(Some(snapped(&map, at))),
            Gesture::Point(at) => {
                let dragged = *held.borrow();
                match (dragged, &turn) {
                    (Some(dot), Some(turn)) => {
                        let mut weights = at.map(weight);
                        if dot.ks.1.is_none() {
                            weights[1] = 0;
                        }
                        turn.emit((dot, weights));
                        go.emit(Some(weights));
                    }
                    _ => {
                        let near = map.nearest(at).filter(|(_, distance)| *distance <= NEAR);
                        held.replace(near.map(|(dot, _)| dot));
                        go.emit(Some(snapped(&map, at)));
                    }
                }
            }
            Gesture::Up => {
                held.take();
            }
            Gesture::Zoom { .. } | Gesture::Pan(_) => {}
        })
    };
    let onkeydown = {
        let (map, cell, go) = (map.clone(), cell.clone(), go.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(key) = plain_key(&event) else { return };
            let Some(next) = moved(&map, *cell, &key, event.shift_key()) else { return };
            event.prevent_default();
            go.emit(next);
        })
    };
    let told = match *cell {
        Some(cell) => words::cell(map, cell),
        None if props.turn.is_some() => {
            "Point at a pair of weights, or drag a dot to other ones.".to_string()
        }
        None => "Point at a pair of weights.".to_string(),
    };
    html! {
        <div class="map">
            <div class="figure-body map-body" role="application" tabindex="0" aria-label="Map of all pairs of weights"
                aria-roledescription="map" aria-describedby="map-said map-cell" {onkeydown}>
                <Plot build={build.clone()} palette={Rc::clone(&props.palette)} class="map-plot" {on_gesture} />
            </div>
            <div class="map-words">
                <p id="map-said" class="summary">{ &props.said }</p>
                <p id="map-cell" class="cursor" role="status">{ told }</p>
                <p class="hint">{ "Keys: arrows one weight, with Shift sixteen" }{ if map.dots.is_empty() { "." } else { ", Page Up and Page Down from dot to dot." } }</p>
                <MapTable map={map.clone()} />
                <SaveScene {build} palette={Rc::clone(&props.palette)} caption={props.caption.clone()} name={props.name.clone()} size={SIZE} />
            </div>
        </div>
    }
}

/// The nearest weight.
#[expect(clippy::cast_possible_truncation, reason = "it saturates, as a weight should")]
fn weight(at: f64) -> i8 {
    at.round() as i8
}

/// The pair of weights at a place: that of a dot, if one is near.
fn snapped(map: &PairMap, at: [f64; 2]) -> [i8; 2] {
    let near = map.nearest(at).filter(|(_, distance)| *distance <= NEAR);
    near.map_or(at.map(weight), |(dot, _)| dot.weights)
}

/// Where a key leads from a pair of weights; the outer `None` for a key that is not the map's.
fn moved(
    map: &PairMap,
    from: Option<[i8; 2]>,
    key: &str,
    with_shift: bool,
) -> Option<Option<[i8; 2]>> {
    let step = if with_shift { 16 } else { 1 };
    let by = |[x, y]: [i8; 2]| {
        let [first, second] = from.unwrap_or_default();
        Some([first.saturating_add(x), second.saturating_add(y)])
    };
    let to_dot = |is_next: bool| {
        let count = map.dots.len();
        let here = map.dots.iter().position(|dot| Some(dot.weights) == from);
        let place = match (here, is_next) {
            (Some(place), true) => (place + 1) % count,
            (None, true) => 0,
            (Some(place), false) if place > 0 => place - 1,
            (_, false) => count.saturating_sub(1),
        };
        map.dots.get(place).map(|dot| dot.weights).or(from)
    };
    Some(match key {
        "ArrowLeft" => by([-step, 0]),
        "ArrowRight" => by([step, 0]),
        "ArrowDown" => by([0, -step]),
        "ArrowUp" => by([0, step]),
        "PageDown" => to_dot(true),
        "PageUp" => to_dot(false),
        "Escape" => None,
        _ => return None,
    })
}

#[derive(Properties, PartialEq)]
struct MapTableProps {
    map: Shared<PairMap>,
}

/// The picture's numbers, counted while they are shown.
#[component]
fn MapTable(props: &MapTableProps) -> Html {
    let whole = use_node_ref();
    let is_open = use_state_eq(|| false);
    let ontoggle = {
        let (whole, is_open) = (whole.clone(), is_open.setter());
        Callback::from(move |_: Event| {
            is_open.set(whole.cast::<Element>().is_some_and(|whole| whole.has_attribute("open")));
        })
    };
    html! {
        <details ref={whole} class="map-table" {ontoggle}>
            <summary>{ "The map as a table" }</summary>
            if *is_open { { numbers(&props.map) } }
        </details>
    }
}

fn numbers(map: &PairMap) -> Html {
    let area = |(name, count, share): (String, String, String)| {
        html! { <tr><th scope="row">{ name }</th><td>{ count }</td><td>{ share }</td></tr> }
    };
    let dot = |dot: &MapDot| html! { <li>{ words::dot(map, dot) }</li> };
    html! {
        <>
            <table>
                <caption class="visually-hidden">{ "Areas of the map" }</caption>
                <thead><tr><th scope="col">{ "pairs of weights" }</th><th scope="col">{ "how many" }</th><th scope="col">{ "of all" }</th></tr></thead>
                <tbody>{ for words::areas(map).into_iter().map(area) }</tbody>
            </table>
            if !map.dots.is_empty() {
                <ul>{ for map.dots.iter().map(dot) }</ul>
            }
            if map.has_bounds() {
                <p class="source">{ words::A2Q }</p>
            }
        </>
    }
}
