//! Sums of u8×s8 products: the exact one, and the ways in which hardware and theories lose bits.

use serde::{Deserialize, Serialize};

/// The K block after which FBGEMM's acc16 kernel spills its 16-bit sums
/// (`PackingTraits-inl.h`).
const ACC16_BLOCK: usize = 256;

/// How a dot product of raw u8 codes and s8 weights is summed.
///
/// `docs/arithmetic.md` sections 3 and 11. Pairs are (0,1), (2,3), … counted from k = 0; an odd
/// last k stands alone (its partner is 0·0). No zero point is subtracted before the products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accumulator {
    /// Every product and sum in int32.
    Exact,
    /// `vpmaddubsw`: each pair sum saturates to int16, pair sums add in int32. FBGEMM on AVX2 and
    /// on AVX-512 without VNNI.
    PairSaturating,
    /// Each pair sum wraps around to int16. A guess of the forum thread; no x86 library is known
    /// to, and on ARM other pairs wrap (ONNX Runtime without dot product: k and k + 8).
    PairWrapping,
    /// Each product is clamped to -16384..=16383. A guess of the forum thread.
    Product15,
    /// One int16 sum over all k that saturates after every product. A guess of the forum thread.
    Running16,
    /// FBGEMM acc16 (`RefImplementations.cc`, `matmul_u8i8acc16_ref`): saturated pairs are added
    /// to a saturating int16 sum, which is spilled to int32 after every 256 k.
    Acc16,
    /// oneDNN without VNNI, weights halved to stay within int16: pairs of `rint(w/2)`, doubled.
    HalfScaleWeights,
}

/// One pair of neighbouring k on its way through an [`Accumulator`].
///
/// The `kept` of all pairs add up to what [`Accumulator::accumulate`] returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairTrace {
    /// Index of the first of the two, even.
    pub first_k: usize,
    /// Raw input codes; the second is 0 where there is none.
    pub x: [u8; 2],
    /// Weights; the second is 0 where there is none.
    pub w: [i8; 2],
    /// Whether the pair has a second k (false only for the last of an odd K).
    pub has_second: bool,
    /// `x0·w0 + x1·w1`, -65280..=64770.
    pub exact: i32,
    /// What the accumulator added for this pair.
    pub kept: i32,
}

impl PairTrace {
    /// What the accumulator lost in this pair, `exact - kept`.
    pub fn lost(&self) -> i32 {
        self.exact - self.kept
    }
}

impl Accumulator {
    /// Every accumulator.
    pub const ALL: &[Accumulator] = &[
        Accumulator::Exact,
        Accumulator::PairSaturating,
        Accumulator::PairWrapping,
        Accumulator::Product15,
        Accumulator::Running16,
        Accumulator::Acc16,
        Accumulator::HalfScaleWeights,
    ];

    /// What a weight counts for in a sum that loses nothing: with halved weights `2·rint(w/2)`,
    /// else the weight itself. Zero-point terms are made of these (oneDNN,
    /// `src/cpu/reorder/simple_reorder.hpp`).
    pub fn counted_weight(self, w: i8) -> i32 {
        match self {
            Accumulator::HalfScaleWeights => 2 * half(w),
            _ => w.into(),
        }
    }

    /// The sum over `x[k]·w[k]`, raw codes and weights of equal length K.
    ///
    /// Exact in int32 up to K = 65 536; beyond it the sum wraps around, as `vpaddd` does.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn accumulate(self, x: &[u8], w: &[i8]) -> i32 {
        let mut steps = Steps::new(self, x, w);
        let mut sum = 0_i32;
        while let Some(pair) = steps.next_pair() {
            sum = sum.wrapping_add(pair.kept);
        }
        sum
    }

    /// The same sum, pair by pair.
    ///
    /// `kept` is the pair's share of the sum. For [`Running16`](Self::Running16) and
    /// [`Acc16`](Self::Acc16), which remember what came before, that is the change of the running
    /// sum while the pair is added; for [`HalfScaleWeights`](Self::HalfScaleWeights) the doubled
    /// sum of halved weights; for [`Product15`](Self::Product15) the two clamped products.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn trace(self, x: &[u8], w: &[i8]) -> Vec<PairTrace> {
        let mut steps = Steps::new(self, x, w);
        let mut pairs = Vec::with_capacity(x.len().div_ceil(2));
        while let Some(pair) = steps.next_pair() {
            pairs.push(pair);
        }
        pairs
    }
}

/// The nearest int16, -32768..=32767.
pub fn saturate16(value: i32) -> i32 {
    value.clamp(i16::MIN.into(), i16::MAX.into())
}

/// The low 16 bits as an int16: what is left of a sum that wraps around.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the truncation is the point: two's complement in 16 bits"
)]
pub fn wrap16(value: i32) -> i32 {
    i32::from(value as i16)
}

