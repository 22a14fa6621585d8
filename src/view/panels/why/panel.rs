//! [`WhyPanel`]: an entry, and what it comes to.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::answer::AnswerShown;
use super::fields::Fields;
use super::questions::Questions;
use super::report::ReportField;
use super::take::TakeAlong;
use crate::documents::explain::{Draft, DraftFault, EXAMPLES, Explanation, explain};
use crate::state::schema::MOST_ENTRY_BYTES;
use crate::state::{Action, Key};
use crate::view::base::link_to;
use crate::view::facets::Facets;
use crate::view::model::Shared;
use crate::view::panels::PanelProps;
use crate::view::panels::check::text_of;
use crate::view::store::use_slice;

/// How long nothing is typed before the answer is made, in milliseconds.
const PAUSE: u32 = 150;

/// What was answered: the draft, and what it comes to.
type Answered = (Draft, Result<Rc<Explanation>, DraftFault>);

/// Two operands, what was seen, and why. What is entered stands in the link as long as it is short.
#[component]
pub fn WhyPanel(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "why", Facets::CHECK.and(Facets::VISIT));
    let kept = text_of(&model.state, Key::Entry);
    // What was typed, and what the state kept of it.
    let typed = use_state_eq(|| (Draft::default(), String::new()));
    let draft = if typed.1 == kept { typed.0.clone() } else { Draft::read(&kept) };
    let set = {
        let (typed, dispatch) = (typed.setter(), panel.dispatch.clone());
        Callback::from(move |draft: Draft| {
            let written = draft.written();
            let short = if written.len() > MOST_ENTRY_BYTES { String::new() } else { written };
            typed.set((draft, short.clone()));
            dispatch.emit(Action::set(Key::Entry, short));
        })
    };
    let answered = use_state_eq(|| None::<Answered>);
    {
        let answered = answered.setter();
        use_effect_with(draft.clone(), move |draft| {
            let draft = draft.clone();
            let timeout = Timeout::new(PAUSE, move || {
                let answer = (!draft.is_empty()).then(|| answer(&draft));
                answered.set(answer.map(|answer| (draft, answer)));
            });
            move || drop(timeout)
        });
    }
    let answer = answered.as_ref().filter(|(of, _)| *of == draft).map(|(_, answer)| answer);
    let is_long = draft.written().len() > MOST_ENTRY_BYTES;
    let explained = answer.and_then(|answer| answer.as_ref().ok()).map(Rc::clone).map(Shared);
    let link = if is_long { String::new() } else { link_to(&model, &model.state) };
    html! {
        <section class="panel why" aria-labelledby="why-title">
            <h2 id="why-title">{ "Why are these two numbers different?" }</h2>
            <p>{ "Enter the codes of a product and what you saw. Every arithmetic that is known here is tried, and what gives your numbers is named. Nothing leaves this tab." }</p>
            <p class="examples"><span>{ "Reports: " }</span>
                { for EXAMPLES.iter().map(|(name, text)| {
                    let (set, draft) = (set.clone(), Draft::read(text));
                    html! { <button type="button" onclick={move |_| set.emit(draft.clone())}>{ *name }</button> }
                }) }
                if !draft.is_empty() {
                    <button type="button" id="clear-entry" onclick={set.reform(|_: MouseEvent| Draft::default())}>{ "Clear" }</button>
                }
            </p>
            <ReportField draft={draft.clone()} set={set.clone()} />
            <div id="why" aria-busy={(answer.is_none() && !draft.is_empty()).to_string()}>
                if let Some(explained) = &explained {
                    <AnswerShown explained={explained.clone()} />
                }
            </div>
            <Fields draft={draft.clone()} set={set.clone()} fault={answer.and_then(|answer| answer.as_ref().err()).cloned()} />
            if is_long {
                <p class="hint" id="too-long">{ "This is too long for a link. Save it as a file." }</p>
            }
            <Questions draft={draft.clone()} set={set.clone()} explained={explained.clone()} />
            <TakeAlong {draft} {set} {explained} {link} />
        </section>
    }
}

fn answer(draft: &Draft) -> Result<Rc<Explanation>, DraftFault> {
    let entry = draft.entry()?;
    explain(&entry).map(Rc::new).map_err(DraftFault::Entry)
}
