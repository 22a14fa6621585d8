//! An engine's two axes: a library's operator ([`Family`]) and the CPUs that it runs on ([`Cpu`]).

use serde::{Deserialize, Serialize};

use super::engine::Engine;

/// Whose arithmetic it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Library {
    /// PyTorch's engine `fbgemm`.
    Fbgemm,
    /// PyTorch's engine `qnnpack`.
    Qnnpack,
    /// ONNX Runtime.
    OnnxRuntime,
    /// TensorFlow Lite, and LiteRT after it.
    TfLite,
    /// PyTorch's engine `onednn`.
    TorchOneDnn,
    /// PyTorch's `torch._int_mm`.
    TorchIntMm,
    /// oneDNN, called directly.
    OneDnn,
    /// Nobody's: a theory about the recordings.
    Theory,
}

/// A library's operator on some types: what an engine is, whatever the CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// PyTorch's Linear with FBGEMM.
    FbgemmLinear,
    /// PyTorch's dynamic Linear with FBGEMM.
    FbgemmDynamic,
    /// PyTorch's depthwise convolutions with FBGEMM.
    FbgemmDepthwise,
    /// FBGEMM's kernel with 16-bit sums.
    FbgemmAcc16,
    /// PyTorch's Linear with QNNPACK.
    QnnpackLinear,
    /// PyTorch's dynamic Linear with QNNPACK.
    QnnpackDynamic,
    /// PyTorch's Linear with oneDNN.
    TorchOneDnn,
    /// PyTorch's convolutions with oneDNN, by the kernels that pair channels of a tap.
    TorchOneDnnConv,
    /// The same by `brg_conv_fwd`.
    TorchOneDnnConvBrgemm,
    /// The same by `gemm_s8u8s32`.
    TorchOneDnnConvGemm,
    /// PyTorch's product of int8 matrices.
    TorchIntMm,
    /// ONNX Runtime's `MatMulInteger` of unsigned inputs and signed weights.
    OnnxRuntimeU8S8,
    /// ONNX Runtime's operators with an output code, of unsigned inputs and signed weights.
    OnnxQLinearU8S8,
    /// ONNX Runtime's products of inputs that are quantized as they come, with signed weights.
    OnnxDynamicU8S8,
    /// ONNX Runtime's operators with an output code, of unsigned inputs and weights.
    OnnxQLinearU8U8,
    /// The same of signed inputs and weights.
    OnnxQLinearS8S8,
    /// ONNX Runtime's depthwise `QLinearConv` of unsigned inputs and symmetric signed weights.
    OnnxDepthwise,
    /// TensorFlow Lite's reference kernels up to 2.14.
    TfLiteFixedPoint,
    /// TensorFlow Lite's optimised kernels.
    TfLiteRuy,
    /// LiteRT's reference kernels.
    TfLiteReference,
    /// TensorFlow Lite with the XNNPACK delegate.
    TfLiteXnnpack,
    /// oneDNN's inner product of signed inputs and weights.
    OneDnnInnerProduct,
    /// oneDNN's convolution of signed inputs and weights.
    OneDnnConvolution,
    /// A theory: the output is rescaled by a shift.
    BitShift,
    /// A theory: pairs wrap around.
    PairsWrap,
    /// A theory: products of 15 bits.
    Products15,
    /// A theory: one sum of 16 bits.
    RunningSum,
}

/// Types of input and weight, and of an output code that of the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Types {
    /// Unsigned inputs, signed weights.
    #[default]
    U8S8,
    /// Both unsigned.
    U8U8,
    /// Both signed.
    S8S8,
}

impl Types {
    /// As people write them.
    pub const fn name(self) -> &'static str {
        match self {
            Types::U8S8 => "u8 × s8",
            Types::U8U8 => "u8 × u8",
            Types::S8S8 => "s8 × s8",
        }
    }
}

/// What is known of a [`Family`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FamilyInfo {
    /// The family.
    pub family: Family,
    /// Whose it is.
    pub library: Library,
    /// The operator, as the library names it.
    pub operator: &'static str,
    /// Types of input and weight.
    pub types: Types,
    /// What lists of libraries and CPUs call it, `library.variant`. Families that follow each other
    /// in a library's versions, or sum alike, share one; a theory has none.
    pub variant: Option<&'static str>,
}

