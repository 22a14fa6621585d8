//! [`App`]: wiring only.

use yew::prelude::*;

use super::app_root::DrawApp;
use super::facets::Facets;
use super::head::use_skip_link;
use super::hooks::{
    opened_fragment, use_address, use_announcement, use_beginning, use_drops, use_figure, use_keys,
    use_palette, use_scroll_anchor,
};
use super::host::Host;
use super::later::Later;
use super::lazy::Lazy;
use super::model::Model;
use super::nav::Nav;
use super::panels::{Notice, PanelProps, Toolbar};
use super::store::{Store, use_slice};
use super::views::StoryView;
use super::way_back::WayBack;
use crate::state::{Action, View};

/// Properties of [`App`].
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// Where it stands.
    pub host: Host,
}

/// How a root draws the app.
pub const APP: DrawApp = DrawApp(|host, key| html! { <App {key} host={host.clone()} /> });

/// The page below its static heading, or a figure in somebody's page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let host = &props.host;
    let store = use_memo((), |()| Store::new(Model::open(&opened_fragment(host))));
    let store = (*store).clone();
    let dispatch = use_callback(store.clone(), |action: Action, store| store.act(&action));
    // What it tells the page around of has an end after every action.
    let model = use_slice(&store, "app", Facets::ACTION);
    let palette = use_palette(host, model.state.page.theme);
    use_address(host, &store, &model, &dispatch);
    use_figure(host, &model, &dispatch);
    use_keys(host.clone(), dispatch.clone());
    use_drops(host, &store, &dispatch);
    use_scroll_anchor(host);
    use_skip_link();
    use_beginning(host, model.state.page.view);
    let live = use_announcement(&store);

    let state = &model.state;
    let is_bare = state.figure.embed || *host != Host::Page;
    let page = state.page.view;
    let panel = PanelProps { store, dispatch, palette };
    let view = match page {
        View::Story => html! { <StoryView ..panel.clone() /> },
        View::Lab => html! { <Lazy what={Later::Lab(panel.clone())} /> },
        View::Check => html! { <Lazy what={Later::Check(panel.clone())} /> },
        View::Model => html! { <Lazy what={Later::Model(panel.clone())} /> },
        View::Suspects => html! { <Lazy what={Later::Suspects(panel.clone())} /> },
        View::Embed => html! { <Lazy what={Later::Embed(panel.clone(), APP)} /> },
        View::Teach => html! { <Lazy what={Later::Teach(panel.clone())} /> },
    };
    html! {
        <>
            <p id="live" class="visually-hidden" aria-live="polite">{ live }</p>
            if !is_bare {
                <Toolbar panel={panel.clone()} sheet={html! { <Lazy what={Later::Share(panel.clone())} /> }} />
                <Nav ..panel.clone() />
            }
            <Notice ..panel.clone() />
            { view }
            if is_bare {
                <WayBack ..panel.clone() />
            }
        </>
    }
}
