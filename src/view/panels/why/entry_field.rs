//! [`EntryField`]: a field of an entry with its label, and what is wrong with it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::documents::explain::{Field, FieldKind};
use crate::view::controls::{Select, TextArea};

/// Properties of [`EntryField`].
#[derive(Properties, PartialEq)]
pub struct EntryFieldProps {
    /// Which.
    pub field: Field,
    /// What stands in it.
    pub text: String,
    /// Takes another text.
    pub change: Callback<(Field, String)>,
    /// Why its text cannot be used.
    #[prop_or_default]
    pub problem: Option<String>,
    /// What is meant where nothing is said.
    #[prop_or_default]
    pub unsaid: Option<AttrValue>,
}

/// A list to choose from, or a field for numbers or words.
#[component]
pub fn EntryField(props: &EntryFieldProps) -> Html {
    let field = props.field;
    let id = format!("entry-{}", field.key());
    let problem = props.problem.as_ref().map(|_| format!("{id}-problem"));
    let change = props.change.reform(move |text: String| (field, text));
    html! {
        <div class="entry-field">
            <label for={id.clone()}>{ field.name() }</label>
            { match field.kind() {
                FieldKind::Choice(choices) => html! {
                    <Select {id} name={field.key()} chosen={props.text.clone()} on_change={change}>
                        { for choices.iter().map(|(key, name)| {
                            let unsaid = props.unsaid.clone().filter(|_| key.is_empty());
                            html! { <option value={*key}>{ unsaid.unwrap_or(AttrValue::Static(name)) }</option> }
                        }) }
                    </Select>
                },
                FieldKind::Numbers => html! {
                    <TextArea {id} text={props.text.clone()} rows={rows(field)} problem={problem.clone()} on_input={change} />
                },
                FieldKind::Words => {
                    let oninput = change.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
                    html! { <input type="text" {id} value={props.text.clone()} placeholder={props.unsaid.clone()} autocomplete="off" {oninput} /> }
                },
            } }
            if let Some(said) = &props.problem {
                <p class="field-problem" id={problem} role="alert">{ said }</p>
            }
        </div>
    }
}

/// How many lines a field shows.
const fn rows(field: Field) -> u32 {
    match field {
        Field::A | Field::B => 4,
        Field::Seen1 | Field::Seen2 | Field::Seen3 => 2,
        _ => 1,
    }
}
