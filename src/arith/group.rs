//! [`Group`]: which products of a row are added before anything is held to a width.

use serde::{Deserialize, Serialize};

use super::row_shape::RowShape;

/// Which products of a row share a narrow lane.
///
/// The row of K products is cut into [`Blocks`], and in each of them [`Members`] begin anew. What a
/// lane makes of a group is [`Lane`](super::Lane)'s matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Group {
    /// Which products of a block are together.
    pub members: Members,
    /// Where members begin anew.
    pub blocks: Blocks,
}

/// Which products of a block are together; where a block ends before a group does, the group is
/// shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Members {
    /// So many neighbours; 0 counts as 1. With 2 they are (0,1), (2,3), …: `vpmaddubsw` on x86.
    Run(usize),
    /// (k, k + d) in every 2·d products; 0 counts as 1. With 8 they are (0,8), (1,9), … (7,15),
    /// (16,24), …: NEON without dot product (ONNX Runtime, XNNPACK, ruy). With 2, (0,2), (1,3),
    /// (4,6), …: the taps of ONNX Runtime's depthwise 3×3 on ARM.
    Apart(usize),
    /// (0,3), (1,2), (4,7), (5,6), …: a theory; no library is known to.
    Crossed,
    /// Two neighbours among the taps of a kernel with rows of so many, taken column by column; 0
    /// counts as 1. With 3 they are (0,3), (6,1), (4,7), (2,5), 8: oneDNN's `brg_conv_fwd` with one
    /// channel.
    Taps(usize),
    /// What `brg_conv_fwd` pairs in a row ([`Group::over`]): of one channel [`Members::Taps`] of the
    /// kernel's columns, the output being wider than 4; of more channels neighbours. So it is without
    /// a row.
    OneDnnTaps,
    /// What ONNX Runtime's depthwise kernels on ARM64 pair in a row ([`Group::over`]), channels coming
    /// in sixteens: of nine taps [`Members::Apart`] by 2, of others neighbours. So it is without a row.
    OnnxTaps,
}

/// Where groups begin anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blocks {
    /// Nowhere: the row is one block.
    Whole,
    /// After so many products; 0 counts as 1. FBGEMM's acc16: 256 (`PackingTraits-inl.h`). oneDNN's
    /// convolutions: the channels of one tap, or the taps of a kernel row.
    Every(usize),
    /// After the channels of each tap of a row ([`Group::over`]): oneDNN's convolutions. Without a row
    /// nowhere.
    Tap,
    /// As oneDNN's gemm cuts K: one block up to `whole`; two, the first of (K + 1)/2, below
    /// 2·`size`; then `size` each.
    Halved {
        /// The longest row that is one block.
        whole: usize,
        /// Products of a block of a long row.
        size: usize,
    },
}

impl Group {
    /// (0,1), (2,3), … over the whole row.
    pub const NEIGHBOURS: Group = Group { members: Members::Run(2), blocks: Blocks::Whole };

    /// The same for rows of that shape, in the plainest form: what does not cut or change them is
    /// left out.
    pub const fn over(self, row: RowShape) -> Group {
        let members = match self.members {
            Members::OneDnnTaps if row.is_convolution() && row.channels() == 1 => {
                // One block: a kernel of two dimensions is taken as a whole.
                let members = Members::Taps(row.kernel()[1]);
                return Group { members, blocks: Blocks::Whole };
            }
            Members::OnnxTaps if row.inputs() == 9 => Members::Apart(2),
            Members::OneDnnTaps | Members::OnnxTaps => Members::Run(2),
            members => members,
        };
        let blocks = match self.blocks {
            Blocks::Halved { whole, .. } if row.inputs() <= whole => Blocks::Whole,
            // Neighbours end with an even block anyway.
            Blocks::Tap if row.channels().is_multiple_of(2) => Blocks::Whole,
            Blocks::Tap if !row.is_convolution() => Blocks::Whole,
            Blocks::Tap => Blocks::Every(row.channels()),
            blocks => blocks,
        };
        Group { members, blocks }
    }

    /// The groups of a row of K products, in the order in which they are summed.
    pub fn of(self, inputs: usize) -> Groups {
        let most = self.blocks.length(inputs).max(1);
        Groups {
            members: self.members,
            most,
            first: 0,
            length: 0,
            left: inputs,
            index: 0,
            count: 0,
        }
    }
}

/// The k of each group of a row.
#[derive(Clone, Debug)]
pub struct Groups {
    members: Members,
    /// Products of each block but the last.
    most: usize,
    /// The first k of the block.
    first: usize,
    /// Products of the block.
    length: usize,
    /// Products of the blocks after it.
    left: usize,
    /// Which of the block's groups comes next.
    index: usize,
    /// How many it has.
    count: usize,
}

impl Iterator for Groups {
    type Item = Ks;

    fn next(&mut self) -> Option<Ks> {
        if self.index == self.count {
            self.first += self.length;
            self.length = self.most.min(self.left);
            self.left -= self.length;
            (self.index, self.count) = (0, self.members.count(self.length));
            if self.length == 0 {
                return None;
            }
        }
        let mut ks = self.members.group(self.length, self.index);
        ks.k += self.first;
        self.index += 1;
        Some(ks)
    }
}

