//! Engines as people know them. What is known of each is a row of `engine_info.rs`, what each makes of
//! a layer `run.rs`.

use serde::{Deserialize, Serialize};

/// A library's integer arithmetic on one kind of CPU, or a theory about it.
///
/// Every engine is given the same quint8 codes and parameters. TensorFlow Lite and XNNPACK work
/// on int8: `q - 128` and `zero_point - 128` on both sides, which shifts every code by 128 and
/// changes nothing else; here they keep 0..=255 so that codes are comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// PyTorch on x86 with AVX2.
    FbgemmAvx2,
    /// PyTorch on x86 with AVX-512 without VNNI; the same arithmetic as AVX2.
    FbgemmAvx512,
    /// PyTorch on x86 with VNNI.
    FbgemmVnni,
    /// PyTorch's dynamic layer on x86 without VNNI.
    FbgemmDynamic,
    /// The same with VNNI.
    FbgemmDynamicVnni,
    /// PyTorch's depthwise convolutions on any x86 CPU with AVX2.
    FbgemmDepthwise,
    /// FBGEMM's kernel with 16-bit sums.
    FbgemmAcc16,
    /// PyTorch with the QNNPACK engine.
    Qnnpack,
    /// PyTorch's dynamic layer with the QNNPACK engine.
    QnnpackDynamic,
    /// PyTorch with the oneDNN engine, AVX2.
    TorchOneDnnAvx2,
    /// PyTorch with the oneDNN engine, AVX-512 without VNNI.
    TorchOneDnnAvx512,
    /// PyTorch with the oneDNN engine, VNNI.
    TorchOneDnnVnni,
    /// PyTorch's convolutions with the oneDNN engine by its kernels within a tap, without VNNI.
    OneDnnConvJit,
    /// The same with VNNI, by any kernel.
    OneDnnConvVnni,
    /// The same by `brg_conv_fwd`, AVX-512 without VNNI.
    OneDnnConvBrgemm,
    /// The same by `gemm_s8u8s32`, AVX-512 without VNNI.
    OneDnnConvGemm,
    /// `torch._int_mm` of PyTorch up to 2.5, without VNNI.
    IntMm,
    /// `torch._int_mm`, VNNI.
    IntMmVnni,
    /// ONNX Runtime `MatMulInteger`, u8 × s8, AVX2.
    OnnxRuntimeAvx2,
    /// ONNX Runtime `MatMulInteger`, u8 × s8, VNNI, or ARM64 with dot product.
    OnnxRuntimeVnni,
    /// The same, ARM64 without dot product.
    OnnxRuntimeNeon,
    /// ONNX Runtime's operators with an output code, u8 × s8, AVX2.
    OnnxQLinearAvx2,
    /// The same, VNNI, or ARM64 with dot product.
    OnnxQLinearVnni,
    /// The same, ARM64 without dot product.
    OnnxQLinearNeon,
    /// ONNX Runtime's `DynamicQuantizeMatMul`, u8 × s8, AVX2.
    OnnxDynamic,
    /// The same, VNNI.
    OnnxDynamicVnni,
    /// ONNX Runtime's operators with an output code, unsigned inputs and weights.
    OnnxQLinearU8U8,
    /// The same with signed inputs and weights, as operators of their own: x86, or ARM64 with dot
    /// product.
    OnnxQLinearS8S8,
    /// The same, ARM64 without dot product.
    OnnxQLinearS8S8Neon,
    /// ONNX Runtime's depthwise `QLinearConv`, x86.
    OnnxDepthwise,
    /// The same, any ARM64.
    OnnxDepthwiseArm,
    /// TensorFlow Lite's fixed-point specification.
    TfliteGemmlowp,
    /// TensorFlow Lite's optimised kernels on x86.
    TfliteRuy,
    /// LiteRT 2.3's reference kernel: rescales in double.
    TfliteReference,
    /// TensorFlow Lite with the XNNPACK delegate.
    Xnnpack,
    /// oneDNN with signed activations and no VNNI.
    OneDnnS8S8,
    /// oneDNN with halved weights and no VNNI.
    OneDnnHalfScale,
    /// Theory: the output is rescaled by a shift.
    PowerOfTwoShift,
    /// Theory: a pair of products wraps around.
    PairWraps,
    /// Theory: a product keeps 15 bits.
    Products15Bit,
    /// Theory: the whole sum has 16 bits.
    Running16Bit,
}
