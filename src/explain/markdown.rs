//! [`markdown`]: the answer for an issue.

use super::explanation::{Explanation, SeenExplanation};
use super::words::number;

/// Lines of its table, the head left out.
const MOST_LINES: usize = 6;

/// The sentence, numbers that differ in a table of at most six lines, what makes the difference with its
/// source, and a link to the entry where there is one.
pub fn markdown(explained: &Explanation, link: Option<&str>) -> String {
    let mut parts = vec![format!("**{}**", explained.sentence)];
    parts.extend(table(&explained.seen));
    let findings = explained.findings.iter();
    let lines: Vec<String> = findings
        .map(|one| format!("- *{}*: {} ({})", one.code.name(), one.sentence, one.source))
        .collect();
    if !lines.is_empty() {
        parts.push(lines.join("\n"));
    }
    if !explained.verdict.sentence.is_empty() {
        parts.push(format!("{} ({})", explained.verdict.sentence, explained.verdict.source));
    }
    if let Some(link) = link {
        parts.push(format!("[Explained number by number]({link})"));
    }
    parts.join("\n\n") + "\n"
}

fn table(seen: &[SeenExplanation]) -> Option<String> {
    let mut lines = Vec::new();
    for one in seen {
        for (row, line) in one.values.iter().enumerate() {
            for (column, value) in line.iter().enumerate() {
                if !one.differs[row][column] {
                    continue;
                }
                let [down, along] = if one.is_turned { [column, row] } else { [row, column] };
                let (row_at, output) = (one.place[0] + down, one.place[1] + along);
                let (value, expected) = (number(*value), number(one.expected[row][column]));
                let label = if one.label.is_empty() { "seen" } else { &one.label };
                lines.push(format!("| {row_at} | {output} | {label} | {value} | {expected} |"));
            }
        }
    }
    let more = lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0);
    if more.is_some() {
        lines.truncate(MOST_LINES - 1);
        let left = more.unwrap_or_default() + 1;
        lines.push(format!("| … | | {left} more | | |"));
    }
    let head = "| row | output | | number | exact |\n|---|---|---|---|---|";
    (!lines.is_empty()).then(|| format!("{head}\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{Draft, explain};

    fn of(draft: &str) -> String {
        let entry = Draft::read(draft).entry().expect("it is an entry");
        markdown(&explain(&entry).expect("it fits"), Some("https://example.org/#/check"))
    }

    #[test]
    fn an_answer_is_short_and_complete() {
        let text = of("a=255,255;at=u8;b=127,127;bt=s8;seen=32767");
        assert!(text.starts_with("**32767 is the pair (0, 1) at its rail"), "{text}");
        assert!(text.contains("| 0 | 0 | seen | 32767 | 64770 |"), "{text}");
        assert!(text.contains("- *pair clamps*: "), "{text}");
        assert!(text.ends_with("[Explained number by number](https://example.org/#/check)\n"));
    }

    #[test]
    fn a_table_has_six_lines_at_most() {
        let row = "255,255\\n".repeat(9);
        let seen = "32767\\n".repeat(9);
        let text = of(&format!("a={row};at=u8;b=127,127;bt=s8;of=rows;seen={seen}"));
        let lines = text.lines().filter(|line| line.starts_with("| ")).count();
        assert_eq!(lines, 1 + MOST_LINES, "{text}");
        assert!(text.contains("| … | | 4 more | | |"), "{text}");
    }
}