/// The table, in the order of a menu.
static INFO: [FamilyInfo; COUNT] = ROWS;

const COUNT: usize = Family::RunningSum as usize + 1;

const fn row(
    family: Family,
    library: Library,
    operator: &'static str,
    types: Types,
    variant: Option<&'static str>,
) -> FamilyInfo {
    FamilyInfo { family, library, operator, types, variant }
}

const U8S8: Types = Types::U8S8;
const S8S8: Types = Types::S8S8;
const U8U8: Types = Types::U8U8;

#[rustfmt::skip]
const ROWS: [FamilyInfo; COUNT] = [
    row(Family::FbgemmLinear, Library::Fbgemm, "Linear, Conv2d", U8S8, Some("fbgemm.linear")),
    row(Family::FbgemmDynamic, Library::Fbgemm, "Linear, dynamic", U8S8, Some("fbgemm.linear")),
    row(Family::FbgemmDepthwise, Library::Fbgemm, "Conv2d, depthwise", U8S8, Some("fbgemm.conv_depthwise")),
    row(Family::FbgemmAcc16, Library::Fbgemm, "acc16 kernels, called directly", U8S8, Some("fbgemm.acc16")),
    row(Family::QnnpackLinear, Library::Qnnpack, "Linear, Conv2d", U8S8, Some("pytorch_qnnpack.linear")),
    row(Family::QnnpackDynamic, Library::Qnnpack, "Linear, dynamic", U8S8, Some("pytorch_qnnpack.linear")),
    row(Family::TorchOneDnn, Library::TorchOneDnn, "Linear", U8S8, Some("pytorch_onednn.linear")),
    row(Family::TorchOneDnnConv, Library::TorchOneDnn, "Conv2d by jit_int8, jit_uni_int8, 1×1 kernels", U8S8, Some("pytorch_onednn.conv")),
    row(Family::TorchOneDnnConvBrgemm, Library::TorchOneDnn, "Conv2d by brg_conv_fwd", U8S8, Some("pytorch_onednn.conv")),
    row(Family::TorchOneDnnConvGemm, Library::TorchOneDnn, "Conv2d by gemm_s8u8s32", U8S8, Some("pytorch_onednn.conv")),
    row(Family::TorchIntMm, Library::TorchIntMm, "int8 × int8 → int32", S8S8, Some("torch_int_mm.matmul")),
    row(Family::OnnxRuntimeU8S8, Library::OnnxRuntime, "MatMulInteger", U8S8, Some("onnxruntime.matmul_u8s8")),
    row(Family::OnnxQLinearU8S8, Library::OnnxRuntime, "QLinearMatMul, QGemm, QLinearConv, QDQ", U8S8, Some("onnxruntime.matmul_u8s8")),
    row(Family::OnnxDynamicU8S8, Library::OnnxRuntime, "DynamicQuantizeMatMul", U8S8, Some("onnxruntime.matmul_u8s8")),
    row(Family::OnnxQLinearU8U8, Library::OnnxRuntime, "QLinearMatMul, QGemm", U8U8, Some("onnxruntime.matmul_u8u8")),
    row(Family::OnnxQLinearS8S8, Library::OnnxRuntime, "QLinearMatMul, QGemm", S8S8, Some("onnxruntime.matmul_s8s8")),
    row(Family::OnnxDepthwise, Library::OnnxRuntime, "QLinearConv, depthwise", U8S8, Some("onnxruntime.conv_depthwise")),
    row(Family::TfLiteFixedPoint, Library::TfLite, "FULLY_CONNECTED, reference kernels up to 2.14", S8S8, Some("tflite.reference")),
    row(Family::TfLiteRuy, Library::TfLite, "FULLY_CONNECTED, optimised kernels (ruy)", S8S8, Some("tflite.ruy")),
    row(Family::TfLiteReference, Library::TfLite, "FULLY_CONNECTED, reference kernels of LiteRT", S8S8, Some("tflite.reference")),
    row(Family::TfLiteXnnpack, Library::TfLite, "FULLY_CONNECTED, XNNPACK", S8S8, Some("tflite.xnnpack")),
    row(Family::OneDnnInnerProduct, Library::OneDnn, "inner product", S8S8, Some("onednn.matmul_s8s8")),
    row(Family::OneDnnConvolution, Library::OneDnn, "convolution", S8S8, Some("onednn.conv_s8s8")),
    row(Family::BitShift, Library::Theory, "bit-shift rescaling", U8S8, None),
    row(Family::PairsWrap, Library::Theory, "pairs wrap", U8S8, None),
    row(Family::Products15, Library::Theory, "15-bit products", U8S8, None),
    row(Family::RunningSum, Library::Theory, "running 16-bit sum", U8S8, None),
];

