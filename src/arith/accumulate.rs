//! Sums of u8×s8 products: the exact one, and the ways in which hardware and theories lose bits.

use serde::{Deserialize, Serialize};

use super::group::{Blocks, Group, Members};
use super::row_shape::RowShape;

/// How a dot product of input bytes and s8 weights is summed: which products share a narrow lane, and
/// what happens in it.
///
/// `docs/arithmetic.md` sections 3 and 11. No zero point is subtracted before the products. A
/// product without a partner is added to 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Accumulator {
    /// Which products are together. Where nothing is lost, or every product by itself, they are
    /// only shown so.
    pub group: Group,
    /// What becomes of them.
    pub lane: Lane,
    /// Whether an input byte is read as signed, in two's complement.
    pub signed_inputs: bool,
}

/// What happens to the products of a [`Group`] before they are in 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Every product and sum has 32 bits.
    Exact,
    /// A group's sum saturates to int16; the groups add in int32.
    Saturate,
    /// A group's sum wraps around to int16.
    Wrap,
    /// Each product is clamped to -16384..=16383.
    Product15,
    /// One int16 sum over all products of a block, which saturates after every one.
    Running16,
    /// Saturated groups are added to a saturating int16 sum, which is emptied into int32 after every
    /// block.
    Acc16,
    /// Weights are halved, `rint(w/2)`, a group's sum saturates to int16, and is doubled.
    HalfWeights,
}

/// One product of a [`Group`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its place in the row.
    pub k: usize,
    /// The input byte, as it is read.
    pub x: i32,
    /// The weight.
    pub w: i8,
}

impl Product {
    /// x·w, -32640..=32385.
    pub fn value(&self) -> i32 {
        self.x * i32::from(self.w)
    }
}

/// One group of products on its way through an [`Accumulator`]; most often a pair.
///
/// The `kept` of all groups add up to what [`Accumulator::accumulate`] returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTrace {
    /// Its products, in the order in which they are added; at least one.
    pub products: Vec<Product>,
    /// Their sum; of a pair -65280..=64770.
    pub exact: i32,
    /// What the accumulator added for this group.
    pub kept: i32,
}

impl GroupTrace {
    /// The first of its k.
    pub fn first_k(&self) -> usize {
        self.products.first().map_or(0, |product| product.k)
    }

    /// The second of its k, where it has one.
    pub fn second_k(&self) -> Option<usize> {
        self.products.get(1).map(|product| product.k)
    }

    /// Its first two weights; 0 where there is none.
    pub fn weights(&self) -> [i8; 2] {
        [0, 1].map(|index| self.products.get(index).map_or(0, |product| product.w))
    }

    /// What the accumulator lost in this group, `exact - kept`.
    pub fn lost(&self) -> i32 {
        self.exact - self.kept
    }
}

impl Accumulator {
    /// Every product and sum in int32.
    pub const EXACT: Accumulator = neighbours(Lane::Exact);
    /// `vpmaddubsw`: each pair sum saturates to int16, pair sums add in int32. FBGEMM on AVX2 and
    /// on AVX-512 without VNNI.
    pub const PAIR_SATURATING: Accumulator = neighbours(Lane::Saturate);
    /// Each pair sum wraps around to int16. A guess of the forum thread; no x86 library is known
    /// to, and on ARM other pairs wrap ([`Members::Apart`]).
    pub const PAIR_WRAPPING: Accumulator = neighbours(Lane::Wrap);
    /// Each product is clamped to -16384..=16383. A guess of the forum thread.
    pub const PRODUCT_15: Accumulator = neighbours(Lane::Product15);
    /// One int16 sum over all k that saturates after every product. A guess of the forum thread.
    pub const RUNNING_16: Accumulator = neighbours(Lane::Running16);
    /// FBGEMM acc16 (`RefImplementations.cc`, `matmul_u8i8acc16_ref`): saturated pairs are added
    /// to a saturating int16 sum, which is spilled to int32 after every 256 k
    /// (`PackingTraits-inl.h`).
    pub const ACC_16: Accumulator = Accumulator {
        group: Group { members: Members::Run(2), blocks: Blocks::Every(256) },
        ..neighbours(Lane::Acc16)
    };
    /// oneDNN without VNNI, weights halved to stay within int16: pairs of `rint(w/2)`, doubled.
    pub const HALF_SCALE_WEIGHTS: Accumulator = neighbours(Lane::HalfWeights);

