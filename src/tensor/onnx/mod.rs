//! ONNX: the graph of a model, and where its constants lie.
//!
//! The format: onnx/onnx.proto. The messages are walked in place, and of a constant only its place is
//! noted, so that a model of gigabytes takes as much memory as its graph. (rten-onnx, which would read
//! them too, allocates what a length declares and keeps no offsets.)

mod constant;
mod graph;
mod model;
mod packed;
mod wire;

pub use constant::Constant;
pub use graph::{Attribute, AttributeValue, Graph, Node, Typed};
pub use model::{Function, Model, read};
pub use packed::{Packed, PackedStream};
