//! [`Nav`]: from one view to the next, with the same state.

use yew::prelude::*;

use super::facets::Facets;
use super::head::use_in_head;
use super::panels::PanelProps;
use super::store::use_slice;
use crate::state::choices::Keyed;
use crate::state::{FigureKind, View, link};

/// What a view is as a figure.
fn figure_of(view: View) -> FigureKind {
    match view {
        View::Story => FigureKind::Step,
        View::Suspects => FigureKind::Suspects,
        View::Lab | View::Check | View::Model | View::Embed | View::Teach => FigureKind::Parts,
    }
}

/// A link for each view. The layer stays as it is; what a figure shows of it belongs to the view
/// that makes figures.
#[component]
pub fn Nav(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "nav", Facets::STATE);
    let state = &model.state;
    let query = link::write_query(state);
    let links = html! {
        <nav class="views" aria-label="Views">
            <ul>
                { for View::choices().into_iter().filter(|(view, _)| *view != View::Teach).map(|(view, choice)| {
                    let mut there = state.clone();
                    there.page.view = view;
                    let here = state.page.view;
                    if view != View::Embed {
                        (there.figure.kind, there.figure.focus, there.figure.controls, there.figure.lock) = Default::default();
                    } else if here != View::Embed {
                        // A figure of what is looked at.
                        there.figure.kind = figure_of(here);
                    }
                    if here == View::Embed && view != View::Embed {
                        there.figure.hide.clear();
                    }
                    let href = if there.figure == state.figure {
                        link::write_to(view, &query)
                    } else {
                        link::write(&there)
                    };
                    // It leads nowhere: the figure is one key press nearer without it.
                    let (current, tabindex) = if view == state.page.view {
                        (Some("page"), Some("-1"))
                    } else {
                        (None, None)
                    };
                    html! { <li key={choice.key}><a {href} aria-current={current} {tabindex}>{ choice.name }</a></li> }
                }) }
            </ul>
        </nav>
    };
    use_in_head("views", links)
}
