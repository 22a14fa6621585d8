//! [`Toggle`]: on or off.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::help::Help;

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
        <div class="toggle">
            <label>
                <input type="checkbox" name={props.name.clone()} checked={props.on} aria-describedby={format!("{}-help", props.name)} {onchange} />
                <span>{ &props.label }</span>
            </label>
            <Help name={props.name.clone()} label={props.label.clone()} text={props.help.clone()} />
        </div>
    }
}
