//! The engines: one row each, with its arithmetic, its name, a sentence and its source.

use serde::{Deserialize, Serialize};

use super::accumulate::Accumulator;
use super::engine::Engine;
use super::family::{Cpu, Family};
use super::onednn::OneDnnIsa;
use super::requantize::Rescale;

/// How the crate knows an engine's arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// Compared with recorded outputs of the real library, value for value.
    Recorded,
    /// All of it, the rescaling too, was read in the library's source; no recording.
    Read,
    /// Written from source code or documentation; no recording.
    Modelled,
    /// A theory about the recordings, taken from no library.
    Theory,
}

/// Which bytes an engine multiplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bytes {
    /// The input codes as they are.
    Codes,
    /// Signed codes, `clamp(code - zero_point, -128, 127)`, made unsigned by adding 128, which is
    /// then the zero point to take off.
    ShiftedBy128,
}

/// Which zero points an engine's weights may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// Any of qint8.
    Any,
    /// 0 only.
    Symmetric,
}

/// All that is known of an engine: its arithmetic, and what people are told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineInfo {
    /// The engine.
    pub engine: Engine,
    /// A stable name for addresses and files; never changes.
    pub key: &'static str,
    /// Keys that it had once, or that an engine now taken for it had: links with them still open.
    pub aliases: &'static [&'static str],
    /// The name for people.
    pub name: &'static str,
    /// The library, its operator and the types.
    pub family: Family,
    /// The CPUs that it runs on.
    pub cpu: Cpu,
    /// How it sums products.
    pub accumulator: Accumulator,
    /// Which bytes it multiplies.
    pub bytes: Bytes,
    /// Which weights it takes.
    pub weights: Weights,
    /// How it rescales; `None` where the integer product is the result.
    pub rescale: Option<Rescale>,
    /// What it does and where it runs, in one or two sentences.
    pub about: &'static str,
    /// Where the arithmetic is written down: repositories, and paths in them.
    pub source: &'static str,
    /// How the crate knows the arithmetic.
    pub provenance: Provenance,
}

/// The table, in the order of a menu.
static INFO: [EngineInfo; COUNT] = ROWS;

const COUNT: usize = Engine::Running16Bit as usize + 1;

