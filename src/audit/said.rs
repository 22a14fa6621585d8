//! [`FileSaid`]: what is said of a file to people: a sentence, what makes it exact, and a line for each
//! product. The command line, the page and what is taken along are made of it.

use std::collections::HashMap;

use serde::Serialize;

use super::closer::ProductId;
use super::fate::{CpuClass, Fate};
use super::report::{FileReport, How, Outcome, SampleReport, TensorReport};
use super::totals::Totals;
use super::verdict::Verdict;
use crate::hits::{Counts, Runs, counted, grouped};
use crate::tensor::order;

/// What is said of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileSaid {
    /// Its name without folder.
    pub file: String,
    /// Whether it could be used: `"read"`, `"error"`, `"part"`.
    pub outcome: &'static str,
    /// What really happens for the samples, if there are any.
    pub happens: Option<String>,
    /// What a person wants to know first; an error's message.
    pub sentence: String,
    /// What makes it exact.
    pub cure: Option<&'static str>,
    /// Remarks of the reader.
    pub remark: Option<String>,
    /// The numbers of the sentence, as a link has them.
    pub numbers: Option<String>,
    /// A line for each product, what is hit first and the worst of it at the top.
    pub lines: Vec<Line>,
    /// Tensors that cannot be used, and why.
    pub broken: Vec<(String, String)>,
}

/// What is said of a product.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What tells it from others.
    pub id: ProductId,
    /// The node's name; the tensor's where there is no node, or it has no name.
    pub name: String,
    /// The node's operator.
    pub op: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Why, as the end of a sentence.
    pub why: &'static str,
    /// How that is known, where a graph says what it is.
    pub how: Option<How>,
    /// The audit of its codes; of floats what it would be with a scale for each output.
    pub numbers: Option<Totals>,
    /// Whether the numbers are of weights that are not quantized yet.
    pub is_would_be: bool,
    /// Which operator of which library it is, by the keys of `machines/libraries.json`.
    pub variant: Option<&'static str>,
    /// What happened for each file of samples.
    pub samples: Vec<String>,
    /// Of a product that is hit: how many outputs can first clamp at each code, …
    pub first_codes: Vec<(u8, u64)>,
    /// … and along its outputs, in bins, the most that one can lose as a share of its full scale.
    pub strip: Vec<f32>,
}

impl FileSaid {
    /// Of a file's report, for CPUs of a class.
    pub fn of(file: &FileReport, class: CpuClass) -> FileSaid {
        let mut said = FileSaid {
            file: file.file.clone(),
            outcome: match file.outcome {
                Outcome::Read => "read",
                Outcome::Error => "error",
                Outcome::Part => "part",
            },
            happens: None,
            sentence: String::new(),
            cure: None,
            remark: None,
            numbers: None,
            lines: lines(file, class),
            broken: file
                .tensor_errors
                .iter()
                .map(|(name, error)| (name.clone(), error.message.clone()))
                .collect(),
        };
        if let Outcome::Part = file.outcome {
            let of = file.of.as_deref().unwrap_or("another file");
            said.sentence = format!("A part of {of}.");
            return said;
        }
        if file.error.is_some() {
            said.sentence = file.message.clone().unwrap_or_default();
            return said;
        }
        let counts = counts(&said.lines);
        let reason = said.lines.first().map(|line| line.why);
        let is_one = said.lines.iter().all(|line| Some(line.why) == reason);
        said.sentence = counts.sentence(class, reason.filter(|_| is_one));
        said.sentence.push_str(&would_be(&said.lines));
        said.happens = happens(file);
        said.cure = counts.cure();
        said.remark.clone_from(&file.message);
        said.numbers = Some(counts.to_text());
        said
    }

