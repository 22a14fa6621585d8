//! The same numbers as [`crate::arith`], by faster instructions.
//!
//! **Contract: for every input, [`gemm`] and [`products`] return the very `i32`s that
//! [`Accumulator::accumulate`](crate::arith::Accumulator::accumulate) returns, on every backend, to
//! the bit.** `tests/kernel.rs` tests this sentence.
//!
//! One algorithm (`gemm.rs`, over codes and weights laid out by `pack.rs`) is written over a small trait of lane operations (`lanes.rs`) that
//! two backends implement: WebAssembly's 128-bit vectors (`simd128.rs`, where the module is
//! compiled with that feature) and plain arrays (`soft.rs`, everywhere). Besides it and
//! `simd128_pairs.rs`, for what comes of pairs whatever the codes (`pair_lanes.rs`), no file of the
//! crate holds an intrinsic. Groups other than neighbours are made neighbours first
//! (`arrangement.rs`). The page's ramps do not multiply at all: see [`sweep`]; and where its inputs differ,
//! one short row is multiplied by a plain loop ([`row_sums`]), so that its first part has no product.

mod arrangement;
mod correction;
mod equal;
mod gemm;
mod lanes;
mod pack;
pub mod pair_lanes;
pub mod pair_scan;
mod shape;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128_pairs;
mod soft;
mod sums;
pub mod sweep;
mod weights;

pub use crate::arith::MAX_INPUTS;
pub use equal::EqualInputs;
pub use gemm::{gemm, gemm_soft};
pub use shape::ShapeError;
pub use sums::{is_quick, products, products_soft, ramp_sums, row_sums};
pub use sweep::{pair_sums, sweep_exact, sweep_saturating};
pub use weights::{PackedWeights, PairSum};

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use simd128::Simd128 as Fastest;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use soft::Soft as Fastest;

/// A set of instructions that the kernel runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// WebAssembly's fixed-width 128-bit vectors.
    Simd128,
    /// Plain arrays, for every target.
    Soft,
}

impl Backend {
    /// The name for people and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simd128 => "wasm simd128",
            Self::Soft => "plain arrays",
        }
    }
}

/// The backend that [`gemm`] runs on. It is chosen when the crate is compiled.
pub const fn backend() -> Backend {
    <Fastest as lanes::Lanes>::BACKEND
}
