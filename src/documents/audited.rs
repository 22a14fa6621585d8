//! [`Audited`]: files of weights that a reader gives, and what the audit's module says of them.
//!
//! The audit runs elsewhere, in a module of its own: here is what it prints, `audit::FileSaid` and its kin,
//! read again.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::read::Json;
use super::shortened::shortened;
use crate::hits::{Counts, CpuClass};

/// How far the audit of some files has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Audited {
    /// What was told last.
    pub step: Option<AuditStep>,
    /// What is said of each file, once it is.
    pub files: Option<Rc<Vec<FileVerdict>>>,
}

/// What happens to files of weights.
#[derive(Clone, Debug, PartialEq)]
pub enum AuditStep {
    /// They were given, and are read.
    Reads(Progress),
    /// All is said: JSON of the audit's module.
    Said(String),
    /// Nothing came of it, and why.
    Failed(String),
    /// The reader has had enough.
    Cancelled,
    /// Everything is put away.
    Cleared,
}

/// How far it has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// The file that is read.
    pub name: String,
    /// How many of its tensors are done, …
    pub done: u32,
    /// … and how many it has; 0 before that is known.
    pub all: u32,
    /// Bytes that were read, of all files.
    pub bytes: f64,
    /// Bytes of all files.
    pub of_bytes: f64,
}

impl Progress {
    /// The share of all that is done, 0 to 1.
    pub fn share(&self) -> f64 {
        if self.of_bytes > 0.0 { (self.bytes / self.of_bytes).min(1.0) } else { 0.0 }
    }
}

impl Audited {
    /// Whether files are being read.
    pub fn is_reading(&self) -> bool {
        matches!(self.step, Some(AuditStep::Reads(_)))
    }

    /// After a step.
    #[must_use]
    pub(super) fn after<J: Json>(&self, step: AuditStep) -> Audited {
        match step {
            AuditStep::Said(text) => match J::parse(&text).map(J::typed::<Vec<FileVerdict>>) {
                Some(Ok(files)) => Audited {
                    step: Some(AuditStep::Said(String::new())),
                    files: Some(Rc::new(files)),
                },
                Some(Err(reason)) => self.failed(reason),
                None => self.failed("it is no JSON".into()),
            },
            AuditStep::Cleared => Audited::default(),
            AuditStep::Reads(progress) => {
                Audited { step: Some(AuditStep::Reads(progress)), files: None }
            }
            step => Audited { step: Some(step), files: self.files.clone() },
        }
    }

    fn failed(&self, reason: String) -> Audited {
        let why = format!(
            "What the audit’s module said cannot be read: {reason}. Reload the page to try again."
        );
        Audited { step: Some(AuditStep::Failed(why)), files: None }
    }
}

/// What is said of a file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FileVerdict {
    /// Its name without folder.
    pub file: String,
    /// `"read"`, `"error"`, or `"part"` of another one.
    pub outcome: String,
    /// What really happens for the samples.
    pub happens: Option<String>,
    /// What a person wants to know first; an error's message.
    pub sentence: String,
    /// What makes it exact.
    pub cure: Option<String>,
    /// Remarks of the reader.
    pub remark: Option<String>,
    /// The numbers of the sentence, as a link has them.
    pub numbers: Option<String>,
    /// A line for each product.
    pub lines: Vec<ProductLine>,
    /// Tensors that cannot be used, and why.
    pub broken: Vec<(String, String)>,
}

/// What tells a product from others of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductName {
    /// The tensor's name.
    pub tensor: String,
    /// The node's name.
    pub node: String,
    /// How many products before it have the same names.
    pub twin: u32,
}

/// What is said of a product.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ProductLine {
    /// What tells it from others.
    pub id: ProductName,
    /// What it is called.
    pub name: String,
    /// The node's operator.
    pub op: String,
    /// `"cannot"`, `"unknown"`, `"can"`, `"does"`.
    pub fate: String,
    /// Why, as the end of a sentence.
    pub why: String,
    /// The numbers of its audit.
    pub numbers: Option<ProductNumbers>,
    /// Whether these are of weights that are not quantized yet.
    pub is_would_be: bool,
    /// Which operator of which library it is.
    pub variant: Option<String>,
    /// What happened for each file of samples.
    pub samples: Vec<String>,
    /// How many outputs can first clamp at each code.
    pub first_codes: Vec<(u8, u32)>,
    /// Along its outputs, in bins, the most that one can lose as a share of its full scale.
    pub strip: Vec<f32>,
}

