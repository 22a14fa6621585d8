//! [`Report`]: what is said of files, in the form that programs print.
//!
//! A list with an entry for each file of a call, in its order; every field is as `docs/audit.md` has it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::layout::Layout;
use super::on::{Arithmetic, On};
use super::samples::SampleCounts;
use super::sorted::Sorted;
use super::totals::Totals;
use super::verdict::Verdict;
use crate::tensor::{Activation, ErrorKind, Number, Quant, ReadError};

/// What is said of all files of a call.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Report {
    /// One for each file, in their order.
    pub files: Vec<FileReport>,
}

impl Report {
    /// Whether any file could not be used.
    pub fn has_errors(&self) -> bool {
        self.files.iter().any(|file| file.error.is_some())
    }
}

/// How a file came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was read.
    Read,
    /// It could not be used.
    Error,
    /// Another file of the call uses it.
    Part,
}

/// What is said of a file.
#[derive(Clone, Debug, Serialize)]
pub struct FileReport {
    /// Its name without folder.
    pub file: String,
    /// How it came out.
    pub outcome: Outcome,
    /// The file of the call that uses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// What becomes of its products.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Its tensors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tensors: Option<Vec<TensorReport>>,
    /// What is named and no tensor of numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<String>,
    /// Tensors that cannot be used.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tensor_errors: BTreeMap<String, ErrorReport>,
    /// What is known of the activations of converted layers.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub activations: BTreeMap<String, ActivationReport>,
    /// The arithmetic of the libraries that [`TensorReport::on`] names.
    #[serde(skip_serializing_if = "Sorted::is_empty")]
    pub arithmetic: Arithmetic,
    /// The kind of error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'static str>,
    /// The error, or a remark, in sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What belongs to the error.
    #[serde(skip_serializing_if = "Detail::is_empty")]
    pub detail: Detail,
}

impl FileReport {
    fn new(file: &str, outcome: Outcome) -> FileReport {
        FileReport {
            file: file.to_string(),
            outcome,
            of: None,
            verdict: None,
            tensors: None,
            skipped: Vec::new(),
            tensor_errors: BTreeMap::new(),
            activations: BTreeMap::new(),
            arithmetic: Arithmetic::new(),
            error: None,
            message: None,
            detail: Detail::default(),
        }
    }

    /// Of a file that was read, with nothing said of it yet.
    pub(super) fn read(file: &str) -> FileReport {
        FileReport::new(file, Outcome::Read)
    }

    /// Of a file that cannot be used.
    pub fn failed(file: &str, error: &ReadError) -> FileReport {
        FileReport {
            error: Some(error.word()),
            message: Some(error.to_string()),
            detail: Detail::of(error),
            ..FileReport::new(file, Outcome::Error)
        }
    }

    /// Of a file that another one uses.
    pub(super) fn part(file: &str, of: &str) -> FileReport {
        FileReport { of: Some(of.to_string()), ..FileReport::new(file, Outcome::Part) }
    }
}

/// What is said of a tensor.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TensorReport {
    /// Its name; `None` if both operands of a product are activations.
    pub name: Option<String>,
    /// Of a graph: the node that multiplies by it.
    #[serde(flatten)]
    pub product: Option<Box<ProductReport>>,
    /// Its shape; left out for weights of a few bits, `null` without weights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shape: Option<Option<Vec<u64>>>,
    /// The type by the file's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dtype: Option<&'static str>,
    /// The type that its values are hashed as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hashed_as: Option<&'static str>,
    /// The SHA-256 of all values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256_values: Option<String>,
    /// The first values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Vec<Number>>,
    /// Which axes are outputs and inputs; left out for one axis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    /// How codes stand for real numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quant: Option<Box<QuantReport>>,
    /// What becomes of its products.
    pub verdict: Option<Verdict>,
    /// The audit of codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audit: Option<Box<Totals>>,
    /// The audit of unsigned codes less 128.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audit_if_shifted_by_128: Option<Box<Totals>>,
    /// The audit of real weights, once quantized as PyTorch does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audit_if_quantized: Option<Box<QuantizedReport>>,
    /// What really happens for samples of activations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<SampleReport>,
    /// What becomes of it in the libraries that may multiply it, on each class of CPUs.
    #[serde(skip_serializing_if = "Sorted::is_empty")]
    pub on: On,
    /// Weights of a few bits: what their node says of them.
    #[serde(flatten)]
    pub nbits: Option<Box<NbitsReport>>,
}

/// A node that multiplies.
#[derive(Clone, Debug, Serialize)]
pub struct ProductReport {
    /// Its name.
    pub node: String,
    /// Its operator.
    pub op: String,
    /// The type of its activations: `"u8"`, `"s8"`, or `null`.
    pub activation: Option<&'static str>,
    /// How many groups a convolution has, if more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<i64>,
    /// What ONNX Runtime makes of it on AVX2 without VNNI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ort_avx2: Option<&'static str>,
    /// How that is known.
    pub how: How,
}

