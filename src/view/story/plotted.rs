//! What the story's plots share.

use yew::prelude::*;

use crate::state::Action;
use crate::view::gesture::Gesture;
use crate::view::panels::PanelProps;

/// Moves the cursor to where a pointer is pressed.
pub fn pointed(panel: &PanelProps) -> Callback<Gesture> {
    let dispatch = panel.dispatch.clone();
    Callback::from(move |gesture: Gesture| {
        if let Gesture::Point([x, _]) = gesture {
            dispatch.emit(Action::cursor_at(x));
        }
    })
}
