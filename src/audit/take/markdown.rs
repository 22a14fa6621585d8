//! At most twelve lines for a pull request.

use std::fmt::Write as _;

use super::Cells;
use crate::audit::fate::Fate;
use crate::audit::said::{FileSaid, Line};

/// Lines of the text.
const MOST_LINES: usize = 12;
/// Rows of the table.
const MOST_ROWS: usize = 4;
/// Characters of a name.
const MOST_NAME: usize = 80;

/// What is said of files, in at most twelve lines: a sentence for each, and the worst products of one file.
/// `link`: an address that shows the verdict.
pub fn markdown(files: &[FileSaid], link: Option<&str>) -> String {
    let mut lines: Vec<String> = Vec::new();
    let table = match files {
        [file] => table(file),
        _ => Vec::new(),
    };
    let link = link.map(|link| format!("[The verdict]({link}) by Rampscope"));
    let room = MOST_LINES - table.len() - link.iter().len() - usize::from(!table.is_empty());
    for file in files.iter().take(room) {
        lines.push(format!("- **{}**: {}", escaped(&file.file), escaped(&file.text())));
    }
    if files.len() > room {
        lines.truncate(room - 1);
        lines.push(format!("- and {} files more", files.len() + 1 - room));
    }
    if !table.is_empty() {
        lines.push(String::new());
        lines.extend(table);
    }
    lines.extend(link);
    lines.join("\n") + "\n"
}

/// The worst products that are hit, with how many more there are.
fn table(file: &FileSaid) -> Vec<String> {
    let hit: Vec<&Line> = file.lines.iter().filter(|line| line.fate >= Fate::Can).collect();
    if hit.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![
        "| product | outputs | loses at most | from code |".to_string(),
        "|---|---|---|---|".to_string(),
    ];
    for line in hit.iter().take(MOST_ROWS) {
        let Cells { hit, share, first } = Cells::of(line);
        lines.push(format!("| {} | {hit} | {share} | {first} |", escaped(&short(&line.name))));
    }
    if let Some(more) = hit.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
        lines.push(format!("| and {more} more | | | |"));
    }
    lines
}

/// A name of which the end tells most.
fn short(name: &str) -> String {
    let length = name.chars().count();
    match length.checked_sub(MOST_NAME) {
        Some(more) if more > 0 => {
            let end: String = name.chars().skip(more + 1).collect();
            format!("…{end}")
        }
        _ => name.to_string(),
    }
}

/// A text as it is, in a table, too.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' => {
                let _ = write!(escaped, "\\{letter}");
            }
            '\n' | '\r' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}
