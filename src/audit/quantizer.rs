//! [`WeightQuantizer`]: real weights to int8 codes, as libraries do it.

use crate::tensor::Scheme;

/// Symmetric quantization of weights: scale = max|w| / `divisor` in float32, at least 2⁻²³; code =
/// clamp(rint(w·(1/scale))), halves to even, zero point 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightQuantizer {
    /// What the largest weight is divided by.
    pub divisor: f32,
    /// The lowest code.
    pub lo: i8,
    /// The highest code.
    pub hi: i8,
}

impl WeightQuantizer {
    /// PyTorch's `MinMaxObserver` and `PerChannelMinMaxObserver`, symmetric, qint8.
    pub const TORCH: WeightQuantizer = WeightQuantizer { divisor: 127.5, lo: -128, hi: 127 };
    /// The same with `reduce_range`.
    pub const TORCH_REDUCED: WeightQuantizer = WeightQuantizer { divisor: 63.5, lo: -64, hi: 63 };
    /// ONNX Runtime's and TensorFlow Lite's.
    pub const ONNX: WeightQuantizer = WeightQuantizer { divisor: 127.0, lo: -127, hi: 127 };
    /// ONNX Runtime's with `reduce_range`.
    pub const ONNX_REDUCED: WeightQuantizer = WeightQuantizer { divisor: 64.0, lo: -64, hi: 64 };

    /// The scale of weights of which the largest magnitude is `most`, finite.
    pub fn scale(self, most: f32) -> f32 {
        (most / self.divisor).max(f32::EPSILON)
    }

    /// The code of a weight, finite, whose channel has that scale.
    pub fn code(self, weight: f32, scale: f32) -> i8 {
        self.round(weight, 1.0 / scale)
    }

    /// The code of a weight whose channel has the scale with that reciprocal.
    #[inline]
    pub(super) fn round(self, weight: f32, reciprocal: f32) -> i8 {
        // Adding and taking off 1.5·2²³ rounds halves to even, as the sum has no room for less; what
        // is left in its lowest bits is the code. |weight·reciprocal| is at most the divisor and a bit.
        const MAGIC: f32 = 12_582_912.0;
        let product = (weight * reciprocal).clamp(-256.0, 256.0);
        let bits = (product + MAGIC).to_bits().wrapping_sub(MAGIC.to_bits()).cast_signed();
        let code = bits.clamp(i32::from(self.lo), i32::from(self.hi));
        #[expect(clippy::cast_possible_truncation, reason = "within lo..=hi")]
        let code = code as i8;
        code
    }

    /// Codes `[N][K]` and scales of weights `[N][K]`, all finite.
    pub fn quantize(self, weights: &[f32], inputs: usize, scheme: Scheme) -> (Vec<i8>, Vec<f32>) {
        let rows = weights.chunks_exact(inputs.max(1));
        let scales: Vec<f32> = match scheme {
            Scheme::Channel => rows.clone().map(|row| self.scale(largest(row))).collect(),
            Scheme::Tensor => vec![self.scale(largest(weights)); rows.len()],
        };
        let code = |(row, &scale): (&[f32], &f32)| {
            let reciprocal = 1.0 / scale;
            row.iter().map(move |&weight| self.round(weight, reciprocal)).collect::<Vec<_>>()
        };
        (rows.zip(&scales).flat_map(code).collect(), scales)
    }
}

/// A float32, or its bytes in little-endian order.
pub(super) trait Real: Copy {
    /// The float32.
    fn real(self) -> f32;
}

impl Real for f32 {
    #[inline]
    fn real(self) -> f32 {
        self
    }
}

impl Real for [u8; 4] {
    #[inline]
    fn real(self) -> f32 {
        f32::from_le_bytes(self)
    }
}

/// The largest magnitude; 0 of none, and infinite or NaN if one of them is.
pub(super) fn largest<R: Real>(values: &[R]) -> f32 {
    // Magnitudes are ordered as their bits are, and maxima of integers need no care for NaN.
    let bits = values.iter().map(|value| value.real().to_bits() & 0x7fff_ffff).max();
    f32::from_bits(bits.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::{QScheme, QType, min_max_qparams, quantize};

    #[test]
    fn torchs_quantizer_is_the_one_of_the_arithmetic() {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from_bits((state >> 9) | 0x3f80_0000) - 1.5
        };
        for size in [1e-38, 1e-8, 1e-3, 1.0, 7.25, 1e30] {
            let weights: Vec<f32> = (0..1000).map(|_| next() * size).collect();
            let (codes, scales) = WeightQuantizer::TORCH.quantize(&weights, 1000, Scheme::Channel);
            let most = largest(&weights);
            let params = min_max_qparams(-most, most, QType::QInt8, QScheme::Symmetric, false);
            assert_eq!(scales, [params.scale]);
            for (&weight, &code) in weights.iter().zip(&codes) {
                let expected = quantize(weight, params, QType::QInt8.range());
                assert_eq!(i32::from(code), expected, "{weight} / {}", params.scale);
            }
        }
    }

    #[test]
    fn halves_go_to_the_even_code() {
        let code = |weight| WeightQuantizer::TORCH.code(weight, 1.0);
        assert_eq!([0.5, 1.5, 2.5, -0.5, -1.5, -2.5].map(code), [0, 2, 2, 0, -2, -2]);
        assert_eq!([126.5, 127.49, 127.5, 300.0].map(code), [126, 127, 127, 127]);
        assert_eq!([-127.5, -128.6, -1e9].map(code), [-128; 3]);
        assert_eq!(WeightQuantizer::ONNX.code(-1e9, 1.0), -127);
    }

    #[test]
    fn largest_is_of_magnitudes() {
        assert_eq!(largest::<f32>(&[]), 0.0);
        assert_eq!(largest(&[-0.0, 1.0, -3.5]), 3.5);
    }
}
