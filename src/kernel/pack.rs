//! Codes and weights in the order in which the product reads them.
//!
//! A *line* is a row of codes or the weights of an output: K bytes. Lines are taken in groups of four or
//! eight, and a group lies in memory as the steps of the product along K, each a few vectors of eight
//! `i16` ([`Plane`]) that hold some neighbouring bytes of every line of the group:
//!
//! ```text
//! by twos    a vector has 2 bytes of 4 lines   a0 a1 b0 b1 c0 c1 d0 d1 | a2 a3 b2 b3 c2 c3 d2 d3 | …
//! by fours   a vector has 4 bytes of 2 lines   a0 a1 a2 a3 b0 b1 b2 b3 | c0 c1 c2 c3 d0 d1 d2 d3 | a4 …
//! ```
//!
//! So a dot product of such a vector of weights and of one line's codes, repeated, gives sums of pairs
//! that saturate together, of four outputs (by twos), or of two outputs, two each (by fours). A
//! group of eight lines has two vectors a step by twos: `a … d`, then `e … h`. What is missing to whole
//! groups, and to K in fours, is zero, which changes no sum and gives an odd last product a zero for a
//! partner.

use std::borrow::Cow;

use super::lanes::{By, Lanes, Plane};
use super::shape::{ShapeError, elements};

/// A byte, signed or not.
pub(super) trait Byte: Copy + Default {
    /// Four of them as they lie in memory.
    fn four(bytes: [Self; 4]) -> [u8; 4];
}

impl Byte for u8 {
    #[inline(always)]
    fn four(bytes: [u8; 4]) -> [u8; 4] {
        bytes
    }
}

impl Byte for i8 {
    #[inline(always)]
    fn four([a, b, c, d]: [i8; 4]) -> [u8; 4] {
        [a.cast_unsigned(), b.cast_unsigned(), c.cast_unsigned(), d.cast_unsigned()]
    }
}

/// Lines, packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    /// `[groups][planes of a group]`.
    planes: Vec<Plane>,
    group: usize,
}

impl Packed {
    /// Packs lines of K bytes, `together` (4 or 8) in a group. The length of `bytes` is theirs.
    pub(super) fn new<L: Lanes, T: Byte>(
        bytes: &[T],
        [lines, inputs, together]: [usize; 3],
        by: By,
        is_signed: bool,
    ) -> Result<Packed, ShapeError> {
        let fours = together / 4;
        let group = inputs.div_ceil(4) * 2 * fours;
        let mut planes = vec![Plane::ZERO; elements(lines.div_ceil(together), group)?];
        // A step takes four bytes of each line to so many planes: where the first of four lines is, and how
        // far from it the second.
        let step = 2 * fours;
        let (place, second) = match by {
            By::Twos => (1, fours),
            By::Fours => (2, 1),
        };
        let line = |line: usize| {
            let bytes = if line < lines { &bytes[line * inputs..][..inputs] } else { &[] };
            padded(bytes, inputs.next_multiple_of(4))
        };
        for (at, planes) in planes.chunks_exact_mut(group.max(1)).enumerate() {
            for four in 0..fours {
                let first = at * together + 4 * four;
                let lines = [line(first), line(first + 1), line(first + 2), line(first + 3)];
                let [a, b, c, d] = lines.each_ref().map(|line| line.as_chunks::<4>().0.iter());
                let planes = planes.chunks_exact_mut(step);
                for ((((a, b), c), d), planes) in a.zip(b).zip(c).zip(d).zip(planes) {
                    let bytes = [T::four(*a), T::four(*b), T::four(*c), T::four(*d)];
                    let (one, two) = L::widen(bytes, by, is_signed);
                    L::store(one, &mut planes[four * place]);
                    L::store(two, &mut planes[four * place + second]);
                }
            }
        }
        Ok(Packed { planes, group })
    }

    /// The planes of a group.
    #[inline(always)]
    pub(super) fn group(&self, group: usize) -> &[Plane] {
        self.planes.get(group * self.group..(group + 1) * self.group).unwrap_or_default()
    }

    /// Planes of a group.
    pub(super) fn group_len(&self) -> usize {
        self.group
    }
}

/// A line with zeros to a length.
fn padded<T: Byte>(line: &[T], length: usize) -> Cow<'_, [T]> {
    if line.len() == length {
        return Cow::Borrowed(line);
    }
    let mut padded = vec![T::default(); length];
    padded[..line.len()].copy_from_slice(line);
    Cow::Owned(padded)
}
