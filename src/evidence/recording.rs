//! [`Recordings`]: layers, and what a library made of them.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::file::{RecordingEntry, RecordingFile, RunEntry, SCHEMAS, SET, Source};
use super::operation::{Backend, Operation, Operator, RunKind};
use super::recording_error::{EntryFault, RecordingError};
use crate::arith::{ConvShape, Linear, QParams, Types};

/// The code of a signed 0.
const SIGNED_ZERO: i32 = 128;
/// Places of a picture beside the kernel: its output is wider than 4, as oneDNN's kernels ask.
const AROUND: usize = 4;

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
    /// What was computed.
    pub operator: Operator,
    /// Types of input and weight.
    pub types: Types,
    /// The convolution whose place in the middle the layer is, if it is one.
    pub shape: Option<ConvShape>,
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
    pub backend: Backend,
    /// The instruction set that it ran on.
    pub isa: String,
    /// The implementation, as `ONEDNN_VERBOSE` names it.
    pub implementation: Option<String>,
    /// What it gave, `[N][probe]`.
    pub results: Results,
}

/// What an engine gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Results {
    /// Output codes.
    Codes(Vec<u8>),
    /// Integers.
    Integers(Vec<i32>),
}

impl Results {
    /// One of them; `None` where there are not so many.
    pub fn get(&self, index: usize) -> Option<i32> {
        match self {
            Results::Codes(codes) => codes.get(index).map(|&code| code.into()),
            Results::Integers(integers) => integers.get(index).copied(),
        }
    }
}

impl RecordedLayer {
    /// What an output gave in a run, probe by probe; nothing where there is no such output.
    pub fn outputs_of(&self, run: &Run, output: usize) -> impl Iterator<Item = i32> {
        let probes = self.x.len();
        (output * probes..(output + 1) * probes).map_while(|index| run.results.get(index))
    }

    /// Of which kind a run is.
    pub fn kind(&self, run: &Run) -> RunKind {
        // Where x86 chooses oneDNN, that says its implementation.
        let is_fbgemm = match run.backend {
            Backend::Fbgemm => true,
            Backend::X86 => run.implementation.is_none(),
            _ => false,
        };
        let operator = (self.operator, self.types);
        RunKind {
            backend: run.backend,
            operation: Operation::of(is_fbgemm, operator, self.shape.as_ref()),
            isa: run.isa.clone(),
            implementation: run.implementation.clone(),
        }
    }
}

impl TryFrom<RecordingFile> for Recordings {
    type Error = RecordingError;