const ROWS: [EngineInfo; COUNT] = [
    EngineInfo {
        engine: Engine::FbgemmAvx2,
        key: "fbgemm_avx2",
        aliases: &[],
        name: "FBGEMM (AVX2)",
        family: Family::FbgemmLinear,
        cpu: Cpu::Avx2,
        accumulator: Accumulator::PAIR_SATURATING,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::Fbgemm),
        about: "PyTorch’s x86 engine on a CPU with AVX2; AVX-VNNI changes nothing in it. vpmaddubsw adds two neighbouring products in 16 bits and saturates: this is what bends the ramp.",
        source: "FBGEMM src/GenerateKernelU8S8S32ACC32.cc, src/QuantUtilsAvx2.cc",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::FbgemmAvx512,
        key: "fbgemm_avx512",
        aliases: &[],
        name: "FBGEMM (AVX-512 without VNNI)",
        family: Family::FbgemmLinear,
        cpu: Cpu::Avx512,
        accumulator: Accumulator::PAIR_SATURATING,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::Fbgemm),
        about: "PyTorch’s x86 engine on a CPU with AVX-512 but no VNNI, such as Skylake-X. The vectors are longer, the saturating pairs are those of AVX2.",
        source: "FBGEMM src/GenerateKernelU8S8S32ACC32.cc, src/QuantUtilsAvx2.cc",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::FbgemmVnni,
        key: "fbgemm_vnni",
        aliases: &[],
        name: "FBGEMM (VNNI)",
        family: Family::FbgemmLinear,
        cpu: Cpu::Avx512Vnni,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::Fbgemm),
        about: "PyTorch’s x86 engine on a CPU with AVX-512 VNNI, from Cascade Lake on: vpdpbusd adds four products straight into 32 bits, so nothing saturates. Depthwise convolutions have no such kernel and saturate here too.",
        source: "FBGEMM src/GenerateKernelU8S8S32ACC32Avx512VNNI.cc, src/QuantUtilsAvx2.cc",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::FbgemmDepthwise,
        key: "fbgemm_depthwise",
        aliases: &[],
        name: "FBGEMM depthwise (any x86)",
        family: Family::FbgemmDepthwise,
        cpu: Cpu::WithAvx2,
        accumulator: Accumulator::PAIR_SATURATING,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::Fbgemm),
        about: "PyTorch’s depthwise convolution, channels in eights: its kernels know no VNNI, and pairs of neighbouring taps saturate on every x86 CPU. Here the inputs are one channel’s taps.",
        source: "FBGEMM src/FbgemmI8DepthwiseAvx2-inl.h, src/FbgemmConv.cc",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::FbgemmAcc16,
        key: "fbgemm_acc16",
        aliases: &[],
        name: "FBGEMM acc16",
        family: Family::FbgemmAcc16,
        cpu: Cpu::NoAvx512Vnni,
        accumulator: Accumulator::ACC_16,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::Fbgemm),
        about: "FBGEMM’s kernel with 16-bit sums, for x86 without VNNI: pairs go into a saturating 16-bit sum that is emptied into 32 bits every 256 inputs. PyTorch’s Linear does not use it.",
        source: "FBGEMM src/RefImplementations.cc (matmul_u8i8acc16_ref), include/fbgemm/PackingTraits-inl.h",
        provenance: Provenance::Read,
    },
    EngineInfo {
        engine: Engine::Qnnpack,
        key: "qnnpack",
        aliases: &[],
        name: "QNNPACK",
        family: Family::QnnpackLinear,
        cpu: Cpu::X86,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::Qnnpack),
        about: "PyTorch’s engine for phones, here as it runs on x86. The 32-bit sum is exact, and the bias is rounded to an integer before it is added.",
        source: "PyTorch aten/src/ATen/native/quantized/cpu/qnnpack/src/q8gemm/4x4c2-sse2.c, aten/src/ATen/native/quantized/cpu/qnnpack/src/requantization/fp32-sse2.c",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::TorchOneDnnAvx2,
        key: "torch_onednn_avx2",
        aliases: &[],
        name: "PyTorch oneDNN (AVX2)",
        family: Family::TorchOneDnn,
        cpu: Cpu::Avx2NoVnni,
        accumulator: OneDnnIsa::Avx2.gemm(),
        bytes: Bytes::Codes,
        weights: Weights::Symmetric,
        rescale: Some(Rescale::OneDnn),
        about: "PyTorch’s engine onednn on AVX2 without VNNI: pairs saturate as in FBGEMM. Beyond 256 inputs pairs start anew in each block.",
        source: "oneDNN src/cpu/x64/gemm/gemm_driver.cpp; PyTorch aten/src/ATen/native/quantized/cpu/qlinear.cpp",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::TorchOneDnnAvx512,
        key: "torch_onednn_avx512",
        aliases: &[],
        name: "PyTorch oneDNN (AVX-512 without VNNI)",
        family: Family::TorchOneDnn,
        cpu: Cpu::Avx512NoVnni,
        accumulator: Accumulator::PAIR_SATURATING,
        bytes: Bytes::Codes,
        weights: Weights::Symmetric,
        rescale: Some(Rescale::OneDnn),
        about: "The same on AVX-512 without VNNI, in PyTorch 2.5. PyTorch 2.15 is exact here where the input zero point is not 0.",
        source: "oneDNN src/cpu/x64/gemm/gemm_driver.cpp; PyTorch aten/src/ATen/native/quantized/cpu/qlinear.cpp",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::TorchOneDnnVnni,
        key: "torch_onednn_vnni",
        aliases: &[],
        name: "PyTorch oneDNN (VNNI)",
        family: Family::TorchOneDnn,
        cpu: Cpu::Vnni,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Symmetric,
        rescale: Some(Rescale::OneDnn),
        about: "The same on a CPU with either VNNI: the sum is exact. oneDNN adds the output zero point before it rounds.",
        source: "oneDNN src/cpu/x64/gemm/gemm_driver.cpp; PyTorch aten/src/ATen/native/quantized/cpu/qlinear.cpp",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::IntMm,
        key: "torch_int_mm",
        aliases: &[],
        name: "torch._int_mm s8×s8 (no VNNI)",
        family: Family::TorchIntMm,
        cpu: Cpu::NoVnni,
        accumulator: Accumulator::PAIR_SATURATING,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: None,
        about: "PyTorch’s product of int8 matrices up to version 2.5, by oneDNN: 128 is added to every input, which gives the codes shown here, so pairs saturate even near zero. Later versions take an exact loop.",
        source: "oneDNN src/cpu/x64/gemm/gemm_driver.cpp; PyTorch aten/src/ATen/native/LinearAlgebra.cpp",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::IntMmVnni,
        key: "torch_int_mm_vnni",
        aliases: &[],
        name: "torch._int_mm s8×s8 (VNNI)",
        family: Family::TorchIntMm,
        cpu: Cpu::Vnni,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: None,
        about: "The same on a CPU with either VNNI: exact. The result is that integer, not a code.",
        source: "oneDNN src/cpu/x64/gemm/gemm_driver.cpp; PyTorch aten/src/ATen/native/LinearAlgebra.cpp",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::OnnxRuntimeAvx2,
        key: "onnx_runtime_avx2",
        aliases: &[],
        name: "ONNX MatMulInteger u8×s8 (AVX2)",
        family: Family::OnnxRuntimeU8S8,
        cpu: Cpu::NoVnni,
        accumulator: Accumulator::PAIR_SATURATING,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: None,
        about: "ONNX Runtime’s MatMulInteger of unsigned inputs and signed weights on a CPU with AVX2: pairs saturate as in FBGEMM, and the result is the integer sum, not a code. With u8×u8 and with s8×s8 it is exact on the same CPU.",
        source: "ONNX Runtime onnxruntime/core/mlas/lib/qgemm.cpp, onnxruntime/core/mlas/lib/x86_64/QgemmU8X8KernelAvx2.S",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::OnnxRuntimeVnni,
        key: "onnx_runtime_vnni",
        aliases: &[],
        name: "ONNX MatMulInteger u8×s8 (VNNI)",
        family: Family::OnnxRuntimeU8S8,
        cpu: Cpu::Vnni,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: None,
        about: "ONNX Runtime’s MatMulInteger on a CPU with VNNI, AVX-512’s or AVX-VNNI. The sum is exact; the result is that integer, not a code.",
        source: "ONNX Runtime onnxruntime/core/mlas/lib/qgemm.cpp, onnxruntime/core/mlas/lib/x86_64/QgemmU8X8KernelAvx512Core.S",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::OnnxQLinearAvx2,
        key: "onnx_qlinear_avx2",
        aliases: &[],
        name: "ONNX QLinearMatMul u8×s8 (AVX2)",
        family: Family::OnnxQLinearU8S8,
        cpu: Cpu::NoVnni,
        accumulator: Accumulator::PAIR_SATURATING,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::OnnxRuntime),
        about: "ONNX Runtime’s QLinearMatMul, QGemm and QLinearConv of u8 and s8 without VNNI, QDQ models among them: pairs saturate. The session option x64quantprecision = 1 makes them exact.",
        source: "ONNX Runtime onnxruntime/core/mlas/lib/qgemm.cpp, onnxruntime/core/mlas/lib/quantize.cpp",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::OnnxQLinearVnni,
        key: "onnx_qlinear_vnni",
        aliases: &[],
        name: "ONNX QLinearMatMul u8×s8 (VNNI)",
        family: Family::OnnxQLinearU8S8,
        cpu: Cpu::Vnni,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::OnnxRuntime),
        about: "The same on a CPU with AVX-512’s VNNI or AVX-VNNI: exact.",
        source: "ONNX Runtime onnxruntime/core/mlas/lib/qgemm.cpp, onnxruntime/core/mlas/lib/quantize.cpp",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::OnnxQLinearU8U8,
        key: "onnx_qlinear_u8u8",
        aliases: &[],
        name: "ONNX QLinearMatMul u8×u8",
        family: Family::OnnxQLinearU8U8,
        cpu: Cpu::X86,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::OnnxRuntime),
        about: "The same operators with unsigned weights: exact. Here the weights are shown 128 lower.",
        source: "ONNX Runtime onnxruntime/core/mlas/lib/qgemm.cpp, onnxruntime/core/mlas/lib/quantize.cpp",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::OnnxQLinearS8S8,
        key: "onnx_qlinear_s8s8",
        aliases: &[],
        name: "ONNX QLinearMatMul s8×s8",
        family: Family::OnnxQLinearS8S8,
        cpu: Cpu::X86,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::OnnxRuntime),
        about: "The same operators with signed inputs and weights: exact on x86. A QDQ model with signed inputs is run as u8 × s8.",
        source: "ONNX Runtime onnxruntime/core/mlas/lib/qgemm.cpp, onnxruntime/core/mlas/lib/quantize.cpp",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::TfliteGemmlowp,
        key: "tflite_gemmlowp",
        aliases: &[],
        name: "TensorFlow Lite (gemmlowp)",
        family: Family::TfLiteFixedPoint,
        cpu: Cpu::Any,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Symmetric,
        rescale: Some(Rescale::Gemmlowp),
        about: "TensorFlow Lite’s specification, and its reference kernels of 2.14 on any CPU. An exact sum is rescaled in fixed point with two roundings, the second with ties away from zero.",
        source: "gemmlowp fixedpoint/fixedpoint.h; TensorFlow tensorflow/lite/kernels/internal/common.cc",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::TfliteRuy,
        key: "tflite_ruy",
        aliases: &[],
        name: "TensorFlow Lite (ruy)",
        family: Family::TfLiteRuy,
        cpu: Cpu::X86,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Symmetric,
        rescale: Some(Rescale::Ruy),
        about: "TensorFlow Lite’s optimised kernels on x86. An exact sum is rescaled in fixed point with two roundings, both with ties upwards.",
        source: "ruy ruy/kernel_avx2_fma.cc",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::TfliteReference,
        key: "tflite_reference",
        aliases: &[],
        name: "LiteRT reference (double)",
        family: Family::TfLiteReference,
        cpu: Cpu::Any,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Symmetric,
        rescale: Some(Rescale::Double),
        about: "The reference kernel of LiteRT 2.3, TensorFlow Lite’s successor, on any CPU. An exact sum is rescaled in double precision and rounded half away from zero.",
        source: "LiteRT tflite/kernels/internal/reference/integer_ops/fully_connected.h",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::Xnnpack,
        key: "xnnpack",
        aliases: &[],
        name: "XNNPACK",
        family: Family::TfLiteXnnpack,
        cpu: Cpu::X86,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Symmetric,
        rescale: Some(Rescale::Xnnpack),
        about: "What TensorFlow Lite uses by default on CPUs, here as on x86. On AVX2 bytes are widened to 16 bits before they are multiplied, so the sum is exact; it is rescaled in float and rounded half to even.",
        source: "XNNPACK src/qs8-gemm/MRx8c8-avx2.c.in, src/qs8-qc8w-gemm/gen/qs8-qc8w-gemm-3x8c8-minmax-fp32-avx2.c",
        provenance: Provenance::Recorded,
    },
    EngineInfo {
        engine: Engine::OneDnnS8S8,
        key: "onednn_s8s8",
        aliases: &[],
        name: "oneDNN s8×s8 (no VNNI)",
        family: Family::OneDnnInnerProduct,
        cpu: Cpu::NoVnni,
        accumulator: Accumulator::PAIR_SATURATING,
        bytes: Bytes::ShiftedBy128,
        weights: Weights::Symmetric,
        rescale: Some(Rescale::OneDnn),
        about: "oneDNN’s inner product of signed inputs and weights on AVX2, or AVX-512 without VNNI. It adds 128 to every input to make it unsigned, so pairs saturate even near zero.",
        source: "oneDNN doc/advanced_topics/int8_computations.md",
        provenance: Provenance::Modelled,
    },
    EngineInfo {
        engine: Engine::OneDnnHalfScale,
        key: "onednn_half_scale",
        aliases: &[],
        name: "oneDNN half-scale weights",
        family: Family::OneDnnConvolution,
        cpu: Cpu::NoVnni,
        accumulator: Accumulator::HALF_SCALE_WEIGHTS,
        bytes: Bytes::Codes,
        weights: Weights::Symmetric,
        rescale: Some(Rescale::OneDnn),
        about: "What oneDNN’s convolution does against saturation where inputs are signed and there is no VNNI: weights are halved, and the sum is doubled. No pair saturates, but odd weights lose a bit.",
        source: "oneDNN doc/advanced_topics/int8_computations.md; src/cpu/reorder/simple_reorder.hpp, src/cpu/x64/jit_uni_x8s8s32x_conv_kernel.cpp",
        provenance: Provenance::Modelled,
    },
    EngineInfo {
        engine: Engine::PowerOfTwoShift,
        key: "power_of_two_shift",
        aliases: &[],
        name: "Bit-shift rescaling",
        family: Family::BitShift,
        cpu: Cpu::Any,
        accumulator: Accumulator::EXACT,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::PowerOfTwo),
        about: "What the author of the forum thread does instead of a multiplication: an exact sum, rescaled by a bit shift. Slopes are off by up to a factor of √2.",
        source: "The forum thread; docs/arithmetic.md section 11",
        provenance: Provenance::Theory,
    },
    EngineInfo {
        engine: Engine::PairWraps,
        key: "pair_wraps",
        aliases: &[],
        name: "Theory: pairs wrap",
        family: Family::PairsWrap,
        cpu: Cpu::Any,
        accumulator: Accumulator::PAIR_WRAPPING,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::Fbgemm),
        about: "A guess from the thread: the sum of two neighbours overflows and wraps around, as 127 + 1 = −128 in 8 bits. No library is known to do it to neighbours; on ARM without dot product some wrap other pairs, and only −128 · −128 twice.",
        source: "The forum thread; docs/arithmetic.md section 11",
        provenance: Provenance::Theory,
    },
    EngineInfo {
        engine: Engine::Products15Bit,
        key: "products_15_bit",
        aliases: &[],
        name: "Theory: 15-bit products",
        family: Family::Products15,
        cpu: Cpu::Any,
        accumulator: Accumulator::PRODUCT_15,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::Fbgemm),
        about: "A guess from the thread: each product saturates at 15 bits. No library is known to do it.",
        source: "The forum thread; docs/arithmetic.md section 11",
        provenance: Provenance::Theory,
    },
    EngineInfo {
        engine: Engine::Running16Bit,
        key: "running_16_bit",
        aliases: &[],
        name: "Theory: running 16-bit sum",
        family: Family::RunningSum,
        cpu: Cpu::Any,
        accumulator: Accumulator::RUNNING_16,
        bytes: Bytes::Codes,
        weights: Weights::Any,
        rescale: Some(Rescale::Fbgemm),
        about: "A guess from the thread: one 16-bit sum over all inputs, saturating after every product. No library is known to do it.",
        source: "The forum thread; docs/arithmetic.md section 11",
        provenance: Provenance::Theory,
    },
];

