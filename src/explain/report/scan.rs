//! Finds numbers in a text: bracketed lists and matrices, and single numbers that a word names.

use super::super::numbers::Numbers;
use super::blocks::{Span, blocks, floor, number};
use super::candidate::{Candidate, MOST_CANDIDATES, Role, Side};
use super::fills::fills;
use super::named::{self, Named};
use super::names;
use super::nested::lists;
use crate::paste;

/// Characters before and after numbers that are looked at for words.
const NEAR: usize = 60;

/// Whether a number is a part of something: of `127*2`, of `83 of 505`, of `±127`, of `f(x) - 42`.
fn is_part(before: &str, after: &str) -> bool {
    let is_counted = after.trim_start().strip_prefix("of ").is_some_and(starts_with_number);
    let before = before.trim_end();
    // What it is a part of was counted before.
    let is_whole = before.trim_start() == "of";
    let is_term = before.strip_suffix(['-', '+', '/']).is_some_and(|left| {
        left.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ')' || c == ']')
    });
    is_counted
        || is_whole
        || is_term
        || after.trim_start().starts_with(['*', '·', '×', '%'])
        || before.ends_with(['*', '·', '×', '±'])
}

fn starts_with_number(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Every candidate of a text, in order; the first [`MOST_CANDIDATES`].
pub(super) fn candidates(text: &str) -> Vec<Candidate> {
    let text = &uncommented(text);
    let fills = fills(text);
    let (mut lists, indexes) = lists(text);
    lists.retain(|list| {
        let next = fills.partition_point(|fill| fill.end <= list.start);
        fills.get(next).is_none_or(|fill| list.end <= fill.start)
    });
    lists.extend(fills);
    let mut taken: Vec<(usize, usize)> = lists.iter().map(|list| (list.start, list.end)).collect();
    taken.extend(indexes);
    taken.sort_unstable();
    lists.extend(blocks(text, &taken));
    lists.sort_by_key(|list| list.start);
    taken.extend(lists.iter().map(|list| (list.start, list.end)));
    taken.sort_unstable();
    let singles = singles(text, &taken);
    let mut spans: Vec<&Span> = lists.iter().chain(&singles).collect();
    spans.sort_by_key(|span| span.start);
    let mut found = Vec::new();
    let mut place = Place { at: 0, line_start: 0, line: 1, column: 1 };
    // Where the last numbers ended, and the last list.
    let (mut last, mut last_list) = (0, 0);
    // Whose codes that list has.
    let mut listed: Option<Side> = None;
    for span in spans {
        place = place.moved(text, span.start);
        let is_list = !matches!(span.numbers, Numbers::One(_));
        let near = |from: usize| from.max(floor(text, span.start.saturating_sub(NEAR)));
        let until = floor(text, (span.end + NEAR).min(text.len()));
        let after = text[span.end..until].split(['\n', ';', '[', '{']).next().unwrap_or_default();
        let line = &text[last_list.max(place.line_start)..span.start];
        let nearby = &text[near(place.line_start)..span.start];
        let mut before = &text[near(last.max(place.line_start))..span.start];
        let mut named = if is_list {
            before = &text[near(last_list.max(place.line_start))..span.start];
            let is_below = line.trim().is_empty() && last_list <= place.line_start;
            match heading(text, last_list, place.line_start).filter(|_| is_below) {
                Some((from, heading)) => {
                    before = heading;
                    // Words behind its numbers lead on to this list; those before name it.
                    let lead = Named::list(&text[from.max(last)..place.line_start], after, false);
                    let is_lead = lead.role.is_some();
                    if is_lead { lead } else { Named::list(heading, after, true) }
                }
                None => Named::list(before, after, false),
            }
        } else {
            Named::number(nearby, before, after)
        };
        last = span.end;
        if is_list {
            last_list = span.end;
        }
        match &mut named.role {
            // What stands behind a list is about it.
            Some(Role::ZeroPoint(whose @ None) | Role::Scale(whose @ None)) => {
                let of_list = || listed.filter(|_| last_list > place.line_start);
                *whose = named::subject(line).or_else(of_list);
            }
            // `757.5 with scale 15`, `quantize_per_tensor(757.5`.
            role @ None if is_quantized(before, after) => *role = Some(Role::Codes(Side::A)),
            _ => {}
        }
        // A number by itself is one of very many.
        let is_nothing = match span.numbers {
            Numbers::One(value) => {
                named.role.is_none()
                    || is_part(before, after)
                    || names::is_version(&named.name, value)
            }
            _ => false,
        };
        if is_nothing {
            continue;
        }
        if is_list {
            listed = match named.role {
                Some(Role::Codes(side)) => Some(side),
                _ => None,
            };
        }
        found.push(Candidate {
            numbers: span.numbers.clone(),
            line: place.line,
            column: place.column,
            name: paste::clip(&named.name),
            around: [paste::clip(before.trim()), paste::clip(after.trim())],
            role: named.role,
            code_type: named.code_type,
        });
        if found.len() == MOST_CANDIDATES {
            break;
        }
    }
    found
}

/// A place in a text: a byte, where its line begins, its line and its character in it, both from 1.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    line_start: usize,
    line: usize,
    column: usize,
}

