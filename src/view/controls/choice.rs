//! [`ChoiceControl`]: one of a list.

use yew::prelude::*;

use super::help::Help;
use super::select::Select;
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
    pub on_change: Callback<&'static str>,
}

/// A select with its label.
#[component]
pub fn ChoiceControl(props: &ChoiceProps) -> Html {
    let id = format!("{}-select", props.name);
    let keys: Vec<&'static str> = props.choices.iter().map(|choice| choice.key).collect();
    let on_change = {
        let on_change = props.on_change.clone();
        Callback::from(move |given: String| {
            if let Some(key) = keys.iter().find(|key| **key == given) {
                on_change.emit(key);
            }
        })
    };
    html! {
        <div class="choice">
            <label class="label" for={id.clone()}>{ &props.label }</label>
            <Help name={props.name.clone()} label={props.label.clone()} text={props.help.clone()} />
            <Select {id} name={props.name.clone()} described_by={format!("{}-help", props.name)} chosen={props.chosen.clone()} {on_change}>
                { for props.choices.iter().map(|choice| html! {
                    <option key={choice.key} value={choice.key}>{ choice.name }</option>
                }) }
            </Select>
        </div>
    }
}
