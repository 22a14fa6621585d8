//! What a run computed, and which engines of ours it may be.

use serde::{Deserialize, Serialize};

use crate::arith::{ConvShape, Engine, Family, FbgemmConvPath, OneDnnConvKernel, Types};

/// An operator as files name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// A layer of products.
    #[default]
    Linear,
    /// A convolution over two dimensions, at the place in the middle of its picture.
    Conv,
    /// `torch._int_mm`: s8 × s8, an int32.
    IntMm,
    /// ONNX's `MatMulInteger`: an int32.
    MatmulInteger,
    /// ONNX's `QLinearMatMul`.
    QlinearMatmul,
}

impl Operator {
    /// The name in files.
    pub const fn key(self) -> &'static str {
        match self {
            Operator::Linear => "linear",
            Operator::Conv => "conv",
            Operator::IntMm => "int_mm",
            Operator::MatmulInteger => "matmul_integer",
            Operator::QlinearMatmul => "qlinear_matmul",
        }
    }

    /// Whether its results are integers, and no codes.
    pub const fn gives_integers(self) -> bool {
        matches!(self, Operator::IntMm | Operator::MatmulInteger)
    }

    /// Whether the table has it for those types.
    pub const fn takes(self, types: Types) -> bool {
        match self {
            Operator::IntMm => matches!(types, Types::S8S8),
            Operator::QlinearMatmul => true,
            _ => matches!(types, Types::U8S8),
        }
    }

    /// Whether the table has it for that engine.
    pub const fn is_run_by(self, backend: Backend) -> bool {
        match self {
            Operator::Linear => !matches!(backend, Backend::OnnxRuntime | Backend::TorchIntMm),
            Operator::Conv => !matches!(backend, Backend::TorchIntMm),
            Operator::IntMm => matches!(backend, Backend::TorchIntMm),
            Operator::MatmulInteger | Operator::QlinearMatmul => {
                matches!(backend, Backend::OnnxRuntime)
            }
        }
    }
}

/// Who computed a run: an engine of PyTorch, or ONNX Runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Backend {
    /// PyTorch's engine `fbgemm`.
    Fbgemm,
    /// FBGEMM or oneDNN, whichever PyTorch chooses.
    X86,
    /// PyTorch's engine `onednn`.
    OneDnn,
    /// PyTorch's engine `qnnpack`.
    Qnnpack,
    /// ONNX Runtime.
    OnnxRuntime,
    /// PyTorch's `torch._int_mm`, which asks no engine.
    #[serde(rename = "torch_int_mm")]
    TorchIntMm,
}

impl Backend {
    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Backend::Fbgemm => "FBGEMM",
            Backend::X86 => "x86",
            Backend::OneDnn => "oneDNN",
            Backend::Qnnpack => "QNNPACK",
            Backend::OnnxRuntime => "ONNX Runtime",
            Backend::TorchIntMm => "torch._int_mm",
        }
    }
}

/// What somebody computes: an operator, with what of its types and its shape decides the arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// A layer of products.
    Linear,
    /// A convolution.
    Conv,
    /// A convolution by a kernel for small groups of channels.
    GroupwiseConv,
    /// A convolution by a kernel for single channels.
    DepthwiseConv,
    /// `torch._int_mm`.
    IntMm,
    /// `MatMulInteger`.
    MatmulInteger,
    /// `QLinearMatMul`.
    QlinearMatmul(Types),
}

impl Operation {
    /// What an operator is to a library; `shape` is a convolution's.
    pub fn of(
        is_fbgemm: bool,
        (operator, types): (Operator, Types),
        shape: Option<&ConvShape>,
    ) -> Operation {
        match operator {
            Operator::Linear => Operation::Linear,
            Operator::Conv => match shape {
                Some(shape) if is_fbgemm => match FbgemmConvPath::of(shape) {
                    FbgemmConvPath::Depthwise => Operation::DepthwiseConv,
                    FbgemmConvPath::Groupwise => Operation::GroupwiseConv,
                    FbgemmConvPath::Im2col => Operation::Conv,
                },
                Some(shape) if shape.is_depthwise() => Operation::DepthwiseConv,
                _ => Operation::Conv,
            },
            Operator::IntMm => Operation::IntMm,
            Operator::MatmulInteger => Operation::MatmulInteger,
            Operator::QlinearMatmul => Operation::QlinearMatmul(types),
        }
    }
}

/// One kind of run: of all runs of a file those that are judged together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunKind {
    /// Who computed it.
    pub backend: Backend,
    /// What.
    pub operation: Operation,
    /// On which instruction set, as the file says it.
    pub isa: String,
    /// The implementation of oneDNN's, where the file says it.
    pub implementation: Option<String>,
}

