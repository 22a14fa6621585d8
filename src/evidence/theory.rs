//! [`Theory`]: a way to sum products, made of four answers.

use serde::{Deserialize, Serialize};

use crate::arith::{Accumulator, Blocks, Group, Members};

/// The bits that a narrow sum may have.
pub const WIDTHS: std::ops::RangeInclusive<u32> = 15..=32;

/// Products between two spills of FBGEMM's acc16 kernel (`PackingTraits-inl.h`).
const BLOCK: usize = 256;

/// Which products are added before anything is held to the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pairing {
    /// Each product by itself.
    None,
    /// (0,1), (2,3), …: what `vpmaddubsw` does.
    Neighbours,
    /// (0,2), (1,3), (4,6), (5,7), …
    Alternate,
    /// (0,3), (1,2), (4,7), (5,6), …
    Crossed,
    /// (0,1,2,3), (4,5,6,7), …
    Fours,
    /// (k, k + h) with h = K/2, rounded up; an odd K leaves the middle one alone.
    Halves,
    /// All products of the row.
    Row,
}

/// What becomes of a sum that the width does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// The nearest value that fits.
    Saturate,
    /// The low bits, in two's complement.
    Wrap,
}

/// When the narrow sum goes into the 32-bit one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Widening {
    /// After each product: groups make no difference.
    Product,
    /// After each group.
    Group,
    /// After 256 products: groups are added up in the narrow sum until then.
    Block,
    /// At the end of the row: there is one narrow sum.
    Never,
}

/// How the products of a row of weights and raw input codes are summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Theory {
    /// What is added first.
    pub pairing: Pairing,
    /// Bits of the narrow sum, in [`WIDTHS`]; from 32 on nothing is narrow.
    pub width: u32,
    /// What becomes of a sum beyond them.
    pub overflow: Overflow,
    /// When the narrow sum goes into the 32-bit one.
    pub widening: Widening,
}

/// A theory that someone holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedTheory {
    /// A stable name for the page's attributes.
    pub key: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// What it says, and whose it is.
    pub about: &'static str,
    /// Its four answers.
    pub theory: Theory,
    /// The same sum in [`crate::arith`].
    pub accumulator: Accumulator,
}

const fn theory(pairing: Pairing, width: u32, overflow: Overflow, widening: Widening) -> Theory {
    Theory { pairing, width, overflow, widening }
}

const EXACT: Theory = theory(Pairing::None, 32, Overflow::Saturate, Widening::Product);

/// The theories with a name, in the order of the page.
pub static NAMED: &[NamedTheory] = &[
    NamedTheory {
        key: "pair_saturates",
        name: "pairs saturate",
        about: "Two neighbouring products are added in 16 bits, and the sum stays at the end of the range: the instruction vpmaddubsw.",
        theory: theory(Pairing::Neighbours, 16, Overflow::Saturate, Widening::Group),
        accumulator: Accumulator::PAIR_SATURATING,
    },
    NamedTheory {
        key: "exact",
        name: "exact",
        about: "Every product and sum in 32 bits: what the quantized layer is meant to be.",
        theory: EXACT,
        accumulator: Accumulator::EXACT,
    },
    NamedTheory {
        key: "pair_wraps",
        name: "pairs wrap around",
        about: "The thread’s first guess, 127 + 1 = −128: the pair keeps its low 16 bits. The ramp would jump.",
        theory: theory(Pairing::Neighbours, 16, Overflow::Wrap, Widening::Group),
        accumulator: Accumulator::PAIR_WRAPPING,
    },
    NamedTheory {
        key: "product_15",
        name: "products of 15 bits",
        about: "A guess of the thread: each single product saturates at 15 bits.",
        theory: theory(Pairing::None, 15, Overflow::Saturate, Widening::Product),
        accumulator: Accumulator::PRODUCT_15,
    },
    NamedTheory {
        key: "running_16",
        name: "running 16-bit sum",
        about: "A guess of the thread: a 16-bit multiply-add, a·b + c, saturating after every product.",
        theory: theory(Pairing::None, 16, Overflow::Saturate, Widening::Never),
        accumulator: Accumulator::RUNNING_16,
    },
    NamedTheory {
        key: "acc16",
        name: "FBGEMM acc16",
        about: "FBGEMM’s other kernel: saturated pairs in a saturating 16-bit sum, emptied every 256 inputs. PyTorch’s Linear does not use it.",
        theory: theory(Pairing::Neighbours, 16, Overflow::Saturate, Widening::Block),
        accumulator: Accumulator::ACC_16,
    },
];

