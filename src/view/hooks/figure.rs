//! A figure in somebody's page: the way in and out for whoever put it there.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::state::Action;
use crate::view::host::Host;
use crate::view::model::{Model, Shared};

/// Tells the figure's owner of every change, takes the owner's actions, and follows the app's own
/// links inside the figure: they are fragments, and the page's address is not ours.
#[hook]
pub fn use_figure(host: &Host, model: &Shared<Model>, dispatch: &Callback<Action>) {
    {
        let (host, dispatch) = (host.clone(), dispatch.clone());
        use_effect_with((), move |()| {
            let listener = match &host {
                Host::Page => None,
                Host::Figure(figure) => {
                    figure.dispatch.replace(Some(dispatch.clone()));
                    if let Some(action) = figure.early.take() {
                        dispatch.emit(action);
                    }
                    Some(follow_links(&figure.root, dispatch))
                }
            };
            move || drop(listener)
        });
    }
    let host = host.clone();
    use_effect_with(model.clone(), move |model| {
        if let Host::Figure(figure) = &host {
            figure.on_change.emit(model.clone());
        }
    });
}

fn follow_links(root: &Element, dispatch: Callback<Action>) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(root, "click", options, move |event| {
        let target = event.composed_path().get(0).dyn_into::<Element>().ok();
        let link = target.and_then(|target| target.closest("a[href^='#/']").ok().flatten());
        if let Some(fragment) = link.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            dispatch.emit(Action::open(crate::story::completed(&fragment)));
        }
    })
}
