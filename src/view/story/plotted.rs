//! What the story's plots share.

use yew::prelude::*;

use crate::plot::Scene;
use crate::state::{Action, Key};
use crate::view::canvas_renderer::Build;
use crate::view::gesture::Gesture;
use crate::view::model::Shared;
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

/// A scene's maker, made anew only when what it reads is.
#[hook]
pub fn use_build<T: PartialEq + Clone + 'static>(
    reads: T,
    scene: impl Fn(&T, f64) -> Scene + 'static,
) -> Shared<Box<Build>> {
    Shared(use_memo(reads, move |reads| {
        let reads = reads.clone();
        Box::new(move |width: f64| scene(&reads, width)) as Box<Build>
    }))
}
