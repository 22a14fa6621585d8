//! The numbers by which CPUs name their family and model.

/// What a CPU says of itself in two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CpuNumber {
    /// Family and model of x86.
    X86 {
        /// The family.
        family: u32,
        /// The model.
        model: u32,
    },
    /// Implementer and part of ARM.
    Arm {
        /// The implementer.
        implementer: u32,
        /// The part.
        part: u32,
    },
}

/// One number, or a row of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberPattern {
    /// `6:0x55` or `0x41:0xd08`.
    One(CpuNumber),
    /// `25:0x4*`: every model of x86 with this before its last hexadecimal digit.
    Row {
        /// The family.
        family: u32,
        /// The model without its last digit.
        high: u32,
    },
    /// `24:*`: every model of x86.
    Family(u32),
}

/// A number as `0x41`.
pub(super) fn hexadecimal(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    // `from_str_radix` takes a sign, too.
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(())?;
    u32::from_str_radix(digits, 16).ok()
}

impl CpuNumber {
    /// Of its text, as `6:0x55` or `0x41:0xd08`.
    pub(super) fn read(text: &str) -> Option<CpuNumber> {
        match NumberPattern::read(text)? {
            NumberPattern::One(number) => Some(number),
            NumberPattern::Row { .. } | NumberPattern::Family(_) => None,
        }
    }
}

impl NumberPattern {
    /// Of its text.
    pub(super) fn read(text: &str) -> Option<NumberPattern> {
        let (first, second) = text.split_once(':')?;
        if let Some(implementer) = hexadecimal(first) {
            let part = hexadecimal(second)?;
            return Some(NumberPattern::One(CpuNumber::Arm { implementer, part }));
        }
        let family = first.parse().ok()?;
        Some(match second.strip_suffix('*') {
            Some("") => NumberPattern::Family(family),
            Some(high) => NumberPattern::Row { family, high: hexadecimal(high)? },
            None => NumberPattern::One(CpuNumber::X86 { family, model: hexadecimal(second)? }),
        })
    }

    /// Whether a number is the one, or of the row.
    pub(super) fn has(self, number: CpuNumber) -> bool {
        match (self, number) {
            (NumberPattern::One(one), number) => one == number,
            (NumberPattern::Row { family, high }, CpuNumber::X86 { family: own, model }) => {
                family == own && high == model >> 4
            }
            (NumberPattern::Family(family), CpuNumber::X86 { family: own, .. }) => family == own,
            (_, CpuNumber::Arm { .. }) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(pattern: &str, family: u32, model: u32) -> bool {
        let pattern = NumberPattern::read(pattern).expect("a pattern");
        pattern.has(CpuNumber::X86 { family, model })
    }

    #[test]
    fn a_star_is_a_digit_or_a_whole_model() {
        assert!(has("6:0x0F", 6, 15) && !has("6:0x0F", 6, 16) && !has("6:0x0F", 15, 15));
        assert!(has("25:0x4*", 25, 0x40) && has("25:0x4*", 25, 0x4f));
        assert!(!has("25:0x4*", 25, 0x50) && !has("25:0x4*", 25, 0x140) && !has("25:0x4*", 25, 4));
        assert!(has("24:*", 24, 0) && has("24:*", 24, 999) && !has("24:*", 25, 0));
    }

    #[test]
    fn arm_has_two_hexadecimal_numbers() {
        let a72 = CpuNumber::Arm { implementer: 0x41, part: 0xd08 };
        assert_eq!(CpuNumber::read("0x41:0xd08"), Some(a72));
        assert_eq!(CpuNumber::read("25:0x4*"), None);
        assert!(!has("0x41:0xd08", 0x41, 0xd08));
    }

    #[test]
    fn other_forms_are_none() {
        for text in ["", ":", "6", "6:", "6:85", "0x41:", "0x41:*", "0x:0x1", "6:0x+5", "6:0x**"] {
            assert_eq!(NumberPattern::read(text), None, "{text:?}");
        }
    }
}
