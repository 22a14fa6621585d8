//! [`ChoiceControl`]: one of a list.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::help::Help;
use crate::state::schema::Choice;

/// Properties of [`ChoiceControl`].
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// Its key, which names the select.
    pub name: AttrValue,
    /// What is chosen.
    pub label: AttrValue,
    /// One line that explains it.
    #[prop_or_default]
    pub help: AttrValue,
    /// The choices.
    pub choices: Vec<Choice>,
    /// The key of the present one.
    pub chosen: AttrValue,
    /// Called with the key of the new one.
    pub on_change: Callback<String>,
}

/// A select with its label.
#[component]
pub fn ChoiceControl(props: &ChoiceProps) -> Html {
    let onchange = props
        .on_change
        .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let id = format!("{}-select", props.name);
    html! {
        <div class="choice">
            <label class="label" for={id.clone()}>{ &props.label }</label>
            <Help name={props.name.clone()} label={props.label.clone()} text={props.help.clone()} />
            <select {id} name={props.name.clone()} aria-describedby={format!("{}-help", props.name)} {onchange}>
                { for props.choices.iter().map(|choice| html! {
                    <option key={choice.key} value={choice.key} selected={choice.key == props.chosen.as_str()}>{ choice.name }</option>
                }) }
            </select>
        </div>
    }
}
