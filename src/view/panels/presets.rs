//! [`PresetPanel`]: scenarios, one click and one link each.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::story::{PRESETS, Preset, find};

/// The presets that match what is typed. Each is a link, so that it can be copied, opened in
/// another tab and gone back from.
#[component]
pub fn PresetPanel() -> Html {
    let query = use_state_eq(String::new);
    let found = find(&query);
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            query.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    html! {
        <details class="panel presets" id="presets">
            <summary><h2>{ "Presets" }</h2><span class="hint">{ format!("{} scenarios, one click each", PRESETS.len()) }</span></summary>
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

fn card(preset: &'static Preset) -> Html {
    html! {
        <li key={preset.key}>
            <a href={preset.fragment()} data-preset={preset.key}>{ preset.title }</a>
            <p>{ preset.sentence }</p>
        </li>
    }
}
