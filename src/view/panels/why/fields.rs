//! [`Fields`]: an entry, field by field.

use yew::prelude::*;

use super::entry_field::EntryField;
use crate::documents::explain::{Draft, DraftFault, Field};

/// What else matters, behind a disclosure.
const MORE: [Field; 10] = [
    Field::Operator,
    Field::AScale,
    Field::BScale,
    Field::OutputScale,
    Field::OutputZeroPoint,
    Field::OutputType,
    Field::Bias,
    Field::Relu,
    Field::Sums,
    Field::Kernel,
];

/// Properties of [`Fields`].
#[derive(Properties, PartialEq)]
pub struct FieldsProps {
    /// What is typed.
    pub draft: Draft,
    /// Takes another text of a field.
    pub change: Callback<(Field, String)>,
    /// What is wrong with it.
    pub fault: Option<DraftFault>,
}

/// The operands and what was seen first, what else matters behind a disclosure.
#[component]
pub fn Fields(props: &FieldsProps) -> Html {
    let FieldsProps { draft, change, fault } = props;
    // Once it had to be shown, only a person closes it.
    let shows_more = use_mut_ref(|| false);
    *shows_more.borrow_mut() |= MORE.iter().any(|field| !draft.get(*field).is_empty());
    let labelled = |field: Field, unsaid: Option<AttrValue>| {
        let fault = fault.as_ref().filter(|fault| fault.field() == Some(field));
        let problem = fault.map(ToString::to_string);
        html! { <EntryField {field} text={draft.get(field).to_string()} {change} {problem} {unsaid} /> }
    };
    let field = |field: Field| labelled(field, None);
    let side = |numbers: Field, of_it: [Field; 2]| {
        html! { <div class="operand">{ field(numbers) }<div class="of-it">{ for of_it.map(field) }</div></div> }
    };
    let seen = |[values, label]: [Field; 2]| {
        let unsaid = match draft.default_label(values) {
            "" => "AVX2, VNNI, NumPy …",
            meant => meant,
        };
        html! { <div class="operand">{ field(values) }{ labelled(label, Some(unsaid.into())) }</div> }
    };
    let is_open = *shows_more.borrow();
    html! {
        <>
            <div class="operands">
                { side(Field::A, [Field::AType, Field::AZeroPoint]) }
                { side(Field::B, [Field::BType, Field::BZeroPoint]) }
            </div>
            { field(Field::Layout) }
            <div class="operands">{ for Field::SEEN.map(seen) }</div>
            <details class="more-fields" open={is_open}>
                <summary>{ "Scales, output, bias, operator" }</summary>
                <div class="of-it">{ for MORE.map(field) }</div>
            </details>
            if let Some(fault @ DraftFault::Entry(_)) = fault {
                <p class="field-problem" id="entry-fault" role="alert">{ fault.to_string() }</p>
            }
        </>
    }
}