/// The k of a group, in the order in which they are added; every group has one.
#[derive(Clone, Debug)]
pub struct Ks {
    /// The next k.
    k: usize,
    /// From each k to the one after it, in wrapping arithmetic: it may be below.
    step: usize,
    /// How many are left.
    left: usize,
    opens_block: bool,
}

impl Ks {
    /// Whether it is the first group of its block.
    pub fn opens_block(&self) -> bool {
        self.opens_block
    }
}

impl Iterator for Ks {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        let k = self.k;
        self.k = k.wrapping_add(self.step);
        Some(k)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Ks {}

impl Members {
    /// How many groups a block of so many products has.
    fn count(self, length: usize) -> usize {
        match self {
            Members::Run(size) => length.div_ceil(size.max(1)),
            Members::OneDnnTaps | Members::OnnxTaps => length.div_ceil(2),
            Members::Apart(distance) => apart(length, distance.max(1)),
            Members::Crossed => apart(length, 2),
            Members::Taps(_) => length.div_ceil(2),
        }
    }

    /// A group of a block, by places in it.
    fn group(self, length: usize, index: usize) -> Ks {
        let (k, step, most) = match self {
            Members::Run(size) => (index * size.max(1), 1, size.max(1)),
            Members::OneDnnTaps | Members::OnnxTaps => (2 * index, 1, 2),
            Members::Apart(distance) => {
                let distance = distance.max(1);
                (index / distance * 2 * distance + index % distance, distance, 2)
            }
            // 0 and 3, 1 and 2.
            Members::Crossed => (index / 2 * 4 + index % 2, 3 - index % 2 * 2, 2),
            Members::Taps(width) => {
                let width = width.max(1);
                let first = column_by_column(length, width, 2 * index);
                // Below it, or at the top of the next column. The last of an odd block has no other.
                let second = match first + width {
                    _ if 2 * index + 1 == length => length,
                    below if below < length => below,
                    _ => first % width + 1,
                };
                (first, second.wrapping_sub(first), 2)
            }
        };
        // Only the last of a run or of a pair may be beyond the block.
        let left = if step == 1 {
            most.min(length - k)
        } else {
            1 + usize::from(k.wrapping_add(step) < length)
        };
        Ks { k, step, left, opens_block: index == 0 }
    }
}

impl Blocks {
    /// Products of each block but the last, for a row of K.
    pub const fn length(self, inputs: usize) -> usize {
        match self {
            Blocks::Every(size) => size,
            Blocks::Halved { whole, size } if inputs > whole => {
                if inputs < 2 * size {
                    inputs.div_ceil(2)
                } else {
                    size
                }
            }
            Blocks::Whole | Blocks::Tap | Blocks::Halved { .. } => inputs,
        }
    }
}

/// Groups of two at a distance: so many of every 2·distance products, and of the rest one for each
/// of its first half.
fn apart(length: usize, distance: usize) -> usize {
    length / (2 * distance) * distance + (length % (2 * distance)).min(distance)
}

/// The place of the n-th product of a block that is taken column by column: its rows have `width`
/// products, the last one may be short.
fn column_by_column(length: usize, width: usize, n: usize) -> usize {
    let (rows, rest) = (length / width, length % width);
    // The first columns have one product more.
    let in_long = rest * (rows + 1);
    let (row, column) = if n < in_long {
        (n % (rows + 1), n / (rows + 1))
    } else {
        // There is such a row: without one all columns are long.
        ((n - in_long) % rows.max(1), rest + (n - in_long) / rows.max(1))
    };
    row * width + column
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(members: Members, blocks: Blocks, inputs: usize) -> Vec<Vec<usize>> {
        Group { members, blocks }.of(inputs).map(Iterator::collect).collect()
    }

    fn whole(members: Members, inputs: usize) -> Vec<Vec<usize>> {
        groups(members, Blocks::Whole, inputs)
    }

    #[test]
    fn neighbours_and_longer_runs() {
        assert_eq!(whole(Members::Run(2), 5), [vec![0, 1], vec![2, 3], vec![4]]);
        assert_eq!(whole(Members::Run(4), 6), [vec![0, 1, 2, 3], vec![4, 5]]);
        assert_eq!(whole(Members::Run(1), 2), [[0], [1]]);
        assert_eq!(whole(Members::Run(0), 2), [[0], [1]]);
        assert_eq!(whole(Members::Run(9), 3), [[0, 1, 2]]);
        assert!(whole(Members::Run(2), 0).is_empty());
    }

    #[test]
    fn eight_apart_in_every_sixteen() {
        let pairs = whole(Members::Apart(8), 27);
        assert_eq!(pairs.len(), 8 + 8);
        assert_eq!((&pairs[0], &pairs[7], &pairs[8]), (&vec![0, 8], &vec![7, 15], &vec![16, 24]));
        // 27 = 16 + 11: three of the second eight have a partner.
        assert_eq!((&pairs[10], &pairs[11], &pairs[15]), (&vec![18, 26], &vec![19], &vec![23]));
        assert_eq!(whole(Members::Apart(8), 3), [[0], [1], [2]]);
    }

    #[test]
    fn taps_of_a_3_by_3_on_arm_and_crossed_ones() {
        let taps = [vec![0, 2], vec![1, 3], vec![4, 6], vec![5, 7], vec![8]];
        assert_eq!(whole(Members::Apart(2), 9), taps);
        assert_eq!(whole(Members::Crossed, 7), [vec![0, 3], vec![1, 2], vec![4], vec![5, 6]]);
    }

    #[test]
    fn taps_column_by_column() {
        // (r, s) = k / 3, k % 3: (0,0)+(1,0), (2,0)+(0,1), (1,1)+(2,1), (0,2)+(1,2), (2,2).
        let taps = [vec![0, 3], vec![6, 1], vec![4, 7], vec![2, 5], vec![8]];
        assert_eq!(whole(Members::Taps(3), 9), taps);
        // A last row of two: columns of 3, 3 and 2.
        assert_eq!(whole(Members::Taps(3), 8), [[0, 3], [6, 1], [4, 7], [2, 5]]);
        assert_eq!(whole(Members::Taps(3), 2), [[0, 1]]);
        assert_eq!(whole(Members::Taps(1), 3), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn members_begin_anew_in_each_block() {
        // Three channels of two taps: the last of each tap is alone.
        let channels = groups(Members::Run(2), Blocks::Every(3), 6);
        assert_eq!(channels, [vec![0, 1], vec![2], vec![3, 4], vec![5]]);
        let first = |group: &Ks| group.opens_block();
        let group = Group { members: Members::Run(2), blocks: Blocks::Every(3) };
        assert_eq!(
            group.of(6).map(|ks| first(&ks)).collect::<Vec<_>>(),
            [true, false, true, false]
        );
        assert_eq!(groups(Members::Run(2), Blocks::Every(0), 2), [[0], [1]]);
    }

    #[test]
    fn onednns_gemm_cuts_k() {
        let avx2 = Blocks::Halved { whole: 256, size: 384 };
        let lengths = [1, 256, 257, 513, 766, 767, 768, 4000].map(|inputs| avx2.length(inputs));
        assert_eq!(lengths, [1, 256, 129, 257, 383, 384, 384, 384]);
        // K = 513: the first block is odd, so k = 256 is alone and (257,258) are a pair.
        let pairs = groups(Members::Run(2), avx2, 513);
        assert_eq!(
            (&pairs[127], &pairs[128], &pairs[129]),
            (&vec![254, 255], &vec![256], &vec![257, 258])
        );
    }

    #[test]
    fn a_row_decides_what_taps_and_blocks_are() {
        let over = |members, blocks, inputs, kernel| {
            let group = Group { members, blocks }.over(RowShape::new(inputs, kernel));
            group.of(inputs).map(Iterator::collect).collect::<Vec<Vec<usize>>>()
        };
        let tap = |inputs, kernel| over(Members::Run(2), Blocks::Tap, inputs, kernel);
        assert_eq!(tap(6, [1, 2]), [vec![0, 1], vec![2], vec![3, 4], vec![5]]);
        assert_eq!(tap(4, [2, 2]), [[0], [1], [2], [3]]);
        assert_eq!(tap(3, [1, 1]), whole(Members::Run(2), 3));
        let even = Group { members: Members::Run(2), blocks: Blocks::Tap };
        assert_eq!(even.over(RowShape::new(36, [3, 3])), Group::NEIGHBOURS);
        let brg = |inputs, kernel| over(Members::OneDnnTaps, Blocks::Tap, inputs, kernel);
        assert_eq!(brg(9, [3, 3]), whole(Members::Taps(3), 9));
        assert_eq!([brg(27, [3, 3]), brg(6, [1, 2])], [tap(27, [3, 3]), tap(6, [1, 2])]);
        let arm = |inputs| over(Members::OnnxTaps, Blocks::Whole, inputs, [1, 1]);
        assert_eq!([arm(9), arm(25)], [whole(Members::Apart(2), 9), whole(Members::Run(2), 25)]);
    }

    #[test]
    fn every_product_is_in_one_group() {
        let members = (0..12).flat_map(|n| [Members::Run(n), Members::Apart(n), Members::Taps(n)]);
        let named = [Members::Crossed, Members::OneDnnTaps, Members::OnnxTaps];
        for members in members.chain(named) {
            let halved = (0..9).map(|size| Blocks::Halved { whole: 2 * size, size: 3 * size });
            let blocks =
                (0..9).map(Blocks::Every).chain(halved).chain([Blocks::Whole, Blocks::Tap]);
            for blocks in blocks {
                for inputs in 0..=70 {
                    let groups = groups(members, blocks, inputs);
                    assert!(groups.iter().all(|group| !group.is_empty()));
                    let mut places = groups.concat();
                    places.sort_unstable();
                    let all: Vec<usize> = (0..inputs).collect();
                    assert_eq!(places, all, "{members:?} {blocks:?} {inputs}");
                }
            }
        }
    }
}