impl RunKind {
    /// Backend and operation, for people.
    pub fn name(&self) -> String {
        let backend = self.backend.name();
        let by = self.implementation.as_ref().map_or(String::new(), |name| format!(" by {name}"));
        match (self.operation, self.backend) {
            // As the library calls it.
            (Operation::Linear, _) => format!("{backend}{by}"),
            (Operation::Conv, Backend::OnnxRuntime) => format!("{backend} QLinearConv"),
            (Operation::DepthwiseConv, Backend::OnnxRuntime) => {
                format!("{backend} QLinearConv depthwise")
            }
            (Operation::Conv, _) => format!("{backend} convolution{by}"),
            (Operation::GroupwiseConv, _) => format!("{backend} groupwise convolution{by}"),
            (Operation::DepthwiseConv, _) => format!("{backend} depthwise convolution{by}"),
            (Operation::IntMm, _) => backend.into(),
            (Operation::MatmulInteger, _) => format!("{backend} MatMulInteger"),
            (Operation::QlinearMatmul(types), _) => {
                format!("{backend} QLinearMatMul {}", types.name())
            }
        }
    }

    /// The same with the instruction set.
    pub fn called(&self) -> String {
        format!("{} ({})", self.name(), self.isa)
    }

    /// An engine of ours that does after the sum what the library does.
    pub fn stage_engine(&self) -> Engine {
        self.candidates().first().copied().unwrap_or(Engine::FbgemmAvx2)
    }

    /// Engines of ours that such a run may be, the library's as it is now before those of former
    /// versions; at least one. Some may sum a layer as another one does.
    pub fn candidates(&self) -> Vec<Engine> {
        match (self.operation, self.backend) {
            (Operation::IntMm, _) => of([Family::TorchIntMm]),
            (Operation::MatmulInteger, _) => of([Family::OnnxRuntimeU8S8]),
            (Operation::QlinearMatmul(Types::U8U8), _) => of([Family::OnnxQLinearU8U8]),
            (Operation::QlinearMatmul(Types::S8S8), _) => of([Family::OnnxQLinearS8S8]),
            (Operation::DepthwiseConv, Backend::OnnxRuntime) => of([Family::OnnxDepthwise]),
            (Operation::QlinearMatmul(Types::U8S8), _) | (_, Backend::OnnxRuntime) => {
                of([Family::OnnxQLinearU8S8])
            }
            (_, Backend::Qnnpack) => {
                [of([Family::QnnpackLinear]), vec![Engine::FbgemmAvx2]].concat()
            }
            // Former versions rescaled as FBGEMM does.
            (Operation::Linear, Backend::OneDnn) => of([Family::TorchOneDnn, Family::FbgemmLinear]),
            (_, Backend::OneDnn) => self.onednn_convolutions(),
            (Operation::Linear, _) | (_, Backend::Fbgemm) => self.fbgemm(),
            // Only oneDNN names one.
            _ if self.implementation.is_some() => self.onednn_convolutions(),
            // x86 leaves convolutions to oneDNN on a CPU with VNNI only.
            _ => [self.fbgemm(), vec![Engine::OneDnnConvVnni]].concat(),
        }
    }

    fn fbgemm(&self) -> Vec<Engine> {
        match self.operation {
            // Its kernel knows no VNNI; one that did would be as exact as the others.
            Operation::DepthwiseConv => {
                [of([Family::FbgemmDepthwise]), vec![Engine::FbgemmVnni]].concat()
            }
            _ => of([Family::FbgemmLinear]),
        }
    }

    /// oneDNN's, by the implementation that is named, or by any.
    fn onednn_convolutions(&self) -> Vec<Engine> {
        let kernel = self.implementation.as_deref().and_then(OneDnnConvKernel::named);
        let first: &[Engine] = match kernel {
            None => &[Engine::OneDnnConvJit, Engine::OneDnnConvBrgemm, Engine::OneDnnConvGemm],
            Some(OneDnnConvKernel::Brgemm) => &[Engine::OneDnnConvBrgemm],
            Some(OneDnnConvKernel::Gemm) => &[Engine::OneDnnConvGemm],
            // The plain loops are exact, and pairs within a tap are what else there is.
            Some(_) => &[Engine::OneDnnConvJit],
        };
        [first, &[Engine::OneDnnConvVnni]].concat()
    }
}

/// The engines of some families.
fn of<const COUNT: usize>(families: [Family; COUNT]) -> Vec<Engine> {
    families.into_iter().flat_map(Family::engines).collect()
}
