//! [`OneDnnLayer`]: PyTorch's engine `onednn`, a linear layer or a convolution.

use std::error::Error;
use std::fmt;

use super::accumulate::Accumulator;
use super::conv::{ConvError, ConvShape, TapOrder};
use super::linear::Linear;
use super::onednn::OneDnnIsa;
use super::onednn_kernel::{OneDnnConvKernel, OneDnnLinearKernel};
use super::onednn_rescale::{OneDnnRescale, OneDnnScales};
use super::torch_version::TorchVersion;

/// A layer with u8 inputs and symmetric s8 weights, and its scales in double, as PyTorch keeps them.
///
/// `docs/arithmetic.md` section 13.
#[derive(Clone, Debug, PartialEq)]
pub struct OneDnnLayer {
    layer: Linear,
    input_scale: f64,
    output_scale: f64,
    weight_scales: Vec<f64>,
}

impl OneDnnLayer {
    /// A layer whose scales are float32 numbers. Weights are `[N][K]`; of a convolution
    /// `[N][C/groups][kernel]`, K being [`ConvShape::row`].
    ///
    /// # Errors
    /// If a weight zero point is not 0.
    pub fn new(layer: Linear) -> Result<Self, OneDnnError> {
        let zero_points = layer.weight_params.iter().map(|params| params.zero_point);
        if let Some(zero_point) = zero_points.into_iter().find(|&zero_point| zero_point != 0) {
            return Err(OneDnnError::WeightZeroPoint { zero_point });
        }
        Ok(OneDnnLayer {
            input_scale: layer.input.scale.into(),
            output_scale: layer.output.scale.into(),
            weight_scales: layer.weight_params.iter().map(|params| params.scale.into()).collect(),
            layer,
        })
    }

    /// The same layer with the scales as PyTorch was given them: 0.1 as a double is not the nearest
    /// float32, and its reciprocal shows it.
    ///
    /// # Errors
    /// If there are not as many weight scales, or one is not a positive finite number.
    pub fn with_scales(
        self,
        input: f64,
        weights: Vec<f64>,
        output: f64,
    ) -> Result<Self, OneDnnError> {
        let expected = self.weight_scales.len();
        if weights.len() != expected {
            return Err(OneDnnError::WeightScales { expected, found: weights.len() });
        }
        let is_scale = |scale: &f64| scale.is_finite() && *scale > 0.0;
        if let Some(&scale) = weights.iter().chain([&input, &output]).find(|scale| !is_scale(scale))
        {
            return Err(OneDnnError::Scale { scale });
        }
        Ok(OneDnnLayer { input_scale: input, output_scale: output, weight_scales: weights, ..self })
    }

    /// N output codes of a row of K input codes: `quantized::linear`, `linear_relu`.
    ///
    /// # Panics
    /// If `x` is not K long.
    pub fn linear(&self, isa: OneDnnIsa, version: TorchVersion, x: &[u8]) -> Vec<i32> {
        let kernel = OneDnnLinearKernel::of(isa, version, self.layer.input.zero_point);
        let rescale = OneDnnRescale::linear(isa, version, kernel);
        let accumulator = kernel.accumulator(isa);
        let sums = (0..self.layer.outputs).map(|output| {
            let weights = self.layer.row(output);
            let sum_w = weights.iter().map(|&w| i32::from(w)).sum::<i32>();
            self.take_zero_point_off(accumulator.accumulate(x, weights), sum_w)
        });
        sums.enumerate().map(|(output, acc)| self.code(rescale, output, acc)).collect()
    }

    /// Output codes `[B][N][output]` of input codes `[B][C][input]`: `quantized::conv1d`, `conv2d`,
    /// `conv3d` and their `_relu` forms, by a kernel of oneDNN's.
    ///
    /// A tap outside the picture is left out: code 0, and no zero-point term.
    ///
    /// # Errors
    /// If the shape is none, or does not fit the layer or the input.
    pub fn conv(
        &self,
        isa: OneDnnIsa,
        version: TorchVersion,
        kernel: OneDnnConvKernel,
        shape: &ConvShape,
        x: &[u8],
    ) -> Result<Vec<i32>, ConvError> {
        let shape = shape.clone().checked()?;
        shape.check_rows(self.layer.inputs, self.layer.outputs)?;
        shape.check_input(x.len())?;
        let rescale = OneDnnRescale::conv(isa, version);
        let accumulator = kernel.accumulator(isa, &shape);
        let weights = shape.weight_rows(&self.layer.weights, TapOrder::ChannelsInnermost);
        let rows: Vec<&[i8]> = weights.chunks(self.layer.inputs).collect();
        Ok(shape.map(x, TapOrder::ChannelsInnermost, |output, taps| {
            self.code(rescale, output, self.sum_inside(accumulator, taps, rows[output]))
        }))
    }

    /// The accumulator of the taps inside the picture, zero-point terms included.
    fn sum_inside(&self, accumulator: Accumulator, taps: &[Option<u8>], weights: &[i8]) -> i32 {
        let codes: Vec<u8> = taps.iter().map(|tap| tap.unwrap_or(0)).collect();
        let inside = taps.iter().zip(weights).filter(|(tap, _)| tap.is_some());
        let sum_w = inside.map(|(_, &w)| i32::from(w)).sum::<i32>();
        self.take_zero_point_off(accumulator.accumulate(&codes, weights), sum_w)
    }

