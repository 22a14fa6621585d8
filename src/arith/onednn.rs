//! oneDNN's int8 products as PyTorch runs them: which products are pairs, and the rescaling.

use super::accumulate::{Accumulator, Lane};
use super::codes::Codes;
use super::conv::ConvShape;
use super::float::round_to_i32;
use super::group::{Blocks, Group, Members};

/// The instructions that oneDNN may use, as `ONEDNN_MAX_CPU_ISA` limits them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OneDnnIsa {
    /// AVX2 without VNNI.
    Avx2,
    /// AVX-512 without VNNI.
    Avx512Core,
    /// Either VNNI, or AMX: always exact.
    Vnni,
}

impl OneDnnIsa {
    /// How oneDNN's gemm sums a row: on AVX2 every product of two matrices, on AVX-512 those of the
    /// plain gemm interface (`torch._int_mm`). It cuts K into blocks, and pairs start anew in each;
    /// it shows only where the first block is odd.
    pub const fn gemm(self) -> Accumulator {
        let blocks = match self {
            OneDnnIsa::Avx2 => Blocks::Halved { whole: 256, size: 384 },
            OneDnnIsa::Avx512Core => Blocks::Halved { whole: 384, size: 768 },
            OneDnnIsa::Vnni => return Accumulator::EXACT,
        };
        saturating(Members::Run(2), blocks)
    }

    /// How the operator `quantized::linear` sums a row: on AVX2 by the gemm above, on AVX-512 by
    /// `brg_matmul`, whose pairs are those of the whole row.
    pub const fn linear(self) -> Accumulator {
        match self {
            OneDnnIsa::Avx2 => self.gemm(),
            OneDnnIsa::Avx512Core => Accumulator::PAIR_SATURATING,
            OneDnnIsa::Vnni => Accumulator::EXACT,
        }
    }

    /// `torch._int_mm` of two rows of s8 codes, one output.
    ///
    /// Without VNNI the left codes are made unsigned by adding 128, and 128·Σw is taken off the sum.
    /// A matrix times a vector on AVX-512 is another kernel, without blocks, and shifts the weights
    /// where [`IntMm::ShiftsWeights`] says so. PyTorch up to 2.5; 2.6 takes a plain loop, which is
    /// exact.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn int_mm(self, kernel: IntMm, x: Codes, w: Codes) -> i32 {
        let accumulator = match (self, kernel) {
            (OneDnnIsa::Vnni, _) => return x.dot(w),
            (OneDnnIsa::Avx512Core, IntMm::ShiftsInputs | IntMm::ShiftsWeights) => {
                Accumulator::PAIR_SATURATING
            }
            _ => self.gemm(),
        };
        let (shifted, other) = match (self, kernel) {
            (OneDnnIsa::Avx512Core, IntMm::ShiftsWeights) => (w, x),
            _ => (x, w),
        };
        let sum = accumulator.accumulate(&shifted.shifted_bytes(), &other.signed_bytes());
        sum.wrapping_sub(other.sum().wrapping_mul(128))
    }
}

/// What `torch._int_mm` calls, by the shape of its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntMm {
    /// A matrix times a matrix.
    Matrices,
    /// One row times a matrix that is stored as the weights of a layer are.
    ShiftsInputs,
    /// A matrix times one column, or one row times a contiguous `[K][N]`.
    ShiftsWeights,
}

impl IntMm {
    /// The kernel of `[M][K]` × `[K][N]`; `contiguous`: whether the second operand is stored so, and
    /// is not the transposed view of `[N][K]`.
    pub const fn of(rows: usize, outputs: usize, contiguous: bool) -> IntMm {
        match (rows, outputs) {
            (1, 1) if contiguous => IntMm::ShiftsWeights,
            (2.., 1) => IntMm::ShiftsWeights,
            (1, _) if !contiguous => IntMm::ShiftsInputs,
            _ => IntMm::Matrices,
        }
    }
}

