//! [`ConvEngine`]: a whole convolution, by whichever kernel the library takes for its shape.

use std::error::Error;
use std::fmt;

use super::codes::Codes;
use super::conv::{ConvError, ConvShape};
use super::conv_layer::{ConvLayer, TorchConv};
use super::fbgemm_conv::{FbgemmConvPath, FbgemmIsa};
use super::linear::Linear;
use super::onednn::OneDnnIsa;
use super::onednn_kernel::OneDnnConvKernel;
use super::onednn_layer::{OneDnnError, OneDnnLayer};
use super::onnx_layer::OnnxLayer;
use super::onnx_runtime::OnnxCpu;
use super::onnx_weights::{OnnxError, OnnxWeights};
use super::requantize::bias_to_i32_onnx;
use super::scales::Scales;
use super::torch_version::TorchVersion;

/// Who computes a convolution of u8 inputs and s8 weights, on which CPU. Within a library the shape
/// decides the kernel, and the kernel decides which products are added in 16 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConvEngine {
    /// PyTorch with FBGEMM.
    Fbgemm(FbgemmIsa),
    /// PyTorch with QNNPACK, on x86.
    Qnnpack,
    /// PyTorch with oneDNN, whose kernel has to be named.
    OneDnn(OneDnnIsa),
    /// ONNX Runtime's `QLinearConv`.
    Onnx(OnnxCpu),
}

/// What a convolution is computed with beside its engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConvChoice {
    /// PyTorch's, where it matters.
    pub version: TorchVersion,
    /// oneDNN's kernel. It picks one by rules that are not known here.
    pub kernel: Option<OneDnnConvKernel>,
}

impl ConvEngine {
    /// Every engine with its stable key.
    pub const ALL: [(&'static str, ConvEngine); 11] = [
        ("fbgemm_avx2", ConvEngine::Fbgemm(FbgemmIsa::Avx2)),
        ("fbgemm_vnni", ConvEngine::Fbgemm(FbgemmIsa::Vnni)),
        ("fbgemm_vnni_limited", ConvEngine::Fbgemm(FbgemmIsa::VnniLimited)),
        ("qnnpack", ConvEngine::Qnnpack),
        ("onednn_avx2", ConvEngine::OneDnn(OneDnnIsa::Avx2)),
        ("onednn_avx512", ConvEngine::OneDnn(OneDnnIsa::Avx512Core)),
        ("onednn_vnni", ConvEngine::OneDnn(OneDnnIsa::Vnni)),
        ("onnx_avx2", ConvEngine::Onnx(OnnxCpu::Avx2)),
        ("onnx_vnni", ConvEngine::Onnx(OnnxCpu::Vnni)),
        ("onnx_neon", ConvEngine::Onnx(OnnxCpu::Neon)),
        ("onnx_dotprod", ConvEngine::Onnx(OnnxCpu::DotProduct)),
    ];

    /// The engine of a key.
    pub fn from_key(key: &str) -> Option<ConvEngine> {
        Self::ALL.into_iter().find(|(one, _)| *one == key).map(|(_, engine)| engine)
    }

    /// The kernel that the library takes for a shape, where that is known and matters.
    pub fn kernel(self, shape: &ConvShape) -> Option<&'static str> {
        match self {
            ConvEngine::Fbgemm(_) => Some(match FbgemmConvPath::of(shape) {
                FbgemmConvPath::Depthwise => "depthwise",
                FbgemmConvPath::Groupwise => "groupwise",
                FbgemmConvPath::Im2col => "im2col",
            }),
            _ => None,
        }
    }

