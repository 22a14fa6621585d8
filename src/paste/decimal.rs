//! [`decimal`]: the double that is nearest to a decimal number, as `str::parse` gives it.
//!
//! The standard library's own has a table of 10 kB of powers of ten, which packs not at all: a twelfth of what
//! the audit's module may weigh. Here a power is computed, as 64 bits and a bound of what they lack; where that
//! leaves two doubles, whole numbers of any length decide. `tests::the_standard_librarys_parser` holds it to that.

use std::cmp::Ordering;

/// Digits that fit into 64 bits.
const MOST_DIGITS: u32 = 19;
/// 5²⁷ is the largest power of five below 2⁶³.
const STEP: u32 = 27;
/// Digits that tell any double from its neighbours; of what follows it counts only whether it is 0.
const MOST_TELLING: usize = 800;
/// Beyond this power of ten everything is 0 or infinite, whatever its digits.
const MOST_POWER: i64 = 400;

/// The double nearest to a number, halves to even: digits with a point and an exponent, or `inf`, `infinity` and
/// `nan` in any case; a sign may stand before them. `None` for everything else.
pub fn decimal(text: &str) -> Option<f64> {
    let (is_negative, rest) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let magnitude = magnitude(rest)?;
    Some(if is_negative { -magnitude } else { magnitude })
}

fn magnitude(text: &[u8]) -> Option<f64> {
    match text.first()?.to_ascii_lowercase() {
        b'i' => {
            let is_it = text.eq_ignore_ascii_case(b"inf") || text.eq_ignore_ascii_case(b"infinity");
            return is_it.then_some(f64::INFINITY);
        }
        b'n' => return text.eq_ignore_ascii_case(b"nan").then_some(f64::NAN),
        _ => {}
    }
    let end = text.iter().position(|byte| byte | 0x20 == b'e').unwrap_or(text.len());
    let (digits, exponent) = text.split_at(end);
    let exponent = match exponent {
        [] => 0,
        [_, exponent @ ..] => exponent_of(exponent)?,
    };
    let number = Decimal::of(digits)?;
    if number.digits == 0 {
        return Some(0.0);
    }
    let power = number.power.saturating_add(exponent);
    // Of 20 digits at most before the power.
    if power > MOST_POWER {
        return Some(f64::INFINITY);
    }
    if power < -MOST_POWER {
        return Some(0.0);
    }
    let power = i32::try_from(power).ok()?;
    let [low, high] = number.bounds(power);
    Some(if low == high { low } else { between(low, high, digits, exponent) })
}

/// What follows the letter e.
fn exponent_of(text: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if digits.is_empty() {
        return None;
    }
    let mut exponent = 0_i64;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        exponent = exponent.saturating_mul(10).saturating_add(i64::from(byte - b'0'));
    }
    // Far beyond any double, and far from where sums overflow.
    let exponent = exponent.min(1 << 40);
    Some(if is_negative { -exponent } else { exponent })
}

/// The first digits of a number, and the power of ten that goes with them.
#[derive(Default)]
struct Decimal {
    digits: u64,
    power: i64,
    /// Whether others than 0 follow.
    is_cut: bool,
}

impl Decimal {
    /// Digits, with a point or without.
    fn of(text: &[u8]) -> Option<Decimal> {
        let mut number = Decimal::default();
        let (mut count, mut is_fraction, mut has_digit) = (0, false, false);
        for byte in text {
            if *byte == b'.' && !is_fraction {
                is_fraction = true;
                continue;
            }
            if !byte.is_ascii_digit() {
                return None;
            }
            has_digit = true;
            let digit = u64::from(byte - b'0');
            if count < MOST_DIGITS {
                number.digits = 10 * number.digits + digit;
                count += u32::from(number.digits > 0);
                number.power -= i64::from(is_fraction);
            } else {
                number.is_cut |= digit > 0;
                number.power += i64::from(!is_fraction);
            }
        }
        has_digit.then_some(number)
    }

    /// Two doubles, equal or neighbours, of which one is the nearest to digits · 10^power.
    fn bounds(&self, power: i32) -> [f64; 2] {
        let ten = Power::of(power.unsigned_abs());
        let shift = self.digits.leading_zeros();
        let digits = self.digits << shift;
        // What the digits that were cut off may add.
        let more = if self.is_cut { 1_u64 << shift } else { 0 };
        let binary = power - shift.cast_signed();
        let is_exact = ten.lack == 0 && more == 0;
        if power >= 0 {
            let low = u128::from(digits) * u128::from(ten.bits);
            let exponent = binary + ten.exponent;
            if is_exact {
                return [nearest(low, exponent, false); 2];
            }
            // Both factors are below 2⁶⁴ by more than they lack, or the bound is only wider.
            let most = u128::from(digits.saturating_add(more)) * u128::from(ten.bits);
            let high = most.saturating_add(u128::from(ten.lack) << 64);
            [nearest(low, exponent, false), nearest(high, exponent, true)]
        } else {
            let exponent = binary - ten.exponent - 63;
            let (low, has_rest) = divided(digits, ten.bits.saturating_add(ten.lack));
            if is_exact {
                return [nearest(low, exponent, has_rest); 2];
            }
            let (high, _) = divided(digits.saturating_add(more), ten.bits);
            [nearest(low, exponent, false), nearest(high + 1, exponent, false)]
        }
    }
}

