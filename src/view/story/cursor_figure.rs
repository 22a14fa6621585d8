//! [`CursorFigure`]: a picture of the thread's layer with a cursor that goes along x.

use std::rc::Rc;

use yew::prelude::*;

use super::plotted::pointed;
use super::worked::{Worked, WorkedState};
use crate::state::{Action, Key, describe};
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::Build;
use crate::view::cursor_key::{CursorKey, plain_key};
use crate::view::gesture::Gesture;
use crate::view::model::Shared;
use crate::view::panels::PanelProps;

/// Properties of [`CursorFigure`].
#[derive(Properties, PartialEq)]
pub struct CursorFigureProps {
    /// Takes the cursor.
    pub panel: PanelProps,
    /// What is shown.
    pub worked: Worked,
    /// Makes the picture.
    pub build: Shared<Box<Build>>,
    /// What describes it, by its id.
    pub described_by: &'static str,
    /// Whether something moves by itself.
    #[prop_or_default]
    pub is_running: bool,
    /// A person takes the cursor.
    #[prop_or_default]
    pub on_take: Callback<()>,
}

/// The picture as a slider of x: by pointer, touch and keys.
#[component]
pub fn CursorFigure(props: &CursorFigureProps) -> Html {
    let WorkedState { state, derived } = &*props.worked;
    let on_gesture = {
        let (on_take, pointed) = (props.on_take.clone(), pointed(&props.panel));
        Callback::from(move |gesture: Gesture| {
            if let Gesture::Point(_) = gesture {
                on_take.emit(());
            }
            pointed.emit(gesture);
        })
    };
    let onkeydown = {
        let (worked, on_take) = (props.worked.clone(), props.on_take.clone());
        let dispatch = props.panel.dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(key) = plain_key(&event) else { return };
            let WorkedState { state, derived } = &*worked;
            let at = match CursorKey::of(&key, event.shift_key()) {
                Some(CursorKey::Step(places)) => derived.stepped(state, places),
                Some(CursorKey::From) => state.sweep.from,
                Some(CursorKey::To) => state.sweep.to,
                None => return,
            };
            event.prevent_default();
            on_take.emit(());
            dispatch.emit(Action::set(Key::At, at));
        })
    };
    html! {
        <div class="mystery-figure" data-running={props.is_running.then_some("")} role="slider" tabindex="0" aria-label="Input x at the cursor" aria-describedby={props.described_by}
            aria-valuemin={state.sweep.from.to_string()} aria-valuemax={state.sweep.to.to_string()} aria-valuenow={state.gaze.at.to_string()} aria-valuetext={describe::cursor(state, derived)} {onkeydown}>
            <Plot build={props.build.clone()} palette={Rc::clone(&props.panel.palette)} class="mystery-plot" {on_gesture} />
        </div>
    }
}
