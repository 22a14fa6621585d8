//! [`nav`]: from one view to the next, with the same state.

use yew::prelude::*;

use crate::state::choices::Keyed;
use crate::state::{Exhibit, State, View, link};

/// What a view is as a figure.
fn exhibit_of(view: View) -> Exhibit {
    match view {
        View::Story => Exhibit::Step,
        View::Suspects => Exhibit::Suspects,
        View::Lab | View::Embed => Exhibit::Parts,
    }
}

/// A link for each view. The layer stays as it is; what a figure shows of it belongs to the view
/// that makes figures.
pub fn nav(state: &State) -> Html {
    html! {
        <nav class="views" aria-label="Views">
            <ul>
                { for View::choices().into_iter().map(|(view, choice)| {
                    let mut there = State { view, ..state.clone() };
                    let here = state.view;
                    if view != View::Embed {
                        (there.exhibit, there.focus, there.controls, there.lock) = Default::default();
                    } else if here != View::Embed {
                        // A figure of what is looked at.
                        there.exhibit = exhibit_of(here);
                    }
                    if here == View::Embed && view != View::Embed {
                        there.hide.clear();
                    }
                    let href = link::write(&there);
                    let current = (view == state.view).then_some("page");
                    html! { <li key={choice.key}><a {href} aria-current={current}>{ choice.name }</a></li> }
                }) }
            </ul>
        </nav>
    }
}
