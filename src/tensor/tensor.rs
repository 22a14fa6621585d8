//! [`Tensor`]: named values of a file.

use super::dtype::Dtype;
use super::error::ReadError;
use super::view::View;

/// Named values of a file. They are read when somebody asks for them.
#[derive(Clone, Debug)]
pub struct Tensor {
    /// As stored: a path of keys joined by dots where a file nests; empty if the file has no names.
    pub name: String,
    /// The type by the file's own words.
    pub dtype: Dtype,
    /// The type that the values are stored as here; another than `dtype` for a text.
    pub stored: Dtype,
    /// The values. Those of a quantized tensor are its codes.
    pub view: View,
    /// How codes stand for real numbers, if the file says it.
    pub quant: Option<Quant>,
}

impl Tensor {
    /// A tensor whose values are stored as what they are, and no codes of anything.
    pub fn new(name: String, dtype: Dtype, view: View) -> Tensor {
        Tensor { name, dtype, stored: dtype, view, quant: None }
    }

    /// The shape.
    pub fn shape(&self) -> Vec<u64> {
        self.view.shape()
    }
}

/// How codes stand for real numbers: `real = (code − zero_point)·scale`.
#[derive(Clone, Debug, PartialEq)]
pub struct Quant {
    /// One for all codes, or one for each channel.
    pub scheme: Scheme,
    /// The axis of the channels, where the file tells.
    pub axis: Option<u64>,
    /// The scales; `None` where they are not beside the codes.
    pub scales: Option<Vec<f64>>,
    /// The zero points.
    pub zero_points: Vec<i64>,
}

/// How many scales and zero points there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// One for the whole tensor.
    Tensor,
    /// One for each channel.
    Channel,
}

impl Scheme {
    /// The name in a report.
    pub const fn name(self) -> &'static str {
        match self {
            Scheme::Tensor => "tensor",
            Scheme::Channel => "channel",
        }
    }
}

/// What a file holds without a graph.
#[derive(Clone, Debug, Default)]
pub struct Tensors {
    /// The tensors, in the order of the file.
    pub read: Vec<Tensor>,
    /// What is named and no tensor of numbers.
    pub skipped: Vec<Named>,
    /// Tensors that cannot be used. They hide none of the others.
    pub errors: Vec<Named>,
    /// What a person should know of a file that was read, in sentences.
    pub remarks: Vec<String>,
    /// Whether they are a model's whose layers PyTorch has converted to integers.
    pub is_converted: bool,
    /// What is known of the activations of such layers, in the order of the file.
    pub activations: Vec<Activation>,
}

/// Scales and zero points of the activations around a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Activation {
    /// The layer.
    pub module: String,
    /// Of its input, if the file tells which one that is.
    pub input: Option<(f64, i64)>,
    /// Of its output.
    pub output: (f64, i64),
}

impl Tensors {
    /// Adds those of another file.
    pub fn append(&mut self, mut other: Tensors) {
        self.read.append(&mut other.read);
        self.skipped.append(&mut other.skipped);
        self.errors.append(&mut other.errors);
        self.remarks.append(&mut other.remarks);
        self.is_converted |= other.is_converted;
        self.activations.append(&mut other.activations);
    }
}

/// Something of a file that is not used, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Why it is not used.
    pub why: ReadError,
}
