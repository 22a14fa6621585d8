//! [`Select`]: a list to choose one of.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`Select`].
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// Its id, for a label.
    pub id: AttrValue,
    /// Its name.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// The id of what explains it.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// The value of the present option.
    pub chosen: AttrValue,
    /// Called with the value of the new one.
    pub on_change: Callback<String>,
    /// Its options.
    pub children: Html,
}

/// A select that shows what is chosen.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let list = use_node_ref();
    {
        let (list, chosen) = (list.clone(), props.chosen.clone());
        // Not by `selected` of an option: where that goes from one to another, Firefox may end at the first.
        use_effect(move || {
            if let Some(list) = list.cast::<HtmlSelectElement>() {
                list.set_value(&chosen);
            }
        });
    }
    let onchange = props
        .on_change
        .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    html! {
        <select ref={list} id={&props.id} name={props.name.clone()} aria-describedby={props.described_by.clone()} {onchange}>
            { props.children.clone() }
        </select>
    }
}
