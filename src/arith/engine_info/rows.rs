//! The rows of the table of engines, in the order of a menu.

mod onnx;
mod others;
mod tflite;
mod torch;

use super::super::joined::joined;
use super::{COUNT, EngineRow};

/// In the order of [`Engine`](super::Engine).
pub(super) const ROWS: [EngineRow; COUNT] =
    joined(&[&torch::ROWS, &onnx::ROWS, &tflite::ROWS, &others::ROWS]);
