//! Numbers as pickles write them.

use super::value::Value;

/// A whole number in little-endian two's complement of any length.
pub fn long(bytes: &[u8]) -> Value {
    let negative = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
    let fill = if negative { 0xff } else { 0 };
    let (low, high) = bytes.split_at(bytes.len().min(8));
    let mut eight = [fill; 8];
    eight[..low.len()].copy_from_slice(low);
    let value = i64::from_le_bytes(eight);
    // What is above says nothing new if it only repeats the sign.
    if high.iter().all(|&byte| byte == fill) && (value < 0) == negative {
        Value::Integer(value)
    } else {
        Value::Large
    }
}

/// A line of digits, `01` and `00` of old pickles among them, which are truths.
pub fn decimal(line: &str) -> Option<Value> {
    match line {
        "00" => return Some(Value::Bool(false)),
        "01" => return Some(Value::Bool(true)),
        _ => {}
    }
    let digits = line.strip_suffix('L').unwrap_or(line);
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let is_number = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().map_or(Value::Large, Value::Integer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longs_are_twos_complement() {
        assert_eq!(long(&[]), Value::Integer(0));
        assert_eq!(long(&[0xff, 0]), Value::Integer(255));
        assert_eq!(long(&[0xff]), Value::Integer(-1));
        assert_eq!(long(&(-300_i64).to_le_bytes()), Value::Integer(-300));
        assert_eq!(long(&[0, 0, 0, 0, 0, 0, 0, 0x80]), Value::Integer(i64::MIN));
        assert_eq!(long(&[0, 0, 0, 0, 0, 0, 0, 0x80, 0]), Value::Large);
        assert_eq!(long(&[1, 0, 0, 0, 0, 0, 0, 0, 0, 0]), Value::Integer(1));
        assert_eq!(long(&[0xff; 12]), Value::Integer(-1));
    }

    #[test]
    fn digits_are_numbers_and_nothing_else_is() {
        assert_eq!(decimal("-12L"), Some(Value::Integer(-12)));
        assert_eq!(decimal("01"), Some(Value::Bool(true)));
        assert_eq!(decimal("99999999999999999999"), Some(Value::Large));
        for line in ["", "-", "1.5", "0x10", "--1", "1 "] {
            assert_eq!(decimal(line), None, "{line}");
        }
    }
}
