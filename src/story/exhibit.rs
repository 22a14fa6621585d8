//! What an author puts into a page: its state, what of it can be chosen, and its name.

use super::step::step;
use super::{STEPS, completed};
use crate::state::{Exhibit, Part, State, View, link};

/// Controls that parts of the Lab may come with; every other one can be named in `controls`.
const WITH_PARTS: [&str; 9] =
    ["at", "engine", "reduce_range", "output", "seed", "inputs", "x_scale", "x_zp", "relu"];
/// Controls of the suspects.
const OF_SUSPECTS: [&str; 7] =
    ["recording", "recorded_on", "recorded_output", "pairing", "width", "overflow", "widening"];

/// The state as a link or an element says it: nothing but what the figure needs. A step of the
/// story is its number; the rest follows from it.
pub fn written(state: &State) -> State {
    let bare = State { theme: state.theme, lock: state.lock.clone(), ..State::default() };
    let hide = state.hide.clone();
    let (room, locked) = (state.room, state.locked);
    match state.exhibit {
        Exhibit::Parts => State {
            view: View::Lab,
            embed: false,
            exhibit: bare.exhibit,
            focus: parts(state),
            hide: bare.hide,
            page: bare.page,
            steps: bare.steps,
            room: bare.room,
            locked: bare.locked,
            recording: bare.recording,
            recorded_on: bare.recorded_on,
            recorded_output: bare.recorded_output,
            theory: bare.theory,
            ..state.clone()
        },
        Exhibit::Step => {
            State { page: state.page, steps: vec![state.page], hide, room, locked, ..bare }
        }
        Exhibit::Story => State { hide, room, locked, ..bare },
        Exhibit::Suspects => State {
            view: View::Suspects,
            hide,
            recording: state.recording,
            recorded_on: state.recorded_on,
            recorded_output: state.recorded_output,
            theory: state.theory,
            ..bare
        },
    }
}

/// The state that readers begin with, given what is [`written`].
pub fn opened(written: &State) -> State {
    link::read(&completed(&link::write(written))).0
}

/// The page that a figure is taken from, given what is [`written`].
pub fn whole(written: &State) -> State {
    State {
        focus: Vec::new(),
        controls: Vec::new(),
        hide: Vec::new(),
        lock: Vec::new(),
        steps: Vec::new(),
        ..written.clone()
    }
}

/// The parts that are shown. Without a choice a figure is the ramp, as the element's.
pub fn parts(state: &State) -> Vec<Part> {
    if state.focus.is_empty() { vec![Part::Ramp] } else { state.focus.clone() }
}

/// Keys of the parameters whose controls an author can give or take, those that a link has named
/// among them.
pub fn offered(state: &State) -> Vec<&str> {
    let mut keys: Vec<&str> = match state.exhibit {
        Exhibit::Parts => {
            WITH_PARTS.into_iter().chain(state.controls.iter().map(String::as_str)).collect()
        }
        Exhibit::Step => step(state.page).controls.to_vec(),
        Exhibit::Story => STEPS.iter().flat_map(|step| step.controls).copied().collect(),
        Exhibit::Suspects => OF_SUSPECTS.to_vec(),
    };
    let mut seen = Vec::new();
    keys.retain(|key| {
        let is_new = !seen.contains(key);
        seen.push(*key);
        is_new
    });
    keys
}

/// Whether readers see an [`offered`] control. Parts of the Lab have those that are asked for, the
/// other figures all that are not hidden.
pub fn is_shown(state: &State, key: &str) -> bool {
    match state.exhibit {
        Exhibit::Parts => state.controls.iter().any(|control| control == key),
        _ => !state.is_hidden(key),
    }
}

/// What the figure is, for those who do not see it.
pub fn title(state: &State) -> String {
    match state.exhibit {
        Exhibit::Parts => "A ramp of a quantized layer".to_string(),
        Exhibit::Step => step(state.page).title.to_string(),
        Exhibit::Story => format!("Why an int8 ramp bends, in {} steps", STEPS.len()),
        Exhibit::Suspects => "Theories of the overflow against recorded outputs".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(fragment: &str) -> State {
        let (state, report) = link::read(fragment);
        assert_eq!(report.problems, []);
        state
    }

    #[test]
    fn a_figure_is_written_with_what_it_needs_and_nothing_else() {
        for (page, figure) in [
            ("#/embed?recorded_output=4&page=3&hide=at&inputs=2", "#/lab?v=1&inputs=2&focus=ramp"),
            ("#/embed?focus=kinks&lock=at&theme=dark", "#/lab?v=1&focus=kinks&lock=at&theme=dark"),
            ("#/embed?figure=step&page=3&inputs=2", "#/story?v=1&page=3&steps=3"),
            ("#/embed?figure=story&page=3&hide=at", "#/story?v=1&hide=at"),
            (
                "#/embed?figure=suspects&recorded_output=4&focus=kinks&room=7",
                "#/suspects?v=1&recorded_output=4",
            ),
        ] {
            assert_eq!(link::write(&written(&of(page))), figure, "{page}");
        }
    }

    #[test]
    fn a_step_opens_with_its_own_layer() {
        let state = opened(&written(&of("#/embed?figure=step&page=3&inputs=8&seed=7")));
        assert_eq!((state.view, state.page, state.inputs), (View::Story, 3, 2));
        assert_eq!(state.steps, [3]);
    }

    #[test]
    fn every_figure_offers_its_controls_once() {
        for figure in ["parts", "step", "story", "suspects"] {
            let state = of(&format!("#/embed?figure={figure}&page=2&controls=at,gain&hide=at"));
            let offered = offered(&state);
            assert!(offered.len() > 2, "{figure}");
            for key in &offered {
                assert!(crate::state::schema::parameter(key).is_some(), "{key}");
                assert_eq!(offered.iter().filter(|other| *other == key).count(), 1, "{key}");
            }
            assert_eq!(is_shown(&state, "at"), figure == "parts", "{figure}");
            assert_eq!(is_shown(&state, "x_scale"), figure != "parts", "{figure}");
        }
    }
}