/// The table is read by index: a row in the wrong place does not compile.
const ALL: [Engine; COUNT] = {
    let mut all = [Engine::FbgemmAvx2; COUNT];
    let mut at = 0;
    while at < COUNT {
        assert!(ROWS[at].engine as usize == at);
        all[at] = ROWS[at].engine;
        at += 1;
    }
    all
};

impl EngineInfo {
    fn is_called(&self, key: &str) -> bool {
        self.key == key || self.aliases.contains(&key)
    }
}

impl Provenance {
    /// The word that the page and the package say: what was read counts as modelled.
    pub const fn key(self) -> &'static str {
        match self {
            Provenance::Recorded => "recorded",
            Provenance::Read | Provenance::Modelled => "modelled",
            Provenance::Theory => "theory",
        }
    }
}

impl Engine {
    /// Every engine, in the order of a menu.
    pub const ALL: &[Engine] = &ALL;

    /// How it sums products.
    pub const fn accumulator(self) -> Accumulator {
        self.info().accumulator
    }

    /// Which bytes it multiplies.
    pub const fn bytes(self) -> Bytes {
        self.info().bytes
    }

    /// Which weights it takes.
    pub const fn weights(self) -> Weights {
        self.info().weights
    }

    /// How it rescales; `None` where the integer product is the result.
    pub const fn rescale(self) -> Option<Rescale> {
        self.info().rescale
    }

