//! [`Rescale`]: how an engine gets from an accumulator and a bias to an output code.

use serde::{Deserialize, Serialize};

use super::fixed_point::Multiplier;
use super::onednn_rescale::OneDnnRescale;
use super::qparams::QRange;
use super::requantize::{
    bias_to_i32_onnx, bias_to_i32_qnnpack, bias_to_i32_tflite, fbgemm_add_bias, requantize_double,
    requantize_float, requantize_gemmlowp, requantize_onnx, requantize_power_of_two,
    requantize_ruy, requantize_xnnpack, right_shift,
};
use super::scales::Scales;

/// How an engine rescales an accumulator to output codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rescale {
    /// [`fbgemm_add_bias`], then [`requantize_float`].
    Fbgemm,
    /// [`bias_to_i32_qnnpack`] added as an integer, then [`requantize_float`].
    Qnnpack,
    /// [`bias_to_i32_tflite`], then [`requantize_gemmlowp`].
    Gemmlowp,
    /// [`bias_to_i32_tflite`], then [`requantize_ruy`].
    Ruy,
    /// [`bias_to_i32_tflite`], then [`requantize_double`].
    Double,
    /// [`bias_to_i32_tflite`], then [`requantize_xnnpack`].
    Xnnpack,
    /// [`bias_to_i32_qnnpack`], then [`requantize_power_of_two`].
    PowerOfTwo,
    /// [`bias_to_i32_onnx`], then [`requantize_onnx`].
    OnnxRuntime,
    /// PyTorch 2.5's linear on oneDNN: [`OneDnnRescale::LINEAR`].
    OneDnn,
    /// Its convolutions: [`OneDnnRescale::CONV`].
    OneDnnConv,
}

impl Rescale {
    /// Every rule.
    pub const ALL: &[Rescale] = &[
        Rescale::Fbgemm,
        Rescale::Qnnpack,
        Rescale::Gemmlowp,
        Rescale::Ruy,
        Rescale::Double,
        Rescale::Xnnpack,
        Rescale::PowerOfTwo,
        Rescale::OnnxRuntime,
        Rescale::OneDnn,
        Rescale::OneDnnConv,
    ];

    /// oneDNN's own, where it is one of those.
    fn of_onednn(self) -> Option<OneDnnRescale> {
        match self {
            Rescale::OneDnn => Some(OneDnnRescale::LINEAR),
            Rescale::OneDnnConv => Some(OneDnnRescale::CONV),
            _ => None,
        }
    }

    /// Whether a bias is added in float; the others round it to an integer first.
    pub fn adds_bias_in_float(self) -> bool {
        self == Rescale::Fbgemm || self.of_onednn().is_some()
    }

    /// The output code of an accumulator (zero-point terms included) and a real bias.
    pub fn output_code(
        self,
        acc: i32,
        bias: Option<f32>,
        scales: Scales,
        zero_point: i32,
        range: QRange,
    ) -> i32 {
        if self == Rescale::Fbgemm {
            let value = match bias {
                Some(bias) => fbgemm_add_bias(acc, bias, scales),
                None => acc as f32,
            };
            return requantize_float(value * scales.multiplier(), zero_point, range);
        }
        if let Some(rule) = self.of_onednn() {
            return rule.output_code(acc, bias, scales.wide(), zero_point, range);
        }
        let bias = bias.map_or(0, |bias| self.integer_bias(bias, scales));
        self.integer_output_code(acc.wrapping_add(bias), scales, zero_point, range)
    }

    /// The output code of an accumulator that already holds its bias.
    pub fn integer_output_code(
        self,
        acc: i32,
        scales: Scales,
        zero_point: i32,
        range: QRange,
    ) -> i32 {
        match self {
            Rescale::Fbgemm => {
                requantize_float(acc as f32 * scales.multiplier(), zero_point, range)
            }
            Rescale::Qnnpack => {
                requantize_float(acc as f32 * scales.qnnpack_multiplier(), zero_point, range)
            }
            Rescale::Gemmlowp => {
                let multiplier = Multiplier::from_real(scales.tflite_multiplier());
                requantize_gemmlowp(acc, multiplier, zero_point, range)
            }
            Rescale::Ruy => {
                let multiplier = Multiplier::from_real(scales.tflite_multiplier());
                requantize_ruy(acc, multiplier, zero_point, range)
            }
            Rescale::Double => requantize_double(acc, scales.multiplier_f64(), zero_point, range),
            Rescale::Xnnpack => requantize_xnnpack(acc, scales.multiplier(), zero_point, range),
            Rescale::PowerOfTwo => {
                requantize_power_of_two(acc, scales.multiplier(), zero_point, range)
            }
            Rescale::OnnxRuntime => requantize_onnx(acc, scales.multiplier(), zero_point, range),
            Rescale::OneDnn | Rescale::OneDnnConv => {
                self.output_code(acc, None, scales, zero_point, range)
            }
        }
    }

    /// The bias in units of the accumulator, as this rule adds it: a whole number but for FBGEMM,
    /// which adds in float.
    pub fn bias_in_accumulator(self, bias: f32, scales: Scales) -> f64 {
        match self {
            Rescale::Fbgemm => fbgemm_add_bias(0, bias, scales).into(),
            Rescale::OneDnn | Rescale::OneDnnConv => {
                f64::from(bias) / f64::from(scales.accumulator())
            }
            rule => rule.integer_bias(bias, scales).into(),
        }
    }