/// A power of five: from `bits` · 2^exponent on, to `lack` of these bits more. The highest bit is set.
struct Power {
    bits: u64,
    exponent: i32,
    lack: u64,
}

impl Power {
    fn of(power: u32) -> Power {
        let mut bits = 5_u64.pow(power % STEP);
        let shift = bits.leading_zeros();
        bits <<= shift;
        let mut exponent = -shift.cast_signed();
        let (step, step_shift) = {
            let step = 5_u64.pow(STEP);
            (step << step.leading_zeros(), step.leading_zeros())
        };
        let steps = power / STEP;
        for _ in 0..steps {
            let product = u128::from(bits) * u128::from(step);
            let shift = 64 - product.leading_zeros();
            #[expect(clippy::cast_possible_truncation, reason = "64 bits are left")]
            let high = (product >> shift) as u64;
            bits = high;
            exponent += shift.cast_signed() - step_shift.cast_signed();
        }
        // Each step cuts off less than one bit of 2⁶³ at least, and so less than two of what comes of it.
        Power { bits, exponent, lack: u64::from(2 * steps) }
    }
}

/// ⌊number · 2⁶³ / by⌋, and whether something is left. Both have their highest bit.
fn divided(number: u64, by: u64) -> (u128, bool) {
    let by = u128::from(by);
    let (mut rest, mut quotient) = (u128::from(number), 0_u128);
    for _ in 0..64 {
        quotient <<= 1;
        if rest >= by {
            rest -= by;
            quotient |= 1;
        }
        rest <<= 1;
    }
    (quotient, rest > 0)
}

/// The double nearest to bits · 2^exponent, halves to even; `has_more` if it is a little more than that.
fn nearest(bits: u128, exponent: i32, has_more: bool) -> f64 {
    let length = 128 - bits.leading_zeros().cast_signed();
    // What is smaller than normal numbers has fewer bits than 53.
    let dropped = (length - 53).max(-1074 - exponent);
    if dropped > 127 {
        return 0.0;
    }
    let Ok(drop @ 1..) = u32::try_from(dropped) else {
        // Few bits, all kept: only exact numbers are that short.
        let kept = u64::try_from(bits).unwrap_or(u64::MAX);
        return scaled(kept << dropped.unsigned_abs(), exponent + dropped);
    };
    let (kept, rest) = (bits >> drop, bits & ((1 << drop) - 1));
    let up = match rest.cmp(&(1 << (drop - 1))) {
        Ordering::Less => false,
        Ordering::Equal => has_more || kept & 1 == 1,
        Ordering::Greater => true,
    };
    let kept = u64::try_from(kept).unwrap_or(u64::MAX) + u64::from(up);
    scaled(kept, exponent + dropped)
}

/// bits · 2^exponent, which is a double, or beyond all of them.
fn scaled(bits: u64, exponent: i32) -> f64 {
    debug_assert!(bits <= 1 << 53);
    if bits == 0 {
        return 0.0;
    }
    // A carry beyond 53 bits leaves zeros only.
    let (bits, exponent) =
        if bits == 1 << 53 { (bits / 2, exponent + 1) } else { (bits, exponent) };
    if bits < 1 << 52 {
        return f64::from_bits(bits);
    }
    match u64::try_from(exponent + 1075) {
        Ok(biased) if biased < 2047 => f64::from_bits((biased << 52) | (bits - (1 << 52))),
        _ => f64::INFINITY,
    }
}

/// Of two neighbours the one that is nearest to digits · 10^exponent: the middle of both decides.
fn between(low: f64, high: f64, digits: &[u8], exponent: i64) -> f64 {
    // Twice the lower one and one more, in units of half of what its last bit is worth.
    let bits = low.to_bits();
    let (fraction, biased) = (bits & ((1 << 52) - 1), (bits >> 52).max(1));
    let whole = if bits >> 52 == 0 { fraction } else { fraction | 1 << 52 };
    let two = i64::try_from(biased).unwrap_or(0) - 1076;
    let (mut number, mut ten) = (Large(Vec::new()), exponent);
    let (mut count, mut is_fraction, mut is_cut) = (0, false, false);
    for byte in digits {
        if *byte == b'.' {
            is_fraction = true;
        } else if count < MOST_TELLING {
            number.times(10, u32::from(byte - b'0'));
            count += usize::from(!number.0.is_empty());
            ten -= i64::from(is_fraction);
        } else {
            is_cut |= *byte != b'0';
            ten += i64::from(!is_fraction);
        }
    }
    if is_cut {
        number.times(10, 1);
        ten -= 1;
    }
    let mut middle = Large(Vec::new());
    middle.add(2 * whole + 1);
    let more = |large: &mut Large, base: u32, power: i64| {
        (0..power).for_each(|_| large.times(base, 0));
    };
    more(&mut number, 10, ten);
    more(&mut middle, 10, -ten);
    more(&mut middle, 2, two);
    more(&mut number, 2, -two);
    match number.compared(&middle) {
        Ordering::Less => low,
        Ordering::Greater => high,
        Ordering::Equal => {
            if whole & 1 == 0 {
                low
            } else {
                high
            }
        }
    }
}

