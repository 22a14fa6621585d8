//! Graphs of ONNX: which nodes multiply by weights, and on which arithmetic.
//!
//! The graph decides, not the bytes: the same codes are hit in a product of integers, never where they
//! are only stored, and in a float product between QuantizeLinear and DequantizeLinear once that is
//! fused.

mod operators;
mod product;
mod scope;
mod trace;

pub(super) use product::{Product, Products, Weights, products};
