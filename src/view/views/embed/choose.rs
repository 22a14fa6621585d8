//! [`ChoosePanel`]: what the figure is, and what of it readers see and move.

use yew::prelude::*;

use crate::state::choices::{Choice, Keyed};
use crate::state::{Change, FigureKind, Key, Part, Query, State, toggled};
use crate::story::scenes::{asking, scene_of};
use crate::story::{SCENES, STEPS, figure};
use crate::view::controls::Select;
use crate::view::facets::Facets;
use crate::view::panels::{PanelProps, at, control};
use crate::view::store::use_slice;

/// The figure, its parts, its controls, and its theme.
#[component]
pub fn ChoosePanel(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "choose", Facets::PAGE.and(Facets::FIGURE));
    let state = &model.state;
    let kind = state.figure.kind;
    let parts = figure::parts(state);
    let offered = figure::offered(state);
    let shown: Vec<Key> =
        offered.iter().copied().filter(|key| figure::is_shown(state, *key)).collect();
    // Parts have the controls that are named, the others all but those.
    let (list, named) = match kind {
        FigureKind::Parts => (Key::Controls, &state.figure.controls),
        _ => (Key::Hide, &state.figure.hide),
    };
    let locked = &state.figure.lock;
    // What is locked stays in sight, with its control or without.
    let mut lockable = shown.clone();
    lockable.extend(locked.iter().filter(|key| !shown.contains(key)));
    let part = |(part, choice): (Part, Choice)| {
        let change = Change::one(Key::Focus, toggled(parts.clone(), part));
        tick(panel, "focus", choice.key, choice.name, parts.contains(&part), change)
    };
    let of_key = |list: Key, now: &[Key], key: Key, on: bool| {
        // The name says what the box is for, whichever list has the key.
        let name = if list == Key::Hide { Key::Controls } else { list };
        let change = Change::one(list, toggled(now.to_vec(), key));
        tick(panel, name.as_str(), key.as_str(), key.parameter().label, on, change)
    };
    html! {
        <section class="panel" aria-labelledby="embed-title">
            <h2 id="embed-title">{ "A figure for your page" }</h2>
            <p>{ about(kind) }</p>
            { control(panel, Key::FigureKind) }
            if kind == FigureKind::Step {
                { scenes(panel, state) }
            }
            if kind == FigureKind::Parts {
                <fieldset class="ticks"><legend>{ "Show" }</legend>
                    { for Part::choices().into_iter().map(part) }
                </fieldset>
            }
            if !offered.is_empty() {
                <fieldset class="ticks"><legend>{ "Controls" }</legend>
                    { for offered.iter().map(|key| of_key(list, named, *key, shown.contains(key))) }
                </fieldset>
            }
            if !lockable.is_empty() {
                <fieldset class="ticks"><legend>{ "Locked: readers see the value and cannot change it" }</legend>
                    { for lockable.iter().map(|key| of_key(Key::Lock, locked, *key, locked.contains(key))) }
                </fieldset>
            }
            { control(panel, Key::Theme) }
            { control(panel, Key::Back) }
        </section>
    }
}

fn about(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Parts => {
            "The layer and the engine are those of the Lab; tick what your readers see of them. It is computed in their browsers: no server, nothing sent."
        }
        FigureKind::Step => {
            "A scene is a figure of the thread’s layer to touch, with few words. It is computed in your readers’ browsers: no server, nothing sent."
        }
        FigureKind::Story => {
            "All six scenes, one after the other. They are computed in your readers’ browsers: no server, nothing sent."
        }
        FigureKind::Suspects => {
            "The guesses about the overflow against recorded outputs, which the figure fetches from Rampscope’s folder. Nothing is sent."
        }
    }
}

/// The scenes of the story by their names, and the steps with their questions alone.
fn scenes(panel: &PanelProps, state: &State) -> Html {
    let on_change = panel.dispatch.reform(|chosen: String| {
        let (key, other, number) = match chosen.split_once('-') {
            Some(("step", number)) => (Key::StoryStep, Key::Scene, number.to_string()),
            _ => (Key::Scene, Key::StoryStep, chosen.trim_start_matches("scene-").to_string()),
        };
        let none = if other == Key::Scene { "" } else { "1" };
        Change::Query(Query::one(key, number).and(other, none)).into()
    });
    let chosen = match asking(state) {
        Some(step) => format!("step-{}", step.number()),
        None => format!("scene-{}", scene_of(state)),
    };
    html! {
        <div class="choice">
            <label class="label" for="figure-step">{ "Scene" }</label>
            <Select id="figure-step" {chosen} {on_change}>
                <optgroup label="Scenes">
                    { for SCENES.iter().map(|one| html! {
                        <option key={one.key.as_str()} value={format!("scene-{}", one.number())}>{ format!("{}. {}", one.number(), one.title) }</option>
                    }) }
                </optgroup>
                <optgroup label="Questions alone">
                    { for STEPS.iter().filter(|one| one.asks()).map(|one| html! {
                        <option key={one.key} value={format!("step-{}", one.number())}>{ one.title }</option>
                    }) }
                </optgroup>
            </Select>
        </div>
    }
}

/// A box that makes a change.
fn tick(
    panel: &PanelProps,
    list: &str,
    key: &'static str,
    label: &str,
    on: bool,
    change: Change,
) -> Html {
    let onchange = at::<Event>(&panel.dispatch, change.into());
    html! {
        <label {key}><input type="checkbox" name={format!("{list}-{key}")} checked={on} {onchange} />{ label.to_string() }</label>
    }
}
