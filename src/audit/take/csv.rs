//! A line for each product, for a table.

use std::fmt::Write as _;

use crate::audit::said::FileSaid;
use crate::hits::share;

const HEAD: &str = "file,name,operator,tensor,fate,why,outputs,outputs_hit,pairs,unsafe_pairs,first_code,worst_output,worst_loss,worst_share";

/// All products of all files as CSV. A product without numbers has empty fields; a file that cannot be
/// used has none.
pub fn csv(files: &[FileSaid]) -> String {
    let mut text = format!("{HEAD}\n");
    for (file, line) in
        files.iter().flat_map(|file| file.lines.iter().map(move |line| (file, line)))
    {
        let texts =
            [&*file.file, &line.name, &line.op, &line.id.tensor, line.fate.word(), line.why];
        let texts = texts.map(field).join(",");
        let numbers = match &line.numbers {
            Some(one) => format!(
                "{},{},{},{},{},{},{},{}",
                one.rows,
                one.rows_hit,
                one.pairs,
                one.unsafe_pairs,
                one.first_code.map_or(String::new(), |code| code.to_string()),
                one.worst_row.map_or(String::new(), |row| row.to_string()),
                one.worst_loss,
                share(one.worst_share)
            ),
            None => ",,,,,,,".to_string(),
        };
        let _ = writeln!(text, "{texts},{numbers}");
    }
    text
}

/// A field; one that a program of tables would take for a formula is a text.
fn field(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_string() };
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_field_is_one_field_and_no_formula() {
        let fields = ["a", "a,b", "say \"a\"", "=1+1"].map(field);
        assert_eq!(fields, ["a", "\"a,b\"", "\"say \"\"a\"\"\"", "'=1+1"]);
    }
}