    fn take_zero_point_off(&self, raw: i32, sum_w: i32) -> i32 {
        raw.wrapping_sub(self.layer.input.zero_point.wrapping_mul(sum_w))
    }

    fn code(&self, rescale: OneDnnRescale, output: usize, acc: i32) -> i32 {
        let layer = &self.layer;
        let scales = OneDnnScales {
            input: self.input_scale,
            weight: self.weight_scales[if layer.per_channel { output } else { 0 }],
            output: self.output_scale,
            per_channel: layer.per_channel,
        };
        let bias = layer.bias.as_ref().map(|bias| bias[output]);
        rescale.output_code(acc, bias, scales, layer.output.zero_point, layer.output_codes())
    }
}

/// Why a layer is none of oneDNN's.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum OneDnnError {
    /// Weights that are not symmetric.
    WeightZeroPoint {
        /// The zero point given.
        zero_point: i32,
    },
    /// The weight scales are not as many as the layer's.
    WeightScales {
        /// Scales that the layer has.
        expected: usize,
        /// Scales given.
        found: usize,
    },
    /// A scale that is not a positive finite number.
    Scale {
        /// The scale given.
        scale: f64,
    },
}

impl fmt::Display for OneDnnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WeightZeroPoint { zero_point } => {
                write!(f, "oneDNN needs a weight zero point of 0; this layer has {zero_point}")
            }
            Self::WeightScales { expected, found } => {
                write!(f, "{expected} weight scales are needed, {found} were given")
            }
            Self::Scale { scale } => {
                write!(f, "the scale {scale} is not a positive finite number")
            }
        }
    }
}

impl Error for OneDnnError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::QParams;

    fn layer(weights: Vec<i8>, weight_zero_point: i32, input_zero_point: i32) -> Linear {
        let params = |scale, zero_point| QParams { scale, zero_point };
        let (input, output) = (params(1.0, input_zero_point), params(512.0, 0));
        let weight = vec![params(1.0, weight_zero_point)];
        Linear::new(weights.len(), 1, weights, weight, false, input, output).expect("it fits")
    }

    #[test]
    fn a_tap_outside_the_picture_is_left_out() {
        let shape = ConvShape { padding: vec![1], ..ConvShape::plain([2, 1, 1], &[1], &[3]) };
        // Two channels of 255 at one of three taps; the others would be pairs of 255, too.
        let conv = OneDnnLayer::new(layer(vec![127; 6], 0, 255)).expect("symmetric");
        let run = |isa, kernel, x: &[u8]| conv.conv(isa, TorchVersion::V2_5, kernel, &shape, x);
        let codes = |isa, kernel| run(isa, kernel, &[255, 255]).expect("it fits");
        assert_eq!(codes(OneDnnIsa::Vnni, OneDnnConvKernel::Jit), [0]);
        let conv = OneDnnLayer::new(layer(vec![127; 6], 0, 0)).expect("symmetric");
        let run = |isa, kernel, x: &[u8]| conv.conv(isa, TorchVersion::V2_5, kernel, &shape, x);
        let codes = |isa, kernel| run(isa, kernel, &[255, 255]).expect("it fits");
        // 64 770 and 32 767 in steps of 512.
        assert_eq!(codes(OneDnnIsa::Vnni, OneDnnConvKernel::Jit), [127]);
        assert_eq!(codes(OneDnnIsa::Avx2, OneDnnConvKernel::Jit), [64]);
        let error = ConvError::Input { expected: 2, found: 3 };
        assert_eq!(run(OneDnnIsa::Avx2, OneDnnConvKernel::Jit, &[0; 3]), Err(error));
    }

    #[test]
    fn what_onednn_does_not_take_is_refused() {
        let error = OneDnnLayer::new(layer(vec![1], 3, 0)).expect_err("not symmetric");
        assert_eq!(error, OneDnnError::WeightZeroPoint { zero_point: 3 });
        let scaled = |weights, output| {
            let layer = OneDnnLayer::new(layer(vec![1], 0, 0)).expect("symmetric");
            layer.with_scales(0.1, weights, output).map(|_| ())
        };
        assert_eq!(scaled(vec![0.1], 0.1), Ok(()));
        let two = OneDnnError::WeightScales { expected: 1, found: 2 };
        assert_eq!(scaled(vec![0.1, 0.1], 0.1), Err(two));
        assert_eq!(scaled(vec![0.1], 0.0), Err(OneDnnError::Scale { scale: 0.0 }));
    }

    #[test]
    fn the_later_version_is_exact_but_for_zero_point_0() {
        let run = |zero_point, version| {
            let layer = OneDnnLayer::new(layer(vec![127, 127], 0, zero_point)).expect("symmetric");
            layer.linear(OneDnnIsa::Avx512Core, version, &[255, 255])
        };
        let [old, new] = [TorchVersion::V2_5, TorchVersion::V2_15];
        assert_eq!([run(0, old), run(0, new)], [[64], [64]]);
        assert_eq!([run(1, old), run(1, new)], [[64], [126]]);
    }
}
