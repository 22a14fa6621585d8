//! [`gather`]: values at strides, into a buffer in C order.

use super::bytes::Bytes;
use super::error::ReadError;
use super::limits::MOST_SPREAD;

/// An axis: how many values, and from each to the next, in values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Axis {
    /// How many values.
    pub size: u64,
    /// From one to the next, in values.
    pub stride: u64,
}

/// An axis, and its stride in the buffer.
#[derive(Clone, Copy)]
struct Way {
    size: u64,
    from: u64,
    to: u64,
}

/// A stretch with less than one value of so many that are wanted is not read as a whole, …
const SPARSE: u64 = 16;
/// … unless it is as short as that, in values.
const SHORT: u64 = 16 << 10;

/// Fills `out` with the values of these axes, the first one at place `start`, in C order. `item` is
/// the size of a value in bytes, 1, 2, 4 or 8; `out` has room for just all values, at least one.
///
/// Values that do not follow each other are picked from stretches of at most [`MOST_SPREAD`] bytes.
///
/// # Errors
/// What reading says.
pub fn gather(
    bytes: &Bytes,
    item: usize,
    start: u64,
    axes: &[Axis],
    out: &mut [u8],
) -> Result<(), ReadError> {
    let mut ways = Vec::new();
    let mut to = 1;
    for axis in axes.iter().rev().filter(|axis| axis.size != 1) {
        let way = Way { size: axis.size, from: axis.stride, to };
        to *= axis.size;
        // What follows on in both is one way.
        match ways.last_mut() {
            Some(Way { size, from, to }) if *size * *from == way.from && *size * *to == way.to => {
                *size *= way.size;
            }
            _ => ways.push(way),
        }
    }
    let gather = Gather { bytes, item };
    if ways.is_empty() || matches!(ways[..], [Way { from: 1, .. }]) {
        return bytes.read_at(start * item as u64, out);
    }
    gather.along(&ways, start, 0, out, &mut Vec::new())
}

struct Gather<'b> {
    bytes: &'b Bytes,
    item: usize,
}

impl Gather<'_> {
    /// The values of these ways, read at once if they lie close together, else in two halves.
    fn along(
        &self,
        ways: &[Way],
        start: u64,
        to: u64,
        out: &mut [u8],
        scratch: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        let count: u64 = ways.iter().map(|way| way.size).product();
        let spread = ways.iter().map(|way| (way.size - 1) * way.from).sum::<u64>() + 1;
        let is_dense = spread <= SHORT || spread / SPARSE <= count;
        if spread.saturating_mul(self.item as u64) <= MOST_SPREAD && is_dense {
            scratch.resize(usize::try_from(spread).unwrap_or(0) * self.item, 0);
            self.bytes.read_at(start * self.item as u64, scratch)?;
            match self.item {
                1 => pick::<1>(ways, 0, to, scratch, out),
                2 => pick::<2>(ways, 0, to, scratch, out),
                4 => pick::<4>(ways, 0, to, scratch, out),
                _ => pick::<8>(ways, 0, to, scratch, out),
            }
            return Ok(());
        }
        // The way that spreads most is one of at least two values: the spread is more than one.
        let reach = |way: &Way| (way.size - 1) * way.from;
        let widest = (0..ways.len()).max_by_key(|&index| reach(&ways[index])).unwrap_or(0);
        let mut half = ways.to_vec();
        let first = ways[widest].size / 2;
        half[widest].size = first;
        self.along(&half, start, to, out, scratch)?;
        let Way { size, from, to: out_stride } = ways[widest];
        half[widest].size = size - first;
        self.along(&half, start + first * from, to + first * out_stride, out, scratch)
    }
}

/// Copies values from where they lie to where they belong.
fn pick<const N: usize>(ways: &[Way], from: u64, to: u64, scratch: &[u8], out: &mut [u8]) {
    let (scratch, _) = scratch.as_chunks::<N>();
    let (out, _) = out.as_chunks_mut::<N>();
    pick_values(ways, from, to, scratch, out);
}

fn pick_values<T: Copy>(ways: &[Way], from: u64, to: u64, scratch: &[T], out: &mut [T]) {
    let place = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
    match ways {
        [] => out[place(to)] = scratch[place(from)],
        [way] => {
            let (mut from, mut to) = (place(from), place(to));
            for _ in 0..way.size {
                out[to] = scratch[from];
                from += place(way.from);
                to += place(way.to);
            }
        }
        // Ways begin with the one that is the last axis.
        [inner @ .., outer] => {
            for index in 0..outer.size {
                let (from, to) = (from + index * outer.from, to + index * outer.to);
                pick_values(inner, from, to, scratch, out);
            }
        }
    }
}