    /// What people are told of it.
    pub const fn info(self) -> &'static EngineInfo {
        &INFO[self as usize]
    }

    /// A stable name for addresses and files.
    pub const fn key(self) -> &'static str {
        self.info().key
    }

    /// The engine of that [`key`](Self::key), of today or an older one.
    pub fn from_key(key: &str) -> Option<Engine> {
        INFO.iter().find(|info| info.is_called(key)).map(|info| info.engine)
    }

    /// The library, its operator and the types.
    pub const fn family(self) -> Family {
        self.info().family
    }

    /// The CPUs that it runs on.
    pub const fn cpu(self) -> Cpu {
        self.info().cpu
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// One or two sentences: what it does and where it runs.
    pub const fn about(self) -> &'static str {
        self.info().about
    }

    /// Where the arithmetic is written down.
    pub const fn source(self) -> &'static str {
        self.info().source
    }

    /// Whether recordings of the real library back it.
    pub const fn provenance(self) -> Provenance {
        self.info().provenance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_found_again() {
        for EngineInfo { engine, key, aliases, .. } in &INFO {
            for key in aliases.iter().chain([key]) {
                assert_eq!(Engine::from_key(key), Some(*engine), "{key}");
            }
        }
        assert_eq!(Engine::from_key("fbgemm"), None);
    }

    #[test]
    fn an_older_key_is_a_row_s_too() {
        let row = EngineInfo { aliases: &["fbgemm", "avx2"], ..*Engine::FbgemmAvx2.info() };
        let called = ["fbgemm_avx2", "fbgemm", "avx2", "vnni"].map(|key| row.is_called(key));
        assert_eq!(called, [true, true, true, false]);
    }

    #[test]
    fn keys_stand_in_links_and_never_change() {
        let keys: Vec<_> = Engine::ALL.iter().map(|engine| engine.key()).collect();
        let known = "fbgemm_avx2 fbgemm_avx512 fbgemm_vnni fbgemm_depthwise fbgemm_acc16 qnnpack \
                     torch_onednn_avx2 torch_onednn_avx512 torch_onednn_vnni torch_int_mm \
                     torch_int_mm_vnni onnx_runtime_avx2 onnx_runtime_vnni onnx_qlinear_avx2 \
                     onnx_qlinear_vnni onnx_qlinear_u8u8 onnx_qlinear_s8s8 tflite_gemmlowp tflite_ruy \
                     tflite_reference xnnpack onednn_s8s8 onednn_half_scale power_of_two_shift \
                     pair_wraps products_15_bit running_16_bit";
        assert_eq!(keys.join(" "), known);
    }

    #[test]
    fn every_engine_is_told_in_one_or_two_sentences() {
        for &EngineInfo { engine, name, about, source, .. } in &INFO {
            // A full stop inside a version number ends no sentence.
            let sentences = about.split(". ").count();
            assert!(about.ends_with('.') && sentences <= 2, "{engine:?}: {about}");
            assert!(!name.is_empty() && !source.is_empty(), "{engine:?}");
        }
    }
}
