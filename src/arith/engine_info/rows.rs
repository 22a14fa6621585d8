//! The rows of the table of engines, in the order of a menu.

mod onnx;
mod others;
mod tflite;
mod torch;

use super::{COUNT, EngineRow};

/// In the order of [`Engine`](super::Engine).
pub(super) const ROWS: [EngineRow; COUNT] = {
    let parts: [&[EngineRow]; 4] = [&torch::ROWS, &onnx::ROWS, &tflite::ROWS, &others::ROWS];
    let mut rows = [torch::ROWS[0]; COUNT];
    let (mut part, mut row, mut at) = (0, 0, 0);
    while part < parts.len() {
        if row < parts[part].len() {
            rows[at] = parts[part][row];
            (row, at) = (row + 1, at + 1);
        } else {
            (part, row) = (part + 1, 0);
        }
    }
    assert!(at == COUNT);
    rows
};