/// The table is read by index: a row in the wrong place does not compile.
const ALL: [Family; COUNT] = {
    let mut all = [Family::FbgemmLinear; COUNT];
    let mut at = 0;
    while at < COUNT {
        assert!(ROWS[at].family as usize == at);
        all[at] = ROWS[at].family;
        at += 1;
    }
    all
};

/// The CPUs that an engine runs on: a class of them, named by what a library asks for.
///
/// VNNI is two things, AVX-512's and AVX-VNNI, and libraries do not ask for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cpu {
    /// Every CPU.
    Any,
    /// x86.
    X86,
    /// x86 with AVX2, whatever else it has.
    WithAvx2,
    /// x86 with AVX2 and without AVX-512.
    Avx2,
    /// x86 with AVX2 and without AVX-512 or AVX-VNNI.
    Avx2NoVnni,
    /// x86 with AVX-512 and without its VNNI.
    Avx512,
    /// x86 with AVX-512 and without either VNNI.
    Avx512NoVnni,
    /// x86 with AVX-512's VNNI.
    Avx512Vnni,
    /// x86 with AVX2, and without AVX-512's VNNI.
    NoAvx512Vnni,
    /// x86 with AVX2 or AVX-512, and without either VNNI.
    NoVnni,
    /// x86 with either VNNI.
    Vnni,
    /// x86 with either VNNI, or ARM64 with dot product.
    VnniOrDotProduct,
    /// x86, or ARM64 with dot product.
    X86OrDotProduct,
    /// ARM64.
    Arm64,
    /// ARM64 without dot product.
    Neon,
}

impl Library {
    /// What lists of libraries call it: what a variant's name begins with.
    pub const fn key(self) -> &'static str {
        match self {
            Library::Fbgemm => "fbgemm",
            Library::Qnnpack => "pytorch_qnnpack",
            Library::OnnxRuntime => "onnxruntime",
            Library::TfLite => "tflite",
            Library::TorchOneDnn => "pytorch_onednn",
            Library::TorchIntMm => "torch_int_mm",
            Library::OneDnn => "onednn",
            Library::Theory => "theory",
        }
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Library::Fbgemm => "PyTorch (FBGEMM)",
            Library::Qnnpack => "PyTorch (QNNPACK)",
            Library::OnnxRuntime => "ONNX Runtime",
            Library::TfLite => "TensorFlow Lite, LiteRT",
            Library::TorchOneDnn => "PyTorch (oneDNN)",
            Library::TorchIntMm => "PyTorch (_int_mm)",
            Library::OneDnn => "oneDNN",
            Library::Theory => "theories",
        }
    }

    /// The same in a word or two; nothing for theories.
    pub const fn short(self) -> &'static str {
        match self {
            Library::Fbgemm => "FBGEMM",
            Library::Qnnpack => "QNNPACK",
            Library::OnnxRuntime => "ONNX Runtime",
            Library::TfLite => "TensorFlow Lite",
            Library::TorchOneDnn => "oneDNN in PyTorch",
            Library::TorchIntMm => "_int_mm",
            Library::OneDnn => "oneDNN",
            Library::Theory => "",
        }
    }
}

impl Family {
    /// Every family, in the order of a menu.
    pub const ALL: &[Family] = &ALL;