impl Theory {
    /// The sum over `x[k]·w[k]`, raw codes and weights of equal length K.
    ///
    /// The 32-bit sum wraps around, as `vpaddd` does; up to K = 65 536 it never has to.
    ///
    /// # Panics
    /// If the lengths differ.
    #[expect(clippy::cast_possible_truncation, reason = "what a 32-bit register keeps")]
    pub fn accumulate(self, x: &[u8], w: &[i8]) -> i32 {
        assert_eq!(x.len(), w.len(), "as many input codes as weights");
        let product = |k: usize| i64::from(x[k]) * i64::from(w[k]);
        let (mut wide, mut narrow, mut since) = (0_i64, 0_i64, 0);
        for group in self.group(x.len()).of(x.len()) {
            let length = group.len();
            let products = group.map(product);
            match self.widening {
                Widening::Product => wide += products.map(|one| self.narrowed(one)).sum::<i64>(),
                Widening::Group => wide += self.narrowed(products.sum()),
                Widening::Block | Widening::Never => {
                    narrow = self.narrowed(narrow + self.narrowed(products.sum()));
                    since += length;
                    if self.widening == Widening::Block && since >= BLOCK {
                        wide += narrow;
                        (narrow, since) = (0, 0);
                    }
                }
            }
        }
        (wide + narrow) as i32
    }

    /// Which of K products are added first.
    fn group(self, inputs: usize) -> Group {
        let members = match self.pairing {
            Pairing::None => Members::Run(1),
            Pairing::Neighbours => Members::Run(2),
            Pairing::Alternate => Members::Apart(2),
            Pairing::Crossed => Members::Crossed,
            Pairing::Fours => Members::Run(4),
            Pairing::Halves => Members::Apart(inputs.div_ceil(2)),
            Pairing::Row => Members::Run(inputs),
        };
        Group { members, blocks: Blocks::Whole }
    }

