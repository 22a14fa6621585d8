//! The few lane operations the product needs, each with the meaning of one WebAssembly SIMD
//! instruction (named at each; WebAssembly Core Specification 2.0, "Vector Instructions").

use super::Backend;

/// The codes that one step of the product takes from a row: one 128-bit vector of bytes.
pub(super) const STEP: usize = 16;

/// Weights at even (or odd) places in a step of [`STEP`] codes.
pub(super) const HALF: usize = STEP / 2;

/// Half of a step's weights of one output, as `i16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Aligned to one vector, so that no load crosses a cache line.
#[repr(align(16))]
pub(super) struct Plane(pub(super) [i16; HALF]);

impl Plane {
    pub(super) const ZERO: Self = Self([0; HALF]);
}

/// Vectors of 8 × `i16` and 4 × `i32`.
pub(super) trait Lanes {
    /// 8 × `i16`.
    type Words: Copy;
    /// 4 × `i32`.
    type Sums: Copy;
    /// The backend these lanes are.
    const BACKEND: Backend;

    /// The codes at even and at odd places, each zero-extended to `i16`
    /// (`v128.and` with 0x00ff; `i16x8.shr_u` by 8).
    fn split_codes(codes: &[u8; STEP]) -> (Self::Words, Self::Words);
    /// The same of bytes in two's complement, sign-extended (`i16x8.shl` by 8, `i16x8.shr_s` by 8).
    fn split_signed(codes: &[u8; STEP]) -> (Self::Words, Self::Words);
    /// A plane of packed weights (`v128.load`).
    fn load(plane: &Plane) -> Self::Words;
    /// Four zeros.
    fn zero() -> Self::Sums;
    /// The low 16 bits of the lane products (`i16x8.mul`).
    fn mul(a: Self::Words, b: Self::Words) -> Self::Words;
    /// Lane sums, saturated to -32768..=32767 (`i16x8.add_sat_s`).
    fn add_sat(a: Self::Words, b: Self::Words) -> Self::Words;
    /// Lane sums, wrapping (`i16x8.add`).
    fn add_wrap(a: Self::Words, b: Self::Words) -> Self::Words;
    /// Exact sums of neighbouring lanes (`i32x4.extadd_pairwise_i16x8_s`).
    fn widen_pairs(a: Self::Words) -> Self::Sums;
    /// Exact sums of two neighbouring lane products (`i32x4.dot_i16x8_s`).
    fn dot(a: Self::Words, b: Self::Words) -> Self::Sums;
    /// Lane sums, wrapping (`i32x4.add`).
    fn add(a: Self::Sums, b: Self::Sums) -> Self::Sums;
    /// The wrapping sum of the four lanes.
    fn total(a: Self::Sums) -> i32;
}
