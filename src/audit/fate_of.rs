//! [`Fate::in_file`]: what becomes of a tensor's products, and why.

use super::fate::{CpuClass, Fate};
use super::report::{SampleReport, TensorReport};
use super::verdict::Verdict;

impl Fate {
    /// What becomes of a tensor's products, and why, as the end of a sentence. The verdict of its file may
    /// say more of bare codes: that PyTorch has converted their layers.
    pub fn in_file(
        tensor: &TensorReport,
        file: Option<Verdict>,
        class: CpuClass,
    ) -> (Fate, &'static str) {
        let Some(verdict) = tensor.verdict else { return (Fate::Cannot, "it is no weights") };
        let verdict = verdict.in_file(file);
        let (is_hit, why) = reason(verdict);
        match (is_hit, class) {
            (Some(false), _) if verdict == Verdict::U8U8 && tensor.product.is_none() => {
                (Fate::Cannot, "unsigned weights: libraries widen them before they multiply")
            }
            (Some(false), _) => (Fate::Cannot, why),
            (None, _) => (Fate::Unknown, why),
            (Some(true), CpuClass::Vnni) if is_depthwise(tensor) => (
                Fate::Unknown,
                "FBGEMM’s depthwise convolutions saturate with VNNI, too, by pairs of taps",
            ),
            (Some(true), CpuClass::Vnni) => {
                (Fate::Cannot, "VNNI adds four products at once in 32 bits")
            }
            (Some(true), CpuClass::NoVnni) => {
                let clamps = |sample: &SampleReport| {
                    sample.counts.as_ref().is_some_and(|counts| counts.pair_clamps > 0)
                };
                match tensor.audit.as_deref() {
                    _ if tensor.samples.iter().any(clamps) => (Fate::Does, why),
                    Some(totals) if totals.rows_hit > 0 => (Fate::Can, why),
                    Some(_) => (Fate::Cannot, "no pair of its weights can leave 16 bits"),
                    None => (Fate::Unknown, "its codes are not to be had"),
                }
            }
        }
    }
}

/// One output for each channel: OIHW with one input.
fn is_depthwise(tensor: &TensorReport) -> bool {
    let shape = tensor.shape.as_ref().and_then(Option::as_deref);
    matches!(shape, Some([outputs, 1, rest @ ..]) if *outputs > 1 && rest.len() > 1)
}

/// Whether saturating kernels multiply it, as far as that is known, and why.
const fn reason(verdict: Verdict) -> (Option<bool>, &'static str) {
    match verdict {
        Verdict::Codes => (Some(true), "int8 weights, if they meet u8 activations"),
        Verdict::U8S8 => (Some(true), "u8 activations meet s8 weights"),
        Verdict::QdqU8S8 => (Some(true), "u8 × s8 once it is fused"),
        Verdict::QdqS8S8 => (Some(true), "signed activations become u8 once it is fused"),
        Verdict::Integer => (Some(true), "PyTorch’s FBGEMM multiplies u8 × s8"),
        Verdict::S8U8ConvInteger => (
            None,
            "ConvInteger has the weights as u8 × s8 with the roles exchanged: its pairs depend on data",
        ),
        Verdict::NotConstant => (None, "both operands are activations: it depends on data"),
        Verdict::Mixed => (None, "several kinds"),
        Verdict::Float => (Some(false), "floats are multiplied, and nothing is quantized"),
        Verdict::Stored => (Some(false), "the codes are only stored, and multiplied as floats"),
        Verdict::Nbits => {
            (Some(false), "weights of a few bits are multiplied as floats, or exactly")
        }
        Verdict::U8S8Depthwise => (Some(false), "ONNX Runtime’s depthwise kernel is exact on x86"),
        Verdict::U8S8ConvInteger => {
            (Some(false), "ConvInteger has the weights as the first operand")
        }
        Verdict::S8S8 | Verdict::S8U8 | Verdict::U8U8 | Verdict::QdqU8U8 => {
            (Some(false), "ONNX Runtime widens these types before it multiplies")
        }
        Verdict::NotConstantExact => (Some(false), "unsigned on the right is exact"),
        Verdict::None => (Some(false), "it is no weights"),
    }
}
