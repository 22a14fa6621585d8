//! A sentence for screen readers, at most once a second.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

const EVERY_MS: u32 = 1000;

/// The newest of some sentences, once it has not changed for a second's beat: a drag is told when
/// it rests, not at every step.
#[hook]
pub fn use_announcement(sentence: String) -> AttrValue {
    let told = use_state_eq(AttrValue::default);
    let newest = use_mut_ref(String::new);
    let timer = use_mut_ref(|| None::<Timeout>);
    {
        let told = told.clone();
        use_effect_with(sentence, move |sentence| {
            let is_first = newest.borrow().is_empty();
            newest.borrow_mut().clone_from(sentence);
            if !is_first && timer.borrow().is_none() {
                let (later, newest) = (timer.clone(), newest.clone());
                *timer.borrow_mut() = Some(Timeout::new(EVERY_MS, move || {
                    *later.borrow_mut() = None;
                    told.set(newest.borrow().clone().into());
                }));
            }
        });
    }
    (*told).clone()
}
