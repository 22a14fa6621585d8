//! [`Verdict`]: what becomes of a product, and how we know.

use serde::{Serialize, Serializer};

/// What becomes of a tensor's products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Verdict {
    /// Bare codes: hit as u8 × s8.
    Codes,
    /// Bare floats: would be hit, once quantized.
    Float,
    /// Unsigned activations, signed weights.
    U8S8,
    /// The same in a convolution with one output for each channel.
    U8S8Depthwise,
    /// The same in ConvInteger, which has the weights as the first operand.
    U8S8ConvInteger,
    /// Signed activations and unsigned weights in ConvInteger: roles are exchanged.
    S8U8ConvInteger,
    /// Both signed.
    S8S8,
    /// Signed activations, unsigned weights.
    S8U8,
    /// Both unsigned, or unsigned weights alone.
    U8U8,
    /// QuantizeLinear and DequantizeLinear around a float product, u8 × s8 once fused.
    QdqU8S8,
    /// The same with signed activations.
    QdqS8S8,
    /// The same, both unsigned.
    QdqU8U8,
    /// A layer that PyTorch has converted.
    Integer,
    /// Codes that are only stored, and multiplied as floats.
    Stored,
    /// Weights of a few bits in blocks.
    Nbits,
    /// Both operands are activations, the second one signed or of unknown type.
    NotConstant,
    /// Both operands are activations, the second one unsigned.
    NotConstantExact,
    /// No weights: a bias, a scale, an index.
    None,
    /// Several kinds in one file.
    Mixed,
}

impl Verdict {
    /// The word of a report.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Codes => "codes",
            Verdict::Float => "float",
            Verdict::U8S8 => "u8s8",
            Verdict::U8S8Depthwise => "u8s8_depthwise",
            Verdict::U8S8ConvInteger => "u8s8_convinteger",
            Verdict::S8U8ConvInteger => "s8u8_convinteger",
            Verdict::S8S8 => "s8s8",
            Verdict::S8U8 => "s8u8",
            Verdict::U8U8 => "u8u8",
            Verdict::QdqU8S8 => "qdq_u8s8",
            Verdict::QdqS8S8 => "qdq_s8s8",
            Verdict::QdqU8U8 => "qdq_u8u8",
            Verdict::Integer => "integer",
            Verdict::Stored => "stored",
            Verdict::Nbits => "nbits",
            Verdict::NotConstant | Verdict::NotConstantExact => "not_constant",
            Verdict::None => "none",
            Verdict::Mixed => "mixed",
        }
    }

    /// What ONNX Runtime's CPU kernels make of it on AVX2 without VNNI, measured with 1.32.0
    /// (`tests/layers/ort_measured.json`), but for s8u8_convinteger and s8u8, which were measured alone.
    /// `None` where that is not said by the graph.
    pub const fn onnx_runtime_avx2(self) -> Option<&'static str> {
        Some(match self {
            Verdict::U8S8 | Verdict::QdqU8S8 | Verdict::S8U8ConvInteger => "saturates",
            Verdict::QdqS8S8 => "saturates (becomes u8 x s8)",
            Verdict::U8S8Depthwise
            | Verdict::U8S8ConvInteger
            | Verdict::S8S8
            | Verdict::S8U8
            | Verdict::U8U8
            | Verdict::QdqU8U8
            | Verdict::NotConstantExact => "exact",
            Verdict::Float | Verdict::Stored | Verdict::Nbits => "never",
            Verdict::NotConstant => "saturates, depending on data",
            Verdict::Codes | Verdict::Integer | Verdict::None | Verdict::Mixed => return None,
        })
    }

    /// The verdict of a tensor in a file with another one: bare codes of a model that PyTorch has
    /// converted are layers.
    pub(super) fn in_file(self, file: Option<Verdict>) -> Verdict {
        if (self, file) == (Verdict::Codes, Some(Verdict::Integer)) {
            Verdict::Integer
        } else {
            self
        }
    }

    /// The verdict of a file: the only kind among its tensors; [`Verdict::None`] does not count.
    pub fn of_file(tensors: impl IntoIterator<Item = Verdict>) -> Option<Verdict> {
        let mut found: Option<Verdict> = None;
        for verdict in tensors.into_iter().filter(|&verdict| verdict != Verdict::None) {
            match found {
                Some(other) if other.word() != verdict.word() => return Some(Verdict::Mixed),
                _ => found = Some(verdict),
            }
        }
        found
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
