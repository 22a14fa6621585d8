//! [`ReportField`]: a whole report, pasted, and what it leaves open.

use yew::prelude::*;

use crate::documents::TypedEntry;
use crate::documents::explain::report::{Candidate, ReportText, Role, Side};
use crate::documents::explain::{Draft, Field};
use crate::view::controls::TextArea;

/// Characters of a list that are shown.
const MOST_SHOWN: usize = 48;

/// Properties of [`ReportField`].
#[derive(Properties, PartialEq)]
pub struct ReportFieldProps {
    /// What is typed so far.
    pub typed: TypedEntry,
    /// Takes another text.
    pub report: Callback<String>,
    /// Takes other fields.
    pub set: Callback<Draft>,
}

/// The text of an issue: what its words name goes into the fields, what they do not name is asked.
#[component]
pub fn ReportField(props: &ReportFieldProps) -> Html {
    let report = props.typed.report.as_ref();
    let text = report.map_or(String::new(), |(text, _)| text.clone());
    html! {
        <div class="report">
            <label for="report-text">{ "Paste a whole report, or fill in the fields below" }</label>
            <TextArea id="report-text" rows={if text.is_empty() { 2 } else { 5 }} {text} on_input={props.report.clone()}
                placeholder="x=[255,255] u8, w=[127,127] s8, observed 32767, wanted 64770" />
            if let Some((_, read)) = report {
                <p class="hint" role="status">{ said(read) }</p>
                { for read.open.iter().map(|open| html! {
                    <div class="open">
                        <p>{ &open.sentence }</p>
                        <ul>{ for open.candidates.iter().filter_map(|at| read.candidates.get(*at)).map(|one| candidate(props, one)) }</ul>
                    </div>
                }) }
            }
        </div>
    }
}

/// What was found.
fn said(read: &ReportText) -> String {
    let count = read.candidates.len();
    let open: usize = read.open.iter().map(|open| open.candidates.len()).sum();
    match (count, open) {
        (0, _) => "No numbers with a name, and no matrix, are in this text.".into(),
        (_, 0) => format!("{count} found, and all have a name. They stand in the fields below."),
        (1, _) => "1 found. Say what it is:".into(),
        _ => format!("{count} found. Say what {open} of them are:"),
    }
}

/// What numbers may be, by what is known of them.
const fn fields(one: &Candidate) -> &'static [Field] {
    match one.role {
        Some(Role::ZeroPoint(_)) => &[Field::AZeroPoint, Field::BZeroPoint, Field::OutputZeroPoint],
        Some(Role::Scale(_)) => &[Field::AScale, Field::BScale, Field::OutputScale],
        Some(Role::Codes(Side::A)) => &[Field::A],
        Some(Role::Codes(Side::B)) => &[Field::B],
        Some(Role::Bias) => &[Field::Bias],
        Some(Role::Sums) => &[Field::Sums],
        Some(Role::Seen | Role::Wanted) => &[Field::Seen1, Field::Seen2, Field::Seen3],
        Some(Role::Codes(Side::Output)) | None => {
            &[Field::A, Field::B, Field::Bias, Field::Seen1, Field::Seen2, Field::Seen3]
        }
    }
}

/// Numbers, and buttons for what they may be.
fn candidate(props: &ReportFieldProps, one: &Candidate) -> Html {
    let draft = &props.typed.draft;
    let written = Draft::written_numbers(&one.numbers);
    let shown = clipped(&written);
    let button = |field: Field| {
        let is_it = draft.get(field) == written;
        let (draft, set, code_type) = (draft.clone(), props.set.clone(), one.code_type);
        let written = written.clone();
        let onclick = move |_| {
            let draft = draft.clone().with(field, written.clone());
            set.emit(match (field, code_type) {
                (Field::A, Some(known)) => draft.with(Field::AType, known.name()),
                (Field::B, Some(known)) => draft.with(Field::BType, known.name()),
                _ => draft,
            });
        };
        html! { <button type="button" aria-pressed={is_it.to_string()} {onclick}>{ field.name() }</button> }
    };
    html! {
        <li>
            <code>{ &shown }</code>
            <span class="hint">{ format!(" line {}", one.line) }</span>
            <span class="roles" role="group" aria-label={format!("What {shown} is")}>{ for fields(one).iter().copied().map(button) }</span>
        </li>
    }
}

/// The first numbers, as they are typed.
fn clipped(written: &str) -> String {
    let text = written.replace('\n', " / ");
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}
