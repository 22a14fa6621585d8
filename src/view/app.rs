//! [`App`]: wiring only.

use std::rc::Rc;

use yew::prelude::*;

use super::hooks::{
    opened_fragment, use_address, use_announcement, use_keys, use_steady_place, use_theme,
};
use super::model::{Model, Shared};
use super::nav::Nav;
use super::panels::{Notice, PanelProps, Toolbar};
use super::views::{LabView, StoryView, SuspectsView};
use crate::state::{Action, View, describe};

/// The page below its static heading.
#[component]
pub fn App() -> Html {
    let reducer = use_reducer(|| Shared(Rc::new(Model::open(&opened_fragment()))));
    let dispatcher = reducer.dispatcher();
    let dispatch = use_callback((), move |action: Action, ()| dispatcher.dispatch(action));
    let model = Shared::clone(&reducer);
    let theme = use_theme(model.state.theme);
    use_address(model.clone(), dispatch.clone());
    use_keys(dispatch.clone());
    use_steady_place();
    use_effect_with((model.state.view, model.state.page), |(view, page)| {
        // The static heading is long only where the story begins.
        let is_start = (*view, *page) == (View::Story, 1);
        if let Some(body) = gloo::utils::document().body() {
            let _ = body.class_list().toggle_with_force("inside", !is_start);
        }
    });
    let live = use_announcement(describe::summary(&model.state, &model.derived));

    let nav = html! { <Nav state={model.state.clone()} /> };
    let page = model.state.view;
    let panel = PanelProps { model, dispatch, theme };
    let view = match page {
        View::Story => html! { <StoryView ..panel.clone() /> },
        View::Lab => html! { <LabView ..panel.clone() /> },
        View::Suspects => html! { <SuspectsView ..panel.clone() /> },
    };
    html! {
        <>
            <p id="live" class="visually-hidden" aria-live="polite">{ live }</p>
            <Toolbar ..panel.clone() />
            { nav }
            <Notice ..panel.clone() />
            { view }
        </>
    }
}
