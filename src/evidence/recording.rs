//! [`Recordings`]: layers, and what a library made of them.

use std::error::Error;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::arith::{Engine, Linear, LinearError, QParams};

/// The name of the schema, in every file's `set`.
pub const SET: &str = "recordings";

/// The version of the schema.
pub const SCHEMA: u32 = 1;

/// A file of recordings, as its JSON has it: `tools/record/README.md` describes every field.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordingFile {
    /// [`SET`].
    pub set: String,
    /// [`SCHEMA`].
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordingEntry {
    /// A short name, unique in the file.
    pub key: String,
    /// The place of its source in the file's list.
    pub source: usize,
    /// K.
    pub inputs: usize,
    /// N.
    pub outputs: usize,
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
    /// The engine, as `torch.backends.quantized.engine` names it.
    pub engine: TorchEngine,
    /// The instruction set that it ran on: `avx2`, `avx512`, `vnni`, …
    pub isa: String,
    /// Output codes, `[N][probe]`.
    pub y: String,
}

/// An engine of PyTorch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TorchEngine {
    /// FBGEMM.
    Fbgemm,
    /// FBGEMM or oneDNN, whichever PyTorch chooses.
    X86,
    /// oneDNN.
    OneDnn,
    /// QNNPACK.
    Qnnpack,
}

impl TorchEngine {
    /// An engine of ours that does after the sum what this one does.
    pub fn stage_engine(self) -> Engine {
        match self {
            // All three rescale in float32 and round half to even.
            TorchEngine::Fbgemm | TorchEngine::X86 | TorchEngine::OneDnn => Engine::FbgemmAvx2,
            TorchEngine::Qnnpack => Engine::Qnnpack,
        }
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            TorchEngine::Fbgemm => "FBGEMM",
            TorchEngine::X86 => "x86",
            TorchEngine::OneDnn => "oneDNN",
            TorchEngine::Qnnpack => "QNNPACK",
        }
    }
}

/// A checked file: every list has the length that the shape asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Recordings {
    /// Where they come from.
    pub sources: Vec<Source>,
    /// At least one.
    pub all: Vec<RecordedLayer>,
}

/// A layer and what engines made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedLayer {
    /// A short name, unique in the file.
    pub key: String,
    /// The place of its source in [`Recordings::sources`].
    pub source: usize,
    /// The layer.
    pub layer: Linear,
    /// The input codes of the probes; all inputs of a probe are equal. At least one.
    pub x: Vec<u8>,
    /// What the engines gave. At least one.
    pub runs: Vec<Run>,
}

/// The outputs of one engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The engine.
    pub backend: TorchEngine,
    /// The instruction set that it ran on.
    pub isa: String,
    /// Output codes, `[N][probe]`.
    pub y: Vec<u8>,
}

impl RecordedLayer {
    /// The output codes of one output in a run.
    ///
    /// # Panics
    /// If there is no such output.
    pub fn outputs_of<'a>(&self, run: &'a Run, output: usize) -> &'a [u8] {
        &run.y[output * self.x.len()..(output + 1) * self.x.len()]
    }
}

impl TryFrom<RecordingFile> for Recordings {
    type Error = RecordingError;

    fn try_from(file: RecordingFile) -> Result<Recordings, RecordingError> {
        if file.set != SET {
            return Err(RecordingError::Set { found: file.set });
        }
        if file.schema != SCHEMA {
            return Err(RecordingError::Version { found: file.schema });
        }
        if file.recordings.is_empty() {
            return Err(RecordingError::Empty);
        }
        let mut all: Vec<RecordedLayer> = Vec::with_capacity(file.recordings.len());
        for entry in file.recordings {
            let key = entry.key.clone();
            let wrong = |fault: EntryFault| RecordingError::Entry { key: key.clone(), fault };
            if all.iter().any(|earlier| earlier.key == key) {
                return Err(wrong(EntryFault::Twice));
            }
            if entry.source >= file.sources.len() {
                return Err(wrong(EntryFault::Source { given: entry.source }));
            }
            all.push(checked(entry).map_err(wrong)?);
        }
        Ok(Recordings { sources: file.sources, all })
    }
}

fn checked(entry: RecordingEntry) -> Result<RecordedLayer, EntryFault> {
    let params = |scale, zero_point| QParams { scale, zero_point };
    let weights = bytes("w", &entry.w)?.into_iter().map(u8::cast_signed).collect();
    let mut layer = Linear::new(
        entry.inputs,
        entry.outputs,
        weights,
        vec![params(entry.w_scale, entry.w_zp)],
        false,
        params(entry.in_scale, entry.in_zp),
        params(entry.out_scale, entry.out_zp),
    )?;
    if let Some(bias) = entry.bias {
        if bias.iter().any(|bias| !bias.is_finite()) {
            return Err(EntryFault::Bias);
        }
        layer = layer.with_bias(bias)?;
    }
    let x = bytes("x", &entry.x)?;
    if x.is_empty() {
        return Err(EntryFault::Length { field: "x", expected: 1, found: 0 });
    }
    if entry.runs.is_empty() {
        return Err(EntryFault::NoRun);
    }
    let expected = x.len() * layer.outputs;
    let run = |run: RunEntry| {
        let y = bytes("y", &run.y)?;
        if y.len() != expected {
            return Err(EntryFault::Length { field: "y", expected, found: y.len() });
        }
        Ok(Run { backend: run.engine, isa: run.isa, y })
    };
    let runs = entry.runs.into_iter().map(run).collect::<Result<_, _>>()?;
    Ok(RecordedLayer { key: entry.key, source: entry.source, layer, x, runs })
}

