//! The walls of the house: who may use whom, and where intrinsics may stand.

mod file_graph;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use file_graph::FileGraph;

/// Each room, and the rooms it may use. What the view shows is made above the arithmetic: it sees the
/// state, documents, scenes and the story, and names nothing below.
const RULES: &[(&str, &[&str])] = &[
    ("arith", &[]),
    ("kernel", &["arith"]),
    ("paste", &["arith", "kernel"]),
    ("evidence", &["arith", "kernel"]),
    ("machine", &["arith", "kernel"]),
    ("tensor", &["arith", "kernel", "paste"]),
    ("hits", &[]),
    ("audit", &["arith", "kernel", "tensor", "hits"]),
    ("explain", &["arith", "kernel", "paste"]),
    ("state", &["arith", "kernel", "paste", "evidence", "machine", "hits"]),
    ("documents", &["arith", "kernel", "evidence", "explain", "hits", "machine", "state"]),
    ("plot", &["arith", "kernel", "paste", "evidence", "machine", "state", "documents"]),
    ("story", &["arith", "kernel", "paste", "evidence", "machine", "state", "documents"]),
    ("view", &["state", "documents", "plot", "story"]),
    // It mounts what the view makes, and computes by itself.
    (
        "api",
        &[
            "arith",
            "kernel",
            "paste",
            "tensor",
            "audit",
            "evidence",
            "explain",
            "machine",
            "state",
            "documents",
            "plot",
            "story",
            "view",
        ],
    ),
];

/// The rooms that the command line may use.
const COMMAND_LINE: &[&str] = &["audit", "machine", "tensor"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("the entry is readable").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// Rooms named by `crate::room` in a source text.
fn rooms_used(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn nobody_uses_what_stands_above() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rooms: Vec<&str> = RULES.iter().map(|(room, _)| *room).collect();
    let mut seen = 0;
    for (room, allowed) in RULES {
        for path in sources(&src.join(room)) {
            let text = fs::read_to_string(&path).expect("the source is text");
            for used in rooms_used(&text) {
                // A type that the crate hands on from its root is named by its room.
                assert!(rooms.contains(&used), "{} names crate::{used}", path.display());
                assert!(used == *room || allowed.contains(&used), "{} uses {used}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "the test found only {seen} uses: does it still look at the sources?");
}

/// The command line is a program of its own: it names the crate's rooms from outside.
#[test]
fn the_command_line_needs_no_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
    let mut seen = 0;
    for path in sources(&folder) {
        let text = fs::read_to_string(&path).expect("the source is text");
        for rest in text.split("rampscope::").skip(1) {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            assert!(COMMAND_LINE.contains(&&rest[..end]), "{}: {}", path.display(), &rest[..end]);
            seen += 1;
        }
    }
    assert!(seen > 2, "the test found only {seen} uses: does it still look at the sources?");
}

#[test]
fn intrinsics_stay_in_the_kernel_and_browser_crates_in_view_and_api() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&src) {
        let text = fs::read_to_string(&path).expect("the source is text");
        let is_in = |room: &str| path.starts_with(src.join(room));
        if !is_in("kernel") {
            assert!(
                !text.contains("core::arch") && !text.contains("std::arch"),
                "{}",
                path.display()
            );
        }
        if !["view", "api"].into_iter().any(is_in) {
            for browser in ["web_sys", "js_sys", "wasm_bindgen::", "yew::", "gloo"] {
                let is_used = text.contains(&format!("use {browser}"));
                assert!(!is_used, "{} uses {browser}", path.display());
            }
        }
    }
}

#[test]
fn no_files_name_each_other_in_a_circle() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = BTreeMap::new();
    for path in sources(&src) {
        let inner = path.strip_prefix(&src).expect("it is within").with_extension("");
        let mut parts: Vec<&str> = inner.iter().filter_map(|part| part.to_str()).collect();
        // The whole, and the tests of a module.
        if matches!(parts.as_slice(), ["lib" | "main"] | [.., "tests"]) {
            continue;
        }
        if parts.last() == Some(&"mod") {
            parts.pop();
        }
        texts.insert(parts.join("::"), fs::read_to_string(&path).expect("the source is text"));
    }
    let found = FileGraph::new(&texts).circles();
    assert!(found.is_empty(), "in a circle: {found:#?}");
}

#[test]
fn circles_are_found_through_names_that_are_handed_on() {
    let circles = |files: &[(&str, &str)]| {
        let owned = files.iter().map(|(module, text)| (module.to_string(), text.to_string()));
        FileGraph::new(&owned.collect()).circles()
    };
    let room = ("room", "mod one;\nmod two;\npub use one::One;\npub use two::{self, Two as Also};");
    let one = ("room::one", "use super::{Also, one::Inner};\n// use super::two::Two;\n");
    let two = ("room::two", "fn two() -> crate::room::One { todo!() }");
    let found = circles(&[room, one, two]);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [["room::one", "room::two"]]);
    // A parent and its child, a comment, and what tests name are none.
    let alone =
        ("room::two", "// crate::room::One\n#[cfg(test)]\nmod tests {\n use super::super::One;\n}");
    assert!(circles(&[room, one, alone]).is_empty());
}

#[test]
fn the_policy_of_the_page_and_of_the_server_are_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("index.html")).expect("index.html is there");
    let trunk = fs::read_to_string(root.join("Trunk.toml")).expect("Trunk.toml is there");
    let (_, rest) = page.split_once("Content-Security-Policy\" content=\"").expect("a policy");
    let (policy, _) = rest.split_once('"').expect("the policy ends");
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'"), "{policy}");
    assert!(trunk.contains(policy), "Trunk.toml does not send the policy of index.html: {policy}");
}
