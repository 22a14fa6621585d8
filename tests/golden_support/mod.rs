//! Replays recordings of real libraries through `rampscope::arith`, value by value.
//!
//! Shared by `tests/golden.rs` and `examples/replay.rs`. `tests/golden/README.md` states the
//! schema. Every recorded field is computed anew from the fields before it (the calibration range
//! from the seed, the scale from the recorded range, the codes from the recorded scale, …), so a
//! wrong value shows up in its own field.

mod conv;
mod dynamic;
mod edge;
mod error;
mod json;
pub mod layer;
mod lcg;
mod onednn;
mod onnx;
mod onnx_dynamic;
pub mod ort;
pub mod presets;
mod rng;
mod shape;
mod tally;
pub mod tflite;
mod thread;

use std::io::Read;

use flate2::read::MultiGzDecoder;
use serde_json::Value;

pub use error::ReplayError;
pub use tally::{Line, verdict};

/// The JSON of a gzipped recording.
pub fn decode(gzipped: &[u8]) -> Result<Value, ReplayError> {
    let mut text = Vec::new();
    MultiGzDecoder::new(gzipped).read_to_end(&mut text).map_err(ReplayError::Gzip)?;
    serde_json::from_slice(&text).map_err(ReplayError::Json)
}

/// One line for each recorded field of a set: how many of its values `arith` reproduces.
pub fn replay(recording: &Value) -> Result<Vec<Line>, ReplayError> {
    let root = json::Object::root(recording)?;
    let set = root.text("set")?;
    let (lists, replay_set): (&[&str], fn(&json::Object) -> _) = match set {
        "thread" => (&["cases"], thread::replay),
        "linear" => (&["cases"], layer::replay),
        "edge" => (&["quantize", "observer", "linear"], edge::replay),
        "ort_matmulinteger" => (&["cases"], ort::replay),
        "tflite_fc" => (&["cases"], tflite::replay),
        "rng" => (&["seqs"], rng::replay),
        "presets" => (&["presets"], presets::replay),
        "conv" => (&["cases"], conv::replay),
        "onednn" => (&["cases"], onednn::replay),
        "ort_q" => (&["cases"], onnx::replay_x86),
        "ort_arm" => (&["cases"], onnx::replay_arm),
        "dynamic" => (&["cases"], dynamic::replay),
        other => return Err(ReplayError::UnknownSet(other.to_string())),
    };
    root.no_other_list(lists)?;
    replay_set(&root)
}
