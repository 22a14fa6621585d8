//! [`ConvLayer`]: PyTorch's quantized convolution, as FBGEMM and QNNPACK compute it.

use super::accumulate::Accumulator;
use super::conv::{ConvError, ConvShape, TapOrder};
use super::engine::Engine;
use super::fbgemm_conv::{FbgemmConvPath, FbgemmIsa};
use super::linear::Linear;
use super::requantize::{fbgemm_add_bias_unfused, requantize_float};
use super::scales::Scales;
use super::stage::Stage;
use super::torch_version::TorchVersion;

/// A convolution with quint8 activations and qint8 weights: `quantized::conv1d`, `conv2d`, `conv3d`
/// and their `_relu` forms.
///
/// `docs/arithmetic.md` section 12.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvLayer {
    shape: ConvShape,
    /// A row of K weights for every channel of the output, channels innermost.
    rows: Linear,
}

/// Who computes a [`ConvLayer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TorchConv {
    /// PyTorch's engines `fbgemm` and `x86`.
    Fbgemm {
        /// What FBGEMM may use of the CPU.
        isa: FbgemmIsa,
        /// It matters to the bias of depthwise kernels only.
        version: TorchVersion,
    },
    /// PyTorch's engine `qnnpack`, on x86.
    Qnnpack,
}

impl ConvLayer {
    /// A convolution of a shape. `layer` has the shape's N outputs and K inputs
    /// ([`ConvShape::row`]); its weights are `[N][C/groups][kernel]`, as PyTorch stores them.
    ///
    /// # Errors
    /// If the shape is none, or the layer has another one.
    pub fn new(shape: ConvShape, layer: Linear) -> Result<Self, ConvError> {
        let shape = shape.checked()?;
        shape.check_rows(layer.inputs, layer.outputs)?;
        let weights = shape.weight_rows(&layer.weights, TapOrder::ChannelsInnermost);
        Ok(ConvLayer { shape, rows: Linear { weights, ..layer } })
    }

    /// The shape.
    pub fn shape(&self) -> &ConvShape {
        &self.shape
    }

    /// Output codes `[B][N][output]` of input codes `[B][C][input]`.
    ///
    /// A tap outside the picture has the code of real 0, the input zero point: it stays in its pair.
    ///
    /// # Errors
    /// If there are not as many input codes as the shape says.
    pub fn run(&self, conv: TorchConv, x: &[u8]) -> Result<Vec<i32>, ConvError> {
        self.shape.check_input(x.len())?;
        let accumulator = conv.accumulator(&self.shape);
        let outputs: Vec<Output> = (0..self.rows.outputs)
            .map(|output| Output::new(conv, &self.shape, &self.rows, output))
            .collect();
        // `Linear::new` takes codes only.
        let outside = u8::try_from(self.rows.input.zero_point).unwrap_or_default();
        let mut codes = Vec::new();
        Ok(self.shape.map(x, TapOrder::ChannelsInnermost, |output, taps| {
            codes.clear();
            codes.extend(taps.iter().map(|tap| tap.unwrap_or(outside)));
            let raw = accumulator.accumulate(&codes, self.rows.row(output));
            outputs[output].code(raw, codes.iter().map(|&code| i32::from(code)).sum())
        }))
    }
}

impl TorchConv {
    /// How the sums of a shape are made, k with the channels innermost.
    pub fn accumulator(self, shape: &ConvShape) -> Accumulator {
        match self {
            TorchConv::Fbgemm { isa, .. } => FbgemmConvPath::of(shape).accumulator(isa),
            TorchConv::Qnnpack => Accumulator::EXACT,
        }
    }

    /// The engine whose zero-point terms, bias and rescaling it has.
    fn engine(self) -> Engine {
        match self {
            TorchConv::Fbgemm { .. } => Engine::FbgemmVnni,
            TorchConv::Qnnpack => Engine::Qnnpack,
        }
    }

    /// Whether a bias is added with two roundings where Linear has one: by the depthwise kernels of
    /// later versions.
    fn adds_bias_unfused(self, shape: &ConvShape) -> bool {
        let is_later = matches!(self, TorchConv::Fbgemm { version: TorchVersion::V2_15, .. });
        is_later && FbgemmConvPath::of(shape) == FbgemmConvPath::Depthwise
    }
}