    /// What is known of it.
    pub const fn info(self) -> &'static FamilyInfo {
        &INFO[self as usize]
    }

    /// Its engines, one for each class of CPUs, in the order of a menu.
    pub fn engines(self) -> impl Iterator<Item = Engine> {
        Engine::ALL.iter().copied().filter(move |engine| engine.family() == self)
    }

    /// Its engine on a CPU with these features ([`Cpu::has`]); `None` where the library offers none,
    /// or nobody has looked.
    pub fn engine_on(self, has: impl Fn(&str) -> bool) -> Option<Engine> {
        self.engines().find(|engine| engine.cpu().has(&has))
    }
}

impl Cpu {
    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Cpu::Any => "any CPU",
            Cpu::X86 => "x86",
            Cpu::WithAvx2 => "x86 with AVX2",
            Cpu::Avx2 => "AVX2",
            Cpu::Avx2NoVnni => "AVX2 without AVX-VNNI",
            Cpu::Avx512 => "AVX-512 without VNNI",
            Cpu::Avx512NoVnni => "AVX-512 without either VNNI",
            Cpu::Avx512Vnni => "AVX-512 VNNI",
            Cpu::NoAvx512Vnni => "AVX2 without AVX-512 VNNI",
            Cpu::NoVnni => "AVX2 or AVX-512 without VNNI",
            Cpu::Vnni => "AVX-512 VNNI or AVX-VNNI",
            Cpu::VnniOrDotProduct => "AVX-512 VNNI, AVX-VNNI, or ARM64 with dot product",
            Cpu::X86OrDotProduct => "x86, or ARM64 with dot product",
            Cpu::Arm64 => "ARM64",
            Cpu::Neon => "ARM64 without dot product",
        }
    }

    /// The features of a CPU that is one, named as in [`has`](Self::has).
    const fn example(self) -> &'static [&'static str] {
        match self {
            Cpu::Avx512 | Cpu::Avx512NoVnni => &["sse2", "avx2", "avx512core"],
            Cpu::Avx512Vnni | Cpu::Vnni | Cpu::VnniOrDotProduct => {
                &["sse2", "avx2", "avx512core", "avx512_vnni"]
            }
            Cpu::Arm64 | Cpu::Neon => &["neon"],
            _ => &["sse2", "avx2"],
        }
    }

    /// Whether a CPU with these features is one. They are named as lists of CPUs do: `sse2` (every
    /// x86 of 64 bits), `avx2`, `avx512core` (AVX-512 with BW, DQ and VL), `avx512_vnni`, `avx_vnni`;
    /// `neon` (every ARM64), `dotprod`.
    pub fn has(self, has: impl Fn(&str) -> bool) -> bool {
        let avx512_vnni = has("avx512core") && has("avx512_vnni");
        let vnni = avx512_vnni || has("avx_vnni");
        match self {
            Cpu::Any => true,
            Cpu::X86 => has("sse2"),
            Cpu::WithAvx2 => has("avx2"),
            Cpu::Avx2 => has("avx2") && !has("avx512core"),
            Cpu::Avx2NoVnni => has("avx2") && !has("avx512core") && !vnni,
            Cpu::Avx512 => has("avx512core") && !avx512_vnni,
            Cpu::Avx512NoVnni => has("avx512core") && !vnni,
            Cpu::Avx512Vnni => avx512_vnni,
            Cpu::NoAvx512Vnni => has("avx2") && !avx512_vnni,
            Cpu::NoVnni => has("avx2") && !vnni,
            Cpu::Vnni => vnni,
            Cpu::VnniOrDotProduct => vnni || has("dotprod"),
            Cpu::X86OrDotProduct => has("sse2") || has("dotprod"),
            Cpu::Arm64 => has("neon"),
            Cpu::Neon => has("neon") && !has("dotprod"),
        }
    }
}

impl Engine {
    /// The engine of a family on a class of CPUs, if it has one.
    pub fn on(family: Family, cpu: Cpu) -> Option<Engine> {
        family.engines().find(|engine| engine.cpu() == cpu)
    }

