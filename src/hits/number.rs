//! Numbers as sentences have them.

/// With a comma between thousands: `33,792`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with its noun, of which the plural has an s: `1 output`, `2,000 outputs`.
pub fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A share of at least 0 in percent with two digits that count and one decimal at least, rounded up: what
/// is lost at most is not more than is said. `1.4 %`, `19.1 %`, `0.031 %`, `50 %`.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if !(percent.is_finite() && percent > 0.0) {
        return "0 %".into();
    }
    let magnitude = libm::floor(libm::log10(percent));
    let places = (1.0 - magnitude).clamp(1.0, 9.0);
    let unit = libm::pow(10.0, places);
    // A share is told to nine decimals: what is within half a unit of them is not above.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and above 0"
    )]
    let (units, unit) = (libm::ceil(percent * unit - 1e-6) as u64, unit as u64);
    match (units / unit, units % unit) {
        (whole, 0) => format!("{whole} %"),
        // With as many places as the unit has zeros.
        (whole, part) => format!("{whole}.{} %", &(unit + part).to_string()[1..]),
    }
}

/// A share of at least 0 to its ninth decimal, which is all that shares have: `0.0137`, `1`, `0`.
pub fn share(share: f64) -> String {
    const BILLION: u64 = 1_000_000_000;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, and none is negative"
    )]
    let billionths = libm::round(share * BILLION as f64) as u64;
    let digits = (BILLION + billionths % BILLION).to_string();
    let text = format!("{}.{}", billionths / BILLION, &digits[1..]);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        let texts = [0, 7, 999, 1000, 33_792, 1_234_567].map(grouped);
        assert_eq!(texts, ["0", "7", "999", "1,000", "33,792", "1,234,567"]);
        assert_eq!([counted(1, "pair"), counted(1000, "pair")], ["1 pair", "1,000 pairs"]);
    }

    #[test]
    fn a_share_has_nine_decimals_at_most() {
        for (value, text) in [
            (0.0, "0"),
            (1.0, "1"),
            (0.0137, "0.0137"),
            (1e-9, "0.000000001"),
            (0.1, "0.1"),
            (12.5, "12.5"),
        ] {
            assert_eq!(share(value), text);
        }
        for billionths in (0..1_000_000_000).step_by(1_234_567) {
            let value = f64::from(billionths) / 1e9;
            assert_eq!(share(value), value.to_string());
        }
    }

    #[test]
    fn a_share_is_never_more_than_is_said() {
        let texts = [0.0, 0.0137, 0.190_8, 0.5, 1.0, 0.000_31, 0.099_99, 0.014].map(percent);
        assert_eq!(texts, ["0 %", "1.4 %", "19.1 %", "50 %", "100 %", "0.031 %", "10 %", "1.4 %"]);
        assert_eq!(percent(f64::NAN), "0 %");
    }
}
