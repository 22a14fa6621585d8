//! [`TeachView`]: a link for a room.

use yew::prelude::*;

use crate::state::groups::Page;
use crate::state::{Action, Key, State, View, link, reduce, toggled};
use crate::story::step::step;
use crate::story::{SCENES, STEPS};
use crate::view::base::page;
use crate::view::controls::{CopyField, ParameterControl};
use crate::view::facets::Facets;
use crate::view::panels::PanelProps;
use crate::view::store::use_slice;

/// Which scenes, whose numbers, final or not, in which theme: a link to hand out. What is chosen here
/// changes the link alone.
#[component]
pub fn TeachView(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "teach", Facets::PAGE.and(Facets::VISIT));
    let (theme, base) = (model.state.page.theme, page(&model));
    let wish = use_state(|| {
        let page = Page { theme, ..Page::default() };
        State { page, ..State::default() }
    });
    let dispatch = {
        let wish = wish.clone();
        Callback::from(move |action: Action| {
            if let Action::Change(change) = action {
                wish.set(reduce(&wish, &change).state);
            }
        })
    };
    let Page { room, locked, theme, .. } = wish.page;
    let first = SCENES.iter().find(|scene| scene.is_shown(&wish)).unwrap_or(&SCENES[0]);
    let mut state = first.reached_from(&State::default());
    state.page = Page { room, locked, theme, view: View::Story, ..state.page };
    state.figure.steps.clone_from(&wish.figure.steps);
    let address = format!("{base}{}", link::write(&state));
    let toggle = |pages: &'static [usize]| {
        let (wish, steps) = (wish.clone(), wish.figure.steps.clone());
        Callback::from(move |_: Event| {
            let now = if steps.is_empty() { (1..=STEPS.len()).collect() } else { steps.clone() };
            let mut next = pages.iter().fold(now, |next, page| toggled(next, *page));
            next.sort_unstable();
            if next.len() == STEPS.len() {
                next.clear();
            }
            let mut next_wish = State::clone(&wish);
            next_wish.figure.steps = next;
            wish.set(next_wish);
        })
    };
    let asks = |pages: &[usize]| {
        let questions: usize = pages.iter().map(|page| step(*page).questions.len()).sum();
        match questions {
            0 => String::new(),
            1 => " (1 question)".to_string(),
            more => format!(" ({more} questions)"),
        }
    };
    html! {
        <section class="panel teacher" id="teacher" aria-labelledby="teach-title">
            <h2 id="teach-title">{ "For teachers: a link for the room" }</h2>
            <p>{ "Scenes to touch, and questions with numbers of the room. Everything runs in the browsers of the room; nothing is sent." }</p>
            <fieldset class="teacher-steps"><legend>{ "Scenes" }</legend>
                { for SCENES.iter().map(|one| html! {
                    <label key={one.key.as_str()}><input type="checkbox" name={format!("teach-{}", one.key.as_str())} checked={one.is_shown(&wish)} onchange={toggle(one.steps)} /><span>{ format!("{}. {}{}", one.number(), one.title, asks(one.steps)) }</span></label>
                }) }
            </fieldset>
            { for [Key::Room, Key::Locked, Key::Theme].map(|of| html! { <ParameterControl key={of.as_str()} {of} value={of.parameter().get(&wish)} dispatch={dispatch.clone()} /> }) }
            <CopyField id="teacher-link" copy_id="copy-teacher-link" label="The link" text={address} what="the link" />
            <p><a href={link::write(&state)}>{ "Open it here" }</a></p>
        </section>
    }
}