/// A whole number of any length, its lowest 32 bits first and no zeros at the end.
struct Large(Vec<u32>);

impl Large {
    /// Multiplies by a number and adds another.
    fn times(&mut self, by: u32, more: u32) {
        let mut carry = u64::from(more);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(by);
            *part = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    /// Sets it to a number that is not 0.
    fn add(&mut self, number: u64) {
        self.0 = vec![low(number), low(number >> 32)];
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn compared(&self, other: &Large) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// The lowest 32 bits.
#[expect(clippy::cast_possible_truncation, reason = "that is what is wanted")]
fn low(number: u64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(text: &str) {
        let (own, expected) = (decimal(text), text.parse::<f64>().ok());
        assert_eq!(
            own.map(f64::to_bits),
            expected.map(f64::to_bits),
            "{text}: {own:?} {expected:?}"
        );
    }

    #[test]
    fn words_and_forms_are_the_standard_librarys() {
        for text in [
            "",
            "+",
            "-",
            ".",
            "e5",
            "1e",
            "1e+",
            "1.e",
            ".5",
            "5.",
            "5.e3",
            "+.5e-3",
            "1_0",
            "0x1",
            "1..2",
            "1.2.3",
            "inf",
            "-Infinity",
            "+INF",
            "nan",
            "-NaN",
            "infin",
            "nano",
            "1e5.0",
            " 1",
            "1 ",
            "--1",
            "−1",
            "1E5",
            "00012",
            "0",
            "-0",
            "0e999999999999999999999",
            "1e999999999999999999999",
            "1e-99999999999999999999",
            "1f",
        ] {
            same(text);
        }
    }

    #[test]
    fn the_hardest_are_the_standard_librarys() {
        for text in [
            // The smallest and the largest, what is just below and above, and halves between.
            "4.9406564584124654e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "9007199254740993",
            "9007199254740993.00000000000000000000000000000000001",
            "9007199254740992.999999999999999",
            "179769313486231580793728971405301e276",
            "6929495644600919.5",
            "3.7455744005952583e15",
            "8.988465674311581e307",
            "1090544144181609348671888949248",
            "5e-324",
            "123456789012345678901234567890e-25",
            "0.1",
            "1e23",
            "9.5e22",
        ] {
            same(text);
        }
        let third = format!("0.{}", "3".repeat(900));
        let half = format!("9007199254740993.{}1", "0".repeat(850));
        let small = format!(
            "0.{}2470328229206232720882843964341106861825299013071623822127928412503377536351043",
            "0".repeat(323)
        );
        for text in [
            &third,
            &half,
            &small,
            &format!("{}e-500", "7".repeat(600)),
            &format!("1{}", "0".repeat(400)),
        ] {
            same(text);
        }
    }

    #[test]
    fn the_middle_of_neighbours_goes_to_the_even_one() {
        for bits in [
            1_u64,
            2,
            0x000f_ffff_ffff_ffff,
            0x0010_0000_0000_0000,
            0x3ff0_0000_0000_0001,
            0x7fef_ffff_ffff_fffe,
        ] {
            // The middle has some hundred digits more than a double needs, which Rust prints.
            let (one, two) = (f64::from_bits(bits), f64::from_bits(bits + 1));
            for text in [format!("{one:.1080}"), format!("{two:.1080}")] {
                same(&text);
            }
        }
        // 2⁵³ + 1 and its like: halves at every power of two.
        for power in 0..60 {
            let odd = ((1_u128 << 53) + 1) << power;
            same(&odd.to_string());
            same(&format!("{odd}.0000001"));
            same(&(odd + (1 << 53 << power)).to_string());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(target_arch = "wasm32") { 500 } else { 20_000 }))]

        #[test]
        fn the_standard_librarys_parser(bits: u64, digits in "[0-9]{1,30}", point in 0_usize..30, power in -360_i32..330) {
            let value = f64::from_bits(bits);
            same(&format!("{value:e}"));
            same(&format!("{value:.17e}"));
            let at = point.min(digits.len());
            same(&format!("{}.{}e{power}", &digits[..at], &digits[at..]));
            same(&format!("{digits}e{power}"));
        }

        #[test]
        fn anything_else(text in "[-+0-9.eE]{0,12}|\\PC{0,6}") {
            same(&text);
        }
    }
}
