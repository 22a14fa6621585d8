//! [`Question`]: what a person asks of files, and [`answer`].

use super::fault::QuestionFault;
use super::table::printed;
use crate::audit::fate::{CpuClass, Fate};
use crate::audit::files::audit;
use crate::audit::input::{InputFile, Options};
use crate::audit::json::pretty;
use crate::audit::layout::Layout;
use crate::audit::report::{Report, TensorReport};
use crate::audit::said::{FileSaid, Line};
use crate::audit::sample_set::SampleSet;
use crate::hits::{counted, grouped, percent};

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
    if !tensors.is_empty() && !keep(&mut report, tensors) && !report.has_errors() {
        let all = report.files.iter().flat_map(|file| file.tensors.iter().flatten());
        let some = all.filter_map(|tensor| tensor.name.clone()).take(MOST_NAMES).collect();
        return Err(QuestionFault::NoSuchTensor { names: tensors.clone(), some });
    }
    let mut text = String::new();
    if is_json {
        text = pretty(&report) + "\n";
    } else {
        for file in &report.files {
            text.push_str(&printed(file, cpu));
        }
    }
    let denial = deny.and_then(|deny| denied(&report, cpu, deny));
    let is_untried = deny == Some(Deny::Does) && !tensors_of(&report).any(is_tried);
    let fault = match deny {
        Some(_) if !unusable(&report).is_empty() => Some(not_checked(&unusable(&report))),
        Some(_) if is_untried => Some(UNTRIED.to_string()),
        _ => None,
    };
    let status = match (&denial, &fault) {
        (_, Some(_)) => 2,
        _ if report.has_errors() => 2,
        (Some(_), None) => 1,
        (None, None) => 0,
    };
    let note = deny.filter(|_| status == 0).and_then(|_| unknown(&report, cpu));
    let complaints: Vec<String> = denial.into_iter().chain(fault).chain(note).collect();
    let complaint = (!complaints.is_empty()).then(|| complaints.join("\n"));
    Ok(Printed { text, complaint, status })
}

/// A gate must not open because nothing was asked.
const UNTRIED: &str = "error: the activations fit no product, so that nothing was tried: the last axis must have its inputs, and an array’s name must be that of weights or node.";

/// Files, and tensors of files, that could not be asked.
fn unusable(report: &Report) -> Vec<String> {
    let mut names = Vec::new();
    for file in &report.files {
        names.extend(file.error.map(|_| file.file.clone()));
        names.extend(file.tensor_errors.keys().map(|name| format!("{name} in {}", file.file)));
    }
    names
}

/// What a gate says of them.
fn not_checked(names: &[String]) -> String {
    let shown = names.iter().take(MOST_NAMES).map(|name| &**name).collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(MOST_NAMES) as u64;
    let more = if more == 0 { String::new() } else { format!(" and {} more", grouped(more)) };
    format!("error: not checked, since unusable: {shown}{more}.")
}

/// What a gate that opens says of products of which nothing is known.
fn unknown(report: &Report, class: CpuClass) -> Option<String> {
    let lines = report.files.iter().flat_map(|file| FileSaid::of(file, class).lines);
    let count = lines.filter(|line| line.fate == Fate::Unknown).count() as u64;
    let products = counted(count, "product");
    (count > 0).then(|| format!("note: of {products} it is not known whether it can saturate."))
}

fn tensors_of(report: &Report) -> impl Iterator<Item = &TensorReport> {
    report.files.iter().flat_map(|file| file.tensors.iter().flatten())
}

fn is_tried(tensor: &TensorReport) -> bool {
    tensor.samples.iter().any(|sample| sample.counts.is_some())
}

/// Leaves tensors of these names, and of nodes with them, if there are any.
fn keep(report: &mut Report, names: &[String]) -> bool {
    let is_named = |tensor: &TensorReport| {
        let node = tensor.product.as_ref().map(|product| &product.node);
        let mut own = tensor.name.iter().chain(node);
        own.any(|own| names.contains(own))
    };
    let mut all = report.files.iter().flat_map(|file| file.tensors.iter().flatten());
    if !all.any(&is_named) {
        return false;
    }
    let lists = report.files.iter_mut().filter_map(|file| file.tensors.as_mut());
    lists.for_each(|tensors| tensors.retain(&is_named));
    true
}

/// What --deny says, if anything is at least that.
fn denied(report: &Report, class: CpuClass, deny: Deny) -> Option<String> {
    let (least, verb) = match deny {
        Deny::Can => (Fate::Can, "can saturate"),
        Deny::Does => (Fate::Does, "saturates for the given activations"),
    };
    let said: Vec<FileSaid> = report.files.iter().map(|file| FileSaid::of(file, class)).collect();
    let hit = said.iter().flat_map(|file| file.lines.iter().map(move |line| (file, line)));
    let hit: Vec<(&FileSaid, &Line)> = hit.filter(|(_, line)| line.fate >= least).collect();
    let share = |line: &Line| line.numbers.as_ref().map_or(0.0, |numbers| numbers.worst_share);
    let worse = hit.iter().max_by(|(_, one), (_, two)| share(one).total_cmp(&share(two)));
    let (file, worst) = worse?;
    let what = match hit.len() as u64 {
        1 => format!("1 product {verb}: {} in {}", worst.name, file.file),
        more => {
            let verb = verb.replacen("saturates", "saturate", 1);
            let products = counted(more, "product");
            format!("{products} {verb}; the worst is {} in {}", worst.name, file.file)
        }
    };
    Some(format!(
        "denied: {what}, which loses at most {} of an output’s full scale {}. {} Weights of 7 bits (reduce_range) are exact in any of these.",
        percent(share(worst)),
        class.place(),
        file.cure.unwrap_or_default(),
    ))
}
