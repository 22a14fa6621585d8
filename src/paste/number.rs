//! One number of a text, and the commas that are not only separators.

use super::decimal::decimal;

/// A number as written.
pub(super) struct Number {
    /// Its value; nan and infinities among them.
    pub value: f64,
    /// Whether it is written without point and exponent.
    pub is_whole: bool,
}

/// The number that the whole piece is: `−` is a minus, `+` may stand, `nan`
/// and `inf` are numbers here. `None` for everything else.
pub(super) fn number(piece: &str) -> Option<Number> {
    let unsigned = piece.strip_prefix(['-', '−', '+']).unwrap_or(piece);
    let magnitude: f64 = match unsigned.starts_with(['-', '−', '+']) {
        true => None,
        // A real minus sign may also stand in the exponent.
        false if unsigned.is_ascii() => decimal(unsigned),
        false => decimal(&unsigned.replace('−', "-")),
    }?;
    let is_whole = is_digits(unsigned);
    let is_negative = piece.starts_with(['-', '−']);
    // A whole number has no negative zero.
    let value = if is_negative && !(is_whole && magnitude == 0.0) { -magnitude } else { magnitude };
    Some(Number { value, is_whole })
}

/// Whether the piece stands for numbers that were left out.
pub(super) fn is_ellipsis(piece: &str) -> bool {
    matches!(piece, "..." | "…")
}

/// Whether the number at `start..end` is beside a comma that hardly separates:
/// nobody writes whole numbers as `−0` or with zeros in front, but decimals
/// (`-0,5` and `1,05`) and groups of digits (`1,000`) have them.
pub(super) fn is_beside_decimal_comma(text: &str, start: usize, end: usize) -> bool {
    let piece = &text[start..end];
    let has_leading_zero = piece.len() > 1 && piece.starts_with('0') && is_digits(piece);
    let comma_before = text[..start].ends_with(',');
    let comma_after = text[end..]
        .strip_prefix(',')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    has_leading_zero && comma_before || matches!(piece, "-0" | "−0") && comma_after
}

fn is_digits(piece: &str) -> bool {
    !piece.is_empty() && piece.bytes().all(|byte| byte.is_ascii_digit())
}
