//! Text with `` `code` `` and `*emphasis*`.

use yew::prelude::*;

/// A paragraph's text as nodes: what stands between back quotes is code, between asterisks
/// emphasis. A mark without its partner is left as it is.
pub fn marked(text: &str) -> Html {
    let mut nodes = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['`', '*']) {
        let mark = &rest[start..=start];
        let Some(length) = rest[start + 1..].find(mark) else { break };
        let inside = &rest[start + 1..start + 1 + length];
        nodes.push(html! { { &rest[..start] } });
        nodes.push(if mark == "`" {
            html! { <code>{ inside }</code> }
        } else {
            html! { <em>{ inside }</em> }
        });
        rest = &rest[start + length + 2..];
    }
    nodes.push(html! { { rest } });
    nodes.into_iter().collect()
}
