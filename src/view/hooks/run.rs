//! A dot that runs along a ramp once.

use std::cell::Cell;
use std::rc::Rc;

use gloo::render::{AnimationFrame, request_animation_frame};
use yew::prelude::*;

use super::theme::device_asks;

/// What a device asks for that wants nothing to move.
const STILL: &str = "(prefers-reduced-motion: reduce)";
/// How long it runs.
const LASTS_MS: f64 = 2600.0;

thread_local! {
    /// Whether a dot has run on this page: it does so once.
    static HAS_RUN: Cell<bool> = const { Cell::new(false) };
}

/// How far the run has come, 0 to 1; `None` once it is over or was stopped, and where the reader
/// wants nothing to move.
#[hook]
pub fn use_run() -> (Option<f64>, Callback<()>) {
    let share = use_state_eq(|| (!HAS_RUN.replace(true) && !device_asks(STILL)).then_some(0.0));
    let frame = use_mut_ref(|| None::<AnimationFrame>);
    {
        let (share, frame) = (share.clone(), Rc::clone(&frame));
        use_effect_with((), move |()| {
            if share.is_some() {
                ask(share.setter(), Rc::clone(&frame), None);
            }
            move || drop(frame.take())
        });
    }
    let stop = {
        let share = share.clone();
        Callback::from(move |()| {
            frame.take();
            share.set(None);
        })
    };
    (*share, stop)
}

type Frame = Rc<std::cell::RefCell<Option<AnimationFrame>>>;

/// The next frame, of a run that began at a time.
fn ask(share: UseStateSetter<Option<f64>>, frame: Frame, began: Option<f64>) {
    let next = Rc::clone(&frame);
    *frame.borrow_mut() = Some(request_animation_frame(move |now| {
        let began = began.unwrap_or(now);
        let done = (now - began) / LASTS_MS;
        if done >= 1.0 {
            next.take();
            share.set(None);
        } else {
            share.set(Some(done));
            ask(share, next, Some(began));
        }
    }));
}
