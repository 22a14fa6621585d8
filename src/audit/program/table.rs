//! What `rampscope audit` prints of a file.

use std::fmt::Write as _;

use crate::audit::fate::CpuClass;
use crate::audit::report::FileReport;
use crate::audit::said::FileSaid;

/// Lines of a table.
const MOST_LINES: usize = 40;

/// A file in a sentence, then a line for each product, those that can saturate first.
pub(super) fn printed(file: &FileReport, class: CpuClass) -> String {
    let said = FileSaid::of(file, class);
    let mut text = format!("{}: {}\n", said.file, said.text());
    if said.lines.is_empty() {
        return text;
    }
    let _ = writeln!(
        text,
        "  {:<8} {:>13} {:>10} {:>10}  name: why",
        "", "outputs hit", "at most", "from code"
    );
    for line in said.lines.iter().take(MOST_LINES) {
        let (hit, share, code) = match line.numbers.as_ref().filter(|_| !line.is_would_be) {
            Some(one) => (
                format!("{}/{}", one.rows_hit, one.rows),
                format!("{:.2} %", one.worst_share * 100.0),
                one.first_code.map_or("–".into(), |code| code.to_string()),
            ),
            None => ("–".into(), "–".into(), "–".into()),
        };
        let (name, why, word) = (&line.name, line.why, line.fate.word());
        let _ = writeln!(text, "  {word:<8} {hit:>13} {share:>10} {code:>10}  {name}: {why}");
        for sample in &line.samples {
            let _ = writeln!(text, "{:>12}{sample}", "");
        }
    }
    if let Some(more) = said.lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        let _ = writeln!(text, "  {more} more; --json has all.");
    }
    text
}