/// How it is known what a library makes of a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The library was run, on this kind of product.
    #[default]
    Measured,
    /// Its source was read.
    Read,
}

/// How codes stand for real numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantReport {
    /// `"tensor"` or `"channel"`.
    pub scheme: &'static str,
    /// The axis of the channels, where the file tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub axis: Option<u64>,
    /// The scales; `null` where they are not beside the codes.
    pub scales: Option<Vec<f64>>,
    /// The zero points.
    pub zero_points: Vec<i64>,
}

impl From<&Quant> for QuantReport {
    fn from(quant: &Quant) -> QuantReport {
        QuantReport {
            scheme: quant.scheme.name(),
            axis: quant.axis,
            // JSON has no number for others.
            scales: quant.scales.clone().filter(|scales| scales.iter().all(|one| one.is_finite())),
            zero_points: quant.zero_points.clone(),
        }
    }
}

/// The audit of real weights, once quantized.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantizedReport {
    /// With one scale.
    pub tensor: Totals,
    /// With one for each output.
    pub channel: Totals,
}

/// What happens in a layer for a file of samples.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SampleReport {
    /// The file.
    pub file: String,
    /// The code of the real 0, of unsigned codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zero_point: Option<i32>,
    /// The scale, of samples that were real.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<f32>,
    /// What was counted.
    #[serde(flatten)]
    pub counts: Option<SampleCounts>,
    /// Why nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Weights of a few bits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NbitsReport {
    /// Bits of a weight.
    pub bits: i64,
    /// Outputs.
    #[serde(rename = "N")]
    pub outputs: i64,
    /// Inputs.
    #[serde(rename = "K")]
    pub inputs: i64,
    /// Weights with a scale of their own.
    pub block_size: i64,
    /// What activations may become: 0 floats, 4 int8.
    pub accuracy_level: i64,
}

/// Scales and zero points around a converted layer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActivationReport {
    /// Always `"quint8"`: PyTorch has no other.
    pub dtype: &'static str,
    /// Of the input, if the file tells which one that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_scale: Option<f64>,
    /// See `input_scale`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_zero_point: Option<i64>,
    /// Of the output.
    pub output_scale: f64,
    /// See `output_scale`.
    pub output_zero_point: i64,
}

impl From<&Activation> for ActivationReport {
    fn from(activation: &Activation) -> ActivationReport {
        let (output_scale, output_zero_point) = activation.output;
        ActivationReport {
            dtype: "quint8",
            input_scale: activation.input.map(|(scale, _)| scale),
            input_zero_point: activation.input.map(|(_, zero_point)| zero_point),
            output_scale,
            output_zero_point,
        }
    }
}

/// Why a tensor cannot be used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorReport {
    /// The kind of error.
    pub error: &'static str,
    /// A sentence for people.
    pub message: String,
    /// What belongs to it.
    #[serde(flatten)]
    pub detail: Box<Detail>,
}

impl From<&ReadError> for ErrorReport {
    fn from(error: &ReadError) -> ErrorReport {
        let (message, detail) = (error.to_string(), Box::new(Detail::of(error)));
        ErrorReport { error: error.word(), message, detail }
    }
}

/// What belongs to an error, as far as it has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Detail {
    /// The name that a pickle asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub global: Option<String>,
    /// Files that are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<String>>,
    /// The number that is no code, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
    /// … and its index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Vec<u64>>,
    /// The shape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shape: Option<Vec<u64>>,
    /// The type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dtype: Option<String>,
    /// How many values are NaN, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nan: Option<u64>,
    /// … or infinite, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inf: Option<u64>,
    /// … and the index of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_at: Option<Vec<u64>>,
    /// The line of a text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The size in bytes of the file that was never fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

impl Detail {
    fn is_empty(&self) -> bool {
        *self == Detail::default()
    }

    fn of(error: &ReadError) -> Detail {
        let mut detail = Detail::default();
        match error.kind() {
            ErrorKind::ForbiddenGlobal { global } => detail.global = Some(global.clone()),
            ErrorKind::NeedsFiles { files } => detail.files = Some(files.clone()),
            ErrorKind::NotInt8 { value, at } => {
                (detail.value, detail.at) = (Some(*value), Some(at.clone()));
            }
            ErrorKind::NotAMatrix { shape } | ErrorKind::EmptyTensor { shape } => {
                detail.shape = Some(shape.clone());
            }
            ErrorKind::UnsupportedDtype { dtype } => detail.dtype = Some(dtype.clone()),
            ErrorKind::Nonfinite { nan, inf, first_at } => {
                (detail.nan, detail.inf) = (Some(*nan), Some(*inf));
                detail.first_at = Some(first_at.clone());
            }
            ErrorKind::Ragged { line, .. } | ErrorKind::NotANumber { line, .. } => {
                detail.line = *line;
            }
            ErrorKind::GitLfs { size } => detail.size = *size,
            _ => {}
        }
        detail
    }
}
