//! Finds numbers in a text: bracketed lists and matrices, and single numbers that a word names.

use super::super::code_type::CodeType;
use super::super::numbers::Numbers;
use super::blocks::{Span, blocks};
use super::candidate::{Candidate, MOST_CANDIDATES, Role, Side};
use super::names::{self, Reach};
use crate::paste;

/// Characters before and after numbers that are looked at for words.
const NEAR: usize = 60;
/// Words before numbers that are looked at, fillers left out.
const MOST_WORDS: usize = 3;

/// Whether a number is a part of something: of `127*2`, of `83 of 505`, of `±127`.
fn is_part(before: &str, after: &str) -> bool {
    let is_counted = after.trim_start().strip_prefix("of ").is_some_and(starts_with_number);
    let ends_with = |marks: &[char]| before.trim_end().ends_with(marks);
    is_counted
        || after.trim_start().starts_with(['*', '·', '×', '%'])
        || ends_with(&['*', '·', '×', '±'])
}

fn starts_with_number(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Every candidate of a text, in order; the first [`MOST_CANDIDATES`].
pub(super) fn candidates(text: &str) -> Vec<Candidate> {
    let (lists, indexes) = lists(text);
    let mut taken: Vec<(usize, usize)> = lists.iter().map(|list| (list.start, list.end)).collect();
    taken.extend(indexes);
    taken.sort_unstable();
    let blocks = blocks(text, &taken);
    taken.extend(blocks.iter().map(|block| (block.start, block.end)));
    taken.sort_unstable();
    let singles = singles(text, &taken);
    let mut spans: Vec<&Span> = lists.iter().chain(&blocks).chain(&singles).collect();
    spans.sort_by_key(|span| span.start);
    let mut found = Vec::new();
    // Where the line begins, its number, the place in it, and where the last numbers ended.
    let (mut line_start, mut line, mut column, mut at, mut last) = (0, 1, 1, 0, 0);
    for span in spans {
        for (next, mark) in text[at..span.start].char_indices() {
            column += 1;
            if mark == '\n' {
                (line_start, line, column) = (at + next + 1, line + 1, 1);
            }
        }
        at = span.start;
        let is_list = !matches!(span.numbers, Numbers::One(_));
        let from = last.max(line_start).max(floor(text, span.start.saturating_sub(NEAR)));
        let mut before = &text[from..span.start];
        // A name may stand in the line above its matrix.
        if is_list && before.trim().is_empty() && from == line_start {
            let above = last.max(floor(text, line_start.saturating_sub(NEAR)));
            before = text[above..line_start].trim_end();
            before = &before[before.rfind('\n').map_or(0, |newline| newline + 1)..];
        }
        let until = floor(text, (span.end + NEAR).min(text.len()));
        let after = text[span.end..until].split(['\n', ';', '[', '{']).next().unwrap_or_default();
        let named = Named::of(before, after, is_list);
        last = span.end;
        let mut named = named;
        // `757.5 with scale 15`, `quantize_per_tensor(757.5`.
        let is_quantized = after.trim_start().starts_with("with scale")
            || before.rsplit_once('(').is_some_and(|(name, rest)| {
                rest.trim().is_empty() && name.to_ascii_lowercase().contains("quantize")
            });
        if is_quantized && named.role.is_none() {
            named.role = Some(Role::Codes(Side::A));
        }
        // A number by itself is one of very many.
        if !is_list && (named.role.is_none() || is_part(before, after)) {
            continue;
        }
        found.push(Candidate {
            numbers: span.numbers.clone(),
            line,
            column,
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

/// The border of a character at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Lists and matrices in brackets of either kind, outermost ones, of numbers only; and where indexes
/// are, as in `w[2]`.
fn lists(text: &str) -> (Vec<Span>, Vec<(usize, usize)>) {
    let is_odd = |byte: u8| {
        let is_sign = b"+-.,eE[]{}".contains(&byte) || byte.is_ascii_whitespace();
        // Bytes of the minus sign that is one, U+2212, are looked at by the reader.
        !(is_sign || byte.is_ascii_digit() || [0xe2, 0x88, 0x92].contains(&byte))
    };
    // For every open bracket, how many odd bytes came before it.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut odd = 0;
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => open.push((at, odd)),
            b']' | b'}' => {
                if let Some((start, before)) = open.pop()
                    && before == odd
                {
                    // It holds those before it that start later.
                    while spans.last().is_some_and(|(inner, _)| *inner > start) {
                        spans.pop();
                    }
                    spans.push((start, at + 1));
                }
            }
            byte if is_odd(byte) => odd += 1,
            _ => {}
        }
    }
    let is_index = |(start, end): &(usize, usize)| {
        let is_after_name =
            text[..*start].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ']');
        is_after_name && !text[start + 1..*end].contains(['[', '{'])
    };
    let indexes: Vec<(usize, usize)> = spans.iter().copied().filter(is_index).collect();
    spans.retain(|span| !is_index(span));
    let numbers = |(start, end): (usize, usize)| {
        let written = text[start..end].replace('{', "[").replace('}', "]");
        let pasted = paste::read(&written).ok()?;
        let is_matrix = written[1..].contains('[');
        let mut rows = pasted.rows;
        let numbers = if is_matrix { Numbers::Matrix(rows) } else { Numbers::Row(rows.pop()?) };
        Some(Span { start, end, numbers })
    };
    (spans.into_iter().filter_map(numbers).collect(), indexes)
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
        let has_digit_first = piece
            .trim_start_matches(['-', '+', '−'])
            .starts_with(|c: char| c.is_ascii_digit() || c == '.');
        if has_digit_first && let Ok(value) = piece.replace('−', "-").parse::<f64>() {
            let end = start + piece.len();
            found.push(Span { start, end, numbers: Numbers::One(value) });
        }
    }
    found
}

/// What the words around numbers say.
struct Named {
    name: String,
    role: Option<Role>,
    code_type: Option<CodeType>,
}

impl Named {
    fn of(before: &str, after: &str, is_list: bool) -> Named {
        // A clause ends at a comma, a semicolon or a stop.
        let clause = before.rfind([',', ';', '\n']).map_or(before, |end| &before[end + 1..]);
        let clause = clause.rfind(". ").map_or(clause, |end| &clause[end + 2..]);
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let words: Vec<&str> =
            clause.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect();
        let mut named = Named { name: String::new(), role: None, code_type: None };
        let mut looked = 0;
        for (at, word) in words.iter().enumerate().rev() {
            if let Some(code_type) = names::code_type(word) {
                named.code_type = named.code_type.or(Some(code_type));
                continue;
            }
            // `numpy: [1, 2]` is a name, `numpy.array([1, 2])` is none.
            let is_name = at + 1 == words.len() && names::role(word, None, is_list).is_some();
            let is_filler = names::is_filler(word) && !is_name;
            if is_filler || word.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            looked += 1;
            let is_near = match names::reach(word) {
                Reach::Some => true,
                Reach::Next => looked == 1,
                Reach::Mark => looked == 1 && (is_list || clause.trim_end().ends_with([':', '='])),
            };
            if !is_near {
                continue;
            }
            let neighbours = [at.checked_sub(1), Some(at + 1)];
            let of = neighbours.into_iter().flatten().find_map(|at| words.get(at).copied());
            // `zero point` in two words.
            let role = match (words.get(at.wrapping_sub(1)), *word) {
                (Some(&"zero" | &"Zero"), "point" | "points") => {
                    names::role("zero_point", of, is_list)
                }
                _ => names::role(word, of, is_list),
            };
            if role.is_some() {
                let subject =
                    names::subject(word, &words[..at]).filter(|_| role == Some(Role::Seen));
                (named.name, named.role) = (subject.unwrap_or(word).to_string(), role);
                // `uint8_t a`.
                let before = at.checked_sub(1).and_then(|at| names::code_type(words[at]));
                named.code_type = named.code_type.or(before);
                break;
            }
            if looked == MOST_WORDS {
                break;
            }
        }
        // `expected output`, `should be`.
        if named.role == Some(Role::Seen) && words.iter().any(|word| names::is_wanted(word)) {
            named.role = Some(Role::Wanted);
        }
        let types = after.split([',', ';']).take(2).flat_map(|part| {
            part.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
        });
        // The next name is another's.
        let own = types.take_while(|word| {
            names::is_filler(word) || *word == "dtype" || names::code_type(word).is_some()
        });
        named.code_type = named.code_type.or_else(|| own.filter_map(names::code_type).next());
        named
    }
}

#[cfg(test)]
mod tests {
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
