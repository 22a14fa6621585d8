//! An answer as Markdown for an issue: the sentences, a small table, and what the page adds.

use std::fmt::Write as _;

use super::code_type::CodeType;
use super::explanation::{Explanation, SeenExplanation};
use super::words;

/// Lines of the table: its head and at most four rows.
const MOST_ROWS: usize = 4;

/// What the page has beside the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The address of a picture.
    pub picture: Option<&'a str>,
    /// The address that shows the same, to check it.
    pub link: Option<&'a str>,
}

impl Explanation {
    /// The answer as Markdown for an issue: sentences, a table of at most six lines, a picture and a
    /// link where the page has them.
    pub fn markdown(&self, shown: Shown<'_>) -> String {
        let mut text = format!("{}\n", escaped(&self.sentence));
        let table = self.table();
        if !table.is_empty() {
            let _ = write!(text, "\n{table}");
        }
        // What was said already is not said twice.
        let verdict = self.verdict.sentence;
        if !self.sentence.contains(verdict) {
            let _ = writeln!(text, "\n{verdict} ({})", self.verdict.source);
        }
        for note in &self.notes {
            let _ = writeln!(text, "\n{}", escaped(note));
        }
        if let Some(picture) = shown.picture {
            let _ =
                writeln!(text, "\n![What was seen beside the exact result]({})", address(picture));
        }
        if let Some(link) = shown.link {
            let _ = writeln!(text, "\n[The same, to check]({})", address(link));
        }
        text
    }

    /// A row for each result; empty without one.
    fn table(&self) -> String {
        if self.seen.is_empty() {
            return String::new();
        }
        let rows: Vec<[String; 4]> = self.seen.iter().map(row).collect();
        let mut text = "| where | seen | exact | given by |\n|---|---|---|---|\n".to_string();
        let kept = if rows.len() > MOST_ROWS { MOST_ROWS - 1 } else { rows.len() };
        for [label, seen, expected, by] in &rows[..kept] {
            let _ = writeln!(text, "| {label} | {seen} | {expected} | {by} |");
        }
        if rows.len() > kept {
            let _ = writeln!(text, "| … and {} more | | | |", rows.len() - kept);
        }
        text
    }
}

/// A result: where, its number that is farthest off, the exact one, and what gives it.
fn row(seen: &SeenExplanation) -> [String; 4] {
    let values = seen.values.iter().flatten().zip(seen.expected.iter().flatten());
    let off = |(seen, expected): &(&f64, &f64)| (*seen - *expected).abs();
    // The first of equals.
    let mut worst: Option<(&f64, &f64)> = None;
    for two in values {
        if worst.is_none_or(|known| off(&two) > off(&known)) {
            worst = Some(two);
        }
    }
    let (value, expected) = worst.map_or((0.0, 0.0), |(seen, expected)| (*seen, *expected));
    let all = seen.values.iter().flatten().count();
    let differing = seen.differs.iter().flatten().filter(|differs| **differs).count();
    let of = match all {
        1 => String::new(),
        _ => format!(" ({differing} of {all} differ)"),
    };
    let by = match (seen.matches.first(), seen.nearest.is_some()) {
        (Some(found), _) => match found.reading.map(|reading| reading.types) {
            Some(types) => {
                let [a, b] = types.map(CodeType::name);
                format!("{} ({a} × {b})", found.words)
            }
            None => found.words.clone(),
        },
        (None, _) => "nothing that was tried".into(),
    };
    let label = if seen.label.is_empty() { "seen" } else { &seen.label };
    [escaped(label), format!("{}{of}", words::number(value)), words::number(expected), escaped(&by)]
}

/// A text of a person's in a line of Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for mark in text.chars() {
        match mark {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '@' | '#' => {
                out.push('\\');
                out.push(mark);
            }
            mark => out.push(mark),
        }
    }
    out
}

/// An address that ends where it ends.
fn address(address: &str) -> String {
    let clean: String =
        address.chars().filter(|c| !c.is_whitespace() && !matches!(c, '<' | '>')).collect();
    format!("<{clean}>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{Entry, Seen, Types, explain};

    fn entry(labels: &[&str]) -> Entry {
        let seen = |(at, label): (usize, &&str)| Seen {
            label: (*label).into(),
            values: if at % 2 == 0 { 32_767.0 } else { 64_770.0 }.into(),
            ..Seen::default()
        };
        Entry {
            a: vec![255.0, 255.0].into(),
            b: vec![127.0, 127.0].into(),
            types: Types { a: Some(CodeType::U8), b: Some(CodeType::S8), output: None },
            seen: labels.iter().enumerate().map(seen).collect(),
            ..Entry::default()
        }
    }

    #[test]
    fn it_says_the_numbers_and_leads_back() {
        let answer = explain(&entry(&["machine 1", "by hand"])).expect("it fits");
        let shown = Shown {
            picture: Some("https://example.org/p.png"),
            link: Some("https://example.org/#/check?v=1"),
        };
        let text = answer.markdown(shown);
        for line in [
            "| where | seen | exact | given by |",
            "| machine 1 | 32767 | 64770 | pairs that saturate at 16 bits (u8 × s8) |",
            "| by hand | 64770 | 64770 | the exact sum (u8 × s8) |",
            "![What was seen beside the exact result](<https://example.org/p.png>)",
            "[The same, to check](<https://example.org/#/check?v=1>)",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}\n{text}");
        }
        assert!(text.starts_with("machine 1: 32767 is the pair (0, 1) at its rail"), "{text}");
    }

    #[test]
    fn the_table_has_at_most_six_lines() {
        for count in 1..=8 {
            let labels = ["a", "b", "c", "d", "e", "f", "g", "h"];
            let answer = explain(&entry(&labels[..count])).expect("it fits");
            let text = answer.markdown(Shown::default());
            let lines = text.lines().filter(|line| line.starts_with('|')).count();
            assert_eq!(lines, 2 + count.min(4), "{text}");
            assert_eq!(text.contains("more"), count > 4);
        }
    }

    #[test]
    fn a_label_stays_a_text() {
        let answer = explain(&entry(&["a|b\n<img> *x*"])).expect("it fits");
        let text = answer.markdown(Shown { link: Some("x> y"), picture: None });
        assert!(text.contains("| a\\|b &lt;img> \\*x\\* | 32767 |"), "{text}");
        assert!(text.contains("[The same, to check](<xy>)"), "{text}");
    }
}
