//! [`Runs`]: which libraries multiply a product, and what becomes of it there on each class of CPUs. Of bare
//! codes nothing tells what multiplies them.
//!
//! The table is made of the data of machines by `tests/audit_runs.rs`, which holds it to them: those are
//! larger than all else here. It has a row for each rule, then one for each library's operator with the
//! rule that answers on each class.

use super::fate::Fate;
use super::layout::Layout;
use super::on::{CPUS, On, Rule};
use super::report::{FileReport, TensorReport};
use super::sorted::Sorted;
use super::verdict::Verdict;

const TABLE: &str = include_str!("runs.tsv");

/// A library's operator.
struct Operator {
    key: &'static str,
    /// Of each class of [`CPUS`].
    rules: [Option<Rule>; CPUS.len()],
}

/// All that is known of libraries.
pub struct Runs(Vec<Operator>);

impl Runs {
    /// As the table has them.
    pub fn new() -> Runs {
        let mut rules = Vec::new();
        let mut operators = Vec::new();
        for line in TABLE.lines() {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            match cell() {
                "rule" => rules.push(Rule {
                    class: cell(),
                    pair: cell(),
                    confidence: cell(),
                    because: cell(),
                    sources: cell(),
                }),
                "operator" => {
                    let key = cell();
                    let rule = |_| rules.get(cell().parse::<usize>().ok()?).copied();
                    operators.push(Operator { key, rules: CPUS.map(rule) });
                }
                _ => {}
            }
        }
        Runs(operators)
    }

    /// Says in a report what becomes of each product where.
    pub fn tell(&self, report: &mut FileReport) {
        let verdict = report.verdict;
        for tensor in report.tensors.iter_mut().flatten() {
            let mut on = On::new();
            for operator in self.0.iter().filter(|operator| multiplies(operator, tensor, verdict)) {
                let mut fates = Sorted::new();
                for ((cpu, _), rule) in CPUS.iter().zip(&operator.rules) {
                    let Some(rule) = rule else { continue };
                    if let Some(fate) = fate(rule, tensor) {
                        fates.insert(*cpu, fate);
                    }
                }
                let known = report.arithmetic.or_default(operator.key);
                for ((cpu, _), rule) in CPUS.iter().zip(&operator.rules) {
                    if let (Some(rule), true) = (rule, fates.get(cpu).is_some()) {
                        known.insert(*cpu, *rule);
                    }
                }
                on.insert(operator.key, fates);
            }
            tensor.on = on;
        }
    }
}

/// What a product is to operators of libraries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Matrix,
    Convolution,
    Depthwise,
}

fn shape_of(tensor: &TensorReport) -> Shape {
    if tensor.layout != Some(Layout::Oihw) {
        return Shape::Matrix;
    }
    let groups = tensor.product.as_ref().and_then(|product| product.groups).unwrap_or(1);
    match tensor.shape.as_ref().and_then(Option::as_deref) {
        Some([outputs, 1, ..]) if *outputs > 1 && (tensor.product.is_none() || groups > 1) => {
            Shape::Depthwise
        }
        _ => Shape::Convolution,
    }
}

/// Whether an operator may multiply a product.
fn multiplies(operator: &Operator, tensor: &TensorReport, file: Option<Verdict>) -> bool {
    let Some(verdict) = tensor.verdict else { return false };
    let shape = shape_of(tensor);
    let (library, name) = operator.key.split_once('.').unwrap_or_default();
    let op = tensor.product.as_ref().map_or("", |product| &*product.op);
    match verdict.in_file(file) {
        Verdict::U8S8 if shape == Shape::Convolution => operator.key == "onnxruntime.conv_u8s8",
        Verdict::U8S8 => {
            let is_rten = library == "rten" && op == "MatMulInteger";
            is_rten || library == "onnxruntime" && name.starts_with("matmul_u8s8")
        }
        Verdict::QdqU8S8 if shape == Shape::Convolution => {
            matches!(operator.key, "onnxruntime.conv_u8s8" | "openvino.conv_u8s8")
        }
        Verdict::QdqU8S8 => {
            let is_openvino = operator.key == "openvino.fc_u8s8";
            is_openvino || library == "onnxruntime" && name.starts_with("matmul_u8s8")
        }
        Verdict::QdqS8S8 => {
            let of_openvino = if shape == Shape::Convolution { "conv_s8s8" } else { "fc_s8s8" };
            let is_openvino = library == "openvino" && name == of_openvino;
            is_openvino || operator.key == "onnxruntime.qdq_s8s8"
        }
        Verdict::U8S8Depthwise => operator.key == "onnxruntime.conv_depthwise",
        Verdict::S8S8 => operator.key == "onnxruntime.matmul_s8s8",
        Verdict::U8U8 | Verdict::QdqU8U8 if tensor.product.is_some() => {
            operator.key == "onnxruntime.matmul_u8u8"
        }
        Verdict::Integer => {
            let is_wide = tensor.shape.iter().flatten().flatten().next() > Some(&100);
            let is_here = match shape {
                Shape::Matrix => matches!(name, "linear"),
                Shape::Convolution => {
                    matches!(name, "conv") || operator.key == "pytorch_qnnpack.linear"
                }
                // FBGEMM's own name has no width.
                Shape::Depthwise if library == "pytorch_x86" => {
                    name == if is_wide { "conv_depthwise_wide" } else { "conv_depthwise" }
                }
                Shape::Depthwise => {
                    name == "conv_depthwise" || operator.key == "pytorch_qnnpack.linear"
                }
            };
            is_here && (library == "fbgemm" || library.starts_with("pytorch"))
        }
        _ => false,
    }
}

/// What becomes of a product under a rule; `None` where there is no 8-bit path.
fn fate(rule: &Rule, tensor: &TensorReport) -> Option<Fate> {
    let audit = tensor.audit.as_deref();
    let neighbours = || {
        let does = tensor.samples.iter().filter_map(|sample| sample.counts.as_ref());
        let does = does.into_iter().any(|counts| counts.pair_clamps > 0);
        match audit {
            _ if does => Fate::Does,
            Some(totals) if totals.rows_hit > 0 => Fate::Can,
            Some(_) => Fate::Cannot,
            None => Fate::Unknown,
        }
    };
    Some(match rule.class {
        "not_available" => return None,
        // Halved weights lose a bit, and never saturate.
        "exact" | "exact_by_range" | "half_scale" => Fate::Cannot,
        // The audit is of neighbours, in the order in which kernels read them.
        "pairs_saturate" | "pairs_saturate_shift128" => match rule.pair {
            ""
            | "k, k+1"
            | "k, k+1 inside each block of K"
            | "neighbouring input channels"
            | "taps 2i, 2i+1 of the window" => neighbours(),
            _ => Fate::Unknown,
        },
        // The running sum can leave 16 bits, too.
        "acc16_saturating" => {
            Some(neighbours()).filter(|fate| *fate >= Fate::Can).unwrap_or(Fate::Unknown)
        }
        // Only −128·−128 twice does not fit.
        "pairs_wrap" if audit.is_some_and(|totals| totals.minus128 < 2) => Fate::Cannot,
        _ => Fate::Unknown,
    })
}
