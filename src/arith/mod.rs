//! Exact integer and float arithmetic of quantized linear layers and convolutions.
//!
//! The numeric truth of the crate, in the dullest code that is clear: no intrinsics, no browser,
//! no tolerance. Every function says which library it follows; `docs/arithmetic.md` states the
//! same facts in prose, section by section, and `tests/golden.rs` compares all of it with
//! recordings of the real libraries, bit for bit.
//!
//! The road of a value: an observer's range becomes [`QParams`] ([`min_max_qparams`]), a real
//! input becomes a code ([`quantize`]), the codes and weights of a [`Linear`] layer become a sum
//! ([`Accumulator`]), and an [`Engine`] turns the sum into an output code (its zero-point terms,
//! bias rule and [`Rescale`]). A [`Ramp`] is that road for all 256 input codes, and a [`Kink`] is
//! a place where its slope changes.
//!
//! Beside it stand operators whose sums depend on more than the CPU, each a layer of its own: PyTorch's
//! convolutions ([`ConvLayer`]), oneDNN ([`OneDnnLayer`]), ONNX Runtime ([`OnnxWeights`], [`OnnxLayer`],
//! [`OnnxDynamic`]) and PyTorch's dynamic linear ([`DynamicLinear`]).

mod accumulate;
mod avx_math;
mod codes;
mod conv;
mod conv_engine;
mod conv_layer;
mod dynamic;
mod engine;
mod engine_info;
mod experiment;
mod family;
mod fbgemm_conv;
mod fixed_point;
mod float;
mod group;
mod int8;
pub(crate) mod joined;
mod kink;
mod kink_scan;
mod linear;
mod mt19937;
mod onednn;
mod onednn_kernel;
mod onednn_layer;
mod onednn_rescale;
mod onnx_dynamic;
mod onnx_layer;
mod onnx_runtime;
mod onnx_weights;
mod pair_reach;
mod qparams;
mod quantize;
mod ramp;
mod requantize;
mod rescale;
mod row_shape;
mod run;
mod scales;
mod stage;
mod torch_rng;
mod torch_version;

pub use accumulate::{Accumulator, GroupTrace, Lane, Product, clamp15, saturate16, wrap16};
pub use codes::{Codes, take_zero_points_off};
pub use conv::{ConvError, ConvShape, TapOrder};
pub use conv_engine::{ConvChoice, ConvEngine, ConvFault};
pub use conv_layer::{ConvLayer, TorchConv};
pub use dynamic::{DynamicEngine, DynamicLinear};
pub use engine::Engine;
pub use engine_info::{Bytes, EngineInfo, Gives, Provenance, Weights};
pub use experiment::{Experiment, ExperimentSpec, Order, float_forward};
pub use family::{Cpu, Family, FamilyInfo, Library, Types};
pub use fbgemm_conv::{FbgemmConvPath, FbgemmIsa};
pub use fixed_point::{
    Multiplier, multiply_gemmlowp, multiply_ruy, rounding_divide_by_pot,
    saturating_rounding_doubling_high_mul,
};
pub use float::round_to_i32;
pub use group::{Blocks, Group, Groups, Ks, Members};
pub use int8::Int8Linear;
pub use kink::{Effect, Kink, KinkPair, Rail, first_saturated_code, kinks, kinks_of};
pub use kink_scan::{breaks_by_scan, kinks_brute_force};
pub use linear::{Linear, LinearError, MAX_INPUTS};
pub use mt19937::Mt19937;
pub use onednn::{IntMm, OneDnnIsa};
pub use onednn_kernel::{OneDnnConvKernel, OneDnnLinearKernel};
pub use onednn_layer::{OneDnnError, OneDnnLayer};
pub use onednn_rescale::{OneDnnRescale, OneDnnScales};
pub use onnx_dynamic::{
    OnnxDynamic, OnnxDynamicForm, OnnxDynamicOutput, dequantize_onnx, dynamic_quantize_linear,
};
pub use onnx_layer::{OnnxLayer, OnnxOperator, unfused_onnx};
pub use onnx_runtime::OnnxCpu;
pub use onnx_weights::{OnnxError, OnnxWeights};
pub use pair_reach::{PairLoss, PairReach, WorstInput};
pub use qparams::{QParams, QRange, QScheme, QType, WideParams, min_max_qparams};
pub use quantize::{QuantizeTrace, dequantize, quantize, quantize_trace};
pub use ramp::{CODES, Ramp};
pub use requantize::{
    bias_to_i32_onnx, bias_to_i32_qnnpack, bias_to_i32_tflite, fbgemm_add_bias,
    fbgemm_add_bias_unfused, requantize_double, requantize_float, requantize_gemmlowp,
    requantize_onnx, requantize_power_of_two, requantize_ruy, requantize_xnnpack,
};
pub use rescale::Rescale;
pub use row_shape::RowShape;
pub use run::{EngineOutput, Unavailable};
pub use scales::Scales;
pub use stage::{Stage, StageTrace};
pub use torch_rng::TorchRng;
pub use torch_version::TorchVersion;
