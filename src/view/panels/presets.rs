//! [`PresetPanel`]: scenarios, one click and one link each.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Date;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::PanelProps;
use super::thumbnail::Thumbnail;
use crate::plot::Palette;
use crate::story::{PRESETS, Preset, Scenarios, find};
use crate::view::facets::Facets;
use crate::view::model::Shared;
use crate::view::store::use_slice;

/// Properties of [`PresetPanel`].
#[derive(Properties, PartialEq)]
pub struct PresetProps {
    /// The state and what follows from it.
    pub panel: PanelProps,
    /// All presets.
    pub scenarios: Shared<Scenarios>,
    /// What begins with the figure that a preset is seen in, its sentence above it.
    pub figures: NodeRef,
}

/// A preset that was clicked is open by then, in milliseconds.
const OPEN_BY: f64 = 1000.0;

/// The presets, and which one is shown. A click brings the figure into sight, and again once the preset
/// is open, as what stands above may be taller or shorter then; the focus stays.
#[component]
pub fn PresetPanel(props: &PresetProps) -> Html {
    let model = use_slice(&props.panel.store, "presets", Facets::STILL);
    let shown = props.scenarios.preset(&model.state);
    // What was clicked, and when.
    let clicked = use_memo((), |()| Rc::new(Cell::new(None::<(&Preset, f64)>)));
    let on_choose = {
        let clicked = Rc::clone(&clicked);
        use_callback(props.figures.clone(), move |preset, figures| {
            clicked.set(Some((preset, Date::now())));
            bring_into_sight(figures);
        })
    };
    {
        let figures = props.figures.clone();
        use_effect_with(shown, move |shown| {
            let chosen = clicked.get().filter(|(preset, _)| Some(*preset) == *shown);
            if let Some((_, at)) = chosen {
                clicked.take();
                if Date::now() - at < OPEN_BY {
                    bring_into_sight(&figures);
                }
            }
        });
    }
    html! { <PresetList {shown} {on_choose} palette={Rc::clone(&props.panel.palette)} /> }
}

#[derive(Properties, PartialEq)]
struct ListProps {
    shown: Option<&'static Preset>,
    on_choose: Callback<&'static Preset>,
    palette: Rc<Palette>,
}

/// The presets that match what is typed. Each is a link, so that it can be copied, opened in
/// another tab and gone back from.
#[component]
fn PresetList(props: &ListProps) -> Html {
    let query = use_state_eq(String::new);
    let found = find(&query);
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            query.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let card = |preset: &'static Preset| {
        let current = (props.shown == Some(preset)).then_some("true");
        let on_choose = props.on_choose.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                on_choose.emit(preset);
            }
        });
        html! {
            <li key={preset.key}>
                <Thumbnail {preset} palette={Rc::clone(&props.palette)} />
                <a href={preset.fragment()} data-preset={preset.key} aria-current={current} {onclick}>{ preset.title }</a>
                <p>{ preset.sentence }</p>
            </li>
        }
    };
    html! {
        <details class="panel presets" id="presets">
            <summary>
                <h2>{ "Presets" }</h2>
                <span class="hint">{ format!("{} scenarios, one click each", PRESETS.len()) }</span>
                if let Some(preset) = props.shown {
                    <span class="hint" id="preset-shown">{ format!("shown: {}", preset.title) }</span>
                }
            </summary>
            <label class="search"><span>{ "Search" }</span>
                <input type="search" name="preset-search" autocomplete="off" value={(*query).clone()} {oninput} /></label>
            <p class="visually-hidden" role="status">{ format!("{} presets found", found.len()) }</p>
            if found.is_empty() {
                <p id="no-preset">{ "No preset has all of these words." }</p>
            }
            <ul class="preset-list">{ for found.into_iter().map(card) }</ul>
        </details>
    }
}

/// Scrolls, at once, until the first of some panels begins at the top, unless all of them down to the
/// figure are in sight.
fn bring_into_sight(panels: &NodeRef) {
    let Some(panels) = panels.cast::<Element>() else { return };
    let Some(first) = panels.first_element_child() else { return };
    let figure = panels.query_selector(".figure").ok().flatten().unwrap_or_else(|| first.clone());
    let (top, bottom) =
        (first.get_bounding_client_rect().top(), figure.get_bounding_client_rect().bottom());
    let height = gloo::utils::window().inner_height().ok().and_then(|height| height.as_f64());
    if top < 0.0 || height.is_some_and(|height| bottom > height) {
        first.scroll_into_view();
    }
}
