//! [`Help`]: one line of explanation, on demand.

use yew::prelude::*;

/// Properties of [`Help`].
#[derive(Properties, PartialEq)]
pub struct HelpProps {
    /// The key of the control; the text's id is `name-help`.
    pub name: AttrValue,
    /// What is explained.
    pub label: AttrValue,
    /// The explanation.
    pub text: AttrValue,
}

/// A button that opens an explanation. The text is in the page all the time, so that the control
/// can be described by it.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let is_open = use_state_eq(|| false);
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let id = format!("{}-help", props.name);
    html! {
        <>
            <button type="button" class="help-button" aria-expanded={is_open.to_string()} aria-controls={id.clone()}
                aria-label={format!("About {}", props.label)} {onclick}>{ "?" }</button>
            <p class="help" {id} hidden={!*is_open}>{ &props.text }</p>
        </>
    }
}
