//! `docs/embedding.md` says what the page does: its table of parameters is the schema's, its lines
//! are those of the Embed view.

use std::fs;
use std::path::Path;

use rampscope::state::schema::{PARAMETERS, Value};
use rampscope::state::{Deriver, State, link};
use rampscope::story::cite;
use rampscope::story::snippets::{Group, SOMEWHERE, snippets};

const HEAD: &str = "| key | what it is | type | values | default |\n|---|---|---|---|---|\n";

/// One of many keys is enough where another row has them all.
const ALL_KEYS: &str = "keys of this table";

fn table() -> String {
    let default = State::default();
    let row = |parameter: &rampscope::state::schema::Parameter| {
        let (kind, values) = parameter.kind.in_words();
        let values = if values.matches(',').count() > 40 { ALL_KEYS.to_string() } else { values };
        let value = parameter.get(&default);
        let value = value.as_ref().map_or_else(|| "auto".to_string(), Value::to_string);
        let value = if value.is_empty() { "none".to_string() } else { format!("`{value}`") };
        let unit = if parameter.unit.is_empty() {
            String::new()
        } else {
            format!(" ({})", parameter.unit)
        };
        let what = format!("{}{unit}. {}", parameter.label, parameter.help);
        format!("| `{}` | {what} | {kind} | {values} | {value} |\n", parameter.key)
    };
    PARAMETERS.iter().map(row).collect()
}

#[test]
fn the_table_of_parameters_is_the_schema() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/embedding.md");
    let text = fs::read_to_string(&file).expect("docs/embedding.md is there");
    let (before, kept) = text.split_once(HEAD).expect("it has the table");
    let table = table();
    if std::env::var_os("RAMPSCOPE_WRITE_TABLE").is_some() {
        fs::write(&file, format!("{before}{HEAD}{table}")).expect("the file is writable");
        return;
    }
    for (kept, now) in kept.lines().zip(table.lines()) {
        assert_eq!(
            kept, now,
            "the schema changed; write the table anew: RAMPSCOPE_WRITE_TABLE=1 cargo test --test embedding"
        );
    }
    assert_eq!(kept, table);
}

/// Lines as they stand in the documentation: with a preset, which a link cannot name.
fn documented(text: &str) -> String {
    text.replace("<ramp-scope show-controls", "<ramp-scope preset=\"one-pair\" show-controls")
        .replace("ramp show-controls", "ramp preset=\"one-pair\" show-controls")
}

#[test]
fn the_lines_for_each_tool_are_those_of_the_embed_view() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/embedding.md");
    let text = fs::read_to_string(&file).expect("docs/embedding.md is there");
    let (state, _) = link::read("#/embed?controls=at,engine");
    let derived = Deriver::default().derive(&state);
    let all = snippets(&state, &derived, SOMEWHERE);
    let mut held = 0;
    for snippet in all.iter().filter(|one| one.group == Group::Page) {
        let lines = snippet.text.as_ref().expect("every tool can show the default");
        let once = snippet.once.as_ref().map(|once| &once.text);
        for lines in once.into_iter().chain([lines]) {
            let block = format!("\n{}\n```", documented(lines));
            assert!(text.contains(&block), "{}:{block}", snippet.key);
            held += 1;
        }
    }
    assert_eq!(held, 11);
}

#[test]
fn citation_and_licence_are_the_same_everywhere() {
    let read = |name: &str| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        fs::read_to_string(file).expect("the file is text")
    };
    let citation = read("CITATION.cff");
    for line in [
        format!("title: \"{}\"", cite::TITLE),
        format!("  - name: \"{}\"", cite::AUTHORS),
        format!("version: {}", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(citation.lines().any(|one| one == line), "CITATION.cff has no line {line}");
    }
    let documented = read("docs/embedding.md").replace('\n', " ");
    assert!(documented.contains(cite::LICENCE), "docs/embedding.md has another licence");
    assert!(cite::bibtex("https://a.b/#/lab").contains("url = {https://a.b/#/lab}"));
}
