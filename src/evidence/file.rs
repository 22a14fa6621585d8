//! [`RecordingFile`]: a file of recordings as its JSON has it.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::operation::{Backend, Operator};
use crate::arith::Types;

/// The name of the schema, in every file's `set`.
pub const SET: &str = "recordings";

/// The versions of the schema that are read. The second has operators beside `linear`, with the fields
/// that they need.
pub const SCHEMAS: RangeInclusive<u32> = 1..=2;

/// A file of recordings, as its JSON has it: `tools/record/README.md` describes every field.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordingFile {
    /// [`SET`].
    pub set: String,
    /// One of [`SCHEMAS`].
    pub schema: u32,
    /// Where the numbers come from.
    pub sources: Vec<Source>,
    /// The recordings.
    pub recordings: Vec<RecordingEntry>,
}

/// Where recordings come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The library.
    pub library: String,
    /// Its version, as it says it.
    pub version: String,
    /// The processor, as far as it matters: its instruction sets.
    pub machine: String,
    /// How it was recorded.
    pub how: String,
}

/// One layer of a [`RecordingFile`]. Bytes are base64 with the usual alphabet.
///
/// Inputs and outputs that are signed are written as codes 128 higher, their zero points too; weights
/// that are unsigned 128 lower.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RecordingEntry {
    /// A short name, unique in the file.
    pub key: String,
    /// The place of its source in the file's list.
    pub source: usize,
    /// What was computed; `linear`, where it is left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub operator: Operator,
    /// Types of input and weight; `u8s8`, where they are left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub types: Types,
    /// K. Of a convolution taps × channels of a group, channels innermost.
    pub inputs: usize,
    /// N.
    pub outputs: usize,
    /// Of a convolution: rows and columns of its kernel.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kernel: Option<[usize; 2]>,
    /// Of a convolution: groups of channels that do not meet; 1, where they are left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub groups: Option<usize>,
    /// Of a convolution: rows and columns added on either side of the picture; none, where they are
    /// left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub padding: Option<[usize; 2]>,
    /// Weight codes as bytes of two's complement, `[N][K]`.
    pub w: String,
    /// Scale of the weights.
    pub w_scale: f32,
    /// Zero point of the weights.
    pub w_zp: i32,
    /// Scale of the inputs.
    pub in_scale: f32,
    /// Zero point of the inputs.
    pub in_zp: i32,
    /// Scale of the outputs.
    pub out_scale: f32,
    /// Zero point of the outputs.
    pub out_zp: i32,
    /// Real bias, one for each output; none for a layer without.
    #[serde(default)]
    pub bias: Option<Vec<f32>>,
    /// The input codes of the probes: all K inputs of probe p have code `x[p]`.
    pub x: String,
    /// What the engines gave.
    pub runs: Vec<RunEntry>,
}

/// The outputs of one engine in a [`RecordingFile`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RunEntry {
    /// The engine.
    pub engine: Backend,
    /// The instruction set that it ran on: `avx2`, `avx512`, `vnni`, …
    pub isa: String,
    /// The implementation, as `ONEDNN_VERBOSE` names it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub implementation: Option<String>,
    /// Output codes, `[N][probe]`, of an operator that gives codes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub y: Option<String>,
    /// Results of one that gives integers, `[N][probe]`, four bytes of two's complement each, the lowest
    /// first.
    #[serde(default, skip_serializing_if = "is_default")]
    pub y32: Option<String>,
}

/// Whether a field may be left out.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
