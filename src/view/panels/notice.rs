//! [`Notice`]: what could not be used, in sentences.

use yew::prelude::*;

use super::{PanelProps, at};
use crate::state::Action;
use crate::view::facets::Facets;
use crate::view::store::use_slice;

/// The problems of the last link or change, until they are dismissed.
#[component]
pub fn Notice(props: &PanelProps) -> Html {
    let model = use_slice(&props.store, "notice", Facets::PROBLEMS);
    let problems = &model.problems;
    let dismiss = at::<MouseEvent>(&props.dispatch, Action::DismissProblems);
    html! {
        <div class="notice-region" role="status" aria-live="polite">
            if !problems.is_empty() {
                <div class="notice" id="notice">
                    <ul>{ for problems.sentences().map(|sentence| html! { <li>{ sentence }</li> }) }</ul>
                    <button type="button" onclick={dismiss}>{ "Dismiss" }</button>
                </div>
            }
        </div>
    }
}
