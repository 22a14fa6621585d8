//! What oneDNN may use of a CPU, and its plain product of int8 matrices: `torch._int_mm`.

use super::accumulate::{Accumulator, Lane};
use super::codes::Codes;
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
    ///
    /// `docs/arithmetic.md` section 13.
    pub const fn gemm(self) -> Accumulator {
        let blocks = match self {
            OneDnnIsa::Avx2 => Blocks::Halved { whole: 256, size: 384 },
            OneDnnIsa::Avx512Core => Blocks::Halved { whole: 384, size: 768 },
            OneDnnIsa::Vnni => return Accumulator::EXACT,
        };
        saturating(Members::Run(2), blocks)
    }

    /// `torch._int_mm` of two rows of K s8 codes: one output, an int32.
    ///
    /// Without VNNI the left codes are made unsigned by adding 128, and 128·Σw is taken off the sum.
    /// A matrix times a vector on AVX-512 is another kernel, without blocks, and shifts the weights
    /// where [`IntMm::ShiftsWeights`] says so. Recorded with PyTorch 2.5.1 and 2.15.0 alike; but the
    /// later one calls oneDNN only on a CPU that *has* AVX-512 VNNI, whatever oneDNN is limited to,
    /// and multiplies in a plain, exact loop on any other (`aten/src/ATen/native/LinearAlgebra.cpp`).
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
    /// A matrix times one column, or one row times a contiguous `[K][1]`.
    ShiftsWeights,
}

impl IntMm {
    /// The kernel of `[M][K]` × `[K][N]`; `contiguous`: whether the second operand is stored so, and
    /// is not the transposed view of `[N][K]`.
    pub const fn of(rows: usize, outputs: usize, contiguous: bool) -> IntMm {
        match (rows, outputs) {
            (1, 1) if contiguous => IntMm::ShiftsWeights,
            (1, _) if !contiguous => IntMm::ShiftsInputs,
            (2.., 1) => IntMm::ShiftsWeights,
            _ => IntMm::Matrices,
        }
    }
}

/// u8 × s8 in groups that saturate.
pub(super) const fn saturating(members: Members, blocks: Blocks) -> Accumulator {
    Accumulator { group: Group { members, blocks }, lane: Lane::Saturate, signed_inputs: false }
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
        assert_eq!(IntMm::of(5, 1, false), IntMm::ShiftsWeights);
        assert_eq!(IntMm::of(1, 7, false), IntMm::ShiftsInputs);
        assert_eq!(IntMm::of(1, 7, true), IntMm::Matrices);
        assert_eq!(
            [true, false].map(|kn| IntMm::of(1, 1, kn)),
            [IntMm::ShiftsWeights, IntMm::ShiftsInputs]
        );
    }
}
