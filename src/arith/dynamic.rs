//! PyTorch's dynamic linear layer: `quantized::linear_dynamic`, whose input is quantized as it comes.

use super::float::{fma, round_to_i32};
use super::qparams::{QParams, QRange, QType};
use super::quantize::quantize;

/// The least scale of a dynamic input.
const SMALLEST_SCALE: f32 = 6.1e-5;

/// Who quantizes, and how; FBGEMM and QNNPACK do it differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DynamicEngine {
    /// Codes are made while packing: the zero point is added before rounding, both at once. The bias
    /// is added with one rounding.
    Fbgemm,
    /// Codes as [`quantize()`] makes them; the bias is added with a second rounding. It takes no notice
    /// of `reduce_range`.
    Qnnpack,
}

impl DynamicEngine {
    /// Scale and zero point of real inputs between `min` and `max`, all rows together.
    ///
    /// PyTorch `ChooseQuantizationParams`: another rule than an observer's, in double; zero is always
    /// in the range. `docs/arithmetic.md` section 16. A bound that is no number counts as 0.
    pub fn choose_qparams(self, min: f32, max: f32, reduce_range: bool) -> DynamicParams {
        let is_reduced = reduce_range && self == DynamicEngine::Fbgemm;
        choose_qparams(min, max, QType::QUInt8.observer_range(is_reduced))
    }

    /// The code of a real input.
    pub fn code(self, x: f32, params: DynamicParams) -> i32 {
        let (range, params) = (QType::QUInt8.range(), params.narrow());
        match self {
            DynamicEngine::Qnnpack => quantize(x, params, range),
            DynamicEngine::Fbgemm => {
                let value = fma(x, 1.0 / params.scale, params.zero_point as f32);
                range.clamp(round_to_i32(value))
            }
        }
    }

    /// The real output of an accumulator, zero-point terms included.
    pub fn output(
        self,
        acc: i32,
        params: DynamicParams,
        weight_scale: f32,
        bias: Option<f32>,
    ) -> f32 {
        let scale = params.narrow().scale * weight_scale;
        match (self, bias) {
            (_, None) => acc as f32 * scale,
            (DynamicEngine::Fbgemm, Some(bias)) => fma(acc as f32, scale, bias),
            (DynamicEngine::Qnnpack, Some(bias)) => acc as f32 * scale + bias,
        }
    }
}

/// `real = (code - zero_point)·scale`, the scale as PyTorch chooses it: a double.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DynamicParams {
    /// Real units per code.
    pub scale: f64,
    /// The code of real 0.
    pub zero_point: i32,
}

impl DynamicParams {
    /// The scale in float32, as codes and outputs are made with it.
    #[expect(clippy::cast_possible_truncation, reason = "a float32 is meant")]
    pub fn narrow(self) -> QParams {
        QParams { scale: self.scale as f32, zero_point: self.zero_point }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "float32 where the library has it")]
fn choose_qparams(min: f32, max: f32, QRange { qmin, qmax }: QRange) -> DynamicParams {
    let (mut min, mut max) = (min.min(0.0), max.max(0.0));
    let steps = f64::from(qmax - qmin);
    let mut scale = (f64::from(max) - f64::from(min)) / steps;
    if scale as f32 == 0.0 || (1.0 / scale as f32).is_infinite() {
        scale = 0.1;
    }
    if scale < f64::from(SMALLEST_SCALE) {
        let given = scale as f32;
        scale = SMALLEST_SCALE.into();
        // The range grows with the scale.
        if min == 0.0 {
            max = SMALLEST_SCALE * steps as f32;
        } else if max == 0.0 {
            min = -SMALLEST_SCALE * steps as f32;
        } else {
            let grown = SMALLEST_SCALE / given;
            (min, max) = (min * grown, max * grown);
        }
    }
    // From the end of the range whose error is less.
    let (low, high) = (f64::from(min) / scale, f64::from(max) / scale);
    let error = |code: i32, steps: f64| f64::from(code).abs() - steps.abs();
    let zero_point = if error(qmin, low) < error(qmax, high) {
        f64::from(qmin) - low
    } else {
        f64::from(qmax) - high
    };
    let zero_point = zero_point.round_ties_even().clamp(qmin.into(), qmax.into()) as i32;
    DynamicParams { scale, zero_point }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zero_point_is_added_before_rounding_in_fbgemm() {
        // 0.5 steps above an odd zero point: 1.5 is 2, and 0 + 1 is 1.
        let params = DynamicParams { scale: 1.0, zero_point: 1 };
        let codes = [DynamicEngine::Fbgemm, DynamicEngine::Qnnpack].map(|e| e.code(0.5, params));
        assert_eq!(codes, [2, 1]);
    }

    #[test]
    fn small_and_empty_ranges() {
        let of = |min, max| DynamicEngine::Fbgemm.choose_qparams(min, max, false);
        assert_eq!(of(0.0, 0.0).scale, 0.1);
        assert_eq!(of(0.0, 1e-6), DynamicParams { scale: SMALLEST_SCALE.into(), zero_point: 0 });
        assert_eq!(of(-1e-6, 0.0).zero_point, 255);
        assert_eq!(of(-1.0, 1.0).zero_point, 128);
        assert_eq!(of(f32::NAN, 2.55).zero_point, 0);
    }

    #[test]
    fn qnnpack_takes_no_notice_of_reduce_range() {
        let of = |engine: DynamicEngine| engine.choose_qparams(0.0, 127.0, true).scale;
        assert_eq!(of(DynamicEngine::Fbgemm), 1.0);
        assert!(of(DynamicEngine::Qnnpack) < 0.5);
    }
}
