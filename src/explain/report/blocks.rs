//! Finds numbers without brackets: lines of nothing else, and lists behind `=` or `:`.

use super::super::numbers::Numbers;

/// Numbers at a place.
pub(super) struct Span {
    /// Its first byte.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// They.
    pub numbers: Numbers,
}

/// Matrices and lists as programs print them: lines of as many numbers each, under each other, and a line's
/// end of several numbers behind `=` or `:`. Not in what is `taken`, which is in order.
pub(super) fn blocks(text: &str, taken: &[(usize, usize)]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, usize, Vec<Vec<f64>>)> = None;
    let close = |open: &mut Option<(usize, usize, Vec<Vec<f64>>)>, found: &mut Vec<Span>| {
        let Some((start, end, mut rows)) = open.take() else { return };
        let numbers = match rows.len() {
            1 if rows[0].len() == 1 => return,
            1 => Numbers::Row(rows.remove(0)),
            _ => Numbers::Matrix(rows),
        };
        found.push(Span { start, end, numbers });
    };
    let mut taken = taken.iter().peekable();
    let mut at = 0;
    for line in text.split('\n') {
        let (start, end) = (at, at + line.len());
        at = end + 1;
        while taken.peek().is_some_and(|(_, end)| *end <= start) {
            taken.next();
        }
        let is_free = taken.peek().is_none_or(|(from, _)| *from >= end);
        let head = line.len() - line.trim_start().len();
        match numbers(line).filter(|_| is_free) {
            Some(row) => match &mut open {
                Some((_, last, rows)) if rows[0].len() == row.len() => {
                    rows.push(row);
                    *last = start + line.trim_end().len();
                }
                _ => {
                    close(&mut open, &mut found);
                    open = Some((start + head, start + line.trim_end().len(), vec![row]));
                }
            },
            None => {
                close(&mut open, &mut found);
                let mut start = start;
                for part in line.split(';').filter(|_| is_free) {
                    let from = part.rfind(['=', ':']).map(|mark| mark + 1);
                    let list = from.and_then(|from| Some((from, list(&part[from..])?)));
                    if let Some((from, (length, row))) = list {
                        let from =
                            start + from + part[from..].len() - part[from..].trim_start().len();
                        let (end, numbers) = (from + length, Numbers::Row(row));
                        found.push(Span { start: from, end, numbers });
                    }
                    start += part.len() + 1;
                }
            }
        }
    }
    close(&mut open, &mut found);
    found
}

/// The border of a character at or before a byte.
pub(super) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A number and nothing else.
pub(super) fn number(piece: &str) -> Option<f64> {
    let is_first = |c: char| c.is_ascii_digit() || "+-.−".contains(c);
    let value: f64 =
        piece.starts_with(is_first).then(|| piece.replace('−', "-").parse().ok())??;
    value.is_finite().then_some(value)
}

/// The numbers of a line that has nothing else.
fn numbers(line: &str) -> Option<Vec<f64>> {
    let pieces = line.split([' ', '\t', ',', ';', '|', '\r']).filter(|piece| !piece.is_empty());
    let row: Option<Vec<f64>> = pieces.map(number).collect();
    row.filter(|row| !row.is_empty())
}

/// Several numbers to the end of a line, at most a type or a stop behind them; with their length in bytes.
fn list(text: &str) -> Option<(usize, Vec<f64>)> {
    let text = text.trim_start();
    let is_part = |c: char| c.is_ascii_digit() || " \t,+-.eE−".contains(c);
    let length = text.find(|c| !is_part(c)).unwrap_or(text.len());
    // The type of what follows may begin with an `e`, which is of no number by itself.
    let part = text[..length].trim_end_matches(|c: char| !c.is_ascii_digit());
    let rest = text[part.len()..].trim_matches([' ', '.', ';', ',', '\r', ')']);
    let row = numbers(part)?;
    let is_end = rest.is_empty() || super::names::code_type(rest).is_some();
    (row.len() > 1 && is_end).then_some((part.len(), row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Numbers> {
        blocks(text, &[]).into_iter().map(|block| block.numbers).collect()
    }

    #[test]
    fn lines_of_numbers_are_a_matrix() {
        let two = Numbers::Matrix(vec![vec![1.0, -2.0], vec![3.0, 4.0]]);
        for text in ["A:\n1 -2\n3 4\n", "A\n 1, −2,\n 3, 4\nB", "| 1 | -2 |\r\n| 3 | 4 |"] {
            assert_eq!(of(text), std::slice::from_ref(&two), "{text:?}");
        }
        assert_eq!(
            of("1 2\n\n3 4 5"),
            [Numbers::Row(vec![1.0, 2.0]), Numbers::Row(vec![3.0, 4.0, 5.0])]
        );
        let none: [Numbers; 0] = [];
        assert_eq!(of("7\nversion 1.7.2 of 2021\n1.7.2\n2021-03-04"), none);
        assert_eq!(of("1\n2"), [Numbers::Matrix(vec![vec![1.0], vec![2.0]])]);
    }

    #[test]
    fn a_list_behind_a_name() {
        let row = Numbers::Row(vec![1.0, 2.0, -3.0]);
        for text in ["x = 1, 2, -3", "x: 1 2 −3 u8", "weights (int8): 1, 2, -3."] {
            assert_eq!(of(text), std::slice::from_ref(&row), "{text}");
        }
        let none: [Numbers; 0] = [];
        assert_eq!(of("AVX2: 32767, VNNI: 64770"), none);
        assert_eq!(of("got: 32767 and 3"), none);
        let text = "x = 1, 2";
        let block = &blocks(text, &[])[0];
        assert_eq!(&text[block.start..block.end], "1, 2");
    }
}
