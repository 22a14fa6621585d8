//! [`Global`]: the names that a pickle of tensors may use.

use super::super::dtype::Dtype;
use super::super::tensor::Scheme;

/// A name that a pickle of tensors may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Global {
    /// A dictionary: `OrderedDict`, `Counter`.
    Dict,
    /// Its argument itself: `torch.Size`, `set`.
    Sequence,
    /// Something without tensors: `bytearray`, `torch.device`, …
    Opaque,
    /// A function that makes a tensor.
    Rebuild(Rebuild),
    /// The type of a storage. `None`: one that is not read.
    Storage(Option<Dtype>),
    /// A storage without a type.
    Untyped,
    /// The type of a tensor. `None`: one that is not read.
    Dtype(Option<Dtype>),
    /// How a tensor is quantized.
    Scheme(Scheme),
}

/// A function that makes a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rebuild {
    /// Of storage, offset, size, stride, …: `_rebuild_tensor`, `_rebuild_tensor_v2`.
    Tensor,
    /// The same with a type as its seventh argument: `_rebuild_tensor_v3`.
    TypedTensor,
    /// The same with parameters of a quantizer as its fifth: `_rebuild_qtensor`.
    Quantized,
    /// Of a tensor: `Parameter`, `_rebuild_parameter`.
    Parameter,
    /// Of a function and its arguments, the third: `_rebuild_from_type_v2`.
    Subclass,
    /// Tensors that are not read: sparse ones, ones without values, those of other devices.
    Other,
}

/// The name, if it is allowed.
pub fn find(module: &str, name: &str) -> Option<Global> {
    match (module, name) {
        ("collections", "OrderedDict" | "Counter") => Some(Global::Dict),
        ("builtins" | "__builtin__", "set") | ("torch", "Size") => Some(Global::Sequence),
        ("builtins" | "__builtin__", "bytearray" | "complex")
        | ("_codecs", "encode")
        | ("torch", "device" | "Tensor")
        | ("torch.serialization", "_get_layout") => Some(Global::Opaque),
        ("torch.nn.parameter", "Parameter") => Some(Global::Rebuild(Rebuild::Parameter)),
        ("torch._tensor", "_rebuild_from_type_v2") => Some(Global::Rebuild(Rebuild::Subclass)),
        ("torch._utils", _) => rebuild(name).map(Global::Rebuild),
        ("torch.storage", "UntypedStorage") => Some(Global::Untyped),
        ("torch.storage", "TypedStorage") => Some(Global::Storage(None)),
        ("torch" | "torch.cuda", _) if name.ends_with("Storage") => storage(name),
        ("torch", _) => scheme(name).map(Global::Scheme).or_else(|| dtype(name).map(Global::Dtype)),
        _ => None,
    }
}

fn rebuild(name: &str) -> Option<Rebuild> {
    Some(match name {
        "_rebuild_tensor" | "_rebuild_tensor_v2" => Rebuild::Tensor,
        "_rebuild_tensor_v3" => Rebuild::TypedTensor,
        "_rebuild_qtensor" => Rebuild::Quantized,
        "_rebuild_parameter" | "_rebuild_parameter_with_state" => Rebuild::Parameter,
        "_rebuild_sparse_tensor"
        | "_rebuild_meta_tensor_no_storage"
        | "_rebuild_nested_tensor"
        | "_rebuild_wrapper_subclass"
        | "_rebuild_device_tensor_from_numpy"
        | "_rebuild_device_tensor_from_cpu_tensor" => Rebuild::Other,
        _ => return None,
    })
}

fn scheme(name: &str) -> Option<Scheme> {
    Some(match name {
        "per_tensor_affine" | "per_tensor_symmetric" => Scheme::Tensor,
        "per_channel_affine" | "per_channel_symmetric" | "per_channel_affine_float_qparams" => {
            Scheme::Channel
        }
        _ => return None,
    })
}

fn storage(name: &str) -> Option<Global> {
    Some(Global::Storage(Some(match name {
        "DoubleStorage" => Dtype::Float64,
        "FloatStorage" => Dtype::Float32,
        "HalfStorage" => Dtype::Float16,
        "BFloat16Storage" => Dtype::BFloat16,
        "LongStorage" => Dtype::Int64,
        "IntStorage" => Dtype::Int32,
        "ShortStorage" => Dtype::Int16,
        "CharStorage" => Dtype::Int8,
        "ByteStorage" => Dtype::UInt8,
        "BoolStorage" => Dtype::Bool,
        "QInt8Storage" => Dtype::QInt8,
        "QUInt8Storage" => Dtype::QUInt8,
        "QInt32Storage" => Dtype::QInt32,
        "UntypedStorage" => return Some(Global::Untyped),
        "ComplexDoubleStorage"
        | "ComplexFloatStorage"
        | "QUInt4x2Storage"
        | "QUInt2x4Storage"
        | "TypedStorage" => return Some(Global::Storage(None)),
        _ => return None,
    })))
}

fn dtype(name: &str) -> Option<Option<Dtype>> {
    let read = match name {
        "float64" | "double" => Dtype::Float64,
        "float32" | "float" => Dtype::Float32,
        "float16" | "half" => Dtype::Float16,
        "bfloat16" => Dtype::BFloat16,
        "float8_e4m3fn" => Dtype::Float8E4M3Fn,
        "float8_e5m2" => Dtype::Float8E5M2,
        "int64" | "long" => Dtype::Int64,
        "int32" | "int" => Dtype::Int32,
        "int16" | "short" => Dtype::Int16,
        "int8" => Dtype::Int8,
        "uint8" => Dtype::UInt8,
        "uint16" => Dtype::UInt16,
        "uint32" => Dtype::UInt32,
        "uint64" => Dtype::UInt64,
        "bool" => Dtype::Bool,
        "qint8" => Dtype::QInt8,
        "quint8" => Dtype::QUInt8,
        "qint32" => Dtype::QInt32,
        "complex32" | "complex64" | "complex128" | "cfloat" | "cdouble" | "chalf" | "quint4x2"
        | "quint2x4" | "bits1x8" | "bits2x4" | "bits4x2" | "bits8" | "bits16" | "uint1"
        | "uint2" | "uint3" | "uint4" | "uint5" | "uint6" | "uint7" | "int1" | "int2" | "int3"
        | "int4" | "int5" | "int6" | "int7" | "float8_e4m3fnuz" | "float8_e5m2fnuz"
        | "float8_e8m0fnu" | "float4_e2m1fn_x2" => return Some(None),
        _ => return None,
    };
    Some(Some(read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_outside_of_the_list_are_none() {
        for (module, name) in [
            ("os", "system"),
            ("builtins", "eval"),
            ("builtins", "getattr"),
            ("torch", "load"),
            ("torch", "serialization.os.system"),
            ("torch.storage", "_load_from_bytes"),
            ("torch._utils", "_import_dotted_name"),
            ("torch.hub", "Storage"),
            ("torch", "Storage"),
            ("collections", "OrderedDict.clear"),
            ("", ""),
        ] {
            assert_eq!(find(module, name), None, "{module}.{name}");
        }
        assert_eq!(find("torch", "qint8"), Some(Global::Dtype(Some(Dtype::QInt8))));
        assert_eq!(find("torch.cuda", "HalfStorage"), find("torch", "HalfStorage"));
    }
}