    /// Every accumulator with a name.
    pub const ALL: &[Accumulator] = &[
        Accumulator::EXACT,
        Accumulator::PAIR_SATURATING,
        Accumulator::PAIR_WRAPPING,
        Accumulator::PRODUCT_15,
        Accumulator::RUNNING_16,
        Accumulator::ACC_16,
        Accumulator::HALF_SCALE_WEIGHTS,
    ];

    /// The same over rows of that shape ([`Group::over`]): blocks are none where they do not cut a row.
    pub const fn over(self, row: RowShape) -> Accumulator {
        Accumulator { group: self.group.over(row), ..self }
    }

    /// An input byte as it is multiplied: 0..=255, or -128..=127 where bytes are signed.
    pub fn read(self, byte: u8) -> i32 {
        match self.signed_inputs {
            true => byte.cast_signed().into(),
            false => byte.into(),
        }
    }

    /// What a weight counts for in a sum that loses nothing: with halved weights `2·rint(w/2)`,
    /// else the weight itself. Zero-point terms are made of these (oneDNN,
    /// `src/cpu/reorder/simple_reorder.hpp`).
    pub fn counted_weight(self, w: i8) -> i32 {
        match self.lane {
            Lane::HalfWeights => 2 * half(w),
            _ => w.into(),
        }
    }

    /// The sum over `x[k]·w[k]`, input bytes and weights of equal length K.
    ///
    /// Exact in int32 up to K = 65 536; beyond it the sum wraps around, as `vpaddd` does.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn accumulate(self, x: &[u8], w: &[i8]) -> i32 {
        let mut sum = 0_i32;
        self.walk(x, w, &mut |_, kept| sum = sum.wrapping_add(kept));
        sum
    }

    /// The same sum, group by group.
    ///
    /// `kept` is the group's share of the sum. For [`Lane::Running16`] and [`Lane::Acc16`], which
    /// remember what came before, that is the change of the running sum while the group is added;
    /// for [`Lane::HalfWeights`] the doubled sum of halved weights; for [`Lane::Product15`] the sum
    /// of clamped products.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn trace(self, x: &[u8], w: &[i8]) -> Vec<GroupTrace> {
        let mut groups = Vec::new();
        self.walk(x, w, &mut |products, kept| {
            let exact = products.iter().map(Product::value).sum();
            groups.push(GroupTrace { products: products.to_vec(), exact, kept });
        });
        groups
    }

    /// Calls `each` with every group of a row and what is added for it.
    fn walk(self, x: &[u8], w: &[i8], each: &mut dyn FnMut(&[Product], i32)) {
        assert_eq!(x.len(), w.len(), "as many input codes as weights");
        let mut products = Vec::new();
        // What the groups of a block before this one have left in 16 bits.
        let mut running = 0;
        for ks in self.group.of(x.len()) {
            if ks.opens_block() {
                running = 0;
            }
            products.clear();
            products.extend(ks.map(|k| Product { k, x: self.read(x[k]), w: w[k] }));
            let before = running;
            let mut sum = 0;
            for product in &products {
                match self.lane {
                    Lane::HalfWeights => sum += product.x * half(product.w),
                    Lane::Product15 => sum += clamp15(product.value()),
                    Lane::Running16 => running = saturate16(running + product.value()),
                    _ => sum += product.value(),
                }
            }
            let kept = match self.lane {
                Lane::Exact | Lane::Product15 => sum,
                Lane::Saturate => saturate16(sum),
                Lane::Wrap => wrap16(sum),
                Lane::HalfWeights => 2 * saturate16(sum),
                Lane::Running16 => running - before,
                Lane::Acc16 => {
                    running = saturate16(before + saturate16(sum));
                    running - before
                }
            };
            each(&products, kept);
        }
    }
}

