//! [`TextArea`]: a field of several lines.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Properties of [`TextArea`].
#[derive(Properties, PartialEq)]
pub struct TextAreaProps {
    /// Its id, for a label.
    pub id: AttrValue,
    /// What stands in it.
    pub text: AttrValue,
    /// How many lines it shows.
    pub rows: u32,
    /// What is said where nothing stands in it.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// The id of what says why its text cannot be used.
    #[prop_or_default]
    pub problem: Option<AttrValue>,
    /// Called with every text that is typed; without, it is only read.
    #[prop_or_default]
    pub on_input: Option<Callback<String>>,
    /// The element, for who copies from it.
    #[prop_or_default]
    pub field: NodeRef,
}

/// A field that shows a text, and keeps the cursor of who types it.
#[component]
pub fn TextArea(props: &TextAreaProps) -> Html {
    let own = use_node_ref();
    let field = if props.field == NodeRef::default() { own } else { props.field.clone() };
    {
        let (field, text) = (field.clone(), props.text.clone());
        use_effect(move || {
            if let Some(field) = field.cast::<HtmlTextAreaElement>()
                && field.value() != *text
            {
                field.set_value(&text);
            }
        });
    }
    let readonly = props.on_input.is_none();
    let oninput = props.on_input.as_ref().map(|on_input| {
        on_input.reform(|event: InputEvent| {
            event.target_unchecked_into::<HtmlTextAreaElement>().value()
        })
    });
    html! {
        <textarea id={&props.id} ref={field} rows={props.rows.to_string()} spellcheck="false" autocomplete="off" {readonly}
            aria-invalid={props.problem.is_some().then_some("true")} aria-describedby={props.problem.clone()}
            placeholder={props.placeholder.clone()} {oninput} />
    }
}
