//! The engines that are held to the layers of the recordings, and not to the recordings themselves.

use rampscope::arith::Engine;

/// `tests/engine_rows.rs` holds each.
pub const ROWS: [Engine; 24] = [
    Engine::FbgemmDynamic,
    Engine::FbgemmDynamicVnni,
    Engine::QnnpackDynamic,
    Engine::FbgemmDepthwise,
    Engine::TorchOneDnnAvx2,
    Engine::TorchOneDnnAvx512,
    Engine::TorchOneDnnVnni,
    Engine::IntMm,
    Engine::IntMmVnni,
    Engine::OnnxQLinearAvx2,
    Engine::OnnxQLinearVnni,
    Engine::OnnxDynamic,
    Engine::OnnxDynamicVnni,
    Engine::OnnxQLinearU8U8,
    Engine::OnnxQLinearS8S8,
    Engine::OneDnnConvJit,
    Engine::OneDnnConvVnni,
    Engine::OneDnnConvBrgemm,
    Engine::OneDnnConvGemm,
    Engine::OnnxRuntimeNeon,
    Engine::OnnxQLinearNeon,
    Engine::OnnxQLinearS8S8Neon,
    Engine::OnnxDepthwise,
    Engine::OnnxDepthwiseArm,
];
