//! [`TeacherLink`]: a link for a room.

use yew::prelude::*;

use crate::state::groups::Page;
use crate::state::{Action, Key, State, Theme, link, reduce, toggled};
use crate::story::STEPS;
use crate::story::step::step;
use crate::view::controls::{CopyButton, ParameterControl};

/// Properties of [`TeacherLink`].
#[derive(Properties, PartialEq, Clone)]
pub struct TeacherProps {
    /// The theme that the page has now.
    pub theme: Theme,
    /// The address of the page, for links.
    pub page: AttrValue,
}

/// Which steps, whose numbers, final or not, in which theme: a link to hand out. What is chosen
/// here changes the link alone.
#[component]
pub fn TeacherLink(props: &TeacherProps) -> Html {
    let wish = use_state(|| {
        let page = Page { theme: props.theme, ..Page::default() };
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
    let first = wish.figure.steps.iter().min().copied().unwrap_or(1);
    let mut state = step(first).state(room, theme, locked);
    state.figure.steps.clone_from(&wish.figure.steps);
    state.figure.hide.clone_from(&wish.figure.hide);
    let address = format!("{}{}", props.page, link::write(&state));
    let field = use_node_ref();
    let toggle = |page: usize| {
        let (wish, steps) = (wish.clone(), wish.figure.steps.clone());
        Callback::from(move |_: Event| {
            let now = if steps.is_empty() { (1..=STEPS.len()).collect() } else { steps.clone() };
            let mut next = toggled(now, page);
            next.sort_unstable();
            if next.len() == STEPS.len() {
                next.clear();
            }
            let mut next_wish = State::clone(&wish);
            next_wish.figure.steps = next;
            wish.set(next_wish);
        })
    };
    html! {
        <details class="panel teacher" id="teacher">
            <summary><h2>{ "For teachers: a link for the room" }</h2></summary>
            <div class="group-body">
                <fieldset class="teacher-steps"><legend>{ "Steps" }</legend>
                    { for STEPS.iter().map(|one| html! {
                        <label key={one.key}><input type="checkbox" name={format!("teach-{}", one.key)} checked={wish.has_step(one.number())} onchange={toggle(one.number())} /><span>{ format!("{}. {}", one.number(), one.title) }</span></label>
                    }) }
                </fieldset>
                { for [Key::Room, Key::Locked, Key::Theme].map(|of| html! { <ParameterControl key={of.as_str()} {of} value={of.parameter().get(&wish)} dispatch={dispatch.clone()} /> }) }
                <label class="teacher-link"><span class="label">{ "The link" }</span>
                    <input type="text" id="teacher-link" readonly={true} ref={field.clone()} value={address.clone()} /></label>
                <p><CopyButton id="copy-teacher-link" text={address} source={field} what="the link" />
                    <a href={link::write(&state)}>{ "Open it here" }</a></p>
            </div>
        </details>
    }
}
