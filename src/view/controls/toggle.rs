//! [`Toggle`]: on or off.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Toggle`].
#[derive(Properties, PartialEq)]
pub struct ToggleProps {
    /// Its key, which names the input.
    pub name: AttrValue,
    /// What it switches.
    pub label: AttrValue,
    /// One line that explains it.
    #[prop_or_default]
    pub help: AttrValue,
    /// Whether it is on.
    pub on: bool,
    /// Called with the new position.
    pub on_change: Callback<bool>,
}

/// A check box with its label.
#[component]
pub fn Toggle(props: &ToggleProps) -> Html {
    let onchange = props
        .on_change
        .reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <label class="toggle" title={props.help.clone()}>
            <input type="checkbox" name={props.name.clone()} checked={props.on} {onchange} />
            <span>{ &props.label }</span>
        </label>
    }
}
