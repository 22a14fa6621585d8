//! Texts that name a doc of this project or an issue of another one, with a link to each.

use yew::prelude::*;

use super::base::own_base;

/// Where the docs lie in a text, and beside the page.
const FOLDER: &str = "docs/";

/// Projects whose issues are named, and where they are.
const PROJECTS: [(&str, &str); 9] = [
    ("oneDNN", "uxlfoundation/oneDNN"),
    ("ONNX Runtime", "microsoft/onnxruntime"),
    ("PyTorch", "pytorch/pytorch"),
    ("TensorFlow", "tensorflow/tensorflow"),
    ("IREE", "iree-org/iree"),
    ("tract", "sonos/tract"),
    ("MNN", "alibaba/MNN"),
    ("Stockfish", "official-stockfish/Stockfish"),
    ("nnstreamer", "nnstreamer/nnstreamer"),
];

/// A text in which every `docs/NAME.md` leads to its page, where the docs lie beside this one, and every
/// issue to its own.
pub fn sourced(text: &'static str) -> Html {
    let base = own_base();
    let piece = |piece: Piece| match (piece, &base) {
        (Piece::Text(text), _) => html! { text },
        (Piece::Doc(name), None) => html! { format!("{FOLDER}{name}.md") },
        (Piece::Doc(name), Some(base)) => {
            let href = format!("{}{FOLDER}{name}.html", base.folder);
            html! { <a {href}>{ format!("{FOLDER}{name}.md") }</a> }
        }
        (Piece::Issue { text, repository, number }, _) => {
            // A pull request is found there, too.
            let href = format!("https://github.com/{repository}/issues/{number}");
            html! { <a {href}>{ text }</a> }
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
    /// An issue or a pull request.
    Issue {
        text: &'static str,
        repository: &'static str,
        number: &'static str,
    },
}

fn pieces(text: &'static str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((start, end, piece)) = next(rest) {
        if start > 0 {
            found.push(Piece::Text(&rest[..start]));
        }
        found.push(piece);
        rest = &rest[end..];
    }
    found.push(Piece::Text(rest));
    found
}

/// The first doc or issue of a text, and where it starts and ends.
fn next(text: &'static str) -> Option<(usize, usize, Piece)> {
    let doc = text.find(FOLDER).and_then(|start| {
        let name = text[start + FOLDER.len()..].split_once(".md")?.0;
        let end = start + FOLDER.len() + name.len() + ".md".len();
        let is_name = name.bytes().all(|letter| letter.is_ascii_alphanumeric());
        is_name.then_some((start, end, Piece::Doc(name)))
    });
    let issues = PROJECTS.iter().filter_map(|(name, repository)| {
        let start = text.find(name)?;
        let behind = &text[start + name.len()..];
        let kinds = [" issues ", " issue ", " pull request "];
        let number = kinds.iter().find_map(|kind| behind.strip_prefix(kind))?;
        let first = text.len() - number.len();
        let length = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (number, end) = (&number[..length], first + length);
        let piece = Piece::Issue { text: &text[start..end], repository, number };
        (length > 0).then_some((start, end, piece))
    });
    doc.into_iter().chain(issues).min_by_key(|(start, ..)| *start)
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
        let issue = |text, repository, number| Piece::Issue { text, repository, number };
        assert_eq!(
            pieces(
                "docs/arithmetic.md, section 3; ONNX Runtime issues 27897 and 28447, oneDNN issue 5080"
            ),
            [
                doc("arithmetic"),
                text(", section 3; "),
                issue("ONNX Runtime issues 27897", "microsoft/onnxruntime", "27897"),
                text(" and 28447, "),
                issue("oneDNN issue 5080", "uxlfoundation/oneDNN", "5080"),
                text("")
            ]
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
                Piece::Text(_) | Piece::Issue { .. } => None,
            })
            .collect();
        assert!(named.len() > 2);
        for name in named {
            let file = format!("{}/docs/{name}.md", env!("CARGO_MANIFEST_DIR"));
            assert!(std::path::Path::new(&file).exists(), "{file}");
        }
    }
}