    /// Output codes `[B][N][output]` of input codes `[B][C][input]`. The layer has the shape's N outputs
    /// and K inputs ([`ConvShape::row`]); its weights are `[N][C/groups][kernel]`.
    ///
    /// `docs/arithmetic.md` sections 12 to 15.
    ///
    /// # Errors
    /// [`ConvFault`].
    pub fn run(
        self,
        choice: ConvChoice,
        shape: &ConvShape,
        layer: &Linear,
        x: &[u8],
    ) -> Result<Vec<i32>, ConvFault> {
        let shape = shape.clone().checked()?;
        match self {
            ConvEngine::Fbgemm(isa) => {
                let conv = TorchConv::Fbgemm { isa, version: choice.version };
                Ok(ConvLayer::new(shape, layer.clone())?.run(conv, x)?)
            }
            ConvEngine::Qnnpack => {
                Ok(ConvLayer::new(shape, layer.clone())?.run(TorchConv::Qnnpack, x)?)
            }
            ConvEngine::OneDnn(isa) => {
                // With VNNI every kernel is exact, and they rescale alike.
                let any = (isa == OneDnnIsa::Vnni).then_some(OneDnnConvKernel::Reference);
                let kernel = choice.kernel.or(any).ok_or(ConvFault::UnknownKernel)?;
                Ok(OneDnnLayer::new(layer.clone())?.conv(isa, choice.version, kernel, &shape, x)?)
            }
            ConvEngine::Onnx(cpu) => Ok(onnx(layer)?.conv(cpu, &shape, x)?),
        }
    }
}

/// A layer as `QLinearConv` has it.
fn onnx(layer: &Linear) -> Result<OnnxLayer, ConvFault> {
    if layer.relu {
        return Err(ConvFault::OnnxRelu);
    }
    let weights: Vec<u8> = layer.weights.iter().map(|w| w.cast_unsigned()).collect();
    let zero_points = layer.weight_params.iter().map(|params| params.zero_point).collect();
    let shape = [layer.inputs, layer.outputs];
    let made = OnnxWeights::new(shape, Codes::s8(&weights), zero_points)?;
    let scales = layer.weight_params.iter().map(|params| params.scale).collect();
    let made = OnnxLayer::new(made, scales, false, layer.input, layer.output)?;
    let Some(bias) = &layer.bias else { return Ok(made) };
    let bias = bias.iter().enumerate();
    let whole = bias.map(|(output, bias)| bias_to_i32_onnx(*bias, Scales::of(layer, output)));
    Ok(made.with_bias(whole.collect())?)
}

/// Why an engine does not compute a convolution.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ConvFault {
    /// Shape, layer and input do not fit together.
    Shape(ConvError),
    /// The layer is none of oneDNN's.
    OneDnn(OneDnnError),
    /// The layer is none of ONNX Runtime's.
    Onnx(OnnxError),
    /// oneDNN's kernel is not named.
    UnknownKernel,
    /// `QLinearConv` has no relu.
    OnnxRelu,
}

impl fmt::Display for ConvFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(fault) => fault.fmt(f),
            Self::OneDnn(fault) => fault.fmt(f),
            Self::Onnx(fault) => fault.fmt(f),
            Self::UnknownKernel => write!(
                f,
                "unknown: without VNNI the pairs follow the kernel that oneDNN picks; name it as ONEDNN_VERBOSE=1 prints it, as jit_uni_int8:avx2 or brg_conv_fwd:avx512_core"
            ),
            Self::OnnxRelu => {
                write!(f, "QLinearConv has no relu: give the output the zero point 0 instead")
            }
        }
    }
}

impl Error for ConvFault {}

impl From<ConvError> for ConvFault {
    fn from(fault: ConvError) -> ConvFault {
        ConvFault::Shape(fault)
    }
}

impl From<OneDnnError> for ConvFault {
    fn from(fault: OneDnnError) -> ConvFault {
        ConvFault::OneDnn(fault)
    }
}

