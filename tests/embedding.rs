//! The table of parameters in `docs/embedding.md` is the schema's.

use std::fs;
use std::path::Path;

use rampscope::state::State;
use rampscope::state::schema::{PARAMETERS, Value};

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
