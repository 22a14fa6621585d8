//! [`PartNote`]: that the layer is a part of a larger one, and where whole ones are looked at.

use yew::prelude::*;

use super::PanelProps;
use crate::state::schema::{MOST_INPUTS, MOST_OUTPUTS};
use crate::view::facets::Facets;
use crate::view::store::use_slice;

/// What the layer is a part of; else, below weights that a reader has pasted, where the Lab ends.
#[component]
pub fn PartNote(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "part-note", Facets::WEIGHTS.and(Facets::WEIGHT_FILE));
    let part = &model.state.model.part_of;
    let is_by_hand = !model.state.by_hand.weights.is_empty();
    if is_by_hand && !part.is_empty() {
        return html! {
            <p id="part-of" class="preset-note">{ format!("A part of a larger layer: {part}. Inputs are codes here; neighbours that are left out add to the sum, and saturate by themselves. ") }<a href="#/model">{ "Back to the file" }</a></p>
        };
    }
    html! {
        <p class="hint lab-ends">{ format!("The Lab ends at {MOST_INPUTS} inputs and {MOST_OUTPUTS} outputs. ") }<a href="#/model">{ "A whole file of weights: Model" }</a></p>
    }
}
