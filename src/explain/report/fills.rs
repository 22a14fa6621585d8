//! Lists of one value: `np.full((1, 4), 255)`, `torch.ones(1, 3, 5, 5)`, `[127] * 4`, `1x4x1x1, all 255`.

use super::super::limits::MOST_INPUTS;
use super::super::numbers::Numbers;
use super::blocks::{self, Span, floor};
use super::candidate::MOST_CANDIDATES;

/// How far around a value its shape is looked for, in bytes.
const NEAR: usize = 80;

/// Lists of one value, in order; the first [`MOST_CANDIDATES`].
pub(super) fn fills(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (word, of) in [("full(", full as Reader), ("ones(", ones), ("all ", all), ("] *", times)] {
        for (at, _) in text.match_indices(word) {
            found.extend(of(text, at, at + word.len()));
        }
    }
    found.sort_by_key(|span| span.start);
    found.truncate(MOST_CANDIDATES);
    found
}

type Reader = fn(&str, usize, usize) -> Option<Span>;

/// `np.full((1, 4), 255`, `torch.full([4], 127`.
fn full(text: &str, at: usize, inner: usize) -> Option<Span> {
    let mut from = inner;
    let shape = if text[inner..].starts_with(['(', '[']) {
        shape(text, &mut from)?
    } else {
        let length = text[inner..].find(',')?;
        from += length;
        vec![text[inner..from].parse().ok()?]
    };
    let rest = text[from..].strip_prefix(',')?;
    let (value, length) = number(rest)?;
    Some(Span { start: at, end: text.len() - rest.len() + length, numbers: of(&shape, value)? })
}

/// `np.ones((3, 5, 5)`, `torch.ones(1, 3, 5, 5`.
fn ones(text: &str, at: usize, inner: usize) -> Option<Span> {
    let mut from = inner;
    let shape = shape(text, &mut from)?;
    Some(Span { start: at, end: from, numbers: of(&shape, 1.0)? })
}

/// `1x4x1x1 u8 all 255`, `all 1, 3×5×5`: the shape stands in the same clauses.
fn all(text: &str, at: usize, inner: usize) -> Option<Span> {
    if text[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    let (value, length) = number(&text[inner..])?;
    let end = inner + length;
    let from = floor(text, at.saturating_sub(NEAR));
    let until = floor(text, text.len().min(end + NEAR));
    let before = text[from..at].rsplit(['\n', ';']).next()?;
    let after = text[end..until].split(['\n', ';', '.']).next()?;
    let shape = crossed(before).next_back().or_else(|| crossed(after).next())?;
    Some(Span { start: at, end, numbers: of(&shape, value)? })
}

/// `[127] * 4`.
fn times(text: &str, at: usize, inner: usize) -> Option<Span> {
    let from = floor(text, at.saturating_sub(NEAR));
    let start = from + text[from..at].rfind('[')?;
    let (value, length) = number(&text[start + 1..at])?;
    let is_one = text[start + 1 + length..at].trim().is_empty();
    let (count, length) = number(&text[inner..])?;
    let shape = [Some(count).filter(|count| is_one && count.fract() == 0.0)?];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    let shape = shape.map(|count| count as usize);
    Some(Span { start, end: inner + length, numbers: of(&shape, value)? })
}

/// A shape behind a bracket, to the end of it: `(1, 4)`, `[4]`, `1, 3, 5, 5)`, `4`.
fn shape(text: &str, from: &mut usize) -> Option<Vec<usize>> {
    let rest = &text[*from..];
    let inner = rest.trim_start_matches(['(', '[']);
    let is_part = |c: char| c.is_ascii_digit() || c == ',' || c == ' ';
    let end = inner.find(|c| !is_part(c))?;
    let shape = inner[..end].split(',').map(str::trim).filter(|part| !part.is_empty());
    let shape: Option<Vec<usize>> = shape.map(|part| part.parse().ok()).collect();
    let is_inner = inner.len() < rest.len();
    *from += rest.len() - inner.len() + end + usize::from(is_inner);
    shape.filter(|shape| !shape.is_empty())
}

/// Shapes written with crosses: `1x4x1x1`, `3×5×5`.
fn crossed(text: &str) -> impl DoubleEndedIterator<Item = Vec<usize>> {
    text.split(|c: char| !(c.is_ascii_digit() || c == 'x' || c == '×')).filter_map(|piece| {
        let sizes: Option<Vec<usize>> =
            piece.split(['x', '×']).map(|size| size.parse().ok()).collect();
        sizes.filter(|sizes| sizes.len() > 1)
    })
}

/// A number at the start, and its end.
fn number(text: &str) -> Option<(f64, usize)> {
    let start = text.len() - text.trim_start().len();
    let is_part = |c: char| c.is_ascii_digit() || "+-.−".contains(c);
    let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
    let piece = text[start..start + length].trim_end_matches('.');
    Some((blocks::number(piece)?, start + piece.len()))
}

/// The rows of a product: two axes as they are, of four the first, three are one image.
fn of(shape: &[usize], value: f64) -> Option<Numbers> {
    let rows = match shape {
        [rows, _] | [rows, _, _, _] => *rows,
        _ => 1,
    };
    let all = shape.iter().try_fold(1, |all: usize, size| all.checked_mul(*size))?;
    let columns = all.checked_div(rows)?;
    (1..=MOST_INPUTS).contains(&all).then(|| match rows {
        1 => Numbers::Row(vec![value; columns]),
        _ => Numbers::Matrix(vec![vec![value; columns]; rows]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_many_times() {
        let row = |count| Numbers::Row(vec![255.0; count]);
        for (text, count) in [
            ("np.full((1, 4), 255, dtype=np.uint8)", 4),
            ("torch.full([3], 255)", 3),
            ("np.full(5, 255)", 5),
            ("x = [255] * 6", 6),
            ("1x4x1x1 u8 all 255", 4),
            ("src is all 255, 3×5×5.", 75),
        ] {
            let found: Vec<Numbers> = fills(text).into_iter().map(|one| one.numbers).collect();
            assert_eq!(found, [row(count)], "{text}");
        }
        let ones: Vec<Numbers> =
            fills("torch.ones(2, 3, 1, 1)").into_iter().map(|one| one.numbers).collect();
        assert_eq!(ones, [Numbers::Matrix(vec![vec![1.0; 3]; 2])]);
        for text in [
            "np.full((9999, 9999, 9999, 9999), 1)",
            "np.ones((0, 4))",
            "overall 3",
            "[1] * 1.5",
            "all 5",
        ] {
            assert!(fills(text).is_empty(), "{text}");
        }
    }
}