    /// All sentences, what really happens first.
    pub fn text(&self) -> String {
        let parts = [self.happens.as_deref(), Some(&*self.sentence), self.cure];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// A line for each tensor that is multiplied.
fn lines(file: &FileReport, class: CpuClass) -> Vec<Line> {
    let tensors = file.tensors.iter().flatten();
    let mut twins: HashMap<(&str, &str), usize> = HashMap::new();
    let lines: Vec<Line> = tensors
        .filter(|tensor| tensor.verdict.is_some_and(|verdict| verdict != Verdict::None))
        .map(|tensor| {
            let names = names(tensor);
            let count = twins.entry(names).or_default();
            let (id, twin) = (names, *count);
            *count += 1;
            let id = ProductId { tensor: id.0.into(), node: id.1.into(), twin };
            line(id, tensor, file, class)
        })
        .collect();
    let share = |line: &Line| line.numbers.as_ref().map_or(0.0, |numbers| numbers.worst_share);
    let by_fate = &mut |one: usize, other: usize| {
        let (one, other) = (&lines[one], &lines[other]);
        other.fate.cmp(&one.fate).then(share(other).total_cmp(&share(one)))
    };
    let order = order(lines.len(), by_fate);
    let mut lines: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| lines[place].take()).collect()
}

/// The names of tensor and node; empty for none.
fn names(tensor: &TensorReport) -> (&str, &str) {
    let node = tensor.product.as_deref().map_or("", |product| &product.node);
    (tensor.name.as_deref().unwrap_or_default(), node)
}

fn line(id: ProductId, tensor: &TensorReport, file: &FileReport, class: CpuClass) -> Line {
    let (fate, why) = Fate::in_file(tensor, file.verdict, class);
    let product = tensor.product.as_deref();
    // A file of one array names it.
    let names = [&*id.node, &*id.tensor, &*file.file];
    let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default().to_string();
    let would_be = tensor.audit_if_quantized.as_deref().map(|both| &both.channel);
    let profile = tensor.audit.as_deref().filter(|_| fate >= Fate::Can).map(|one| &one.profile);
    Line {
        id,
        name,
        op: product.map_or(String::new(), |product| product.op.clone()),
        fate,
        why,
        how: product.map(|product| product.how),
        numbers: tensor.audit.as_deref().or(would_be).cloned(),
        is_would_be: tensor.audit.is_none() && would_be.is_some(),
        variant: variant(tensor, file.verdict),
        samples: tensor.samples.iter().map(sample).collect(),
        first_codes: profile.map_or(Vec::new(), |one| one.first_codes.iter().copied().collect()),
        strip: profile.map_or(Vec::new(), |one| one.worst.clone()),
    }
}

/// How much is hit.
fn counts(lines: &[Line]) -> Counts {
    let is_hit = |line: &&Line| line.fate >= Fate::Can;
    let of = |lines: &mut dyn Iterator<Item = &Line>, number: fn(&Totals) -> u64| -> u64 {
        lines
            .filter(|line| !line.is_would_be)
            .filter_map(|line| line.numbers.as_ref())
            .map(number)
            .sum()
    };
    let worst = lines.iter().filter(is_hit).filter_map(|line| line.numbers.as_ref());
    let runs = |name: &str| {
        lines
            .iter()
            .filter(is_hit)
            .all(|line| line.variant.is_some_and(|key| key.starts_with(name)))
    };
    Counts {
        products: lines.len() as u64,
        products_hit: lines.iter().filter(is_hit).count() as u64,
        unknown: lines.iter().filter(|line| line.fate == Fate::Unknown).count() as u64,
        outputs: of(&mut lines.iter(), |one| one.rows),
        outputs_hit: of(&mut lines.iter().filter(is_hit), |one| one.rows_hit),
        worst_share: worst.map(|one| one.worst_share).fold(0.0, f64::max),
        runs: match (runs("onnxruntime"), runs("pytorch")) {
            (true, false) => Runs::OnnxRuntime,
            (false, true) => Runs::PyTorch,
            _ => Runs::Unsaid,
        },
    }
}

/// What would be hit of real weights, once they are quantized: nothing where there are none.
fn would_be(lines: &[Line]) -> String {
    let floats = lines.iter().filter(|line| line.is_would_be);
    let totals: Vec<&Totals> = floats.filter_map(|line| line.numbers.as_ref()).collect();
    if totals.is_empty() {
        return String::new();
    }
    let sum = |of: fn(&Totals) -> u64| totals.iter().map(|one| of(one)).sum::<u64>();
    let hit = totals.iter().filter(|one| one.rows_hit > 0).count() as u64;
    format!(
        " Once its floats are quantized as PyTorch does, with a scale for each output, {} of {} in {} of {} could.",
        grouped(sum(|one| one.rows_hit)),
        counted(sum(|one| one.rows), "output"),
        grouped(hit),
        counted(totals.len() as u64, "tensor"),
    )
}

/// What really happens for all samples together.
fn happens(file: &FileReport) -> Option<String> {
    let tensors = file.tensors.iter().flatten();
    let counted: Vec<_> = tensors
        .flat_map(|tensor| &tensor.samples)
        .filter_map(|sample| sample.counts.as_ref())
        .collect();
    if counted.is_empty() {
        return None;
    }
    let does = counted.iter().filter(|one| one.pair_clamps > 0).count() as u64;
    let tried = counted.len() as u64;
    if does == 0 {
        let products = if tried == 1 { "the product" } else { "any of the products" };
        return Some(format!(
            "For the given samples no pair of {products} that they fit saturates."
        ));
    }
    let sum = |of: fn(&super::samples::SampleCounts) -> u64| {
        counted.iter().map(|one| of(one)).sum::<u64>()
    };
    Some(format!(
        "For the given samples {} of {} does saturate: {} {}, {} of {} another largest output, {} of {} other values.",
        grouped(does),
        self::counted(tried, "product"),
        self::counted(sum(|one| one.sign_flips), "sign"),
        if sum(|one| one.sign_flips) == 1 { "flips" } else { "flip" },
        grouped(sum(|one| one.winner_changes)),
        self::counted(sum(|one| one.samples), "sample")
            + if sum(|one| one.winner_changes) == 1 { " has" } else { " have" },
        grouped(sum(|one| one.outputs_changed)),
        self::counted(sum(|one| one.outputs), "output")
            + if sum(|one| one.outputs_changed) == 1 { " has" } else { " have" },
    ))
}

/// What happened for a file of samples.
fn sample(sample: &SampleReport) -> String {
    let Some(counts) = &sample.counts else {
        return format!("{}: {}", sample.file, sample.message.as_deref().unwrap_or_default());
    };
    format!(
        "{}: {} {}, {} of {} have another largest output; {} of {} changed, at most by {}",
        sample.file,
        counted(counts.sign_flips, "sign"),
        if counts.sign_flips == 1 { "flips" } else { "flip" },
        grouped(counts.winner_changes),
        counted(counts.samples, "sample"),
        grouped(counts.outputs_changed),
        counted(counts.outputs, "output"),
        grouped(counts.largest_error),
    )
}

/// Which operator of which library multiplies it, by the keys of `machines/libraries.json`.
fn variant(tensor: &TensorReport, file: Option<Verdict>) -> Option<&'static str> {
    let is_conv = tensor.product.as_ref().is_some_and(|product| product.op.contains("Conv"));
    Some(match tensor.verdict?.in_file(file) {
        Verdict::U8S8 | Verdict::QdqU8S8 if is_conv => "onnxruntime.conv_u8s8",
        Verdict::U8S8 | Verdict::QdqU8S8 => "onnxruntime.matmul_u8s8",
        Verdict::QdqS8S8 => "onnxruntime.qdq_s8s8",
        Verdict::U8S8Depthwise => "onnxruntime.conv_depthwise",
        Verdict::Integer => match tensor.shape.as_ref().and_then(Option::as_deref) {
            Some([outputs, 1, _, ..]) if *outputs > 100 => "pytorch_x86.conv_depthwise_wide",
            Some([outputs, 1, _, ..]) if *outputs > 1 => "pytorch_x86.conv_depthwise",
            Some([_, _, _, ..]) => "pytorch_x86.conv",
            _ => "pytorch_x86.linear",
        },
        _ => return None,
    })
}
