//! oneDNN's way from an accumulator to a code, as PyTorch's layers reach it.

use super::float::round_to_i32;
use super::onednn::OneDnnIsa;
use super::onednn_kernel::OneDnnLinearKernel;
use super::qparams::QRange;
use super::torch_version::TorchVersion;

/// The largest float32 that is an int32.
const LARGEST: f32 = 2_147_483_520.0;

/// The scales as PyTorch hands them over: doubles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneDnnScales {
    /// Real units per input code.
    pub input: f64,
    /// Real units per weight code, of this output.
    pub weight: f64,
    /// Real units per output code.
    pub output: f64,
    /// Whether each output has its own weight scale, which is a float32 then.
    pub per_channel: bool,
}

/// How oneDNN rescales. It adds the output zero point in float, *before* it rounds, so that ties go to
/// the even code; FBGEMM rounds first.
///
/// `docs/arithmetic.md` section 13.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OneDnnRescale {
    /// Whether the weight scale was inverted twice, as PyTorch's linear hands it over; its
    /// convolutions do not.
    pub inverts_weight_scale: bool,
    /// Whether the two scales are multiplied one after the other, and not with each other first:
    /// oneDNN 3.13 (PyTorch 2.15) on AVX-512 and with VNNI.
    pub one_by_one: bool,
    /// Whether it divides by the output scale at the end: oneDNN 3.13's reference kernel for
    /// matrices.
    pub divides: bool,
}

impl OneDnnRescale {
    /// That of `quantized::linear`.
    pub fn linear(isa: OneDnnIsa, version: TorchVersion, kernel: OneDnnLinearKernel) -> Self {
        OneDnnRescale {
            inverts_weight_scale: true,
            one_by_one: one_by_one(isa, version),
            divides: kernel == OneDnnLinearKernel::Reference,
        }
    }

    /// That of a convolution, whichever kernel.
    pub fn conv(isa: OneDnnIsa, version: TorchVersion) -> Self {
        OneDnnRescale {
            inverts_weight_scale: false,
            one_by_one: one_by_one(isa, version),
            divides: false,
        }
    }

    /// PyTorch 2.5's linear on every CPU, and 2.15's on AVX2.
    pub const LINEAR: OneDnnRescale =
        OneDnnRescale { inverts_weight_scale: true, one_by_one: false, divides: false };

    /// PyTorch 2.5's convolutions on every CPU, and 2.15's on AVX2.
    pub const CONV: OneDnnRescale =
        OneDnnRescale { inverts_weight_scale: false, one_by_one: false, divides: false };

    /// Output codes per unit of the accumulator, as it multiplies.
    pub fn multiplier(self, scales: OneDnnScales) -> f32 {
        let (input, output) = (invert_twice(scales.input), invert_twice(scales.output));
        let value = input * self.weight_factor(scales);
        if self.divides { value / output } else { value * (1.0 / output) }
    }

    /// The output code of an accumulator (zero-point terms included) and a real bias. A relu is a range
    /// from the zero point up: its real 0 is that code.
    pub fn output_code(
        self,
        acc: i32,
        bias: Option<f32>,
        scales: OneDnnScales,
        zero_point: i32,
        range: QRange,
    ) -> i32 {
        let value = self.value(acc, bias, scales);
        let output = invert_twice(scales.output);
        let steps = if self.divides { value / output } else { value * (1.0 / output) };
        // Of a range beyond float32's whole numbers the ends are near enough.
        let code = (steps + zero_point as f32).max(range.qmin as f32).min(range.qmax as f32);
        range.clamp(round_to_i32(code.min(LARGEST)))
    }

    /// The real output.
    fn value(self, acc: i32, bias: Option<f32>, scales: OneDnnScales) -> f32 {
        let input = invert_twice(scales.input);
        let (acc, weight) = (acc as f32, self.weight_factor(scales));
        let mut value = if self.one_by_one { acc * input * weight } else { acc * (input * weight) };
        if let Some(bias) = bias {
            value += bias;
        }
        value
    }

    /// The weight scale as it is multiplied.
    fn weight_factor(self, scales: OneDnnScales) -> f32 {
        match (self.inverts_weight_scale, scales.per_channel) {
            (false, _) => narrow(scales.weight),
            (true, false) => invert_twice(scales.weight),
            (true, true) => invert_twice(narrow(scales.weight).into()),
        }
    }
}

fn one_by_one(isa: OneDnnIsa, version: TorchVersion) -> bool {
    version == TorchVersion::V2_15 && isa != OneDnnIsa::Avx2
}

/// What is left of a scale when PyTorch gives 1/scale and its wrapper of oneDNN inverts it again, in
/// float32.
fn invert_twice(scale: f64) -> f32 {
    1.0 / narrow(1.0 / scale)
}

#[expect(clippy::cast_possible_truncation, reason = "a float32 is meant")]
fn narrow(scale: f64) -> f32 {
    scale as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::scales::fixtures::CODES;

    const LINEAR: OneDnnRescale = OneDnnRescale::LINEAR;

    #[test]
    fn ties_go_to_the_even_code() {
        let scales = OneDnnScales { input: 0.5, weight: 0.5, output: 0.5, per_channel: false };
        // Half a step above an odd zero point: 1.5 is 2, where 0.5 rounds to 0 and is 1.
        let code = |acc, zero_point| LINEAR.output_code(acc, None, scales, zero_point, CODES);
        assert_eq!([code(1, 1), code(1, 0), code(3, 1)], [2, 0, 2]);
        assert_eq!(LINEAR.output_code(-9, None, scales, 7, QRange { qmin: 7, ..CODES }), 7);
    }

    #[test]
    fn the_version_and_the_kernel_decide_the_steps() {
        let linear = |isa, version, zero_point| {
            let kernel = OneDnnLinearKernel::of(isa, version, zero_point);
            let rule = OneDnnRescale::linear(isa, version, kernel);
            [rule.one_by_one, rule.divides]
        };
        let [old, new] = [TorchVersion::V2_5, TorchVersion::V2_15];
        assert_eq!(linear(OneDnnIsa::Avx2, new, 9), [false, false]);
        assert_eq!(linear(OneDnnIsa::Vnni, old, 9), [false, false]);
        assert_eq!(linear(OneDnnIsa::Vnni, new, 0), [true, false]);
        assert_eq!(linear(OneDnnIsa::Avx512Core, new, 9), [true, true]);
    }

    #[test]
    fn two_inversions_and_a_double_show() {
        let factor = |rule: OneDnnRescale, weight, per_channel| {
            let scales = OneDnnScales { input: 1.0, weight, output: 1.0, per_channel };
            rule.weight_factor(scales)
        };
        let conv = OneDnnRescale { inverts_weight_scale: false, ..LINEAR };
        let scales: Vec<f64> = (1..1000).map(|n| f64::from(n) * 1e-3).collect();
        let differs = |one: &dyn Fn(f64) -> f32, other: &dyn Fn(f64) -> f32| {
            scales.iter().any(|&scale| one(scale) != other(scale))
        };
        let tensor = |scale| factor(LINEAR, scale, false);
        let channel = |scale| factor(LINEAR, scale, true);
        assert!(differs(&tensor, &|scale| factor(conv, scale, false)));
        assert!(differs(&tensor, &channel));
        assert!(!differs(&channel, &|scale| factor(LINEAR, narrow(scale).into(), false)));
    }
}
