//! Numbers as the page writes them: a real minus sign, no `-0`, no noise.

use std::fmt::Display;
use std::str::FromStr;

pub use crate::hits::grouped;

/// A number to a tenth.
pub fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// A whole number with a minus sign that is one.
pub fn whole(value: i64) -> String {
    if value < 0 { format!("−{}", value.unsigned_abs()) } else { value.to_string() }
}

/// A whole number with its sign always shown.
pub fn signed(value: i64) -> String {
    if value > 0 { format!("+{value}") } else { whole(value) }
}

/// A real number with that many decimals.
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value < 0.0 && !is_zero { format!("−{text}") } else { text }
}

/// A real number with about four significant digits and no trailing zeros.
pub fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".into() } else { format!("{value}") };
    }
    #[expect(clippy::cast_possible_truncation, reason = "an exponent of a double")]
    let magnitude = value.abs().log10().floor() as i32;
    if !(-5..7).contains(&magnitude) {
        return format!("{value:.3e}").replace('-', "−");
    }
    let decimals = (3 - magnitude).clamp(0, 8) as usize;
    let text = fixed(value, decimals);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    } else {
        text
    }
}

/// A number with all its digits, as it stands in a field.
pub fn exact(value: impl Display) -> String {
    value.to_string().replace('-', "−")
}

/// An index in lowered digits.
pub fn subscript(index: usize) -> String {
    // Digits stand together from U+2080 on.
    index
        .to_string()
        .bytes()
        .filter_map(|digit| char::from_u32(0x2080 + u32::from(digit - b'0')))
        .collect()
}

/// A number as a person types it, or as the page wrote it: spaces around it
/// and a real minus sign are fine. `None` for what is no number.
pub fn parse<T: FromStr>(text: &str) -> Option<T> {
    text.trim().replace('−', "-").parse().ok()
}

/// Whether a text says a number other than 0, so small or so large that float32 has only 0 or an
/// infinity for it.
pub fn is_beyond_float32(text: &str) -> bool {
    let Some(nearest) = parse::<f32>(text) else { return false };
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let has_digit = |digits: &str| mantissa.contains(|sign: char| digits.contains(sign));
    if nearest == 0.0 {
        has_digit("123456789")
    } else {
        nearest.is_infinite() && has_digit("0123456789")
    }
}

/// The round steps about a finite size above 0: 1, 2, 5 and 10 times the power of ten at or below it.
pub fn round_steps(size: f64) -> [f64; 4] {
    #[expect(clippy::cast_possible_truncation, reason = "an exponent of a double")]
    let power = 10f64.powi(size.log10().floor() as i32);
    [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_steps_enclose_a_size() {
        assert_eq!(round_steps(1.0), [1.0, 2.0, 5.0, 10.0]);
        assert_eq!(round_steps(0.034), [0.01, 0.02, 0.05, 0.1]);
        for size in [1e-12, 0.3, 7.0, 99.0, 1e9] {
            let steps = round_steps(size);
            assert!(steps[0] <= size && size <= steps[3], "{size}: {steps:?}");
        }
    }

    #[test]
    fn what_float32_has_no_number_for() {
        for beyond in ["1e-46", "−1e-46", "0.00001e-42", "1e-400", "1e39", "-4e38"] {
            assert!(is_beyond_float32(beyond), "{beyond}");
        }
        for fine in ["0", "-0.0", "0e-50", "1e-45", "3.4e38", "inf", "−infinity", "nan", "one", ""]
        {
            assert!(!is_beyond_float32(fine), "{fine}");
        }
    }

    #[test]
    fn thousands_are_told_apart() {
        let counts = [0, 999, 1000, 59_995, 16_777_216].map(grouped);
        assert_eq!(counts, ["0", "999", "1,000", "59,995", "16,777,216"]);
    }

    #[test]
    fn signs_and_zeros() {
        assert_eq!(
            (whole(-12), signed(3), signed(0), fixed(-0.001, 2)),
            ("−12".into(), "+3".into(), "0".into(), "0.00".into())
        );
        assert_eq!(
            (short(0.024029646), short(-1.5), short(254.0), short(1e-7)),
            ("0.02403".into(), "−1.5".into(), "254".into(), "1.000e−7".into())
        );
        assert_eq!((exact(-0.5f32), exact(7)), ("−0.5".into(), "7".into()));
        assert_eq!(parse(&exact(-2.9909148f32)), Some(-2.9909148f32));
    }
}
