//! [`Notice`]: what could not be used, in sentences.

use yew::prelude::*;

use super::PanelProps;
use crate::state::Action;

/// The problems of the last link or change, until they are dismissed.
#[component]
pub fn Notice(props: &PanelProps) -> Html {
    let problems = &props.model.problems;
    let dismiss = props.dispatch.reform(|_: MouseEvent| Action::DismissProblems);
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
