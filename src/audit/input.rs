//! [`InputFile`] and [`Options`]: what is audited, and how.

use std::rc::Rc;

use super::layout::Layout;
use crate::arith::QParams;
use crate::tensor::{Companions, Source};

/// A file of a call.
#[derive(Clone)]
pub struct InputFile {
    /// Its name without folder.
    pub name: String,
    /// The folder that it is in, in any words that are the same for the same folder; `None` where there
    /// are no folders, as on a page.
    pub folder: Option<String>,
    /// Its bytes.
    pub source: Rc<dyn Source>,
    /// The files beside it that are not of the call, if there is a way to them.
    pub beside: Option<Rc<dyn Companions>>,
}

/// How files are audited.
#[derive(Clone)]
pub struct Options {
    /// Whether the SHA-256 of all values is wanted: it takes most of the time of large files.
    pub is_hashed: bool,
    /// Files of samples: .npy, .npz or texts with arrays `[B, K]` of activations, as codes (bytes) or
    /// as real numbers. One with a name is for the weights or the node of that name, one without for
    /// all products with K inputs; for a convolution K is (kh, kw, C), a window for each sample.
    pub samples: Vec<InputFile>,
    /// Scale and zero point of the activations, if they are to be others than the model's own.
    pub input: Option<QParams>,
    /// How tensors are laid out that no graph speaks of, if not by their axes: where it fits them.
    pub layout: Option<Layout>,
    /// Is told before each tensor that is read, if somebody waits for them.
    pub progress: Option<Listener>,
}

/// Who is told how far an audit has come.
pub type Listener = Rc<dyn Fn(Progress<'_>)>;

/// How far an audit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'p> {
    /// The file's place in the call.
    pub file: usize,
    /// How many of its tensors are done.
    pub done: usize,
    /// How many there are.
    pub all: usize,
    /// The name of the next one.
    pub name: &'p str,
}

impl Default for Options {
    /// With hashes, without samples.
    fn default() -> Options {
        Options { is_hashed: true, samples: Vec::new(), input: None, layout: None, progress: None }
    }
}
