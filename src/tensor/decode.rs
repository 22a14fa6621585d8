//! From stored bytes to numbers.

use super::dtype::{Dtype, NumberKind};
use super::number::Number;

/// What binary16 has as a float32: exact.
pub fn float16(bits: u16) -> f32 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let exponent = (bits >> 10) & 0x1f;
    let mantissa = f32::from(bits & 0x3ff);
    match exponent {
        0 => sign * mantissa * 2.0_f32.powi(-24),
        0x1f if mantissa == 0.0 => sign * f32::INFINITY,
        0x1f => f32::NAN,
        _ => sign * (1.0 + mantissa / 1024.0) * 2.0_f32.powi(i32::from(exponent) - 15),
    }
}

/// What bfloat16 has as a float32: it is its upper half.
pub fn bfloat16(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

/// What a byte with 4 bits of exponent and 3 of mantissa has as a float32.
pub fn float8_e4m3fn(bits: u8) -> f32 {
    let sign = if bits >> 7 == 1 { -1.0 } else { 1.0 };
    let exponent = (bits >> 3) & 0xf;
    let mantissa = f32::from(bits & 7);
    match (exponent, bits & 7) {
        (0xf, 7) => f32::NAN,
        (0, _) => sign * mantissa * 2.0_f32.powi(-9),
        _ => sign * (1.0 + mantissa / 8.0) * 2.0_f32.powi(i32::from(exponent) - 7),
    }
}

/// What a byte with 5 bits of exponent and 2 of mantissa has as a float32: it is the upper half of a
/// binary16.
pub fn float8_e5m2(bits: u8) -> f32 {
    float16(u16::from(bits) << 8)
}

/// Appends the floats of little-endian `bytes` as float32, rounded to the nearest where they are
/// wider. Of integers nothing is appended.
pub fn append_floats(bytes: &[u8], dtype: Dtype, out: &mut Vec<f32>) {
    match dtype {
        Dtype::Float32 => out.extend(values(bytes).map(f32::from_le_bytes)),
        Dtype::Float16 => {
            out.extend(values(bytes).map(|value| float16(u16::from_le_bytes(value))));
        }
        Dtype::BFloat16 => {
            out.extend(values(bytes).map(|value| bfloat16(u16::from_le_bytes(value))));
        }
        Dtype::Float8E4M3Fn => out.extend(bytes.iter().map(|&byte| float8_e4m3fn(byte))),
        Dtype::Float8E5M2 => out.extend(bytes.iter().map(|&byte| float8_e5m2(byte))),
        Dtype::Float64 => out.extend(values(bytes).map(|value| narrow(f64::from_le_bytes(value)))),
        _ => {}
    }
}

/// Appends the integers of little-endian `bytes`; unsigned ones beyond `i64::MAX` become negative, as
/// a hash of them as int64 has them. Of floats nothing is appended.
pub fn append_integers(bytes: &[u8], dtype: Dtype, out: &mut Vec<i64>) {
    match dtype {
        Dtype::Bool | Dtype::Int8 | Dtype::QInt8 => {
            out.extend(values(bytes).map(|value| i64::from(i8::from_le_bytes(value))));
        }
        Dtype::UInt8 | Dtype::QUInt8 => out.extend(bytes.iter().map(|&byte| i64::from(byte))),
        Dtype::Int16 => {
            out.extend(values(bytes).map(|value| i64::from(i16::from_le_bytes(value))));
        }
        Dtype::UInt16 => {
            out.extend(values(bytes).map(|value| i64::from(u16::from_le_bytes(value))));
        }
        Dtype::Int32 | Dtype::QInt32 => {
            out.extend(values(bytes).map(|value| i64::from(i32::from_le_bytes(value))));
        }
        Dtype::UInt32 => {
            out.extend(values(bytes).map(|value| i64::from(u32::from_le_bytes(value))));
        }
        Dtype::Int64 | Dtype::UInt64 => out.extend(values(bytes).map(i64::from_le_bytes)),
        _ => {}
    }
}

/// The values of little-endian `bytes` as they are shown.
pub fn numbers(bytes: &[u8], dtype: Dtype) -> Vec<Number> {
    match dtype {
        Dtype::UInt64 => values(bytes)
            .map(u64::from_le_bytes)
            .map(|value| i64::try_from(value).map_or(Number::Unsigned(value), Number::Integer))
            .collect(),
        Dtype::Float64 => {
            values(bytes).map(|value| Number::Real(f64::from_le_bytes(value))).collect()
        }
        _ if dtype.kind() == NumberKind::Integer => {
            let mut integers = Vec::new();
            append_integers(bytes, dtype, &mut integers);
            integers.into_iter().map(Number::Integer).collect()
        }
        _ => {
            let mut floats = Vec::new();
            append_floats(bytes, dtype, &mut floats);
            floats.into_iter().map(|value| Number::Real(f64::from(value))).collect()
        }
    }
}

/// The nearest float32.
#[expect(clippy::cast_possible_truncation, reason = "rounding is meant")]
fn narrow(value: f64) -> f32 {
    value as f32
}

fn values<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = [u8; N]> {
    bytes.as_chunks().0.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the definition of such a format: an oracle in double.
    fn by_definition(bits: u16, exponents: u32, mantissas: u32, bias: i32) -> f64 {
        let mantissa = f64::from(bits & ((1 << mantissas) - 1)) / f64::from(1_u32 << mantissas);
        let exponent = i32::from((bits >> mantissas) & ((1 << exponents) - 1));
        let sign = if (bits >> (exponents + mantissas)) & 1 == 1 { -1.0 } else { 1.0 };
        match exponent {
            0 => sign * mantissa * 2.0_f64.powi(1 - bias),
            _ => sign * (1.0 + mantissa) * 2.0_f64.powi(exponent - bias),
        }
    }

    #[test]
    fn every_small_float_is_its_definition() {
        for bits in 0..=u16::MAX {
            let found = float16(bits);
            match (bits >> 10) & 0x1f {
                0x1f if bits & 0x3ff == 0 => assert!(found.is_infinite(), "{bits:#x}"),
                0x1f => assert!(found.is_nan(), "{bits:#x}"),
                _ => assert_eq!(f64::from(found), by_definition(bits, 5, 10, 15), "{bits:#x}"),
            }
            assert_eq!(found.is_sign_negative(), bits >> 15 == 1 && !found.is_nan(), "{bits:#x}");
        }
        for bits in 0..=u8::MAX {
            let (fn8, e5) = (float8_e4m3fn(bits), float8_e5m2(bits));
            if bits & 0x7f == 0x7f {
                assert!(fn8.is_nan());
            } else {
                assert_eq!(f64::from(fn8), by_definition(bits.into(), 4, 3, 7), "{bits:#x}");
            }
            if bits & 0x7c != 0x7c {
                assert_eq!(f64::from(e5), by_definition(bits.into(), 5, 2, 15), "{bits:#x}");
            }
        }
        assert_eq!(float8_e4m3fn(0x7e), 448.0);
        assert_eq!(bfloat16(0x3f80), 1.0);
        assert_eq!(bfloat16(0xc049), -3.140_625);
    }
}