/// The nearest of -16384..=16383: a product that keeps 15 bits.
pub fn clamp15(value: i32) -> i32 {
    value.clamp(-16_384, 16_383)
}

/// `w/2` rounded to nearest, ties to even: -64..=64.
fn half(w: i8) -> i32 {
    let w = i32::from(w);
    // Odd w lies between two integers; the even one is `(w + 1)/2` where that is even.
    let up = (w + 1) >> 1;
    if w & 1 != 0 && up & 1 != 0 { up - 1 } else { up }
}

/// Walks the pairs, with the memory that the 16-bit running sums need.
struct Steps<'a> {
    accumulator: Accumulator,
    x: &'a [u8],
    w: &'a [i8],
    k: usize,
    running: i32,
}

impl<'a> Steps<'a> {
    fn new(accumulator: Accumulator, x: &'a [u8], w: &'a [i8]) -> Self {
        assert_eq!(x.len(), w.len(), "as many input codes as weights");
        Steps { accumulator, x, w, k: 0, running: 0 }
    }

    fn next_pair(&mut self) -> Option<PairTrace> {
        let first_k = self.k;
        let (&x0, &w0) = (self.x.get(first_k)?, self.w.get(first_k)?);
        let second = self.x.get(first_k + 1).zip(self.w.get(first_k + 1));
        let (&x1, &w1) = second.unwrap_or((&0, &0));
        self.k += 2;
        let products = [i32::from(x0) * i32::from(w0), i32::from(x1) * i32::from(w1)];
        let exact = products[0] + products[1];
        let kept = match self.accumulator {
            Accumulator::Exact => exact,
            Accumulator::PairSaturating => saturate16(exact),
            Accumulator::PairWrapping => wrap16(exact),
            Accumulator::Product15 => clamp15(products[0]) + clamp15(products[1]),
            Accumulator::Running16 => {
                let before = self.running;
                self.running = saturate16(saturate16(before + products[0]) + products[1]);
                self.running - before
            }
            Accumulator::Acc16 => {
                if first_k.is_multiple_of(ACC16_BLOCK) {
                    self.running = 0;
                }
                let before = self.running;
                self.running = saturate16(before + saturate16(exact));
                self.running - before
            }
            Accumulator::HalfScaleWeights => {
                2 * saturate16(i32::from(x0) * half(w0) + i32::from(x1) * half(w1))
            }
        };
        Some(PairTrace {
            first_k,
            x: [x0, x1],
            w: [w0, w1],
            has_second: second.is_some(),
            exact,
            kept,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_large_products() {
        let (x, w) = ([255, 255], [127, 127]);
        let sums = [
            (Accumulator::Exact, 64_770),
            (Accumulator::PairSaturating, 32_767),
            (Accumulator::PairWrapping, -766),
            (Accumulator::Product15, 32_766),
            (Accumulator::Running16, 32_767),
            (Accumulator::Acc16, 32_767),
            (Accumulator::HalfScaleWeights, 65_280),
        ];
        assert_eq!(sums.len(), Accumulator::ALL.len());
        for (accumulator, sum) in sums {
            assert_eq!(accumulator.accumulate(&x, &w), sum, "{accumulator:?}");
        }
    }

    #[test]
    fn where_saturation_begins() {
        let pair = |x, w| Accumulator::PairSaturating.accumulate(&[x, x], &[w, w]);
        assert_eq!(pair(128, -128), -32_768);
        assert_eq!(pair(129, -128), -32_768);
        assert_eq!(pair(129, 127), 32_766);
        assert_eq!(pair(130, 127), 32_767);
    }

    #[test]
    fn an_odd_last_weight_stands_alone() {
        let pairs = Accumulator::PairSaturating.trace(&[255; 3], &[127, 127, -128]);
        assert_eq!(pairs.len(), 2);
        assert!(pairs[0].has_second && !pairs[1].has_second);
        assert_eq!((pairs[0].kept, pairs[0].lost()), (32_767, 32_003));
        assert_eq!((pairs[1].kept, pairs[1].lost()), (-32_640, 0));
    }

    #[test]
    fn running_sums_remember_and_acc16_forgets_after_256() {
        // 258 · 255 · 1: two blocks for acc16, one sum for the other.
        let (x, w) = ([255; 258], [1; 258]);
        assert_eq!(Accumulator::Exact.accumulate(&x, &w), 65_790);
        assert_eq!(Accumulator::Running16.accumulate(&x, &w), 32_767);
        assert_eq!(Accumulator::Acc16.accumulate(&x, &w), 32_767 + 510);
    }

    #[test]
    fn halves_round_to_even() {
        let halves = [-128, -127, -3, -2, -1, 0, 1, 2, 3, 5, 127].map(half);
        assert_eq!(halves, [-64, -64, -2, -1, 0, 0, 0, 1, 2, 2, 64]);
    }
}
