//! A sentence for screen readers, at most once a second.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::state::{View, describe};
use crate::story::scenes::asking;
use crate::story::step::StepFigure;
use crate::view::model::{Model, Shared};
use crate::view::store::Store;

const EVERY_MS: u32 = 1000;

/// The newest sentence of the model, once it has not changed for a second's beat: a drag is told when
/// it rests, not at every step.
#[hook]
pub fn use_announcement(store: &Shared<Store>) -> AttrValue {
    let told = use_state_eq(AttrValue::default);
    // What a reader knows: the beginning is no news.
    let known = use_mut_ref(|| announcement(&store.now()));
    let is_first = use_mut_ref(|| true);
    let timer = use_mut_ref(|| None::<Timeout>);
    {
        // A sentence that waits would keep the store of an app that is gone.
        let timer = timer.clone();
        use_effect_with((), move |()| move || drop(timer.take()));
    }
    {
        let (told, store) = (told.clone(), store.clone());
        use_effect_with(store.now(), move |_| {
            if !is_first.replace(false) && timer.borrow().is_none() {
                let later = timer.clone();
                *timer.borrow_mut() = Some(Timeout::new(EVERY_MS, move || {
                    *later.borrow_mut() = None;
                    let newest = announcement(&store.now());
                    if *known.borrow() != newest {
                        known.borrow_mut().clone_from(&newest);
                        told.set(newest.into());
                    }
                }));
            }
        });
    }
    (*told).clone()
}

/// What a change is told by: what is on the screen, in a sentence.
fn announcement(model: &Model) -> String {
    let (state, derived) = (&model.state, &model.derived);
    match state.page.view {
        View::Lab | View::Embed => describe::summary(state, derived),
        // They tell what is to be told themselves, as the scenes do.
        View::Suspects | View::Check | View::Model | View::Teach => String::new(),
        View::Story => match asking(state).map_or(StepFigure::Scene, |step| step.figure) {
            StepFigure::Ramp => describe::summary(state, derived),
            StepFigure::Scene => String::new(),
            StepFigure::Codes => describe::position(state, derived),
            StepFigure::Pairs => describe::cursor(state, derived),
        },
    }
}
