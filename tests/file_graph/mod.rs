//! Which file of the crate names which, by its `use` lines and the paths in its code.

use std::collections::{BTreeMap, BTreeSet};

/// A path of modules, and of a name at the end.
type Path = Vec<String>;

/// Each file by its module, with the modules whose files it names. A file and the files of its own
/// submodules are one: what they name of each other is left out.
pub struct FileGraph(BTreeMap<String, BTreeSet<String>>);

/// What a file says.
struct File {
    /// The names that it brings in or hands on, with what they stand for.
    names: BTreeMap<String, Path>,
    /// Every path that it names.
    paths: Vec<Path>,
}

impl FileGraph {
    /// The graph of some files, each with its module (`plot::draw`) and its text. What tests name is
    /// left out.
    pub fn new(sources: &BTreeMap<String, String>) -> FileGraph {
        let files: BTreeMap<&String, File> =
            sources.iter().map(|(module, text)| (module, read(module, text, sources))).collect();
        let named = |module: &String, file: &File| -> BTreeSet<String> {
            let all = file.paths.iter().filter_map(|path| home(&files, path.clone()));
            all.filter(|other| !is_family(module, other)).collect()
        };
        FileGraph(
            files.iter().map(|(module, file)| ((*module).clone(), named(module, file))).collect(),
        )
    }

    /// Files that name each other round in a circle, each set of them in order.
    pub fn circles(&self) -> BTreeSet<Vec<String>> {
        let reached: BTreeMap<&String, BTreeSet<&String>> =
            self.0.keys().map(|module| (module, self.reached(module))).collect();
        let circle = |module: &String| -> Vec<String> {
            let all = reached[module].iter().filter(|other| reached[**other].contains(module));
            all.map(|other| (*other).clone()).collect()
        };
        self.0.keys().map(circle).filter(|circle| !circle.is_empty()).collect()
    }

    /// Whatever a file leads to; itself only by a circle.
    fn reached<'a>(&'a self, module: &'a String) -> BTreeSet<&'a String> {
        let mut reached = BTreeSet::new();
        let mut open = vec![module];
        while let Some(module) = open.pop() {
            open.extend(self.0[module].iter().filter(|next| reached.insert(*next)));
        }
        reached
    }
}

/// Whether one is the other's submodule, at any depth.
fn is_family(one: &str, other: &str) -> bool {
    let is_within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    is_within(one, other) || is_within(other, one)
}

/// The file in which what a path names is at home: names that a file hands on are followed.
fn home(files: &BTreeMap<&String, File>, mut path: Path) -> Option<String> {
    // A chain of more is none.
    for _ in 0..8 {
        let module = (1..=path.len())
            .rev()
            .map(|length| path[..length].join("::"))
            .find(|module| files.contains_key(module))?;
        let inner = module.split("::").count();
        match path.get(inner).and_then(|name| files[&module].names.get(name)) {
            Some(real) => path = real.iter().chain(&path[inner + 1..]).cloned().collect(),
            None => return Some(module),
        }
    }
    None
}

fn read(module: &str, text: &str, sources: &BTreeMap<String, String>) -> File {
    let text = code(text);
    let mut file = File { names: BTreeMap::new(), paths: Vec::new() };
    let mut rest = text.as_str();
    let mut other = String::new();
    while let Some(at) = rest.find("use ") {
        let (before, from) = rest.split_at(at);
        other.push_str(before);
        let is_word = before.chars().next_back().is_none_or(char::is_whitespace);
        let Some((tree, after)) = from["use ".len()..].split_once(';').filter(|_| is_word) else {
            other.push_str("use ");
            rest = &from["use ".len()..];
            continue;
        };
        for (path, name) in branches(&tree.split_whitespace().collect::<Vec<_>>().join(" ")) {
            let Some(path) = absolute(module, &path, sources) else { continue };
            file.names.insert(name, path.clone());
            file.paths.push(path);
        }
        rest = after;
    }
    other.push_str(rest);
    file.paths.extend(inline(&other).filter_map(|path| absolute(module, &path, sources)));
    file
}

/// A text without comments, and without its tests, which stand at its end.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let line = |line: &str| line.split("//").next().unwrap_or_default().to_string();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Every path of a `use`, with the name that it has from there on.
fn branches(tree: &str) -> Vec<(String, String)> {
    let tree = tree.trim();
    let Some((stem, inside)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let path = path.trim().trim_end_matches("::self");
        let last = path.rsplit("::").next().unwrap_or(path);
        return vec![(path.to_string(), if name.is_empty() { last } else { name }.to_string())];
    };
    let inside = inside.trim().strip_suffix('}').unwrap_or(inside);
    let (mut depth, mut from, mut found) = (0, 0, Vec::new());
    for (at, mark) in inside.char_indices().chain([(inside.len(), ',')]) {
        match mark {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let piece = inside[from..at].trim();
                if !piece.is_empty() {
                    found.extend(branches(&format!("{}{piece}", stem.trim())));
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// Paths in code that begin at the crate or above.
fn inline(text: &str) -> impl Iterator<Item = String> {
    let is_part = |mark: char| mark.is_alphanumeric() || mark == '_' || mark == ':';
    let words = text.split(move |mark| !is_part(mark));
    words
        .filter(|word| word.starts_with("crate::") || word.starts_with("super::"))
        .map(|word| word.trim_end_matches(':').to_string())
}

/// A path from the crate's root; `None` for what is not of the crate.
fn absolute(module: &str, path: &str, sources: &BTreeMap<String, String>) -> Option<Path> {
    let mut here: Path = module.split("::").map(str::to_string).collect();
    let mut parts = path.split("::").peekable();
    match *parts.peek()? {
        "crate" => {
            parts.next();
            here.clear();
        }
        "self" => drop(parts.next()),
        "super" => {
            while parts.next_if_eq(&"super").is_some() {
                here.pop();
            }
        }
        child => {
            let _ = sources.get(&format!("{module}::{child}"))?;
        }
    }
    here.extend(parts.map(str::to_string));
    Some(here)
}
