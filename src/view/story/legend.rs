//! What the lines of a picture are.

use yew::prelude::*;

/// A list of lines and marks, each by the class that draws it and its words.
pub fn legend(
    class: &'static str,
    entries: impl IntoIterator<Item = (&'static str, String)>,
) -> Html {
    html! {
        <ul {class}>
            { for entries.into_iter().map(|(mark, words)| html! {
                <li><span class={mark} aria-hidden="true"></span>{ words }</li>
            }) }
        </ul>
    }
}
