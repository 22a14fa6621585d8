//! What restates the table of engines says the same: texts, recordings, sentences.

use std::fs;
use std::path::{Path, PathBuf};

use rampscope::arith::{Engine, Group, Linear, Provenance, QParams, RowShape};
use rampscope::state::describe;
use rampscope::state::schema::MOST_INPUTS;

fn read(name: impl AsRef<Path>) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The files that tell people what to type.
fn texts() -> impl Iterator<Item = PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["", "docs", "www/pkg", "www/embed", "examples/embed"].map(|one| root.join(one));
    let files = folders.into_iter().flat_map(|folder| {
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
    });
    files.map(|entry| entry.expect("readable").path()).filter(|path| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("md" | "html" | "mjs" | "js" | "py" | "rst"))
    })
}

#[test]
fn engines_named_in_texts_are_there() {
    let mut named = 0;
    for path in texts() {
        let text = read(&path);
        for before in ["engine=", "engine=\"", "engine: '", "engine: \"", "\"engine\": \""] {
            for after in text.split(before).skip(1) {
                let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let key = &after[..end.unwrap_or(after.len())];
                // PyTorch's own names, and a quotation mark before one of ours.
                if !key.contains('_') || key.is_empty() {
                    continue;
                }
                assert!(Engine::from_key(key).is_some(), "{}: engine {key}", path.display());
                named += 1;
            }
        }
    }
    assert!(named >= 3, "the test found only {named} keys: does it still look at the texts?");
}

#[test]
fn what_is_known_says_where_it_is_written() {
    for &engine in Engine::ALL {
        let is_theory = engine.provenance() == Provenance::Theory;
        assert_eq!(engine.family().info().variant.is_none(), is_theory, "{engine:?}");
        assert_eq!(engine.source().contains("forum thread"), is_theory, "{engine:?}");
    }
}

/// The sentences of `state/describe`, `PairVerdict` and kinks in closed form speak of two products, or of
/// one alone.
#[test]
fn sentences_know_the_groups_of_every_engine() {
    for &engine in Engine::ALL {
        for kernel in [[1, 1], [1, 3], [2, 2], [3, 3], [5, 5], [7, 7]] {
            for inputs in 1..=MOST_INPUTS {
                let group = engine.accumulator().over(RowShape::new(inputs, kernel)).group;
                let sizes = group.of(inputs).map(|ks| ks.count()).collect::<Vec<_>>();
                assert!(sizes.iter().all(|size| *size <= 2), "{engine:?}: {group:?}, K = {inputs}");
                // Words for which two there are.
                let layer = Linear::new(
                    inputs,
                    1,
                    vec![0; inputs],
                    vec![QParams { scale: 1.0, zero_point: 0 }],
                    false,
                    QParams { scale: 1.0, zero_point: 0 },
                    QParams { scale: 1.0, zero_point: 0 },
                );
                let layer = layer.expect("it fits").with_kernel(kernel);
                let is_neighbours = group == Group::NEIGHBOURS;
                let said = describe::partners(engine, &layer);
                let plain = said == "two neighbours";
                assert!(plain || !is_neighbours, "{engine:?}: {said} at K = {inputs}");
                let other = group.of(inputs).map(Vec::from_iter);
                let differs = other.ne(Group::NEIGHBOURS.of(inputs).map(Vec::from_iter));
                assert!(!(plain && differs), "{engine:?}: {group:?} at K = {inputs}");
            }
        }
    }
}