impl ProductLine {
    /// Whether some of its outputs can saturate, or do.
    pub fn is_hit(&self) -> bool {
        matches!(self.fate.as_str(), "can" | "does")
    }

    /// The most that an output can lose, as a share of its full scale.
    pub fn share(&self) -> f64 {
        self.numbers.as_ref().map_or(0.0, |one| one.worst_share)
    }
}

/// The numbers of a product's audit. They are floats, as JavaScript has them, and whole.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ProductNumbers {
    /// Outputs.
    pub rows: f64,
    /// Those that can saturate.
    pub rows_hit: f64,
    /// Inputs of each.
    pub inputs: f64,
    /// The code from which on a pair can clamp; 0 for none.
    pub first_code: u8,
    /// The most that an output can lose, as a share of its full scale.
    pub worst_share: f64,
}

/// The outputs of a product.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct OutputsVerdict {
    /// How many there are.
    pub outputs: f64,
    /// The worst of them: number, unsafe pairs, first code, loss, share.
    pub worst: Vec<(f64, f64, u8, f64, f64)>,
    /// How many are hit.
    pub hit: f64,
}

/// An output.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct OutputVerdict {
    /// Its number, from 0.
    pub output: f64,
    /// How many inputs it has.
    pub inputs: f64,
    /// How many pairs can clamp.
    pub unsafe_pairs: f64,
    /// The code from which on one can.
    pub first_code: Option<u8>,
    /// The most that can be lost at the upper and at the lower rail.
    pub losses: [f64; 2],
    /// The largest sum.
    pub peak: f64,
    /// The larger loss as a share of it.
    pub share: f64,
    /// The larger loss in steps of the output’s codes, where all scales are known.
    pub steps: Option<f64>,
    /// Pairs that clamp, and what is lost, on average.
    pub expected: (f64, f64),
    /// The worst pairs.
    pub pairs: Vec<PairVerdict>,
    /// How many inputs are at 255 in the worst case.
    pub worst_at_255: f64,
    /// Neighbouring weights around the worst pair, …
    pub part: Vec<i8>,
    /// … and the first one's input.
    pub part_from: f64,
}

/// A pair of an output.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PairVerdict {
    /// Its first input.
    pub k: f64,
    /// Its weights.
    pub weights: [i8; 2],
    /// Its sum with both codes at 255.
    pub sum: f64,
    /// How much of it is lost.
    pub lost: f64,
    /// The code from which on it clamps.
    pub first_code: u8,
}

/// A verdict that a link holds.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedVerdict {
    /// The file's name.
    pub file: String,
    /// The sentence.
    pub sentence: String,
    /// What makes it exact.
    pub cure: Option<&'static str>,
}

impl LinkedVerdict {
    /// Between the numbers and the file's name.
    const BETWEEN: char = '~';

    /// The text of a link.
    pub fn text(numbers: &str, file: &str) -> String {
        shortened(&format!("{numbers}{}{file}", Self::BETWEEN))
    }

    /// The verdict of a link's text; `None` if it is none.
    pub fn of(text: &str) -> Option<LinkedVerdict> {
        // The file's name may have the sign in it.
        let end = text.match_indices(Self::BETWEEN).nth(4)?.0;
        let (numbers, file) = (&text[..end], &text[end + 1..]);
        let counts = Counts::of_text(numbers)?;
        let (sentence, cure) = (counts.sentence(CpuClass::NoVnni, None), counts.cure());
        Some(LinkedVerdict { file: file.to_string(), sentence, cure })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_what_the_file_said() {
        let text = LinkedVerdict::text("707/33792~47/56~0~0.0137~ort", "a~b.onnx");
        let verdict = LinkedVerdict::of(&text).expect("it is one");
        assert_eq!(verdict.file, "a~b.onnx");
        assert!(verdict.sentence.starts_with("707 of 33,792 outputs in 47 of 56 products"));
        for wrong in ["", "x", "1~2~3~4~5~6", "707/33792~47/56~0~0.0137~ort"] {
            assert_eq!(LinkedVerdict::of(wrong), None, "{wrong}");
        }
    }
}