    /// The named theory that always gives the same sum, if one is known to.
    pub fn named(self) -> Option<&'static NamedTheory> {
        let normal = self.normal();
        NAMED.iter().find(|named| named.theory.normal() == normal)
    }

    /// The same theory without what makes no difference.
    fn normal(self) -> Theory {
        let mut normal = self;
        if normal.widening == Widening::Product {
            (normal.pairing, normal.widening) = (Pairing::None, Widening::Group);
        }
        let products: Option<i64> = match normal.pairing {
            Pairing::None => Some(1),
            Pairing::Neighbours | Pairing::Alternate | Pairing::Crossed | Pairing::Halves => {
                Some(2)
            }
            Pairing::Fours => Some(4),
            Pairing::Row => None,
        };
        // The largest product is 255·−128.
        let fits = products.is_some_and(|products| products * 255 * 128 <= -self.lowest());
        let is_exact = self.width >= 32 || (normal.widening == Widening::Group && fits);
        if is_exact { Theory { widening: Widening::Group, ..EXACT } } else { normal }
    }

    /// The lowest value of the narrow sum.
    fn lowest(self) -> i64 {
        -1 << (self.width.clamp(1, 32) - 1)
    }

    /// A sum as the width holds it.
    fn narrowed(self, sum: i64) -> i64 {
        let lowest = self.lowest();
        match self.overflow {
            Overflow::Saturate => sum.clamp(lowest, -lowest - 1),
            Overflow::Wrap => (sum - lowest).rem_euclid(-2 * lowest) + lowest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::Mt19937;

    fn groups(pairing: Pairing, inputs: usize) -> Vec<Vec<usize>> {
        let group = Theory { pairing, ..EXACT }.group(inputs);
        group.of(inputs).map(Iterator::collect).collect()
    }

    #[test]
    fn every_product_is_in_one_group() {
        let all = [
            Pairing::None,
            Pairing::Neighbours,
            Pairing::Alternate,
            Pairing::Crossed,
            Pairing::Fours,
            Pairing::Halves,
            Pairing::Row,
        ];
        for pairing in all {
            for inputs in 0..70 {
                let mut places = groups(pairing, inputs).concat();
                places.sort_unstable();
                assert_eq!(places, (0..inputs).collect::<Vec<_>>(), "{pairing:?} {inputs}");
            }
        }
        assert_eq!(groups(Pairing::Alternate, 7), [vec![0, 2], vec![1, 3], vec![4, 6], vec![5]]);
        assert_eq!(groups(Pairing::Crossed, 6), [vec![0, 3], vec![1, 2], vec![4], vec![5]]);
        assert_eq!(groups(Pairing::Halves, 5), [vec![0, 3], vec![1, 4], vec![2]]);
        assert_eq!(groups(Pairing::Fours, 5), [vec![0, 1, 2, 3], vec![4]]);
    }

    #[test]
    fn named_theories_are_the_accumulators() {
        let mut random = Mt19937::new(7);
        let ends: [(u8, i8); 4] = [(255, 127), (255, -128), (0, 0), (128, -128)];
        for inputs in (1..=40).chain([255, 256, 257, 258, 511, 600]) {
            for round in 0..60 {
                let pairs = (0..inputs).map(|_| {
                    let bits = random.next_u32();
                    let end = ends[bits as usize % 4];
                    let [x, w, ..] = (bits >> 2).to_le_bytes();
                    if round % 2 == 0 { end } else { (x, w.cast_signed()) }
                });
                let (x, w): (Vec<u8>, Vec<i8>) = pairs.unzip();
                for named in NAMED {
                    assert_eq!(
                        named.theory.accumulate(&x, &w),
                        named.accumulator.accumulate(&x, &w),
                        "{} {inputs}",
                        named.key
                    );
                }
            }
        }
    }

    #[test]
    fn widths_hold_what_they_say() {
        let of = |width, overflow| Theory { width, overflow, ..EXACT };
        assert_eq!(of(16, Overflow::Saturate).narrowed(64_770), 32_767);
        assert_eq!(of(16, Overflow::Wrap).narrowed(64_770), -766);
        assert_eq!(of(16, Overflow::Wrap).narrowed(-65_280), 256);
        assert_eq!(of(15, Overflow::Saturate).narrowed(-20_000), -16_384);
        assert_eq!(of(17, Overflow::Wrap).narrowed(-65_280), -65_280);
        assert_eq!(of(32, Overflow::Wrap).narrowed(1 << 31), -1 << 31);
    }

    #[test]
    fn a_theory_that_changes_nothing_is_known_by_its_name() {
        let name = |theory: Theory| theory.named().map(|named| named.key);
        for named in NAMED {
            assert_eq!(name(named.theory), Some(named.key));
        }
        let pairs = NAMED[0].theory;
        assert_eq!(name(Theory { width: 17, ..pairs }), Some("exact"));
        assert_eq!(name(Theory { widening: Widening::Product, ..pairs }), Some("exact"));
        assert_eq!(name(Theory { pairing: Pairing::Fours, ..pairs }), None);
        assert_eq!(name(Theory { pairing: Pairing::Row, width: 32, ..pairs }), Some("exact"));
        // Sixteen bits hold any product, fifteen do not.
        assert_eq!(Theory { width: 17, ..pairs }.accumulate(&[255; 2], &[-128; 2]), -65_280);
        assert_eq!(Theory { pairing: Pairing::None, ..pairs }.accumulate(&[255], &[-128]), -32_640);
    }
}
