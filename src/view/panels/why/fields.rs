//! [`Fields`]: an entry, field by field.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::documents::explain::{Draft, DraftFault, Field, FieldKind};
use crate::view::controls::Select;

/// Properties of [`Fields`].
#[derive(Properties, PartialEq)]
pub struct FieldsProps {
    /// What is typed.
    pub draft: Draft,
    /// Takes another draft.
    pub set: Callback<Draft>,
    /// What is wrong with it.
    pub fault: Option<DraftFault>,
}

/// The operands and what was seen first, what else matters behind a disclosure.
#[component]
pub fn Fields(props: &FieldsProps) -> Html {
    let field = |field: Field| field_of(props, field);
    let side = |numbers: Field, of_it: [Field; 2]| {
        html! { <div class="operand">{ field(numbers) }<div class="of-it">{ for of_it.map(field) }</div></div> }
    };
    let more = [
        Field::Operator,
        Field::AScale,
        Field::BScale,
        Field::OutputScale,
        Field::OutputZeroPoint,
        Field::OutputType,
        Field::Bias,
        Field::Relu,
        Field::Sums,
    ];
    let has_more = more.iter().any(|field| !props.draft.get(*field).is_empty());
    html! {
        <>
            <div class="operands">
                { side(Field::A, [Field::AType, Field::AZeroPoint]) }
                { side(Field::B, [Field::BType, Field::BZeroPoint]) }
            </div>
            { field(Field::Layout) }
            <div class="operands">{ for [Field::Seen1, Field::Seen2, Field::Seen3].map(field) }</div>
            <details class="more-fields" open={has_more}>
                <summary>{ "Scales, output, bias, operator" }</summary>
                <div class="of-it">{ for more.map(field) }</div>
            </details>
            if let Some(fault @ DraftFault::Entry(_)) = &props.fault {
                <p class="field-problem" id="entry-fault" role="alert">{ fault.to_string() }</p>
            }
        </>
    }
}

/// A field with its label, and what is wrong with what stands in it.
fn field_of(props: &FieldsProps, field: Field) -> Html {
    let id = format!("entry-{}", field.key());
    let change = {
        let (draft, set) = (props.draft.clone(), props.set.clone());
        Callback::from(move |text: String| set.emit(draft.clone().with(field, text)))
    };
    let fault = props.fault.as_ref().filter(|fault| fault.field() == Some(field));
    let text = props.draft.get(field).to_string();
    html! {
        <div class="entry-field">
            <label for={id.clone()}>{ field.name() }</label>
            { match field.kind() {
                FieldKind::Choice(choices) => html! {
                    <Select {id} name={field.key()} chosen={text} on_change={change}>
                        { for choices.iter().map(|(key, name)| html! { <option value={*key}>{ *name }</option> }) }
                    </Select>
                },
                FieldKind::Numbers => html! {
                    <NumbersField {id} {text} {change} rows={rows(field)} is_wrong={fault.is_some()} />
                },
            } }
            if let Some(fault) = fault {
                <p class="field-problem" role="alert">{ fault.to_string() }</p>
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

/// Properties of [`NumbersField`].
#[derive(Properties, PartialEq)]
struct NumbersFieldProps {
    id: String,
    text: String,
    rows: u32,
    is_wrong: bool,
    change: Callback<String>,
}

/// Where numbers are typed or pasted.
#[component]
fn NumbersField(props: &NumbersFieldProps) -> Html {
    let field = use_node_ref();
    {
        let (field, text) = (field.clone(), props.text.clone());
        use_effect(move || {
            if let Some(field) = field.cast::<HtmlTextAreaElement>()
                && field.value() != text
            {
                field.set_value(&text);
            }
        });
    }
    let oninput = props
        .change
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    html! {
        <textarea id={props.id.clone()} ref={field} rows={props.rows.to_string()} spellcheck="false"
            autocomplete="off" aria-invalid={props.is_wrong.then_some("true")} {oninput} />
    }
}
