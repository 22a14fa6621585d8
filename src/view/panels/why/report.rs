//! [`ReportField`]: a whole report, pasted, and what it leaves open.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::documents::explain::report::{Candidate, ReportText, read_report};
use crate::documents::explain::{Draft, Field, FieldKind, Numbers};
use crate::view::model::Shared;

/// Characters of a list that are shown.
const MOST_SHOWN: usize = 48;

/// Properties of [`ReportField`].
#[derive(Properties, PartialEq)]
pub struct ReportFieldProps {
    /// What is typed so far.
    pub draft: Draft,
    /// Takes another draft.
    pub set: Callback<Draft>,
}

/// The text of an issue: what its words name goes into the fields, what they do not name is asked.
#[component]
pub fn ReportField(props: &ReportFieldProps) -> Html {
    let read = use_state_eq(|| None::<Shared<ReportText>>);
    let oninput = {
        let (read, set) = (read.setter(), props.set.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            let found = read_report(&text);
            if !found.candidates.is_empty() {
                set.emit(Draft::from(&found.entry));
            }
            read.set((!text.trim().is_empty()).then(|| Shared(found.into())));
        })
    };
    html! {
        <div class="report">
            <label for="report-text">{ "Paste a whole report, or fill in the fields below" }</label>
            <textarea id="report-text" rows="2" spellcheck="false" {oninput}
                placeholder="x=[255,255] u8, w=[127,127] s8, observed 32767, wanted 64770" />
            if let Some(read) = &*read {
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
        _ => format!("{count} found. Say what {open} of them are:"),
    }
}

/// Numbers, and buttons for what they may be.
fn candidate(props: &ReportFieldProps, one: &Candidate) -> Html {
    let is_list = one.numbers.iter().nth(1).is_some();
    let fields: &[Field] = if is_list {
        &[Field::A, Field::B, Field::Seen1, Field::Seen2, Field::Seen3]
    } else {
        &[
            Field::AZeroPoint,
            Field::BZeroPoint,
            Field::OutputZeroPoint,
            Field::AScale,
            Field::BScale,
            Field::OutputScale,
            Field::Seen1,
            Field::Seen3,
        ]
    };
    debug_assert!(fields.iter().all(|field| field.kind() == FieldKind::Numbers));
    let shown = clipped(&one.numbers);
    html! {
        <li>
            <code>{ shown }</code>
            <span class="hint">{ format!(" line {}", one.line) }</span>
            <span class="roles">{ for fields.iter().map(|field| {
                let draft = props.draft.clone().with_numbers(*field, &one.numbers);
                let is_it = draft == props.draft;
                let set = props.set.clone();
                html! {
                    <button type="button" aria-pressed={is_it.to_string()} onclick={move |_| set.emit(draft.clone())}>{ field.name() }</button>
                }
            }) }</span>
        </li>
    }
}

/// The first numbers, as they are typed.
fn clipped(numbers: &Numbers) -> String {
    let text = Draft::default().with_numbers(Field::A, numbers).get(Field::A).replace('\n', " / ");
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}
