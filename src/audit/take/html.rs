//! A page of its own, which opens from a disk.

use std::fmt::Write as _;

use super::Cells;
use crate::audit::fate::Fate;
use crate::audit::said::{FileSaid, Line};

/// Bytes of a page.
const MOST_BYTES: usize = 190_000;
/// The page's look, of www/styles/theme.css.
const STYLE: &str = include_str!("report.css");

/// What is said of files as a page in itself, of at most 200 kB: products that do not fit are counted.
pub fn html(files: &[FileSaid]) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{} · Rampscope</title>\n<style>\n{STYLE}</style>\n<main>\n<h1>Which outputs can saturate</h1>\n<p class=\"hint\">What can be lost in the 16-bit pairs of int8 products on x86 without VNNI, counted from the weights. Worst case: some input reaches it, a usual one need not.</p>\n",
        escaped(files.first().map_or("no file", |file| &file.file)),
    );
    for file in files {
        section(file, &mut page);
    }
    page.push_str("</main>\n</html>\n");
    page
}

fn section(file: &FileSaid, page: &mut String) {
    let _ = writeln!(page, "<section>\n<h2>{}</h2>", escaped(&file.file));
    let class = if file.outcome == "error" { " class=\"wrong\"" } else { "" };
    if let Some(happens) = &file.happens {
        let _ = writeln!(page, "<p class=\"said\">{}</p>", escaped(happens));
    }
    let _ = writeln!(page, "<p class=\"said\"><span{class}>{}</span></p>", escaped(&file.sentence));
    for more in [file.cure, file.remark.as_deref()].into_iter().flatten() {
        let _ = writeln!(page, "<p>{}</p>", escaped(more));
    }
    for (name, why) in file.broken.iter().take(100) {
        let _ = writeln!(page, "<p class=\"wrong\">{}: {}</p>", escaped(name), escaped(why));
    }
    if !file.lines.is_empty() {
        page.push_str("<div class=\"scroll\"><table>\n<tr><th>product<th>fate<th>outputs hit<th>loses at most<th>from code<th>why</tr>\n");
        let mut left = 0;
        for line in &file.lines {
            if page.len() > MOST_BYTES {
                left += 1;
                continue;
            }
            row(line, page);
        }
        page.push_str("</table></div>\n");
        if left > 0 {
            let _ = writeln!(
                page,
                "<p class=\"hint\">{left} products more; CSV and JSON have all.</p>"
            );
        }
    }
    page.push_str("</section>\n");
}

fn row(line: &Line, page: &mut String) {
    let Cells { hit, share, first } = Cells::of(line);
    let class = if line.fate >= Fate::Can { " class=\"hit\"" } else { "" };
    let _ = writeln!(
        page,
        "<tr{class}><th>{}<td>{}<td>{hit}<td>{share}<td>{first}<td>{}</tr>",
        escaped(&line.name),
        line.fate.word(),
        escaped(line.why)
    );
    for sample in &line.samples {
        let _ = writeln!(page, "<tr><td><td colspan=\"5\">{}</tr>", escaped(sample));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
