//! Rampscope: see, move and check the integer arithmetic inside a quantized
//! linear layer.
//!
//! A layer y = Σ x·w + b is computed on bytes. With scales s, zero points z and codes X, W:
//!
//! ```text
//! y ≈ s_x · s_w · acc + b,    acc = Σ X·W − z_x·ΣW − z_w·ΣX + K·z_x·z_w
//! ```
//!
//! Engines agree on the formula and not on the numbers. With all inputs equal and growing, acc should
//! be a straight ramp. FBGEMM on x86 without AVX-512 VNNI makes Σ X·W with `vpmaddubsw`, which saturates each
//! *pair* of products to 16 bits; from there on the ramp bends:
//!
//! ```
//! use rampscope::{Accumulator, Effect, kinks};
//!
//! let weights = [127, 127];
//! let found = kinks(&weights, 0);
//! assert_eq!(found.len(), 1);
//! assert_eq!((found[0].code, found[0].effect), (130, Effect::Flat));
//!
//! let sums = |x: [u8; 2]| {
//!     [Accumulator::EXACT, Accumulator::PAIR_SATURATING].map(|one| one.accumulate(&x, &weights))
//! };
//! assert_eq!(sums([129, 129]), [32766, 32766]);
//! assert_eq!(sums([130, 130]), [33020, 32767]); // what exceeds int16 is lost
//! ```
//!
//! # The main types
//!
//! - [`Accumulator`]: how the products are added; [`Engine`]: a library on a CPU, which chooses one
//!   and turns its sum into an output code.
//! - [`Linear`] with its [`QParams`]: a layer. [`Ramp`]: one of its outputs at every input code, and
//!   [`Kink`]: a change of its slope, found by [`kinks`].
//! - [`State`]: what a person set, which a link holds; [`Deriver`] makes of it [`Derived`], all that
//!   the page shows.
//!
//! The modules: [`arith`] is the truth in plain code, [`kernel`] the same numbers faster,
//! [`evidence`] what libraries were recorded to give, [`machine`] what they do on which machine,
//! [`explain`] says why two numbers differ, [`hits`] how much of a file is hit, [`paste`] reads pasted weights, [`plot`] draws,
//! [`state`], [`documents`] and [`story`] are the page without a browser. The page itself needs the feature `app`,
//! its JavaScript interface `api`; for the numbers alone take `default-features = false`. With the feature
//! `model`, `tensor` reads files of weights and `audit` says what can be lost in their pairs.
//!
//! # Scope
//!
//! Linear layers with 8-bit weights and activations, per tensor or per channel, on the engines of
//! [`Engine`]: PyTorch's FBGEMM and QNNPACK, ONNX Runtime, TensorFlow Lite, and models of others.
//! `docs/arithmetic.md` states every rule with its source, and `tests/golden.rs` holds [`arith`] to
//! recordings of the libraries, bit for bit.
//!
//! Out of scope: convolutions, other widths than 8 bits, training, running whole models, and speed
//! for its own sake.

pub mod api;
pub mod arith;
pub mod documents;
pub mod evidence;
pub mod explain;
pub mod hits;
pub mod kernel;
pub mod machine;
pub mod paste;
pub mod plot;
pub mod state;
pub mod story;

#[cfg(feature = "model")]
pub mod audit;
#[cfg(feature = "model")]
pub mod tensor;
#[cfg(feature = "app")]
mod view;

pub use arith::{Accumulator, Effect, Engine, Kink, Linear, QParams, Ramp, kinks};
pub use state::{Derived, Deriver, State};