impl From<OnnxError> for ConvFault {
    fn from(fault: OnnxError) -> ConvFault {
        ConvFault::Onnx(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::{Engine, QParams, TapOrder};

    const CHOICE: ConvChoice = ConvChoice { version: TorchVersion::V2_5, kernel: None };

    fn shape(channels: usize, groups: usize) -> ConvShape {
        let plain = ConvShape::plain([channels, 8, groups], &[5, 9], &[3, 3]);
        ConvShape { padding: vec![1; 2], ..plain }
    }

    /// Weights of 127 and codes of 255 but for some.
    fn layer(shape: &ConvShape) -> (Linear, Vec<u8>) {
        let params = |scale, zero_point| QParams { scale, zero_point };
        let inputs = shape.row();
        let weights = (0..8 * inputs).map(|at| if at % 5 == 0 { -90 } else { 127 }).collect();
        let layer = Linear::new(
            inputs,
            8,
            weights,
            vec![params(0.01, 0)],
            false,
            params(0.02, 3),
            params(1.0, 7),
        );
        let x = (0..shape.channels * 45).map(|at| if at % 7 == 0 { 3 } else { 255 }).collect();
        (layer.expect("it fits"), x)
    }

    #[test]
    fn a_place_is_the_row_of_an_engine() {
        let shape = shape(4, 1);
        let (layer, x) = layer(&shape);
        let weights = shape.weight_rows(&layer.weights, TapOrder::ChannelsInnermost);
        let rows = Linear { weights, ..layer.clone() }.with_kernel([3, 3]);
        let kernel = Some(OneDnnConvKernel::Brgemm);
        let of = |key: &str, kernel| {
            let engine = ConvEngine::from_key(key).expect("it is there");
            engine.run(ConvChoice { kernel, ..CHOICE }, &shape, &layer, &x).expect("it fits")
        };
        for (key, kernel, row) in [
            ("fbgemm_avx2", None, Engine::FbgemmAvx2),
            ("fbgemm_vnni", None, Engine::FbgemmVnni),
            ("qnnpack", None, Engine::Qnnpack),
            ("onednn_avx512", kernel, Engine::OneDnnConvBrgemm),
            ("onednn_vnni", None, Engine::OneDnnConvVnni),
            ("onnx_avx2", None, Engine::OnnxQLinearAvx2),
            ("onnx_neon", None, Engine::OnnxQLinearNeon),
        ] {
            let all = of(key, kernel);
            // The places without padding.
            for place in (1..4).flat_map(|row| (1..8).map(move |column| row * 9 + column)) {
                let x = shape.gather(&x, [0, 0, place], TapOrder::ChannelsInnermost);
                let x: Vec<u8> = x.into_iter().flatten().collect();
                for (output, made) in row.run(&rows, &x).iter().enumerate() {
                    assert_eq!(made.code, Some(all[output * 45 + place]), "{key} {output} {place}");
                }
            }
        }
        assert_ne!(of("fbgemm_avx2", None), of("fbgemm_vnni", None));
    }

    #[test]
    fn the_shape_decides_the_kernel_and_vnni_does_not_always_help() {
        let depthwise = shape(8, 8);
        let (layer, x) = layer(&depthwise);
        let run = |isa| ConvEngine::Fbgemm(isa).run(CHOICE, &depthwise, &layer, &x);
        assert_eq!(run(FbgemmIsa::Vnni), run(FbgemmIsa::Avx2));
        assert_ne!(run(FbgemmIsa::Vnni), ConvEngine::Qnnpack.run(CHOICE, &depthwise, &layer, &x));
        let kernel = |shape| ConvEngine::Fbgemm(FbgemmIsa::Avx2).kernel(shape);
        assert_eq!([kernel(&depthwise), kernel(&shape(4, 1))], [Some("depthwise"), Some("im2col")]);
    }

    #[test]
    fn what_nobody_knows_is_not_guessed() {
        let shape = shape(4, 1);
        let (layer, x) = layer(&shape);
        let run = |engine: ConvEngine, layer: &Linear| engine.run(CHOICE, &shape, layer, &x);
        let isa = OneDnnIsa::Avx2;
        assert_eq!(run(ConvEngine::OneDnn(isa), &layer), Err(ConvFault::UnknownKernel));
        let relu = layer.with_relu(true);
        assert_eq!(run(ConvEngine::Onnx(OnnxCpu::Avx2), &relu), Err(ConvFault::OnnxRelu));
        assert!(run(ConvEngine::OneDnn(OneDnnIsa::Vnni), &relu).is_ok());
        let short = ConvEngine::Qnnpack.run(CHOICE, &shape, &relu, &x[1..]);
        assert!(matches!(short, Err(ConvFault::Shape(ConvError::Input { .. }))), "{short:?}");
        assert_eq!(ConvEngine::from_key("onednn"), None);
    }
}