/// A kernel that oneDNN picks for a convolution, and says in its verbose output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OneDnnConvKernel {
    /// `ref:any`: plain loops.
    Reference,
    /// `x64:gemm_s8u8s32:jit`: gathered rows.
    Gemm,
    /// `jit_uni_int8:avx2`, `jit_int8:avx512_core`.
    Jit,
    /// `brg_conv_fwd:avx512_core`.
    Brgemm,
    /// The kernels for taps of 1×1: `jit_uni_int8_1x1:avx2`, `brgconv_1x1:avx512_core`.
    OneByOne,
}

impl OneDnnConvKernel {
    /// The kernel of an implementation's name, as `ONEDNN_VERBOSE` prints it; `None` for one that
    /// nobody has recorded.
    pub fn named(implementation: &str) -> Option<OneDnnConvKernel> {
        let begins = |start: &str| implementation.starts_with(start);
        Some(if begins("ref") {
            OneDnnConvKernel::Reference
        } else if implementation.contains("gemm") {
            OneDnnConvKernel::Gemm
        } else if begins("jit_uni_int8:") || begins("jit_int8:") {
            OneDnnConvKernel::Jit
        } else if begins("brg_conv_fwd:") {
            OneDnnConvKernel::Brgemm
        } else if begins("jit_uni_int8_1x1:") || begins("brgconv_1x1:") {
            OneDnnConvKernel::OneByOne
        } else {
            return None;
        })
    }

    /// How it sums the row of a shape, channels innermost, on a CPU without VNNI.
    pub fn accumulator(self, shape: &ConvShape) -> Accumulator {
        let channels = shape.group_channels();
        let no_dilation = shape.dilation.iter().all(|&size| size == 1);
        match self {
            OneDnnConvKernel::Reference => Accumulator::EXACT,
            OneDnnConvKernel::Jit if shape.is_depthwise() => Accumulator::EXACT,
            OneDnnConvKernel::Gemm => Accumulator::PAIR_SATURATING,
            OneDnnConvKernel::Brgemm if channels == 1 && shape.kernel.len() < 3 && no_dilation => {
                match shape.output().last() {
                    Some(0..=4) => saturating(Members::Run(2), Blocks::Every(shape.kernel_row())),
                    _ => saturating(Members::Taps(shape.kernel_row()), Blocks::Whole),
                }
            }
            _ => saturating(Members::Run(2), Blocks::Every(channels)),
        }
    }
}

const fn saturating(members: Members, blocks: Blocks) -> Accumulator {
    Accumulator { group: Group { members, blocks }, lane: Lane::Saturate, signed_inputs: false }
}

/// The scales as PyTorch hands them over: doubles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneDnnScales {
    /// Real units per input code.
    pub input: f64,
    /// Real units per weight code, of this output.
    pub weight: f64,
    /// Real units per output code.
    pub output: f64,
    /// Whether each output has its own weight scale, which is a float32 then.
    pub per_channel: bool,
}

/// How oneDNN rescales. It adds the output zero point in float, *before* it rounds, so that ties go to
/// the even code; FBGEMM rounds first.
///
/// `docs/arithmetic.md` section 13.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OneDnnRescale {
    /// Whether the weight scale was inverted twice, as PyTorch's linear hands it over; its
    /// convolutions do not.
    pub inverts_weight_scale: bool,
    /// Whether the two scales are multiplied one after the other, and not with each other first:
    /// oneDNN 3.13 (PyTorch 2.15) on AVX-512 and with VNNI.
    pub one_by_one: bool,
    /// Whether it divides by the output scale at the end: oneDNN 3.13's reference kernel.
    pub divides: bool,
}