    /// Output codes per unit of the accumulator, as this rule multiplies it: its own rounding of
    /// `input·weight/output`, in fixed point that of the integers, with a shift a power of two.
    pub fn multiplier(self, scales: Scales) -> f64 {
        match self {
            Rescale::Fbgemm | Rescale::Xnnpack | Rescale::OnnxRuntime => scales.multiplier().into(),
            Rescale::OneDnn => OneDnnRescale::LINEAR.multiplier(scales.wide()).into(),
            Rescale::OneDnnConv => OneDnnRescale::CONV.multiplier(scales.wide()).into(),
            Rescale::Qnnpack => scales.qnnpack_multiplier().into(),
            Rescale::Gemmlowp | Rescale::Ruy => {
                Multiplier::from_real(scales.tflite_multiplier()).real()
            }
            Rescale::Double => scales.multiplier_f64(),
            Rescale::PowerOfTwo => libm::ldexp(1.0, -right_shift(scales.multiplier())),
        }
    }

    /// The multiplier as integers, for the rules that work in fixed point.
    pub fn fixed_point(self, scales: Scales) -> Option<Multiplier> {
        matches!(self, Rescale::Gemmlowp | Rescale::Ruy)
            .then(|| Multiplier::from_real(scales.tflite_multiplier()))
    }

    /// The bias in units of the accumulator. FBGEMM and oneDNN have none (they add in float); for them
    /// this is QNNPACK's.
    fn integer_bias(self, bias: f32, scales: Scales) -> i32 {
        match self {
            Rescale::Fbgemm
            | Rescale::OneDnn
            | Rescale::OneDnnConv
            | Rescale::Qnnpack
            | Rescale::PowerOfTwo => bias_to_i32_qnnpack(bias, scales),
            Rescale::Gemmlowp | Rescale::Ruy | Rescale::Double | Rescale::Xnnpack => {
                bias_to_i32_tflite(bias, scales)
            }
            Rescale::OnnxRuntime => bias_to_i32_onnx(bias, scales),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::QType;
    use crate::arith::scales::fixtures::{CODES, scales};

    #[test]
    fn five_rules_at_a_tie() {
        // ±2.5 output steps: an accumulator of ±10 at a quarter.
        let quarter = scales(0.5, 0.5, 1.0, false);
        let signed = QType::QInt8.range();
        let rules = [
            (Rescale::Fbgemm, 2, -2),
            (Rescale::Qnnpack, 2, -2),
            (Rescale::Gemmlowp, 3, -3),
            (Rescale::Ruy, 3, -2),
            (Rescale::Double, 3, -3),
            (Rescale::Xnnpack, 2, -2),
            (Rescale::PowerOfTwo, 3, -2),
            (Rescale::OnnxRuntime, 2, -2),
            (Rescale::OneDnn, 2, -2),
            (Rescale::OneDnnConv, 2, -2),
        ];
        for (rule, up, down) in rules {
            assert_eq!(rule.output_code(10, None, quarter, 0, signed), up, "{rule:?}");
            assert_eq!(rule.output_code(-10, None, quarter, 0, signed), down, "{rule:?}");
        }
    }

    #[test]
    fn qnnpack_multiplies_by_the_reciprocal_of_the_output_scale() {
        // 9 · (0.5·0.1) ÷ 0.3 is a tie in float32 by the division, and just above it by the
        // reciprocal. The recorded codes are 1 and 2.
        let scales = scales(0.5, 0.1, 0.3, false);
        assert_eq!(Rescale::Fbgemm.output_code(9, None, scales, 0, CODES), 1);
        assert_eq!(Rescale::Qnnpack.output_code(9, None, scales, 0, CODES), 2);
    }

    #[test]
    fn a_rule_says_the_multiplier_that_it_uses() {
        let scales = scales(0.5, 0.1, 0.3, false);
        for &rule in Rescale::ALL {
            let multiplier = rule.multiplier(scales);
            let is_near = match rule {
                Rescale::PowerOfTwo => multiplier == 0.125,
                _ => (multiplier - 0.5 * 0.1 / 0.3).abs() < 1e-8,
            };
            assert!(is_near, "{rule:?}: {multiplier}");
        }
        let by = |rule: Rescale| rule.multiplier(scales);
        assert_ne!(by(Rescale::Fbgemm), by(Rescale::Qnnpack));
    }

    #[test]
    fn tflite_multiplies_in_float32_per_tensor_and_in_double_per_channel() {
        // 28.5 output steps but for the last bit of the first product.
        let (acc, signed) = (97_375_008, QType::QInt8.range());
        for rule in [Rescale::Gemmlowp, Rescale::Ruy] {
            let tensor = scales(0.018, 0.000_1, 6.15, false);
            assert_eq!(rule.integer_output_code(acc, tensor, 0, signed), 28, "{rule:?}");
            let channel = scales(0.018, 0.000_1, 6.15, true);
            assert_eq!(rule.integer_output_code(acc, channel, 0, signed), 29, "{rule:?}");
        }
    }
}
