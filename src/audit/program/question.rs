//! [`Question`]: what a person asks of files, and [`answer`].

use super::fault::QuestionFault;
use super::table::printed;
use crate::audit::fate::{CpuClass, Fate};
use crate::audit::files::audit;
use crate::audit::input::{InputFile, Options};
use crate::audit::layout::Layout;
use crate::audit::report::{Report, TensorReport};
use crate::audit::sample_set::SampleSet;

/// What is asked of files.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Whether the report is printed as JSON.
    pub is_json: bool,
    /// Only tensors with these names, or of nodes with them; all if there are none.
    pub tensors: Vec<String>,
    /// How tensors are laid out that no graph speaks of, if not by their axes.
    pub layout: Option<Layout>,
    /// The CPUs that are asked about.
    pub cpu: CpuClass,
    /// What ends with 1.
    pub deny: Option<Deny>,
}

/// What ends with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deny {
    /// Some input makes an output saturate.
    Can,
    /// A given sample does.
    Does,
}

/// What is printed, and the exit status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// For the standard output.
    pub text: String,
    /// For the standard error.
    pub complaint: Option<String>,
    /// 0, 1 or 2.
    pub status: u8,
}

impl From<String> for Printed {
    fn from(text: String) -> Printed {
        Printed { text, complaint: None, status: 0 }
    }
}

/// Names of a file that are told where none fits.
const MOST_NAMES: usize = 8;

/// What a program prints of files. `options` say how they are audited; whether hashes are wanted, the
/// question does.
///
/// # Errors
/// [`QuestionFault`] if the question has no answer.
pub fn answer(
    files: &[InputFile],
    options: Options,
    question: &Question,
) -> Result<Printed, QuestionFault> {
    let Question { is_json, ref tensors, layout, cpu, deny } = *question;
    if deny == Some(Deny::Does) && options.samples.is_empty() {
        return Err(QuestionFault::NoActivations);
    }
    if let Some((file, why)) = SampleSet::open(&options).fault() {
        return Err(QuestionFault::Activations { file: file.to_string(), why: why.clone() });
    }
    let mut report = audit(files, &Options { is_hashed: is_json, layout, ..options });
    if !tensors.is_empty() {
        keep(&mut report, tensors)?;
    }
    let mut text = String::new();
    if is_json {
        text = serde_json::to_string_pretty(&report)? + "\n";
    } else {
        for file in &report.files {
            text.push_str(&printed(file, cpu));
        }
    }
    let denial = deny.and_then(|deny| denied(&report, cpu, deny));
    let is_untried = deny == Some(Deny::Does) && !tensors_of(&report).any(is_tried);
    let fault = match deny {
        Some(_) if report.has_errors() => Some(unusable(&report)),
        Some(_) if is_untried => Some(UNTRIED.to_string()),
        _ => None,
    };
    let status = match (&denial, &fault) {
        (_, Some(_)) => 2,
        _ if report.has_errors() => 2,
        (Some(_), None) => 1,
        (None, None) => 0,
    };
    let complaints: Vec<String> = denial.into_iter().chain(fault).collect();
    let complaint = (!complaints.is_empty()).then(|| complaints.join("\n"));
    Ok(Printed { text, complaint, status })
}

/// A gate must not open because nothing was asked.
const UNTRIED: &str = "error: the activations fit no product, so that nothing was tried: the last axis must have its inputs, and an array’s name must be that of weights or node.";

/// What a gate says of files that could not be asked.
fn unusable(report: &Report) -> String {
    let files = report.files.iter().filter(|file| file.error.is_some()).map(|file| &*file.file);
    format!("error: not checked, since unusable: {}.", files.collect::<Vec<_>>().join(", "))
}

fn tensors_of(report: &Report) -> impl Iterator<Item = &TensorReport> {
    report.files.iter().flat_map(|file| file.tensors.iter().flatten())
}

fn is_tried(tensor: &TensorReport) -> bool {
    tensor.samples.iter().any(|sample| sample.counts.is_some())
}

/// Leaves tensors of these names only.
fn keep(report: &mut Report, names: &[String]) -> Result<(), QuestionFault> {
    let is_named =
        |name: Option<&str>| name.is_some_and(|name| names.iter().any(|one| one == name));
    let mut all = Vec::new();
    let mut is_any = false;
    for tensors in report.files.iter_mut().filter_map(|file| file.tensors.as_mut()) {
        all.extend(tensors.iter().filter_map(|tensor| tensor.name.clone()).take(MOST_NAMES));
        tensors.retain(|tensor| {
            is_named(tensor.name.as_deref())
                || is_named(tensor.product.as_ref().map(|product| product.node.as_str()))
        });
        is_any |= !tensors.is_empty();
    }
    if is_any {
        return Ok(());
    }
    Err(QuestionFault::NoSuchTensor { names: names.to_vec(), some: all })
}

/// What --deny says, if anything is at least that.
fn denied(report: &Report, class: CpuClass, deny: Deny) -> Option<String> {
    let (least, verb) = match deny {
        Deny::Can => (Fate::Can, "can saturate"),
        Deny::Does => (Fate::Does, "saturate for the given activations"),
    };
    let tensors = report
        .files
        .iter()
        .flat_map(|file| file.tensors.iter().flatten().map(move |one| (file, one)));
    let hit = tensors.filter(|(_, tensor)| Fate::of(tensor, class).0 >= least);
    let hit: Vec<_> = hit.collect();
    let (file, first) = hit.first()?;
    let name = first.name.as_deref().unwrap_or("a product");
    Some(format!(
        "denied: {} products {verb}; the first is {name} in {}. Quantize the weights with 7 bits (reduce_range), run it with VNNI (--cpu vnni), or choose kernels that are exact.",
        hit.len(),
        file.file
    ))
}
