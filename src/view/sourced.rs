//! Texts that name a doc of this project, with a link to its page.

use yew::prelude::*;

use super::base::own_base;

/// Where the docs lie in a text, and beside the page.
const FOLDER: &str = "docs/";

/// A text in which every `docs/NAME.md` leads to its page, where the docs lie beside this one.
pub fn sourced(text: &'static str) -> Html {
    let Some(base) = own_base() else { return html! { text } };
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => html! { text },
        Piece::Doc(name) => {
            let href = format!("{}{FOLDER}{name}.html", base.folder);
            html! { <a {href}>{ format!("{FOLDER}{name}.md") }</a> }
        }
    };
    pieces(text).into_iter().map(piece).collect()
}

/// A part of a text.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(&'static str),
    /// The name of a doc.
    Doc(&'static str),
}

fn pieces(text: &'static str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(FOLDER) {
        let Some((name, behind)) = after.split_once(".md") else { break };
        if !name.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
            break;
        }
        found.extend([Piece::Text(before), Piece::Doc(name)]);
        rest = behind;
    }
    found.push(Piece::Text(rest));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_are_told_from_what_stands_around_them() {
        let [text, doc]: [fn(&'static str) -> Piece; 2] = [Piece::Text, Piece::Doc];
        assert_eq!(
            pieces("The thread; docs/arithmetic.md section 11"),
            [text("The thread; "), doc("arithmetic"), text(" section 11")]
        );
        let other = "fbgemm/docs/Some page.md";
        for whole in ["", "FBGEMM, src/FbgemmI8Depthwise.cc", other] {
            assert_eq!(pieces(whole), [text(whole)]);
        }
    }

    /// The docs that the engines name have a page each: the build makes one of every file.
    #[test]
    fn what_is_named_is_there() {
        use crate::state::choices::Keyed;
        let named: Vec<&str> = crate::state::Engine::choices()
            .into_iter()
            .flat_map(|(engine, _)| pieces(engine.source()))
            .filter_map(|piece| match piece {
                Piece::Doc(name) => Some(name),
                Piece::Text(_) => None,
            })
            .collect();
        assert!(named.len() > 2);
        for name in named {
            let file = format!("{}/docs/{name}.md", env!("CARGO_MANIFEST_DIR"));
            assert!(std::path::Path::new(&file).exists(), "{file}");
        }
    }
}