const fn neighbours(lane: Lane) -> Accumulator {
    Accumulator { group: Group::NEIGHBOURS, lane, signed_inputs: false }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_large_products() {
        let (x, w) = ([255, 255], [127, 127]);
        let sums = [
            (Accumulator::EXACT, 64_770),
            (Accumulator::PAIR_SATURATING, 32_767),
            (Accumulator::PAIR_WRAPPING, -766),
            (Accumulator::PRODUCT_15, 32_766),
            (Accumulator::RUNNING_16, 32_767),
            (Accumulator::ACC_16, 32_767),
            (Accumulator::HALF_SCALE_WEIGHTS, 65_280),
        ];
        assert_eq!(sums.len(), Accumulator::ALL.len());
        for (accumulator, sum) in sums {
            assert_eq!(accumulator.accumulate(&x, &w), sum, "{accumulator:?}");
        }
    }

    #[test]
    fn where_saturation_begins() {
        let pair = |x, w| Accumulator::PAIR_SATURATING.accumulate(&[x, x], &[w, w]);
        assert_eq!(pair(128, -128), -32_768);
        assert_eq!(pair(129, -128), -32_768);
        assert_eq!(pair(129, 127), 32_766);
        assert_eq!(pair(130, 127), 32_767);
    }

    #[test]
    fn an_odd_last_weight_stands_alone() {
        let pairs = Accumulator::PAIR_SATURATING.trace(&[255; 3], &[127, 127, -128]);
        assert_eq!(pairs.len(), 2);
        assert_eq!([&pairs[0], &pairs[1]].map(|pair| pair.products.len()), [2, 1]);
        assert_eq!((pairs[0].kept, pairs[0].lost()), (32_767, 32_003));
        assert_eq!((pairs[1].kept, pairs[1].lost()), (-32_640, 0));
    }

    #[test]
    fn running_sums_remember_and_acc16_forgets_after_256() {
        // 258 · 255 · 1: two blocks for acc16, one sum for the other.
        let (x, w) = ([255; 258], [1; 258]);
        assert_eq!(Accumulator::EXACT.accumulate(&x, &w), 65_790);
        assert_eq!(Accumulator::RUNNING_16.accumulate(&x, &w), 32_767);
        assert_eq!(Accumulator::ACC_16.accumulate(&x, &w), 32_767 + 510);
    }

    /// Groups of members that saturate, each product 255·127 = 32 385 but for those named.
    fn saturating(members: Members, blocks: Blocks, inputs: usize, zero: &[usize]) -> i32 {
        let group = Group { members, blocks };
        let accumulator = Accumulator { group, ..Accumulator::PAIR_SATURATING };
        let mut w = vec![127; inputs];
        zero.iter().for_each(|k| w[*k] = 0);
        accumulator.accumulate(&vec![255; inputs], &w)
    }

    #[test]
    fn who_meets_whom_decides_what_is_lost() {
        const ONE: i32 = 32_385;
        const FULL: i32 = 32_767;
        let whole =
            |members, inputs, zero: &[usize]| saturating(members, Blocks::Whole, inputs, zero);
        assert_eq!(whole(Members::Run(2), 4, &[1, 3]), 2 * ONE);
        assert_eq!(whole(Members::Run(2), 4, &[2, 3]), FULL);
        assert_eq!(whole(Members::Run(4), 4, &[]), FULL);
        assert_eq!(whole(Members::Run(4), 5, &[]), FULL + ONE);
        // (0,8) is a pair, (0,1) is none; 16 is alone.
        assert_eq!(whole(Members::Apart(8), 9, &[1, 2, 3, 4, 5, 6, 7]), FULL);
        assert_eq!(whole(Members::Apart(8), 9, &[2, 3, 4, 5, 6, 7, 8]), 2 * ONE);
        assert_eq!(whole(Members::Apart(8), 17, &[]), 8 * FULL + ONE);
        // Of nine taps by columns 0 and 3 are a pair, 0 and 1 are not.
        assert_eq!(whole(Members::Taps(3), 9, &[1, 2, 4, 5, 6, 7, 8]), FULL);
        assert_eq!(whole(Members::Taps(3), 9, &[2, 3, 4, 5, 6, 7, 8]), 2 * ONE);
        // Three channels of two taps: 2 and 3 are of different taps.
        let taps = |zero: &[usize]| saturating(Members::Run(2), Blocks::Every(3), 6, zero);
        assert_eq!([taps(&[0, 1, 4, 5]), taps(&[0, 1, 2, 5])], [2 * ONE, FULL]);
    }

    #[test]
    fn onednns_avx2_kernel_leaves_k_256_of_513_alone() {
        let blocks = Blocks::Halved { whole: 256, size: 384 };
        let all_but =
            |kept: [usize; 2]| -> Vec<usize> { (0..513).filter(|k| !kept.contains(k)).collect() };
        let sum = |kept| saturating(Members::Run(2), blocks, 513, &all_but(kept));
        assert_eq!([sum([256, 257]), sum([257, 258])], [2 * 32_385, 32_767]);
    }

    #[test]
    fn blocks_that_do_not_cut_a_row_are_none() {
        let blocks = Blocks::Halved { whole: 256, size: 384 };
        let group = Group { members: Members::Run(2), blocks };
        let avx2 = Accumulator { group, ..Accumulator::PAIR_SATURATING };
        let over = |accumulator: Accumulator, inputs| accumulator.over(RowShape::linear(inputs));
        assert_eq!(over(avx2, 256), Accumulator::PAIR_SATURATING);
        assert_eq!((over(avx2, 257), over(Accumulator::ACC_16, 2)), (avx2, Accumulator::ACC_16));
    }

    #[test]
    fn a_wrapping_lane_takes_whole_turns_off() {
        let group = Group { members: Members::Apart(8), blocks: Blocks::Whole };
        let neon = Accumulator { group, lane: Lane::Wrap, signed_inputs: true };
        // Signed bytes overflow in one way only: twice -128·-128.
        let at = |ks: [usize; 2], byte: u8, weight: i8| {
            let (mut x, mut w) = ([0; 16], [0; 16]);
            ks.iter().for_each(|k| (x[*k], w[*k]) = (byte, weight));
            neon.accumulate(&x, &w)
        };
        assert_eq!([at([0, 8], 128, -128), at([0, 1], 128, -128)], [-32_768, 32_768]);
        assert_eq!([at([0, 8], 129, -128), at([0, 8], 255, 127)], [32_512, -254]);
        assert_eq!(neon.accumulate(&[128; 64], &[-128; 64]), -1_048_576);
    }

    #[test]
    fn a_trace_names_its_members() {
        let group = Group { members: Members::Apart(2), blocks: Blocks::Whole };
        let taps = Accumulator { group, ..Accumulator::PAIR_SATURATING };
        let trace = taps.trace(&[1, 2, 3, 4, 255], &[1, 10, -1, 5, 9]);
        let ks = |group: &GroupTrace| group.products.iter().map(|one| one.k).collect::<Vec<_>>();
        assert_eq!(trace.iter().map(ks).collect::<Vec<_>>(), [vec![0, 2], vec![1, 3], vec![4]]);
        let first = &trace[1];
        assert_eq!((first.first_k(), first.weights(), first.exact), (1, [10, 5], 40));
        assert_eq!((trace[2].weights(), trace[2].kept), ([9, 0], 2_295));
    }

    #[test]
    fn halves_round_to_even() {
        let halves = [-128, -127, -3, -2, -1, 0, 1, 2, 3, 5, 127].map(half);
        assert_eq!(halves, [-64, -64, -2, -1, 0, 0, 0, 1, 2, 2, 64]);
    }
}
