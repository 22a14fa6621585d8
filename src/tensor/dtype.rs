//! [`Dtype`]: what a value is, and how it is stored.

/// The type of a tensor's values, stored in little-endian order unless a file says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dtype {
    /// A byte that is 0 or 1.
    Bool,
    /// −128..=127.
    Int8,
    /// 0..=255.
    UInt8,
    /// Two bytes, signed.
    Int16,
    /// Two bytes, unsigned.
    UInt16,
    /// Four bytes, signed.
    Int32,
    /// Four bytes, unsigned.
    UInt32,
    /// Eight bytes, signed.
    Int64,
    /// Eight bytes, unsigned.
    UInt64,
    /// IEEE 754 binary16.
    Float16,
    /// The upper half of a binary32.
    BFloat16,
    /// IEEE 754 binary32.
    Float32,
    /// IEEE 754 binary64.
    Float64,
    /// A byte: 4 bits of exponent, 3 of mantissa, no infinity ("fn": finite).
    Float8E4M3Fn,
    /// A byte: 5 bits of exponent, 2 of mantissa.
    Float8E5M2,
    /// Codes of PyTorch's quantized tensors, −128..=127.
    QInt8,
    /// Codes of PyTorch's quantized tensors, 0..=255.
    QUInt8,
    /// Codes of PyTorch's quantized biases.
    QInt32,
}

/// What kind of number a type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// Whole numbers.
    Integer,
    /// Real numbers.
    Real,
}

impl Dtype {
    /// The name, in NumPy's or PyTorch's words.
    pub const fn name(self) -> &'static str {
        match self {
            Dtype::Bool => "bool",
            Dtype::Int8 => "int8",
            Dtype::UInt8 => "uint8",
            Dtype::Int16 => "int16",
            Dtype::UInt16 => "uint16",
            Dtype::Int32 => "int32",
            Dtype::UInt32 => "uint32",
            Dtype::Int64 => "int64",
            Dtype::UInt64 => "uint64",
            Dtype::Float16 => "float16",
            Dtype::BFloat16 => "bfloat16",
            Dtype::Float32 => "float32",
            Dtype::Float64 => "float64",
            Dtype::Float8E4M3Fn => "float8_e4m3fn",
            Dtype::Float8E5M2 => "float8_e5m2",
            Dtype::QInt8 => "qint8",
            Dtype::QUInt8 => "quint8",
            Dtype::QInt32 => "qint32",
        }
    }

    /// Bytes of a value: 1, 2, 4 or 8.
    pub const fn bytes(self) -> usize {
        match self {
            Dtype::Bool | Dtype::Int8 | Dtype::UInt8 | Dtype::QInt8 | Dtype::QUInt8 => 1,
            Dtype::Float8E4M3Fn | Dtype::Float8E5M2 => 1,
            Dtype::Int16 | Dtype::UInt16 | Dtype::Float16 | Dtype::BFloat16 => 2,
            Dtype::Int32 | Dtype::UInt32 | Dtype::Float32 | Dtype::QInt32 => 4,
            Dtype::Int64 | Dtype::UInt64 | Dtype::Float64 => 8,
        }
    }

    /// What kind of number it holds; codes are whole.
    pub const fn kind(self) -> NumberKind {
        match self {
            Dtype::Float16
            | Dtype::BFloat16
            | Dtype::Float32
            | Dtype::Float64
            | Dtype::Float8E4M3Fn
            | Dtype::Float8E5M2 => NumberKind::Real,
            _ => NumberKind::Integer,
        }
    }

    /// The type that values are hashed as: bytes and wide numbers as they are, bool as int8, other
    /// integers as int64, floats of 8 and 16 bits as float32.
    pub const fn hashed_as(self) -> Dtype {
        match self {
            Dtype::Bool | Dtype::Int8 | Dtype::QInt8 => Dtype::Int8,
            Dtype::UInt8 | Dtype::QUInt8 => Dtype::UInt8,
            Dtype::Int32 | Dtype::QInt32 => Dtype::Int32,
            Dtype::Int16 | Dtype::UInt16 | Dtype::UInt32 | Dtype::Int64 | Dtype::UInt64 => {
                Dtype::Int64
            }
            Dtype::Float16 | Dtype::BFloat16 | Dtype::Float8E4M3Fn | Dtype::Float8E5M2 => {
                Dtype::Float32
            }
            Dtype::Float32 => Dtype::Float32,
            Dtype::Float64 => Dtype::Float64,
        }
    }
}