    /// A family's engine on a CPU of this one's class; where it has none there, its first.
    pub fn in_family(self, family: Family) -> Option<Engine> {
        let features = self.cpu().example();
        let same = family.engine_on(|feature| features.contains(&feature));
        same.or_else(|| family.engines().next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The features of every x86 CPU that there can be: each of the first needs the one before it.
    fn x86() -> impl Iterator<Item = Vec<&'static str>> {
        let features = ["sse2", "avx2", "avx512core", "avx512_vnni"];
        (1..=4).flat_map(move |count| {
            let plain = features[..count].to_vec();
            let vnni = [&plain[..], &["avx_vnni"]].concat();
            // AVX-VNNI comes with AVX2.
            [Some(plain), (count > 1).then_some(vnni)].into_iter().flatten()
        })
    }

    fn on(family: Family, features: &[&str]) -> Option<Engine> {
        family.engine_on(|feature| features.contains(&feature))
    }

    #[test]
    fn an_engine_is_its_family_on_its_cpus() {
        for &engine in Engine::ALL {
            assert_eq!(Engine::on(engine.family(), engine.cpu()), Some(engine));
        }
        assert_eq!(Engine::on(Family::FbgemmLinear, Cpu::Avx512), Some(Engine::FbgemmAvx512));
        assert_eq!(Engine::on(Family::FbgemmLinear, Cpu::Vnni), None);
        let mut families: Vec<Family> = Engine::ALL.iter().map(|engine| engine.family()).collect();
        families.dedup();
        assert_eq!(families, Family::ALL, "a family's engines stand together, in its order");
    }

    #[test]
    fn no_cpu_has_two_engines_of_a_family() {
        for features in x86() {
            let has = |feature: &str| features.contains(&feature);
            for &family in Family::ALL {
                let engines = family.engines().filter(|engine| engine.cpu().has(has));
                assert!(engines.count() <= 1, "{family:?} {features:?}");
            }
            // With AVX2 every dense product of FBGEMM and ONNX Runtime has one.
            for family in [Family::FbgemmLinear, Family::OnnxRuntimeU8S8] {
                assert_eq!(on(family, &features).is_some(), has("avx2"), "{family:?} {features:?}");
            }
        }
    }

    #[test]
    fn one_cpu_two_answers() {
        // Alder Lake: FBGEMM does not ask for AVX-VNNI, ONNX Runtime does.
        let features = ["sse2", "avx2", "avx_vnni"];
        assert_eq!(on(Family::FbgemmLinear, &features), Some(Engine::FbgemmAvx2));
        assert_eq!(on(Family::OnnxRuntimeU8S8, &features), Some(Engine::OnnxRuntimeVnni));
        assert_eq!(on(Family::OneDnnInnerProduct, &features), None);
        // Skylake-X.
        let features = ["sse2", "avx2", "avx512core"];
        assert_eq!(on(Family::FbgemmLinear, &features), Some(Engine::FbgemmAvx512));
        assert_eq!(on(Family::OnnxRuntimeU8S8, &features), Some(Engine::OnnxRuntimeAvx2));
        assert_eq!(on(Family::QnnpackLinear, &["neon"]), None);
    }

    #[test]
    fn a_class_of_cpus_has_an_example() {
        for engine in Engine::ALL {
            let example = engine.cpu().example();
            assert!(engine.cpu().has(|feature| example.contains(&feature)), "{engine:?}");
            assert_eq!(engine.in_family(engine.family()), Some(*engine));
        }
        let on = |engine: Engine, family| engine.in_family(family);
        assert_eq!(on(Engine::FbgemmVnni, Family::OnnxRuntimeU8S8), Some(Engine::OnnxRuntimeVnni));
        assert_eq!(on(Engine::FbgemmVnni, Family::FbgemmAcc16), Some(Engine::FbgemmAcc16));
        assert_eq!(on(Engine::OnnxRuntimeNeon, Family::FbgemmLinear), Some(Engine::FbgemmAvx2));
        assert_eq!(on(Engine::FbgemmAvx512, Family::TorchOneDnn), Some(Engine::TorchOneDnnAvx512));
    }

    #[test]
    fn variants_are_named_by_library() {
        for family in Family::ALL {
            let FamilyInfo { library, variant, operator, .. } = *family.info();
            assert_eq!(variant.is_none(), library == Library::Theory, "{family:?}");
            assert!(variant.is_none_or(|variant| variant.starts_with(library.key())), "{family:?}");
            assert!(!operator.is_empty());
        }
    }
}
