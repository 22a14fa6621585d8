//! [`EmbedView`]: makes a figure for somebody's page.

use yew::prelude::*;

use super::parts::PartsView;
use crate::state::choices::Keyed;
use crate::state::{Action, Part, Patch, State};
use crate::story::snippets::{SOMEWHERE, Snippet, snippets};
use crate::view::files::{copy_text, page_address};
use crate::view::panels::{PanelProps, control};

/// Controls that a figure may offer; the rest can be named in the link.
const OFFERED: [&str; 9] =
    ["at", "engine", "reduce_range", "output", "seed", "inputs", "x_scale", "x_zp", "relu"];
/// Widths of the preview in CSS pixels.
const WIDTHS: [&str; 3] = ["320", "640", "960"];

/// What to show, the lines to paste, and the figure as it will be.
#[component]
pub fn EmbedView(panel: &PanelProps) -> Html {
    let state = &panel.model.state;
    let width = use_state_eq(|| WIDTHS[1]);
    let chosen = use_state_eq(|| "element".to_string());
    let copied = use_state_eq(|| false);
    // Without a choice the figure is the ramp, as with the element.
    let parts = if state.focus.is_empty() { vec![Part::Ramp] } else { state.focus.clone() };
    let shown = State { focus: parts.clone(), ..state.clone() };

    let toggle = |key: &'static str, list: Vec<&'static str>, name: &'static str| {
        panel.dispatch.reform(move |_: Event| {
            let mut list = list.clone();
            match list.iter().position(|one| *one == name) {
                Some(index) => {
                    list.remove(index);
                }
                None => list.push(name),
            }
            Action::Patch(Patch::one(key, list.join(",")))
        })
    };
    let boxes = |key: &'static str, list: &[&'static str], name: &'static str, label: &str| {
        let on = list.contains(&name);
        html! {
            <label key={name}><input type="checkbox" name={format!("{key}-{name}")} checked={on} onchange={toggle(key, list.to_vec(), name)} />{ label.to_string() }</label>
        }
    };
    let part_keys: Vec<&'static str> = parts.iter().map(|part| part.to_key()).collect();
    let known = |keys: &[String]| -> Vec<&'static str> {
        keys.iter()
            .filter_map(|key| crate::state::schema::parameter(key))
            .map(|one| one.key)
            .collect()
    };
    let (controls, locked) = (known(&state.controls), known(&state.lock));
    let label = |key: &str| crate::state::schema::parameter(key).map_or("", |one| one.label);

    let address = page_address();
    let is_hosted = address.starts_with("http");
    // The folder of the page.
    let base = match address.rfind('/') {
        Some(end) if is_hosted => address[..=end].to_string(),
        _ => SOMEWHERE.to_string(),
    };
    let all = snippets(&shown, &panel.model.derived, &base);
    let snippet = all.iter().find(|one| one.key == *chosen).or(all.first());
    let choose = {
        let (chosen, copied) = (chosen.clone(), copied.clone());
        Callback::from(move |key: String| {
            copied.set(false);
            chosen.set(key);
        })
    };
    html! {
        <div class="embed-view">
            <section class="panel" aria-labelledby="embed-title">
                <h2 id="embed-title">{ "A figure for your page" }</h2>
                <p>{ "The layer and the engine are those of the Lab; tick what your readers see of them. The figure is computed in their browsers: no server, nothing sent." }</p>
                <fieldset class="ticks"><legend>{ "Show" }</legend>
                    { for Part::choices().into_iter().map(|(_, choice)| boxes("focus", &part_keys, choice.key, choice.name)) }
                </fieldset>
                <fieldset class="ticks"><legend>{ "Controls" }</legend>
                    { for OFFERED.iter().map(|key| boxes("controls", &controls, key, label(key))) }
                </fieldset>
                if !controls.is_empty() {
                    <fieldset class="ticks"><legend>{ "Locked" }</legend>
                        { for controls.iter().map(|key| boxes("lock", &locked, key, label(key))) }
                    </fieldset>
                }
                { control(panel, "theme") }
            </section>
            <section class="panel" aria-labelledby="paste-title">
                <h2 id="paste-title">{ "Paste this" }</h2>
                <p class="choice"><label for="snippet-for">{ "For " }</label>
                    <select id="snippet-for" onchange={choose.reform(|event: Event| event.target_unchecked_into::<web_sys::HtmlSelectElement>().value())}>
                        { for all.iter().map(|one| html! { <option value={one.key} selected={one.key == *chosen}>{ one.title }</option> }) }
                    </select></p>
                if let Some(snippet) = snippet {
                    { pasted(snippet, &copied) }
                }
                if !is_hosted {
                    <p class="hint">{ format!("This page is a file, so that it has no address to link to: put yours in place of {SOMEWHERE}") }</p>
                }
                <p class="hint">{ "The figure and its pictures may be used with a link to this page; the code is MIT or Apache-2.0." }</p>
            </section>
            <section class="preview" aria-label="Preview">
                <p class="preview-widths" role="group" aria-label="Width of the preview">{ "As wide as " }
                    { for WIDTHS.iter().map(|one| {
                        let (width, pressed) = (width.clone(), *width == *one);
                        let onclick = Callback::from(move |_: MouseEvent| width.set(one));
                        html! { <button key={*one} type="button" aria-pressed={pressed.to_string()} {onclick}>{ format!("{one} px") }</button> }
                    }) }
                </p>
                <div class={classes!("preview-page", format!("wide-{}", *width))}>
                    <PartsView parts={parts} panel={panel.clone()} />
                </div>
            </section>
        </div>
    }
}

/// The lines, with a button that copies them.
fn pasted(snippet: &Snippet, copied: &UseStateHandle<bool>) -> Html {
    match &snippet.text {
        Err(reason) => html! { <p id="snippet" class="unavailable">{ *reason }</p> },
        Ok(text) => {
            let onclick = {
                let (text, copied) = (text.clone(), copied.clone());
                Callback::from(move |_: MouseEvent| copied.set(copy_text(&text)))
            };
            html! {
                <>
                    <pre id="snippet" tabindex="0"><code>{ text.clone() }</code></pre>
                    <p><button type="button" id="copy-snippet" {onclick}>{ if **copied { "Copied" } else { "Copy" } }</button></p>
                </>
            }
        }
    }
}
