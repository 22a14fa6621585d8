//! [`PresetNote`]: what the chosen preset is about, until something changes.

use yew::prelude::*;

use super::PanelProps;
use crate::story::{Preset, Scenarios};
use crate::view::facets::Facets;
use crate::view::model::Shared;
use crate::view::store::use_slice;

/// Properties of [`PresetNote`].
#[derive(Properties, PartialEq)]
pub struct PresetNoteProps {
    /// The state and what follows from it.
    pub panel: PanelProps,
    /// All presets.
    pub scenarios: Shared<Scenarios>,
}

/// The sentence of the preset that is shown. Once something is changed it says so instead, in the
/// same place and with a way back, so that what stands below stays where it is.
#[component]
pub fn PresetNote(props: &PresetNoteProps) -> Html {
    let model = use_slice(&props.panel.store, "preset-note", Facets::STILL);
    let shown = props.scenarios.preset(&model.state);
    let last = use_mut_ref(|| None::<&'static Preset>);
    if shown.is_some() {
        *last.borrow_mut() = shown;
    }
    let Some(preset) = *last.borrow() else { return Html::default() };
    let is_changed = shown.is_none();
    html! {
        <div class={classes!("preset-note", is_changed.then_some("is-changed"))}>
            <p id={(!is_changed).then_some("preset-sentence")} aria-hidden={is_changed.then_some("true")}><b>{ preset.title }</b>{ ". " }{ preset.sentence }</p>
            if is_changed {
                <p id="preset-changed">{ format!("Changed since the preset “{}”. ", preset.title) }<a href={preset.fragment()}>{ "Back to it" }</a></p>
            }
        </div>
    }
}
