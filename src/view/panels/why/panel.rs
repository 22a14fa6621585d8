//! [`WhyPanel`]: an entry, and what it comes to.

use gloo::timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use super::answer::AnswerShown;
use super::answered::Answered;
use super::fields::Fields;
use super::picture::PictureButton;
use super::questions::Questions;
use super::report::ReportField;
use super::take::TakeAlong;
use crate::documents::explain::{Draft, EXAMPLES, Field};
use crate::documents::{DocumentEvent, InLab, TypedEntry};
use crate::state::{Action, Key, link};
use crate::view::base::link_to;
use crate::view::facets::Facets;
use crate::view::hooks::{document_events, hold_focused};
use crate::view::model::Model;
use crate::view::panels::PanelProps;
use crate::view::panels::check::text_of;
use crate::view::store::use_slice;

/// How long nothing is typed before the answer is made, in milliseconds.
const PAUSE: u32 = 150;

/// What stands in the fields.
fn typed(model: &Model) -> TypedEntry {
    TypedEntry::of(model.documents().typed.as_deref(), &text_of(&model.state, Key::Entry))
}

/// Two operands, what was seen, and why. What is entered stands in the link as long as it is short.
#[component]
pub fn WhyPanel(panel: &PanelProps) -> Html {
    let reads = Facets::CHECK.and(Facets::VISIT).and(Facets::DOCUMENTS);
    let model = use_slice(&panel.store, "why", reads);
    let typed_now = typed(&model);
    let draft = typed_now.draft.clone();
    // What is done is held against what is there then.
    let change = {
        let (store, dispatch) = (panel.store.clone(), panel.dispatch.clone());
        use_callback((store, dispatch), |change: Change, (store, dispatch)| {
            let before = typed(&store.now());
            let after = match change {
                Change::One(field, text) => before.entered(field, text),
                Change::Some(draft) => before.with(draft),
                Change::All(draft) => TypedEntry::given(draft),
                Change::Report(text) => before.reported(text),
            };
            let kept = after.kept.clone();
            document_events(store).emit(DocumentEvent::Typed(after));
            dispatch.emit(Action::set(Key::Entry, kept));
        })
    };
    let one = use_callback(change.clone(), |(field, text): (Field, String), change| {
        change.emit(Change::One(field, text));
    });
    let some = use_callback(change.clone(), |draft, change| change.emit(Change::Some(draft)));
    let all = use_callback(change.clone(), |draft, change| change.emit(Change::All(draft)));
    let report = use_callback(change, |text, change| change.emit(Change::Report(text)));
    let (answered, whole) = (use_state_eq(Answered::default), use_node_ref());
    let held = use_mut_ref(|| None);
    {
        let (answered, whole) = (answered.clone(), whole.clone());
        use_effect_with(draft.clone(), move |draft| {
            let (draft, is_empty) = (draft.clone(), draft.is_empty());
            let find = move || {
                *held.borrow_mut() = whole.cast::<Element>().and_then(|whole| hold_focused(&whole));
                answered.set(answered.after(draft));
            };
            let timeout = Timeout::new(if is_empty { 0 } else { PAUSE }, find);
            move || drop(timeout)
        });
    }
    let shown = answered.explained.clone().filter(|_| !draft.is_empty());
    let is_fresh = answered.of == draft;
    let fresh = shown.clone().filter(|_| answered.is_about(&draft));
    let fault = answered.fault.clone().filter(|_| is_fresh);
    let lab = fresh.as_ref().zip(answered.entry.as_ref());
    let lab = lab.and_then(|(explained, entry)| InLab::of(entry, explained, &model.state));
    let address = if typed_now.is_long() { String::new() } else { link_to(&model, &model.state) };
    html! {
        <section ref={whole} class="panel why-panel" aria-labelledby="why-title">
            <h2 id="why-title">{ "Why are these two numbers different?" }</h2>
            <p>{ "Enter the codes of a product and what you saw. Every arithmetic that is known here is tried, and what gives your numbers is named. Nothing leaves this tab." }</p>
            <p class="examples"><span>{ "Reports: " }</span>
                { for EXAMPLES.iter().map(|(name, text)| html! {
                    <button type="button" onclick={all.reform(|_: MouseEvent| Draft::read(text))}>{ *name }</button>
                }) }
                if !draft.is_empty() {
                    <button type="button" id="clear-entry" onclick={all.reform(|_: MouseEvent| Draft::default())}>{ "Clear" }</button>
                }
            </p>
            <ReportField typed={typed_now.clone()} {report} set={some} />
            <div id="why" class={fresh.is_none().then_some("stale")} aria-busy={(!is_fresh && !draft.is_empty()).to_string()}>
                if let Some(explained) = &shown {
                    if fault.is_some() && fresh.is_none() {
                        <p class="hint">{ "This is the answer to what stood here before." }</p>
                    }
                    <AnswerShown explained={explained.clone()} />
                }
                if let Some(lab) = &lab {
                    <p class="to-lab">
                        <a id="why-lab" href={link::write(&lab.state)}>{ "Open in the Lab" }</a>
                        <span class="hint">{ if lab.part.is_empty() { " to move it".to_string() } else { format!(" a part: {}", lab.part) } }</span>
                    </p>
                }
            </div>
            <Fields draft={draft.clone()} change={one.clone()} {fault} />
            if typed_now.is_long() {
                <p class="hint" id="too-long">{ "This is too long for a link. Save it as a file." }</p>
            }
            <Questions draft={draft.clone()} change={one} explained={shown} of={answered.explained_of.clone()} />
            <TakeAlong {draft} open={all} explained={fresh} link={address}>
                if let Some(lab) = lab {
                    <PictureButton model={model.clone()} state={lab.state} palette={panel.palette.clone()} />
                }
            </TakeAlong>
        </section>
    }
}

/// What a person did.
enum Change {
    /// A field has another text.
    One(Field, String),
    /// Some fields have.
    Some(Draft),
    /// Something else is entered.
    All(Draft),
    /// A report has another text.
    Report(String),
}
