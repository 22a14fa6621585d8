//! What an author puts into a page: its state, what of it can be chosen, and its name.

use super::scenes::{SCENES, asking, scene, scene_of};
use super::{STEPS, completed};
use crate::state::groups::{Check, Figure, Page, Suspects};
use crate::state::{FigureKind, Key, Part, State, View, link};

/// Controls that parts of the Lab may come with; every other one can be named in `controls`.
const WITH_PARTS: [Key; 9] = [
    Key::At,
    Key::Engine,
    Key::ReduceRange,
    Key::Output,
    Key::Seed,
    Key::Inputs,
    Key::InputScale,
    Key::InputZeroPoint,
    Key::Relu,
];
/// Controls of the suspects.
const OF_SUSPECTS: [Key; 7] = [
    Key::Recording,
    Key::RecordedOn,
    Key::RecordedOutput,
    Key::Pairing,
    Key::Width,
    Key::Overflow,
    Key::Widening,
];

/// The state as a link or an element says it: nothing but what the figure needs. A step of the
/// story is its number; the rest follows from it.
pub fn written(state: &State) -> State {
    let Page { step, scene, room, locked, theme, .. } = state.page;
    let Figure { kind, controls, hide, lock, legend, back, .. } = state.figure.clone();
    let page = Page { theme, ..Page::default() };
    let asked = Page { room, locked, ..page };
    let figure = Figure { lock, back, ..Figure::default() };
    match kind {
        FigureKind::Parts => State {
            page: Page { view: View::Lab, ..page },
            suspects: Suspects::default(),
            check: Check::default(),
            figure: Figure { focus: parts(state), controls, legend, ..figure },
            ..state.clone()
        },
        FigureKind::Step => State {
            page: Page { step, scene, ..asked },
            figure: Figure { steps: alone(state), hide, ..figure },
            ..State::default()
        },
        FigureKind::Story => {
            State { page: asked, figure: Figure { hide, ..figure }, ..State::default() }
        }
        FigureKind::Suspects => State {
            page: Page { view: View::Suspects, ..page },
            suspects: state.suspects.clone(),
            figure: Figure { hide, ..figure },
            ..State::default()
        },
    }
}

/// The steps of a scene that is shown alone, or the one whose questions are.
fn alone(state: &State) -> Vec<usize> {
    match asking(state) {
        Some(step) => vec![step.number()],
        None => scene(scene_of(state)).steps.to_vec(),
    }
}

/// The state that readers begin with, given what is [`written`].
pub fn opened(written: &State) -> State {
    link::read(&completed(&link::write(written))).0
}

/// The state that a reader of a figure opens on the page: the same, with nothing of what its author has
/// chosen to show of it.
pub fn on_page(state: &State) -> State {
    State { figure: Figure::default(), ..state.clone() }
}

/// The page that a figure is taken from, given what is [`written`].
pub fn whole(written: &State) -> State {
    let Figure { embed, kind, legend, .. } = written.figure;
    State { figure: Figure { embed, kind, legend, ..Figure::default() }, ..written.clone() }
}

/// The parts that are shown. Without a choice a figure is the ramp, as the element's.
pub fn parts(state: &State) -> Vec<Part> {
    if state.figure.focus.is_empty() { vec![Part::Ramp] } else { state.figure.focus.clone() }
}

/// The parameters whose controls an author can give or take, those that a link has named among them.
pub fn offered(state: &State) -> Vec<Key> {
    let mut keys: Vec<Key> = match state.figure.kind {
        FigureKind::Parts => WITH_PARTS.iter().chain(&state.figure.controls).copied().collect(),
        FigureKind::Step => asking(state).map_or(Vec::new(), |step| step.controls.to_vec()),
        FigureKind::Story => STEPS.iter().flat_map(|step| step.controls).copied().collect(),
        FigureKind::Suspects => OF_SUSPECTS.to_vec(),
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
pub fn is_shown(state: &State, key: Key) -> bool {
    match state.figure.kind {
        FigureKind::Parts => state.figure.controls.contains(&key),
        _ => !state.is_hidden(key),
    }
}

/// What the figure is, for those who do not see it.
pub fn title(state: &State) -> String {
    match state.figure.kind {
        FigureKind::Parts => "A ramp of a quantized layer".to_string(),
        FigureKind::Step => {
            asking(state).map_or(scene(scene_of(state)).title, |step| step.title).to_string()
        }
        FigureKind::Story => format!("Why an int8 ramp bends, in {} scenes", SCENES.len()),
        FigureKind::Suspects => "Theories of the overflow against recorded outputs".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(fragment: &str) -> State {
        let (state, problems) = link::read(fragment);
        assert_eq!(problems, []);
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
        assert_eq!(
            (state.page.view, state.page.step, state.experiment.inputs),
            (View::Story, 3, 2)
        );
        assert_eq!(state.figure.steps, [3]);
    }

    #[test]
    fn every_figure_offers_its_controls_once() {
        for figure in ["parts", "step", "story", "suspects"] {
            let state = of(&format!("#/embed?figure={figure}&page=2&controls=at,gain&hide=at"));
            let offered = offered(&state);
            assert!(offered.len() > 2, "{figure}");
            for key in &offered {
                assert_eq!(offered.iter().filter(|other| *other == key).count(), 1, "{key}");
            }
            assert_eq!(is_shown(&state, Key::At), figure == "parts", "{figure}");
            assert_eq!(is_shown(&state, Key::InputScale), figure != "parts", "{figure}");
        }
    }
}
