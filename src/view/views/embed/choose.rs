//! [`ChoosePanel`]: what the figure is, and what of it readers see and move.

use yew::prelude::*;

use crate::state::choices::Keyed;
use crate::state::schema::parameter;
use crate::state::{Action, Exhibit, Part, Patch, toggled};
use crate::story::{STEPS, exhibit};
use crate::view::controls::Select;
use crate::view::panels::{PanelProps, control};

/// The figure, its parts, its controls, and its theme.
#[component]
pub fn ChoosePanel(panel: &PanelProps) -> Html {
    let state = &panel.model.state;
    let kind = state.exhibit;
    let parts: Vec<&str> = exhibit::parts(state).iter().map(|part| part.to_key()).collect();
    let offered = exhibit::offered(state);
    let shown: Vec<&str> =
        offered.iter().copied().filter(|key| exhibit::is_shown(state, key)).collect();
    // Parts have the controls that are named, the others all but those.
    let (list, named) =
        if kind == Exhibit::Parts { ("controls", &state.controls) } else { ("hide", &state.hide) };
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    let locked: Vec<&str> = state.lock.iter().map(String::as_str).collect();
    // What is locked stays in sight, with its control or without.
    let mut lockable = shown.clone();
    lockable.extend(locked.iter().filter(|key| !shown.contains(key)));
    let label = |key: &str| parameter(key).map_or("", |one| one.label);
    let tick =
        |list, now: &[&str], key, label, on| boxed(&panel.dispatch, list, now, key, label, on);
    html! {
        <section class="panel" aria-labelledby="embed-title">
            <h2 id="embed-title">{ "A figure for your page" }</h2>
            <p>{ about(kind) }</p>
            { control(panel, "figure") }
            if kind == Exhibit::Step {
                { steps(panel) }
            }
            if kind == Exhibit::Parts {
                <fieldset class="ticks"><legend>{ "Show" }</legend>
                    { for Part::choices().into_iter().map(|(_, choice)| tick("focus", &parts, choice.key, choice.name, parts.contains(&choice.key))) }
                </fieldset>
            }
            if !offered.is_empty() {
                <fieldset class="ticks"><legend>{ "Controls" }</legend>
                    { for offered.iter().map(|key| tick(list, &named, key, label(key), shown.contains(key))) }
                </fieldset>
            }
            if !lockable.is_empty() {
                <fieldset class="ticks"><legend>{ "Locked: readers see the value and cannot change it" }</legend>
                    { for lockable.iter().map(|key| tick("lock", &locked, key, label(key), locked.contains(key))) }
                </fieldset>
            }
            { control(panel, "theme") }
        </section>
    }
}

fn about(kind: Exhibit) -> &'static str {
    match kind {
        Exhibit::Parts => {
            "The layer and the engine are those of the Lab; tick what your readers see of them. It is computed in their browsers: no server, nothing sent."
        }
        Exhibit::Step => {
            "A step has its own layer, its text and its questions. It is computed in your readers’ browsers: no server, nothing sent."
        }
        Exhibit::Story => {
            "All steps, one after the other. They are computed in your readers’ browsers: no server, nothing sent."
        }
        Exhibit::Suspects => {
            "The guesses about the overflow against recorded outputs, which the figure fetches from Rampscope’s folder. Nothing is sent."
        }
    }
}

/// The steps of the story by their names.
fn steps(panel: &PanelProps) -> Html {
    let page = panel.model.state.page;
    let on_change = panel.dispatch.reform(|page: String| Action::Patch(Patch::one("page", page)));
    html! {
        <div class="choice">
            <label class="label" for="figure-step">{ "Step" }</label>
            <Select id="figure-step" chosen={page.to_string()} {on_change}>
                { for STEPS.iter().map(|one| html! {
                    <option key={one.key} value={one.page().to_string()}>{ format!("{}. {}", one.page(), one.title) }</option>
                }) }
            </Select>
        </div>
    }
}

/// A box that puts a key into a list of the state, or takes it out.
fn boxed(
    dispatch: &Callback<Action>,
    list: &'static str,
    now: &[&str],
    key: &str,
    label: &str,
    on: bool,
) -> Html {
    let next = toggled(now.to_vec(), key).join(",");
    let onchange = dispatch.reform(move |_: Event| Action::Patch(Patch::one(list, next.clone())));
    // The name says what the box is for, whichever list has the key.
    let name = if list == "hide" { "controls" } else { list };
    html! {
        <label key={key.to_string()}><input type="checkbox" name={format!("{name}-{key}")} checked={on} {onchange} />{ label.to_string() }</label>
    }
}
