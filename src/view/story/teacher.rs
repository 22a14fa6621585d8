//! [`TeacherLink`]: a link for a room.

use yew::prelude::*;

use crate::state::{Action, Patch, State, Theme, apply, link, toggled};
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
    let wish = use_state(|| State { theme: props.theme, ..State::default() });
    let dispatch = {
        let wish = wish.clone();
        Callback::from(move |action: Action| {
            if let Action::Patch(patch) = action {
                wish.set(apply(&wish, &patch).0);
            }
        })
    };
    let first = wish.steps.iter().min().copied().unwrap_or(1);
    let state = State {
        steps: wish.steps.clone(),
        hide: wish.hide.clone(),
        ..step(first).state(wish.room, wish.theme, wish.locked)
    };
    let address = format!("{}{}", props.page, link::write(&state));
    let field = use_node_ref();
    let value = |key: &str| crate::state::schema::parameter(key).and_then(|known| known.get(&wish));
    let toggle = |page: usize| {
        let (dispatch, steps) = (dispatch.clone(), wish.steps.clone());
        Callback::from(move |_: Event| {
            let now = if steps.is_empty() { (1..=STEPS.len()).collect() } else { steps.clone() };
            let mut next = toggled(now, page);
            next.sort_unstable();
            if next.len() == STEPS.len() {
                next.clear();
            }
            let keys: Vec<String> = next.iter().map(usize::to_string).collect();
            dispatch.emit(Action::Patch(Patch::one("steps", keys.join(","))));
        })
    };
    html! {
        <details class="panel teacher" id="teacher">
            <summary><h2>{ "For teachers: a link for the room" }</h2></summary>
            <div class="group-body">
                <fieldset class="teacher-steps"><legend>{ "Steps" }</legend>
                    { for STEPS.iter().map(|one| html! {
                        <label key={one.key}><input type="checkbox" name={format!("teach-{}", one.key)} checked={wish.has_step(one.page())} onchange={toggle(one.page())} /><span>{ format!("{}. {}", one.page(), one.title) }</span></label>
                    }) }
                </fieldset>
                { for ["room", "locked", "theme"].map(|key| html! { <ParameterControl key={key} key_name={key} value={value(key)} dispatch={dispatch.clone()} /> }) }
                <label class="teacher-link"><span class="label">{ "The link" }</span>
                    <input type="text" id="teacher-link" readonly={true} ref={field.clone()} value={address.clone()} /></label>
                <p><CopyButton id="copy-teacher-link" text={address} source={field} what="the link" />
                    <a href={link::write(&state)}>{ "Open it here" }</a></p>
            </div>
        </details>
    }
}