impl Place {
    fn moved(mut self, text: &str, to: usize) -> Place {
        for (next, mark) in text[self.at..to].char_indices() {
            self.column += 1;
            if mark == '\n' {
                (self.line_start, self.column) = (self.at + next + 1, 1);
                self.line += 1;
            }
        }
        Place { at: to, ..self }
    }
}

/// The text with blanks for what marks a comment or a quotation at the start of a line, and with
/// decimal numbers for hexadecimal ones; every byte stays where it is.
fn uncommented(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '\t', '#', '>', '/']);
        plain.extend(std::iter::repeat_n(' ', line.len() - body.len()));
        let mut rest = body;
        while let Some((before, after)) = rest.split_once("0x") {
            plain.push_str(before);
            let length = after.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(after.len());
            match u32::from_str_radix(&after[..length], 16) {
                Ok(value) if !before.ends_with(|c: char| c.is_ascii_alphanumeric()) => {
                    plain.push_str(&format!("{value:<0$}", length + 2));
                }
                _ => {
                    plain.push_str("0x");
                    plain.push_str(&after[..length]);
                }
            }
            rest = &after[length..];
        }
        plain.push_str(rest);
    }
    plain
}

/// The last line above that has words, behind the last list: where it begins, and its end.
fn heading(text: &str, last_list: usize, line_start: usize) -> Option<(usize, &str)> {
    let above = text.get(last_list..line_start)?.trim_end();
    let line = above.rfind('\n').map_or(0, |newline| newline + 1);
    let from = line.max(floor(above, above.len().saturating_sub(2 * NEAR)));
    let line = above[from..].trim();
    (!line.is_empty()).then_some((last_list + from, line))
}

fn is_quantized(before: &str, after: &str) -> bool {
    after.trim_start().starts_with("with scale")
        || before.rsplit_once('(').is_some_and(|(name, rest)| {
            rest.trim().is_empty() && name.to_ascii_lowercase().contains("quantize")
        })
}

/// The length of a number with commas between its thousands, whose first digits are so many bytes.
fn thousands(text: &str, first: usize) -> usize {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let head = text[..first].trim_start_matches(['-', '+', '−']);
    let mut length = first;
    if digits(head) == head.len() && (1..=3).contains(&head.len()) {
        while text[length..].strip_prefix(',').is_some_and(|rest| digits(rest) == 3) {
            length += 4;
        }
    }
    length
}

/// Single numbers outside of lists.
fn singles(text: &str, taken: &[(usize, usize)]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut taken = taken.iter().peekable();
    let is_inner = |c: char| c.is_ascii_alphanumeric() || "._+-−".contains(c);
    let mut at = 0;
    while let Some(next) = text[at..].find(is_inner) {
        let start = at + next;
        while taken.peek().is_some_and(|(_, end)| *end <= start) {
            taken.next();
        }
        if let Some((_, end)) = taken.peek().filter(|(from, _)| *from <= start) {
            at = *end;
            continue;
        }
        let length = text[start..].find(|c| !is_inner(c)).unwrap_or(text.len() - start);
        let piece = text[start..start + length].trim_end_matches('.');
        at = start + length;
        // `64,770`.
        let end = start + thousands(&text[start..], piece.len());
        at = at.max(end);
        if let Some(value) = number(&text[start..end].replace(',', "")) {
            found.push(Span { start, end, numbers: Numbers::One(value) });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::code_type::CodeType;
    use super::*;

    fn roles(text: &str) -> Vec<(Option<Role>, Option<CodeType>)> {
        candidates(text).into_iter().map(|one| (one.role, one.code_type)).collect()
    }

    #[test]
    fn literals_of_several_languages() {
        let (a, b) = (Some(Role::Codes(Side::A)), Some(Role::Codes(Side::B)));
        let [u8, s8] = CodeType::ALL.map(Some);
        let same = [(a, u8), (b, s8)];
        for text in [
            "x=[255,255] u8, w=[127,127] s8",
            "A = np.array([[238, 115]], dtype=np.uint8)\nB = np.array([[25, 36]], dtype=np.int8)",
            "a = torch.tensor([[1, 2]], dtype=torch.uint8); w = torch.tensor([1, 2], dtype=torch.int8)",
            "uint8_t a[2] = {255, 255};\nint8_t b[2] = {127, 127};",
            "x u8 [[1 2]\n [3 4]]\nw s8 [[−5 6]]",
        ] {
            assert_eq!(roles(text), same, "{text}");
        }
    }

    #[test]
    fn a_number_needs_a_word() {
        let found = candidates("On 2 machines with K=2 we observed 32767, wanted 64770.");
        let said: Vec<_> = found.iter().map(|one| (one.name.as_str(), &one.numbers)).collect();
        assert_eq!(
            said,
            [("observed", &Numbers::One(32_767.0)), ("wanted", &Numbers::One(64_770.0))]
        );
        assert_eq!((found[0].line, found[0].column), (1, 36));
        assert_eq!(roles("a_zero_point = 42"), [(Some(Role::ZeroPoint(Some(Side::A))), None)]);
    }

    #[test]
    fn hostile_texts_take_no_time() {
        for text in ["[".repeat(1 << 20), "[1,".repeat(1 << 18), "x=1 ".repeat(1 << 18)] {
            assert!(candidates(&text).len() <= MOST_CANDIDATES);
        }
        let deep = format!("{}1{}", "[".repeat(1 << 16), "]".repeat(1 << 16));
        assert_eq!(candidates(&deep), []);
    }
}
