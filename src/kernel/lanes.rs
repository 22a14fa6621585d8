//! The few lane operations the product needs, each with the meaning of one WebAssembly SIMD
//! instruction (named at each; WebAssembly Core Specification 2.0, "Vector Instructions").

use super::Backend;

/// Eight `i16`, one vector of codes or weights: `pack.rs` says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Aligned to one vector, so that no load crosses a cache line.
#[repr(align(16))]
pub(super) struct Plane(pub(super) [i16; 8]);

impl Plane {
    pub(super) const ZERO: Self = Self([0; 8]);

    /// The words `2·AT` and `2·AT + 1`.
    #[inline(always)]
    pub(super) fn two<const AT: usize>(&self) -> &[i16; 2] {
        &self.0.as_chunks().0[AT]
    }

    /// The words `4·AT` to `4·AT + 3`.
    #[inline(always)]
    pub(super) fn four<const AT: usize>(&self) -> &[i16; 4] {
        &self.0.as_chunks().0[AT]
    }
}

/// Bytes of a line in one vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Twos,
    Fours,
}

/// Vectors of 8 × `i16` and 4 × `i32`.
pub(super) trait Lanes {
    /// 8 × `i16`.
    type Words: Copy;
    /// 4 × `i32`.
    type Sums: Copy;
    /// The backend these lanes are.
    const BACKEND: Backend;

    /// A whole plane (`v128.load`).
    fn load(plane: &Plane) -> Self::Words;
    /// Two words, four times (`v128.load32_splat`).
    fn load_two(words: &[i16; 2]) -> Self::Words;
    /// Four words, twice (`v128.load64_splat`).
    fn load_four(words: &[i16; 4]) -> Self::Words;
    /// Eight ones, which the compiler takes for any words: it would make other instructions of a `dot` with
    /// them.
    fn ones() -> Self::Words;
    /// The same number four times (`i32x4.splat`).
    fn splat(value: i32) -> Self::Sums;
    /// Exact sums of two neighbouring lane products (`i32x4.dot_i16x8_s`).
    fn dot(a: Self::Words, b: Self::Words) -> Self::Sums;
    /// Lane sums, wrapping (`i32x4.add`).
    fn add(a: Self::Sums, b: Self::Sums) -> Self::Sums;
    /// The low 32 bits of the lane products (`i32x4.mul`).
    fn mul(a: Self::Sums, b: Self::Sums) -> Self::Sums;
    /// The larger of two lanes (`i32x4.max_s`).
    fn max(a: Self::Sums, b: Self::Sums) -> Self::Sums;
    /// The smaller of two lanes (`i32x4.min_s`).
    fn min(a: Self::Sums, b: Self::Sums) -> Self::Sums;
    /// All lanes saturated to -32768..=32767, those of `a` first (`i16x8.narrow_i32x4_s`).
    fn narrow(a: Self::Sums, b: Self::Sums) -> Self::Words;
    /// The first lanes of all, their second ones, and so on (`i8x16.shuffle`).
    fn transpose(a: Self::Sums, b: Self::Sums, c: Self::Sums, d: Self::Sums) -> [Self::Sums; 4];
    /// Adds the four lanes to numbers in memory, wrapping (`v128.load`, `i32x4.add`, `v128.store`).
    fn add_to(out: &mut [i32; 4], sums: Self::Sums);
    /// Four bytes of four lines each as words, signed or not. By fours: of the first two lines, and of the
    /// last two. By twos: the first two of all lines, and the last two.
    /// (`i8x16.shuffle`, `i16x8.extend_low_i8x16_s` and its kin.)
    fn widen(bytes: [[u8; 4]; 4], by: By, is_signed: bool) -> (Self::Words, Self::Words);
    /// Eight words to a plane (`v128.store`).
    fn store(words: Self::Words, plane: &mut Plane);
}

/// Adds sums of four outputs to `out [rows][outputs]`, as far as there are so many. `place` is the row and the
/// first output.
#[inline(always)]
#[expect(
    clippy::needless_range_loop,
    reason = "a build for size calls iterators, and it is done often"
)]
pub(super) fn add_four<L: Lanes>(
    out: &mut [i32],
    outputs: usize,
    [row, output]: [usize; 2],
    sums: L::Sums,
) {
    let out = out.get_mut(row * outputs + output..).unwrap_or_default();
    if output + 4 <= outputs
        && let Some(four) = out.first_chunk_mut()
    {
        return L::add_to(four, sums);
    }
    let mut four = [0; 4];
    L::add_to(&mut four, sums);
    for lane in 0..outputs.saturating_sub(output).min(4) {
        if let Some(out) = out.get_mut(lane) {
            *out = out.wrapping_add(four[lane]);
        }
    }
}
