//! Scale and zero point, and the min-max observer that chooses them.

use serde::{Deserialize, Serialize};

use super::float::round_to_i32;

/// The codes that a value may take, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QRange {
    /// Lowest code.
    pub qmin: i32,
    /// Highest code.
    pub qmax: i32,
}

impl QRange {
    /// The nearest code of the range.
    pub fn clamp(self, code: i32) -> i32 {
        code.max(self.qmin).min(self.qmax)
    }
}

/// An 8-bit quantized type, named as in PyTorch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QType {
    /// Unsigned, 0..=255: activations.
    QUInt8,
    /// Signed, -128..=127: weights.
    QInt8,
}

impl QType {
    /// Every code of the type: what [`quantize`](super::quantize()) clamps to.
    pub const fn range(self) -> QRange {
        match self {
            QType::QUInt8 => QRange { qmin: 0, qmax: 255 },
            QType::QInt8 => QRange { qmin: -128, qmax: 127 },
        }
    }

    /// The codes that an observer spreads its range over: half of the type with `reduce_range`
    /// (0..=127, -64..=63), so that a pair of products fits int16 for inputs inside the range.
    pub const fn observer_range(self, reduce_range: bool) -> QRange {
        match (self, reduce_range) {
            (_, false) => self.range(),
            (QType::QUInt8, true) => QRange { qmin: 0, qmax: 127 },
            (QType::QInt8, true) => QRange { qmin: -64, qmax: 63 },
        }
    }
}

/// Where an observer puts the zero point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QScheme {
    /// Anywhere in the range, so that min and max meet its ends.
    Affine,
    /// In the middle: 0 for qint8, 128 for quint8.
    Symmetric,
}

/// `real = (code - zero_point)·scale`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct QParams {
    /// Real units per code, above 0.
    pub scale: f32,
    /// The code of real 0.
    pub zero_point: i32,
}

/// The same with the scale in double, as PyTorch keeps it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WideParams {
    /// Real units per code, above 0.
    pub scale: f64,
    /// The code of real 0.
    pub zero_point: i32,
}

impl WideParams {
    /// The scale in float32, as most of the arithmetic takes it.
    #[expect(clippy::cast_possible_truncation, reason = "a float32 is meant")]
    pub fn narrow(self) -> QParams {
        QParams { scale: self.scale as f32, zero_point: self.zero_point }
    }
}

impl From<QParams> for WideParams {
    fn from(params: QParams) -> WideParams {
        WideParams { scale: params.scale.into(), zero_point: params.zero_point }
    }
}

/// Scale and zero point for values observed between `min` and `max` (real units).
///
/// PyTorch's `MinMaxObserver.calculate_qparams`; `docs/arithmetic.md` section 1. All of it in
/// float32. Zero is always part of the range; the scale is at least 2⁻²³. The zero point of
/// quint8 symmetric is 128, with `reduce_range` too, as in PyTorch.
///
/// A NaN bound counts as 0 (PyTorch refuses it). An infinite one gives an infinite scale.
pub fn min_max_qparams(
    min: f32,
    max: f32,
    dtype: QType,
    scheme: QScheme,
    reduce_range: bool,
) -> QParams {
    let QRange { qmin, qmax } = dtype.observer_range(reduce_range);
    let (min, max) = (min.min(0.0), max.max(0.0));
    // Small integers: exact in f32.
    let steps = (qmax - qmin) as f32;
    match scheme {
        QScheme::Affine => {
            let scale = ((max - min) / steps).max(f32::EPSILON);
            let zero_point = qmin.wrapping_sub(round_to_i32(min / scale));
            QParams { scale, zero_point: zero_point.clamp(qmin, qmax) }
        }
        QScheme::Symmetric => {
            let scale = ((-min).max(max) / (steps / 2.0)).max(f32::EPSILON);
            let zero_point = match dtype {
                QType::QUInt8 => 128,
                QType::QInt8 => 0,
            };
            QParams { scale, zero_point }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symmetric_range_has_no_code_in_the_middle() {
        // 4/(8/255) is just below 127.5 in float32, so it rounds down; 4/(8/127) is 63.5.
        let params = min_max_qparams(-4.0, 4.0, QType::QUInt8, QScheme::Affine, false);
        assert_eq!(params, QParams { scale: 8.0 / 255.0, zero_point: 127 });
        let reduced = min_max_qparams(-4.0, 4.0, QType::QUInt8, QScheme::Affine, true);
        assert_eq!(reduced, QParams { scale: 8.0 / 127.0, zero_point: 64 });
    }

    #[test]
    fn zero_is_always_in_the_range() {
        let above = min_max_qparams(3.0, 5.1, QType::QUInt8, QScheme::Affine, false);
        assert_eq!(above, QParams { scale: 5.1 / 255.0, zero_point: 0 });
        let below = min_max_qparams(-5.1, -3.0, QType::QUInt8, QScheme::Affine, false);
        assert_eq!(below, QParams { scale: 5.1 / 255.0, zero_point: 255 });
    }

    #[test]
    fn a_bound_that_is_no_number_still_gives_codes() {
        for (min, max) in [
            (f32::NAN, 1.0),
            (-1.0, f32::NAN),
            (f32::NEG_INFINITY, 1.0),
            (f32::NEG_INFINITY, f32::INFINITY),
            (f32::MIN, f32::MAX),
            (0.0, 0.0),
        ] {
            for dtype in [QType::QUInt8, QType::QInt8] {
                for scheme in [QScheme::Affine, QScheme::Symmetric] {
                    let params = min_max_qparams(min, max, dtype, scheme, false);
                    assert!(params.scale >= f32::EPSILON);
                    let range = dtype.range();
                    assert!((range.qmin..=range.qmax).contains(&params.zero_point));
                }
            }
        }
    }
}