impl OneDnnRescale {
    /// PyTorch 2.5's linear; on AVX2 2.15's too.
    pub const LINEAR: OneDnnRescale =
        OneDnnRescale { inverts_weight_scale: true, one_by_one: false, divides: false };
    /// PyTorch 2.5's convolutions; on AVX2 2.15's too.
    pub const CONV: OneDnnRescale =
        OneDnnRescale { inverts_weight_scale: false, ..OneDnnRescale::LINEAR };

    /// The output code, 0..=255, of an accumulator (zero-point terms included) and a real bias.
    pub fn output_code(
        self,
        acc: i32,
        bias: Option<f32>,
        scales: OneDnnScales,
        zero_point: i32,
        relu: bool,
    ) -> i32 {
        let weight = if self.inverts_weight_scale {
            let given = scales.weight;
            invert_twice(if scales.per_channel { f64::from(given as f32) } else { given })
        } else {
            scales.weight as f32
        };
        let (input, output) = (invert_twice(scales.input), invert_twice(scales.output));
        let acc = acc as f32;
        let mut value = if self.one_by_one { acc * input * weight } else { acc * (input * weight) };
        if let Some(bias) = bias {
            value += bias;
        }
        if relu {
            value = value.max(0.0);
        }
        let steps = if self.divides { value / output } else { value * (1.0 / output) };
        round_to_i32((steps + zero_point as f32).clamp(0.0, 255.0))
    }
}

/// What is left of a scale when PyTorch gives 1/scale and oneDNN inverts it again, in float32.
fn invert_twice(scale: f64) -> f32 {
    1.0 / ((1.0 / scale) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(value: i8, count: usize) -> Vec<u8> {
        vec![value.cast_unsigned(); count]
    }

    #[test]
    fn sixty_four_products_of_127_and_127() {
        let (x, w) = (codes(127, 64), codes(127, 64));
        let of = |isa: OneDnnIsa| isa.int_mm(IntMm::Matrices, Codes::s8(&x), Codes::s8(&w));
        assert_eq!(of(OneDnnIsa::Vnni), 1_032_256);
        assert_eq!([of(OneDnnIsa::Avx2), of(OneDnnIsa::Avx512Core)], [8_160; 2]);
    }

    #[test]
    fn a_vector_is_shifted_instead() {
        let (x, w) = (codes(127, 2), codes(-128, 2));
        let of = |kernel| OneDnnIsa::Avx512Core.int_mm(kernel, Codes::s8(&x), Codes::s8(&w));
        // 255·-128 twice is cut; 0·127 twice is not.
        assert_eq!([of(IntMm::ShiftsInputs), of(IntMm::ShiftsWeights)], [0, -32_512]);
        assert_eq!(IntMm::of(5, 1, true), IntMm::ShiftsWeights);
        assert_eq!(IntMm::of(1, 7, false), IntMm::ShiftsInputs);
        assert_eq!(IntMm::of(1, 7, true), IntMm::Matrices);
    }

    #[test]
    fn ties_go_to_the_even_code() {
        let scales = OneDnnScales { input: 0.5, weight: 0.5, output: 0.5, per_channel: false };
        // Half a step above an odd zero point: 1.5 is 2, where 0.5 rounds to 0 and is 1.
        let code = |acc, zero_point| {
            OneDnnRescale::LINEAR.output_code(acc, None, scales, zero_point, false)
        };
        assert_eq!([code(1, 1), code(1, 0), code(3, 1)], [2, 0, 2]);
        assert_eq!(OneDnnRescale::LINEAR.output_code(-9, None, scales, 7, true), 7);
    }

    #[test]
    fn kernels_are_known_by_name() {
        let named = OneDnnConvKernel::named;
        assert_eq!(named("ref:any"), Some(OneDnnConvKernel::Reference));
        assert_eq!(named("x64:gemm_s8u8s32:jit"), Some(OneDnnConvKernel::Gemm));
        assert_eq!(named("brg_conv_fwd:avx512_core"), Some(OneDnnConvKernel::Brgemm));
        assert_eq!(named("winograd"), None);
    }
}
