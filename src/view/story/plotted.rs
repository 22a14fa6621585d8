//! What the story's plots share.

use yew::prelude::*;

use crate::state::{Action, Key};
use crate::view::gesture::Gesture;
use crate::view::panels::PanelProps;

/// Moves the cursor to where a pointer is pressed.
pub fn pointed(panel: &PanelProps) -> Callback<Gesture> {
    let dispatch = panel.dispatch.clone();
    Callback::from(move |gesture: Gesture| {
        if let Gesture::Point(x) = gesture {
            #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
            let at = x as f32;
            dispatch.emit(Action::set(Key::At, at));
        }
    })
}