fn bytes(field: &'static str, text: &str) -> Result<Vec<u8>, EntryFault> {
    STANDARD.decode(text).map_err(|_| EntryFault::NotBase64 { field })
}

/// Why a file of the right form is no file of recordings.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RecordingError {
    /// It is a file of something else.
    Set {
        /// What it says it is.
        found: String,
    },
    /// A version of the schema that is not known here.
    Version {
        /// The version.
        found: u32,
    },
    /// It holds none.
    Empty,
    /// One recording cannot be used.
    Entry {
        /// Its key.
        key: String,
        /// What is wrong with it.
        fault: EntryFault,
    },
}

/// What is wrong with one recording.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EntryFault {
    /// Another recording has its key.
    Twice,
    /// Its source is not in the list.
    Source {
        /// The place given.
        given: usize,
    },
    /// The layer's numbers do not fit together.
    Layer(LinearError),
    /// A bias that is no finite number.
    Bias,
    /// A field that should be bytes in base64.
    NotBase64 {
        /// The field.
        field: &'static str,
    },
    /// A list of another length than the shape asks for.
    Length {
        /// The field.
        field: &'static str,
        /// Bytes that should be there.
        expected: usize,
        /// Bytes that are there.
        found: usize,
    },
    /// No engine's outputs.
    NoRun,
}

impl From<LinearError> for EntryFault {
    fn from(error: LinearError) -> EntryFault {
        EntryFault::Layer(error)
    }
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set { found } => {
                write!(f, "its set is “{found}”; a file of recordings says “{SET}”")
            }
            Self::Version { found } => {
                write!(f, "its schema is version {found}; this page reads version {SCHEMA}")
            }
            Self::Empty => write!(f, "it holds no recording"),
            Self::Entry { key, fault } => write!(f, "in its recording “{key}” {fault}"),
        }
    }
}

impl fmt::Display for EntryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice => write!(f, "the key is that of an earlier one"),
            Self::Source { given } => write!(f, "source {given} is not in the list of sources"),
            Self::Layer(error) => error.fmt(f),
            Self::Bias => write!(f, "the bias holds a value that is no finite number"),
            Self::NotBase64 { field } => write!(f, "{field} is not base64"),
            Self::Length { field, expected, found } => {
                write!(f, "{field} holds {found} bytes where {expected} are needed")
            }
            Self::NoRun => write!(f, "there are no outputs of any engine"),
        }
    }
}

impl Error for RecordingError {}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A layer of 2 inputs and 1 output, three probes.
    pub fn file() -> RecordingFile {
        let bytes = |bytes: &[u8]| STANDARD.encode(bytes);
        RecordingFile {
            set: SET.into(),
            schema: SCHEMA,
            sources: vec![Source {
                library: "a test".into(),
                version: "1".into(),
                machine: "none".into(),
                how: "by hand".into(),
            }],
            recordings: vec![RecordingEntry {
                key: "one".into(),
                source: 0,
                inputs: 2,
                outputs: 1,
                w: bytes(&[127, 127]),
                w_scale: 1.0,
                w_zp: 0,
                in_scale: 1.0,
                in_zp: 0,
                out_scale: 512.0,
                out_zp: 0,
                bias: None,
                x: bytes(&[0, 100, 255]),
                runs: vec![RunEntry {
                    engine: TorchEngine::Fbgemm,
                    isa: "avx2".into(),
                    y: bytes(&[0, 50, 64]),
                }],
            }],
        }
    }

    #[test]
    fn a_good_file_is_read() {
        let read = Recordings::try_from(file()).expect("it is good");
        assert_eq!(read.all[0].layer.weights, [127, 127]);
        assert_eq!(read.all[0].outputs_of(&read.all[0].runs[0], 0), [0, 50, 64]);
    }

    #[test]
    fn every_fault_has_its_sentence() {
        let broken = |change: fn(&mut RecordingFile)| {
            let mut file = file();
            change(&mut file);
            Recordings::try_from(file).expect_err("it is broken").to_string()
        };
        let said = [
            (broken(|file| file.set = "thread".into()), "its set is “thread”"),
            (broken(|file| file.schema = 2), "version 2"),
            (broken(|file| file.recordings.clear()), "no recording"),
            (broken(|file| file.recordings.push(file.recordings[0].clone())), "earlier one"),
            (broken(|file| file.sources.clear()), "source 0"),
            (broken(|file| file.recordings[0].inputs = 3), "1 × 3 weights"),
            (broken(|file| file.recordings[0].in_scale = f32::NAN), "scale NaN"),
            (broken(|file| file.recordings[0].bias = Some(vec![f32::INFINITY])), "bias"),
            (broken(|file| file.recordings[0].x.clear()), "x holds 0 bytes"),
            (broken(|file| file.recordings[0].w = "!".into()), "w is not base64"),
            (broken(|file| file.recordings[0].runs[0].y = "AAAA/w==".into()), "4 bytes where 3"),
            (broken(|file| file.recordings[0].runs.clear()), "no outputs"),
        ];
        for (sentence, part) in said {
            assert!(sentence.contains(part), "{sentence:?} lacks {part:?}");
        }
    }
}
