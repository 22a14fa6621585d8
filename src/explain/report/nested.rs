//! Bracketed lists of any depth.

use super::super::numbers::Numbers;
use super::blocks::Span;
use crate::paste;

/// The most axes of a tensor.
const MOST_AXES: usize = 8;

/// Lists and matrices in brackets of either kind, outermost ones, of numbers only; and where indexes
/// are, as in `w[2]`.
pub(super) fn lists(text: &str) -> (Vec<Span>, Vec<(usize, usize)>) {
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
        let written = flattened(&text[start..end].replace('{', "[").replace('}', "]"));
        let pasted = paste::read(&written).ok()?;
        let is_matrix = written[1..].contains('[');
        let mut rows = pasted.rows;
        let numbers = if is_matrix { Numbers::Matrix(rows) } else { Numbers::Row(rows.pop()?) };
        Some(Span { start, end, numbers })
    };
    (spans.into_iter().filter_map(numbers).collect(), indexes)
}

/// A tensor of more than two axes as the rows of a product: a row for each of the first of four axes,
/// images or outputs; three axes are one image.
fn flattened(written: &str) -> String {
    let nested = |depth: &mut usize, c: char| {
        match c {
            '[' => *depth += 1,
            ']' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        *depth
    };
    let mut depth = 0;
    let deepest = written.chars().map(|c| nested(&mut depth, c)).max().unwrap_or(0);
    let kept = match deepest {
        3 => 1,
        4..=MOST_AXES => 2,
        _ => return written.into(),
    };
    let mut depth = 0;
    let flat = written.chars().map(|c| {
        let before = depth;
        match (c, nested(&mut depth, c).max(before) > kept) {
            ('[' | ']', true) | ('\n' | '\r', _) => ' ',
            _ => c,
        }
    });
    flat.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Numbers> {
        lists(text).0.into_iter().map(|span| span.numbers).collect()
    }

    #[test]
    fn an_image_is_a_row() {
        let row = vec![3.0, 9.0, 30.0, 14.0];
        assert_eq!(of("x = [[[3, 9], [30, 14]]]"), [Numbers::Row(row.clone())]);
        assert_eq!(of("x = [[[[3, 9],\n   [30, 14]]]]"), [Numbers::Matrix(vec![row.clone()])]);
        assert_eq!(of("{{{{3, 9}, {30, 14}}}}"), [Numbers::Matrix(vec![row])]);
        let two = "[[[[1. 2.]]\n\n  [[3. 4.]]]\n\n\n [[[5. 6.]]\n\n  [[7. 8.]]]]";
        let rows = vec![vec![1.0, 2.0, 3.0, 4.0], vec![5.0, 6.0, 7.0, 8.0]];
        assert_eq!(of(two), [Numbers::Matrix(rows)]);
        assert_eq!(of(&"[".repeat(9)), []);
    }
}
