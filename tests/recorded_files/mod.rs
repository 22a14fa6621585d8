//! Files of tools/record, and what is known of them; `tests/recordings/README.md` says where they are from.

use rampscope::arith::Engine;

/// A file of tools/record, and for each kind of run in it the engines that get every point.
pub type Recorded = (&'static str, &'static [(&'static str, &'static [Engine])]);

/// Files as they were written.
pub const RECORDED: [Recorded; 9] = [
    (
        include_str!("../recordings/torch-2.15.0-avx2.json"),
        &[("FBGEMM (avx2)", &[Engine::FbgemmAvx2]), ("QNNPACK (avx2)", &[Engine::Qnnpack])],
    ),
    (
        include_str!("../recordings/torch-2.5.1-haswell.json"),
        &[
            ("FBGEMM convolution (avx2)", &[Engine::FbgemmAvx2]),
            ("x86 convolution (avx2)", &[Engine::FbgemmAvx2]),
            ("oneDNN convolution by jit_uni_int8_1x1:avx2 (avx2)", &[Engine::OneDnnConvJit]),
            ("QNNPACK convolution (sse2)", &[Engine::Qnnpack]),
            ("oneDNN convolution by jit_uni_int8:avx2 (avx2)", &[Engine::OneDnnConvJit]),
            ("FBGEMM depthwise convolution (avx2)", &[Engine::FbgemmDepthwise]),
            ("x86 depthwise convolution (avx2)", &[Engine::FbgemmDepthwise]),
            ("oneDNN depthwise convolution by jit_uni_int8:avx2 (avx2)", SINGLE_CHANNELS),
            ("QNNPACK depthwise convolution (sse2)", &[Engine::Qnnpack]),
            ("FBGEMM groupwise convolution (avx2)", &[Engine::FbgemmAvx2]),
            ("x86 groupwise convolution (avx2)", &[Engine::FbgemmAvx2]),
            ("torch._int_mm (avx2)", &[Engine::IntMm]),
        ],
    ),
    (
        include_str!("../recordings/torch-2.5.1-vnni.json"),
        &[
            ("FBGEMM convolution (vnni)", &[Engine::FbgemmVnni]),
            ("x86 convolution by brgconv_1x1:avx512_core_vnni (vnni)", &[Engine::OneDnnConvVnni]),
            (
                "oneDNN convolution by brgconv_1x1:avx512_core_vnni (vnni)",
                &[Engine::OneDnnConvVnni],
            ),
            ("QNNPACK convolution (sse2)", &[Engine::Qnnpack]),
            ("x86 convolution by brg_conv_fwd:avx512_core_vnni (vnni)", &[Engine::OneDnnConvVnni]),
            (
                "oneDNN convolution by brg_conv_fwd:avx512_core_vnni (vnni)",
                &[Engine::OneDnnConvVnni],
            ),
            // Its kernel knows no VNNI.
            ("FBGEMM depthwise convolution (vnni)", &[Engine::FbgemmDepthwise]),
            ("x86 depthwise convolution by brdgmm_dw:avx512_core_vnni (vnni)", SINGLE_CHANNELS),
            ("oneDNN depthwise convolution by brdgmm_dw:avx512_core_vnni (vnni)", SINGLE_CHANNELS),
            ("QNNPACK depthwise convolution (sse2)", &[Engine::Qnnpack]),
            ("FBGEMM groupwise convolution (vnni)", &[Engine::FbgemmVnni]),
            ("x86 convolution by jit_int8:avx512_core_vnni (vnni)", &[Engine::OneDnnConvVnni]),
            ("oneDNN convolution by jit_int8:avx512_core_vnni (vnni)", &[Engine::OneDnnConvVnni]),
            ("torch._int_mm (vnni)", &[Engine::IntMmVnni]),
        ],
    ),
    (
        include_str!("../recordings/torch-2.5.1-avx512.json"),
        &[
            ("FBGEMM convolution (avx512)", &[Engine::FbgemmAvx2]),
            (
                "oneDNN convolution by brgconv_1x1:avx512_core (avx512_core)",
                &[Engine::OneDnnConvJit],
            ),
            (
                "oneDNN convolution by brg_conv_fwd:avx512_core (avx512_core)",
                &[Engine::OneDnnConvBrgemm],
            ),
            ("FBGEMM depthwise convolution (avx512)", &[Engine::FbgemmDepthwise]),
            ("oneDNN depthwise convolution by jit_int8:avx512_core (avx512_core)", SINGLE_CHANNELS),
            // It asks the CPU, which has VNNI, and not the variable.
            ("FBGEMM groupwise convolution (avx512)", &[Engine::FbgemmVnni]),
            ("oneDNN convolution by jit_int8:avx512_core (avx512_core)", &[Engine::OneDnnConvJit]),
            ("torch._int_mm (avx512_core)", &[Engine::IntMm]),
        ],
    ),
    // A plain loop there, as exact as VNNI.
    (
        include_str!("../recordings/torch-2.15.0-haswell.json"),
        &[("torch._int_mm (avx2)", &[Engine::IntMmVnni])],
    ),
    (
        include_str!("../recordings/ort-1.32.0-haswell.json"),
        &[
            ("ONNX Runtime MatMulInteger (avx2)", &[Engine::OnnxRuntimeAvx2]),
            ("ONNX Runtime QLinearMatMul u8 × s8 (avx2)", &[Engine::OnnxQLinearAvx2]),
            ("ONNX Runtime QLinearMatMul u8 × u8 (avx2)", &[Engine::OnnxQLinearU8U8]),
            ("ONNX Runtime QLinearMatMul s8 × s8 (avx2)", &[Engine::OnnxQLinearS8S8]),
            ("ONNX Runtime QLinearConv (avx2)", &[Engine::OnnxQLinearAvx2]),
            ("ONNX Runtime QLinearConv depthwise (avx2)", &[Engine::OnnxDepthwise]),
        ],
    ),
    (
        include_str!("../recordings/ort-1.32.0-vnni.json"),
        &[
            ("ONNX Runtime MatMulInteger (vnni)", &[Engine::OnnxRuntimeVnni]),
            ("ONNX Runtime QLinearMatMul u8 × s8 (vnni)", &[Engine::OnnxQLinearVnni]),
            ("ONNX Runtime QLinearMatMul u8 × u8 (vnni)", &[Engine::OnnxQLinearU8U8]),
            ("ONNX Runtime QLinearMatMul s8 × s8 (vnni)", &[Engine::OnnxQLinearS8S8]),
            ("ONNX Runtime QLinearConv (vnni)", &[Engine::OnnxQLinearVnni]),
            ("ONNX Runtime QLinearConv depthwise (vnni)", &[Engine::OnnxDepthwise]),
        ],
    ),
    (
        include_str!("../recordings/ort-1.32.0-cortex-a72.json"),
        &[
            ("ONNX Runtime MatMulInteger (neon)", &[Engine::OnnxRuntimeNeon]),
            ("ONNX Runtime QLinearMatMul u8 × s8 (neon)", &[Engine::OnnxQLinearNeon]),
            ("ONNX Runtime QLinearMatMul u8 × u8 (neon)", &[Engine::OnnxQLinearU8U8]),
            ("ONNX Runtime QLinearMatMul s8 × s8 (neon)", &[Engine::OnnxQLinearS8S8Neon]),
            ("ONNX Runtime QLinearConv (neon)", &[Engine::OnnxQLinearNeon]),
            ("ONNX Runtime QLinearConv depthwise (neon)", &[Engine::OnnxDepthwiseArm]),
        ],
    ),
    (
        include_str!("../recordings/ort-1.32.0-cortex-a76.json"),
        &[
            ("ONNX Runtime MatMulInteger (dotprod)", &[Engine::OnnxRuntimeVnni]),
            ("ONNX Runtime QLinearMatMul u8 × s8 (dotprod)", &[Engine::OnnxQLinearVnni]),
            ("ONNX Runtime QLinearMatMul u8 × u8 (dotprod)", &[Engine::OnnxQLinearU8U8]),
            ("ONNX Runtime QLinearMatMul s8 × s8 (dotprod)", &[Engine::OnnxQLinearS8S8]),
            ("ONNX Runtime QLinearConv (dotprod)", &[Engine::OnnxQLinearVnni]),
            ("ONNX Runtime QLinearConv depthwise (dotprod)", &[Engine::OnnxDepthwiseArm]),
        ],
    ),
];

/// With one channel oneDNN is exact with VNNI or without.
const SINGLE_CHANNELS: &[Engine] = &[Engine::OneDnnConvJit, Engine::OneDnnConvVnni];