/// A channel of the output: what is done with its sums.
struct Output<'a> {
    layer: &'a Linear,
    stage: Stage,
    scales: Scales,
    /// A bias that is added with two roundings.
    unfused_bias: Option<f32>,
}

impl<'a> Output<'a> {
    fn new(conv: TorchConv, shape: &ConvShape, layer: &'a Linear, output: usize) -> Output<'a> {
        let is_unfused = conv.adds_bias_unfused(shape) && !layer.per_channel;
        Output {
            layer,
            stage: Stage::new(conv.engine(), layer, output),
            scales: Scales::of(layer, output),
            unfused_bias: layer.bias.as_ref().filter(|_| is_unfused).map(|bias| bias[output]),
        }
    }

    fn code(&self, raw: i32, sum_x: i32) -> i32 {
        let acc = self.stage.apply_zero_points(raw, sum_x);
        let rescaled = match self.unfused_bias {
            None => self.stage.output_code(acc),
            Some(bias) => {
                let value = fbgemm_add_bias_unfused(acc, bias, self.scales);
                let steps = value * self.scales.multiplier();
                let (zero_point, range) = (self.layer.output.zero_point, self.layer.output_codes());
                Some(requantize_float(steps, zero_point, range))
            }
        };
        // Both engines rescale.
        rescaled.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::QParams;

    const AVX2: TorchConv = TorchConv::Fbgemm { isa: FbgemmIsa::Avx2, version: TorchVersion::V2_5 };
    const VNNI: TorchConv = TorchConv::Fbgemm { isa: FbgemmIsa::Vnni, version: TorchVersion::V2_5 };

    fn shape(channels: usize, kernel: usize, padding: usize) -> ConvShape {
        let plain = ConvShape::plain([channels; 3], &[kernel; 2], &[kernel; 2]);
        ConvShape { padding: vec![padding; 2], ..plain }
    }

    fn layer(shape: &ConvShape, input_zero_point: i32) -> Linear {
        let params = |scale, zero_point| QParams { scale, zero_point };
        let (inputs, outputs) = (shape.row(), shape.outputs);
        let weights = vec![127; inputs * outputs];
        let (input, output) = (params(1.0, input_zero_point), params(2000.0, 0));
        Linear::new(inputs, outputs, weights, vec![params(1.0, 0)], false, input, output)
            .expect("it fits")
    }

    #[test]
    fn padding_is_the_zero_point_and_saturates() {
        // A picture of one place in a kernel of nine: eight taps are outside, all of them 255.
        let shape = ConvShape { input: vec![1; 2], ..shape(1, 3, 1) };
        let conv = ConvLayer::new(shape.clone(), layer(&shape, 255)).expect("it is one");
        let codes = |engine| conv.run(engine, &[255]).expect("one code");
        // Exact is 0. Four pairs lose 32 003 each, and what is below 0 is clamped.
        assert_eq!([codes(VNNI), codes(AVX2), codes(TorchConv::Qnnpack)], [[0], [0], [0]]);
        let conv = ConvLayer::new(shape.clone(), layer(&shape, 0)).expect("it is one");
        assert_eq!(conv.run(AVX2, &[255]).expect("one code"), [16]);
    }

    #[test]
    fn a_depthwise_convolution_saturates_on_vnni_too() {
        let of = |channels, padding| {
            let shape = shape(channels, 3, padding);
            let conv = ConvLayer::new(shape.clone(), layer(&shape, 0)).expect("it is one");
            let x = vec![255; channels * 9];
            let middle = shape.places() / 2;
            [AVX2, VNNI].map(|engine| conv.run(engine, &x).expect("it fits")[middle])
        };
        // 9·32 385 exact, 4·32 767 + 32 385 not, in steps of 2000.
        assert_eq!(of(8, 1), [82, 82]);
        assert_eq!([of(8, 0), of(4, 1)], [[82, 146]; 2]);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let shape = shape(8, 3, 1);
        let error = ConvLayer::new(shape.clone(), layer(&super::tests::shape(4, 3, 1), 0));
        let rows = ConvError::Rows { inputs: 9, outputs: 8, found: [9, 4] };
        assert_eq!(error.expect_err("four outputs"), rows);
        let conv = ConvLayer::new(shape.clone(), layer(&shape, 0)).expect("it is one");
        let input = ConvError::Input { expected: 72, found: 71 };
        assert_eq!(conv.run(AVX2, &[0; 71]), Err(input));
    }
}