    fn try_from(file: RecordingFile) -> Result<Recordings, RecordingError> {
        if file.set != SET {
            return Err(RecordingError::Set { found: file.set });
        }
        if !SCHEMAS.contains(&file.schema) {
            return Err(RecordingError::Version { found: file.schema });
        }
        if file.recordings.is_empty() {
            return Err(RecordingError::Empty);
        }
        let mut all: Vec<RecordedLayer> = Vec::with_capacity(file.recordings.len());
        let mut keys = BTreeSet::new();
        for entry in file.recordings {
            let key = entry.key.clone();
            let wrong = |fault: EntryFault| RecordingError::Entry { key: key.clone(), fault };
            if !keys.insert(key.clone()) {
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
    let (operator, types) = (entry.operator, entry.types);
    if !operator.takes(types) {
        return Err(EntryFault::Types { operator, types });
    }
    let shape = shape(&entry)?;
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
    if let Some(kernel) = entry.kernel {
        layer = layer.with_kernel(kernel);
    }
    if operator == Operator::IntMm && (entry.in_zp, entry.w_zp) != (SIGNED_ZERO, 0) {
        return Err(EntryFault::ZeroPoints);
    }
    if let Some(bias) = entry.bias {
        if operator.gives_integers() {
            return Err(EntryFault::Stray { field: "bias", operator });
        }
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
    let count = x.len().saturating_mul(layer.outputs);
    let runs = entry.runs.into_iter().map(|run| checked_run(run, operator, count));
    Ok(RecordedLayer {
        key: entry.key,
        source: entry.source,
        operator,
        types,
        shape,
        layer,
        x,
        runs: runs.collect::<Result<_, _>>()?,
    })
}

/// The shape of a convolution: strides of 1, no dilation, and a picture with room around its middle.
fn shape(entry: &RecordingEntry) -> Result<Option<ConvShape>, EntryFault> {
    let operator = entry.operator;
    if operator != Operator::Conv {
        let fields = [
            ("kernel", entry.kernel.is_some()),
            ("groups", entry.groups.is_some()),
            ("padding", entry.padding.is_some()),
        ];
        return match fields.into_iter().find(|(_, is_there)| *is_there) {
            Some((field, _)) => Err(EntryFault::Stray { field, operator }),
            None => Ok(None),
        };
    }
    let kernel = entry.kernel.ok_or(EntryFault::Missing { field: "kernel", operator })?;
    let groups = entry.groups.unwrap_or(1);
    let inputs = entry.inputs;
    let taps = kernel[0].saturating_mul(kernel[1]);
    if taps == 0 || !inputs.is_multiple_of(taps) {
        return Err(EntryFault::Kernel { inputs, kernel });
    }
    let shape = ConvShape {
        batch: 1,
        channels: (inputs / taps).saturating_mul(groups),
        outputs: entry.outputs,
        groups,
        input: kernel.map(|size| size.saturating_add(AROUND)).into(),
        kernel: kernel.into(),
        stride: vec![1; 2],
        padding: entry.padding.unwrap_or_default().into(),
        dilation: vec![1; 2],
    };
    Ok(Some(shape.checked()?))
}

fn checked_run(run: RunEntry, operator: Operator, count: usize) -> Result<Run, EntryFault> {
    let backend = run.engine;
    if !operator.is_run_by(backend) {
        return Err(EntryFault::Engine { backend, operator });
    }
    let (field, size, text, other, stray) = match operator.gives_integers() {
        true => ("y32", 4, run.y32, "y", run.y),
        false => ("y", 1, run.y, "y32", run.y32),
    };
    if stray.is_some() {
        return Err(EntryFault::Stray { field: other, operator });
    }
    let text = text.ok_or(EntryFault::Missing { field, operator })?;
    let bytes = bytes(field, &text)?;
    let expected = count.saturating_mul(size);
    if bytes.len() != expected {
        return Err(EntryFault::Length { field, expected, found: bytes.len() });
    }
    let results = if operator.gives_integers() {
        let integer = |four: &[u8; 4]| i32::from_le_bytes(*four);
        Results::Integers(bytes.as_chunks().0.iter().map(integer).collect())
    } else {
        Results::Codes(bytes)
    };
    Ok(Run { backend, isa: run.isa, implementation: run.implementation, results })
}

fn bytes(field: &'static str, text: &str) -> Result<Vec<u8>, EntryFault> {
    STANDARD.decode(text).map_err(|_| EntryFault::NotBase64 { field })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A layer of 2 inputs and 1 output, three probes.
    pub fn file() -> RecordingFile {
        let bytes = |bytes: &[u8]| STANDARD.encode(bytes);
        RecordingFile {
            set: SET.into(),
            schema: *SCHEMAS.end(),
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
                x: bytes(&[0, 100, 255]),
                runs: vec![RunEntry {
                    engine: Backend::Fbgemm,
                    isa: "avx2".into(),
                    implementation: None,
                    y: Some(bytes(&[0, 50, 64])),
                    y32: None,
                }],
                ..RecordingEntry::default()
            }],
        }
    }

    /// The same layer as `torch._int_mm` has it: inputs are codes less 128.
    pub fn int_mm() -> RecordingFile {
        let mut file = file();
        let [entry] = &mut file.recordings[..] else { panic!("one recording") };
        (entry.operator, entry.types, entry.in_zp) = (Operator::IntMm, Types::S8S8, SIGNED_ZERO);
        let sums: [i32; 3] = [-32_512, -7_112, 32_767 - 32_512];
        let bytes: Vec<u8> = sums.iter().flat_map(|sum| sum.to_le_bytes()).collect();
        entry.runs = vec![RunEntry {
            engine: Backend::TorchIntMm,
            isa: "avx2".into(),
            implementation: None,
            y: None,
            y32: Some(STANDARD.encode(bytes)),
        }];
        file
    }

    /// The same as a convolution of two channels with one tap.
    pub fn conv() -> RecordingFile {
        let mut file = file();
        file.recordings[0].operator = Operator::Conv;
        file.recordings[0].kernel = Some([1, 1]);
        file
    }

    fn results(read: &Recordings) -> Vec<i32> {
        read.all[0].outputs_of(&read.all[0].runs[0], 0).collect()
    }

    #[test]
    fn a_good_file_is_read() {
        let read = Recordings::try_from(file()).expect("it is good");
        assert_eq!(read.all[0].layer.weights, [127, 127]);
        assert_eq!(results(&read), [0, 50, 64]);
        assert_eq!(read.all[0].outputs_of(&read.all[0].runs[0], 1).count(), 0);
        // As the first version has it.
        let older = RecordingFile { schema: 1, ..file() };
        assert_eq!(Recordings::try_from(older), Ok(read));
    }

    #[test]
    fn integers_are_read_lowest_byte_first() {
        let read = Recordings::try_from(int_mm()).expect("it is good");
        assert_eq!(results(&read), [-32_512, -7_112, 255]);
        assert_eq!(read.all[0].kind(&read.all[0].runs[0]).operation, Operation::IntMm);
    }

    #[test]
    fn a_convolution_has_the_shape_of_its_row() {
        let mut file = conv();
        let entry = &mut file.recordings[0];
        (entry.kernel, entry.groups, entry.padding) = (Some([1, 2]), Some(1), Some([0, 1]));
        let read = Recordings::try_from(file).expect("it is good");
        let layer = &read.all[0];
        assert_eq!((layer.layer.row_shape.taps(), layer.layer.row_shape.channels()), (2, 1));
        let shape = layer.shape.as_ref().expect("a convolution");
        assert_eq!((shape.channels, shape.groups, &shape.padding[..]), (1, 1, &[0, 1][..]));
        assert!(shape.output().iter().all(|&size| size > 4), "{shape:?}");
    }

    #[test]
    fn every_fault_has_its_sentence() {
        let of = |mut file: RecordingFile, change: fn(&mut RecordingFile)| {
            change(&mut file);
            Recordings::try_from(file).expect_err("it is broken").to_string()
        };
        let broken = |change| of(file(), change);
        let said = [
            (broken(|file| file.set = "thread".into()), "its set is “thread”"),
            (broken(|file| file.schema = 3), "version 3; this page reads versions 1 to 2"),
            (broken(|file| file.schema = 0), "version 0"),
            (broken(|file| file.recordings.clear()), "no recording"),
            (broken(|file| file.recordings.push(file.recordings[0].clone())), "earlier one"),
            (broken(|file| file.sources.clear()), "source 0"),
            (broken(|file| file.recordings[0].inputs = 3), "1 × 3 weights"),
            (broken(|file| file.recordings[0].in_scale = f32::NAN), "scale NaN"),
            (broken(|file| file.recordings[0].bias = Some(vec![f32::INFINITY])), "bias"),
            (broken(|file| file.recordings[0].x.clear()), "x holds 0 bytes"),
            (broken(|file| file.recordings[0].w = "!".into()), "w is not base64"),
            (
                broken(|file| file.recordings[0].runs[0].y = Some("AAAA/w==".into())),
                "4 bytes where 3",
            ),
            (broken(|file| file.recordings[0].runs.clear()), "no outputs"),
            (
                broken(|file| file.recordings[0].runs[0].y = None),
                "y is missing, which the operator linear",
            ),
            (broken(|file| file.recordings[0].runs[0].y32 = Some(String::new())), "y32 is given"),
            (broken(|file| file.recordings[0].padding = Some([1, 1])), "padding is given"),
            (broken(|file| file.recordings[0].kernel = Some([1, 1])), "kernel is given"),
            (broken(|file| file.recordings[0].groups = Some(1)), "groups is given"),
            (broken(|file| file.recordings[0].types = Types::S8S8), "s8 × s8, for which no engine"),
            (
                broken(|file| file.recordings[0].runs[0].engine = Backend::OnnxRuntime),
                "of ONNX Runtime, which has no operator linear",
            ),
            (of(conv(), |file| file.recordings[0].kernel = None), "kernel is missing"),
            (of(conv(), |file| file.recordings[0].kernel = Some([0, 1])), "a 0 × 1 kernel"),
            (of(conv(), |file| file.recordings[0].kernel = Some([3, 3])), "2 inputs do not divide"),
            (
                of(conv(), |file| file.recordings[0].kernel = Some([usize::MAX; 2])),
                "do not divide into the taps",
            ),
            (of(conv(), |file| file.recordings[0].groups = Some(0)), "must be at least 1"),
            (of(conv(), |file| file.recordings[0].groups = Some(3)), "1 output channels do not"),
            (of(conv(), |file| file.recordings[0].groups = Some(usize::MAX)), "do not divide"),
            (of(conv(), |file| file.recordings[0].padding = Some([usize::MAX; 2])), "too large"),
            (
                of(conv(), |file| file.recordings[0].runs[0].engine = Backend::TorchIntMm),
                "of torch._int_mm, which has no operator conv",
            ),
            (of(int_mm(), |file| file.recordings[0].in_zp = 0), "128 and 0"),
            (of(int_mm(), |file| file.recordings[0].w_zp = 1), "128 and 0"),
            (of(int_mm(), |file| file.recordings[0].types = Types::U8S8), "the operator int_mm"),
            (of(int_mm(), |file| file.recordings[0].bias = Some(vec![0.0])), "bias is given"),
            (of(int_mm(), |file| file.recordings[0].runs[0].y32 = None), "y32 is missing"),
            (
                of(int_mm(), |file| file.recordings[0].runs[0].y = Some("AAAA".into())),
                "y is given, which the operator int_mm does not have",
            ),
            (
                of(int_mm(), |file| file.recordings[0].runs[0].y32 = Some("AAAA".into())),
                "y32 holds 3 bytes where 12",
            ),
        ];
        for (sentence, part) in said {
            assert!(sentence.contains(part), "{sentence:?} lacks {part:?}");
        }
    }
}
