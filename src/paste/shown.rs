//! [`Shown`]: a number as a message shows it.

use std::fmt;

/// Whole numbers with all their digits, others with six that count: `130`, `-0.5`, `1.5e-9`.
///
/// The standard library's way to every digit weighs 14 kB, which no message is worth in the audit's module.
#[derive(Clone, Copy, Debug)]
pub struct Shown(pub f64);

/// Whole numbers below it have no other nearest double.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;
/// Digits that count.
const DIGITS: i32 = 6;

impl fmt::Display for Shown {
    #[expect(clippy::cast_possible_truncation, reason = "whole, and within 53 bits")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown(value) = *self;
        if value.is_nan() {
            return f.write_str("NaN");
        }
        if value.is_infinite() {
            return f.write_str(if value > 0.0 { "inf" } else { "-inf" });
        }
        if libm::floor(value) == value && value.abs() < MOST_WHOLE {
            return write!(f, "{}", value as i64);
        }
        let mut power = libm::floor(libm::log10(value.abs())) as i32;
        // In two steps: of the smallest numbers the power is beyond all doubles.
        let half = (DIGITS - 1 - power) / 2;
        let scaled = value.abs() * ten(half) * ten(DIGITS - 1 - power - half);
        let mut digits = libm::round(scaled) as i64;
        if digits >= 1_000_000 {
            (digits, power) = (digits / 10, power + 1);
        }
        let mut text = digits.to_string();
        let sign = if value < 0.0 { "-" } else { "" };
        let is_small = (-4..0).contains(&power);
        if is_small {
            (power + 1..=0).for_each(|_| text.insert(0, '0'));
        }
        // The point stands behind the first digit, or where numbers that are not far from 1 have it.
        let point = usize::try_from(power).ok().filter(|power| *power < text.len() - 1);
        text.insert(point.unwrap_or(0) + 1, '.');
        let text = text.trim_end_matches('0').trim_end_matches('.');
        match point {
            None if !is_small => write!(f, "{sign}{text}e{power}"),
            _ => write!(f, "{sign}{text}"),
        }
    }
}

fn ten(power: i32) -> f64 {
    libm::pow(10.0, f64::from(power))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_as_people_write_them() {
        let texts = [
            (0.0, "0"),
            (-130.0, "-130"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (0.5, "0.5"),
            (-0.5, "-0.5"),
            (1.25, "1.25"),
            (1.5e-9, "1.5e-9"),
            (123.456_789, "123.457"),
            (12_345.6, "12345.6"),
            (0.001_234_567_8, "0.00123457"),
            (0.999_999_9, "1"),
            (1e16, "1e16"),
            (-1.5e300, "-1.5e300"),
            (5e-324, "4.94066e-324"),
            (f64::MAX, "1.79769e308"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (value, text) in texts {
            assert_eq!(Shown(value).to_string(), text);
        }
    }

    proptest! {
        #[test]
        fn six_digits_are_right(value in proptest::num::f64::NORMAL) {
            let shown: f64 = Shown(value).to_string().parse().expect("it is a number");
            prop_assert!((shown / value - 1.0).abs() <= 5.1e-6, "{value:e} {}", Shown(value));
        }
    }
}
