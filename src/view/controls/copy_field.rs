//! [`CopyField`]: a line to copy, as an address.

use yew::prelude::*;

use super::CopyButton;

/// Properties of [`CopyField`].
#[derive(Properties, PartialEq)]
pub struct CopyFieldProps {
    /// Its id.
    pub id: &'static str,
    /// The id of its button.
    pub copy_id: &'static str,
    /// What the line is.
    pub label: &'static str,
    /// The line.
    pub text: AttrValue,
    /// The same for those who do not see where the button stands.
    pub what: &'static str,
}

/// A labelled field that is only read, with a button that copies it.
#[component]
pub fn CopyField(props: &CopyFieldProps) -> Html {
    let field = use_node_ref();
    html! {
        <p class="copy-field">
            <label for={props.id}>{ props.label }</label>
            <span>
                <input type="text" id={props.id} readonly={true} ref={field.clone()} value={props.text.clone()} />
                <CopyButton id={props.copy_id} text={props.text.clone()} source={field} what={props.what} />
            </span>
        </p>
    }
}
