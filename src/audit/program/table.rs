//! What `rampscope audit` prints of a file.

use std::fmt::Write as _;

use crate::audit::fate::{CpuClass, Fate};
use crate::audit::on::CPUS;
use crate::audit::report::{FileReport, How};
use crate::audit::said::FileSaid;
use crate::audit::sorted::Sorted;
use crate::audit::totals::Totals;
use crate::hits::percent;

/// Lines of a table.
const MOST_LINES: usize = 40;

/// Operators of libraries of which it is told where a product is hit.
const MOST_OPERATORS: usize = 6;
/// What is said of a reason that no run has shown.
const READ: &str = " (read in ONNX Runtime’s source, not measured)";

/// A file in a sentence, then a line for each product, those that can saturate first.
pub(super) fn printed(file: &FileReport, class: CpuClass) -> String {
    let said = FileSaid::of(file, class);
    let mut text = format!("{}: {}\n", said.file, said.text());
    if let Some(remark) = &said.remark {
        let _ = writeln!(text, "  note: {remark}");
    }
    for (name, why) in &said.broken {
        let _ = writeln!(text, "  not judged: {name}: {why}");
    }
    if said.lines.is_empty() {
        return text;
    }
    let _ = writeln!(
        text,
        "  {:<8} {:>13} {:>10} {:>10}  name: why",
        "", "outputs hit", "at most", "from code"
    );
    for line in said.lines.iter().take(MOST_LINES) {
        // Numbers of pairs that no kernel adds would say what is not so.
        let is_so =
            |one: &&Totals| !line.is_would_be && (line.fate >= Fate::Can || one.rows_hit == 0);
        let (hit, share, code) = match line.numbers.as_ref().filter(is_so) {
            Some(one) => (
                format!("{}/{}", one.rows_hit, one.rows),
                percent(one.worst_share),
                one.first_code.map_or("–".into(), |code| code.to_string()),
            ),
            None => ("–".into(), "–".into(), "–".into()),
        };
        let (name, why, word) = (&line.name, line.why, line.fate.word());
        let how = if line.how == Some(How::Read) { READ } else { "" };
        let _ = writeln!(text, "  {word:<8} {hit:>13} {share:>10} {code:>10}  {name}: {why}{how}");
        for sample in &line.samples {
            let _ = writeln!(text, "{:>12}{sample}", "");
        }
    }
    if let Some(more) = said.lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        let _ = writeln!(text, "  {more} more; --json has all.");
    }
    text.push_str(&on(file));
    text
}

/// Where any product of a file is hit, by libraries' operators: nothing where no product is hit anywhere.
fn on(file: &FileReport) -> String {
    let mut text = String::new();
    let mut worst: Sorted<&str, Sorted<&str, Fate>> = Sorted::new();
    for tensor in file.tensors.iter().flatten() {
        for (operator, fates) in tensor.on.iter() {
            let known = worst.or_default(operator);
            for (cpu, fate) in fates.iter() {
                let most = known.get(cpu).map_or(*fate, |known| *fate.max(known));
                known.insert(cpu, most);
            }
        }
    }
    let is_hit = |fates: &Sorted<&str, Fate>| fates.values().any(|fate| *fate >= Fate::Can);
    if !worst.values().any(is_hit) {
        return text;
    }
    for (operator, fates) in worst.iter().take(MOST_OPERATORS) {
        let parts = [Fate::Does, Fate::Can, Fate::Unknown, Fate::Cannot].map(|fate| {
            let cpus = CPUS.iter().map(|(cpu, _)| *cpu);
            let cpus: Vec<&str> = cpus.filter(|cpu| fates.get(cpu) == Some(&fate)).collect();
            (!cpus.is_empty()).then(|| format!("{} on {}", fate.word(), cpus.join(", ")))
        });
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let _ = writeln!(text, "  {operator}: {}", parts.join("; "));
    }
    if let Some(more) = worst.values().count().checked_sub(MOST_OPERATORS).filter(|more| *more > 0)
    {
        let _ =
            writeln!(text, "  {more} more operators of libraries; --json has all, with reasons.");
    }
    text
}
