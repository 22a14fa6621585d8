//! [`QuestionFault`]: why a question has no answer, in a sentence that says what to do.

use std::error::Error;
use std::fmt;

use crate::tensor::ReadError;

/// Why a question has no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum QuestionFault {
    /// `--deny does` without activations.
    NoActivations,
    /// Activations that cannot be used.
    Activations {
        /// The file.
        file: String,
        /// Why, as a sentence.
        why: ReadError,
    },
    /// No tensor and no node has any of the names.
    NoSuchTensor {
        /// The names.
        names: Vec<String>,
        /// Some that there are.
        some: Vec<String>,
    },
}

impl fmt::Display for QuestionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QuestionFault::NoActivations => write!(
                f,
                "--deny does needs activations to try: --activations FILE, an array with a sample a row."
            ),
            QuestionFault::Activations { file, why } => {
                write!(f, "the activations of {file} cannot be used. {why}")
            }
            QuestionFault::NoSuchTensor { names, some } => write!(
                f,
                "no tensor and no node is called {}. Some that there are: {}.",
                names.join(" or "),
                if some.is_empty() { "none".to_string() } else { some.join(", ") }
            ),
        }
    }
}

impl Error for QuestionFault {}
