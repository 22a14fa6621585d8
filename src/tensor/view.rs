//! [`View`]: values that lie in [`Bytes`] with strides, handed on in C order.

use super::bytes::{Bytes, Place};
use super::error::{ErrorKind, ReadError};
use super::gather::{Axis, gather};
use super::limits::{MOST_AXES, MOST_BLOCK};

/// Values of one size, at strides of whole values. All that it reads is within its bytes: that is
/// checked when it is made.
#[derive(Clone, Debug)]
pub struct View {
    bytes: Bytes,
    /// Bytes of a value.
    item: usize,
    is_big_endian: bool,
    /// Where the first value lies, in values.
    start: u64,
    axes: Vec<Axis>,
}

/// What two views have in common if they are of the very same values in the very same order, with the
/// same axes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    place: Place,
    item: usize,
    is_big_endian: bool,
    start: u64,
    axes: Vec<Axis>,
}

/// Some values of a [`View`] that follow each other in C order.
#[derive(Clone, Copy, Debug)]
pub struct Block<'b> {
    /// The place of the first of them in C order.
    pub first: u64,
    /// Their bytes, little-endian.
    pub bytes: &'b [u8],
}

/// The product of a shape. `None` beyond 64 bits.
pub fn count(shape: &[u64]) -> Option<u64> {
    shape.iter().try_fold(1_u64, |product, &size| product.checked_mul(size))
}

/// The index, in a shape, of the value at that place in C order.
pub fn index_of(mut place: u64, shape: &[u64]) -> Vec<u64> {
    let mut index: Vec<u64> = shape
        .iter()
        .rev()
        .map(|&size| {
            let here = place % size.max(1);
            place /= size.max(1);
            here
        })
        .collect();
    index.reverse();
    index
}

impl View {
    /// Values of `item` bytes in C order, without a gap.
    ///
    /// # Errors
    /// [`ErrorKind::HeaderLies`] for a shape beyond 64 bits, [`ErrorKind::Truncated`] if the bytes are
    /// fewer, [`ErrorKind::HeaderInvalid`] for more than [`MOST_AXES`] axes.
    pub fn in_c_order(
        bytes: Bytes,
        shape: &[u64],
        item: usize,
        is_big_endian: bool,
    ) -> Result<View, ReadError> {
        let mut strides = vec![1; shape.len()];
        for axis in (1..shape.len()).rev() {
            // Beyond 64 bits is for `strided` to say.
            strides[axis - 1] = shape[axis].max(1).saturating_mul(strides[axis]);
        }
        View::strided(bytes, 0, shape, &strides, item, is_big_endian)
    }

    /// Values of `item` bytes, the first at place `start`, with a stride for each axis; both in
    /// values.
    ///
    /// # Errors
    /// As for [`in_c_order`](View::in_c_order), and [`ErrorKind::TooLarge`] if bytes that come in one
    /// order only are wanted in another and are too many to be held.
    pub fn strided(
        bytes: Bytes,
        start: u64,
        shape: &[u64],
        strides: &[u64],
        item: usize,
        is_big_endian: bool,
    ) -> Result<View, ReadError> {
        if shape.len() > MOST_AXES || shape.len() != strides.len() {
            let reason = format!("a shape has {} axes; at most {MOST_AXES} are read", shape.len());
            return Err(ErrorKind::HeaderInvalid { what: "tensor", reason }.into());
        }
        let lies = || ErrorKind::HeaderLies {
            reason: format!("the shape {shape:?} has more values than 64 bits can count"),
        };
        let total = count(shape).ok_or_else(lies)?;
        if total > 0 {
            let last = shape.iter().zip(strides).try_fold(start, |last, (&size, &stride)| {
                last.checked_add((size - 1).checked_mul(stride)?)
            });
            let end = last.and_then(|last| last.checked_add(1)?.checked_mul(item as u64));
            let needs = end.ok_or_else(lies)?;
            if needs > bytes.length() {
                let has = bytes.length();
                let needs = Some(needs);
                return Err(ErrorKind::Truncated { what: "A tensor", needs, has }.into());
            }
        }
        let axes = shape.iter().zip(strides);
        let axes = axes.map(|(&size, &stride)| Axis { size, stride }).collect();
        let view = View { bytes, item, is_big_endian, start, axes };
        view.reachable()
    }

    /// The same, with its bytes held where they come in one order only and another is wanted.
    fn reachable(mut self) -> Result<View, ReadError> {
        let is_from_start = self.start == 0 && self.is_in_c_order();
        if !is_from_start && !self.bytes.is_random_access() && self.count() > 0 {
            self.bytes = self.bytes.random_access()?;
        }
        Ok(self)
    }

    /// The shape.
    pub fn shape(&self) -> Vec<u64> {
        self.axes.iter().map(|axis| axis.size).collect()
    }

    /// The stride of each axis, in values.
    pub fn strides(&self) -> Vec<u64> {
        self.axes.iter().map(|axis| axis.stride).collect()
    }

    /// How many values there are.
    pub fn count(&self) -> u64 {
        self.axes.iter().map(|axis| axis.size).product()
    }

    /// Whether the values follow each other in C order.
    pub fn is_in_c_order(&self) -> bool {
        self.merged().len() <= 1
            && self.merged().first().is_none_or(|axis| axis.stride == 1 || axis.size == 1)
    }

    /// The same values with other axes: the axis `order[i]` becomes axis i.
    ///
    /// # Errors
    /// [`ErrorKind::HeaderInvalid`] if `order` does not name every axis once,
    /// [`ErrorKind::TooLarge`] as for [`strided`](View::strided).
    pub fn permuted(&self, order: &[usize]) -> Result<View, ReadError> {
        let mut is_named = vec![false; self.axes.len()];
        for &axis in order {
            if let Some(named) = is_named.get_mut(axis) {
                *named = true;
            }
        }
        if order.len() != self.axes.len() || is_named.contains(&false) {
            let reason = format!("{order:?} is no order of {} axes", self.axes.len());
            return Err(ErrorKind::HeaderInvalid { what: "tensor", reason }.into());
        }
        let axes = order.iter().map(|&axis| self.axes[axis]).collect();
        View { axes, ..self.clone() }.reachable()
    }

    /// Some of the values along an axis: `size` of them from `start` on.
    ///
    /// # Errors
    /// [`ErrorKind::HeaderInvalid`] if they are not all there, [`ErrorKind::TooLarge`] as for
    /// [`strided`](View::strided).
    pub fn narrowed(&self, axis: usize, start: u64, size: u64) -> Result<View, ReadError> {
        let mut view = self.clone();
        let end = start.checked_add(size);
        match view.axes.get_mut(axis) {
            Some(along) if end.is_some_and(|end| end <= along.size) => {
                along.size = size;
                view.start += start * along.stride;
                view.reachable()
            }
            _ => {
                let reason = format!("axis {axis} has no values {start} to {end:?}");
                Err(ErrorKind::HeaderInvalid { what: "tensor", reason }.into())
            }
        }
    }

    /// The same values, little-endian and in C order, in memory.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] for more than `most` bytes, or what reading them says.
    pub fn held(&self, most: u64) -> Result<Vec<u8>, ReadError> {
        self.held_in(Vec::new(), most)
    }

    /// The same in memory that was used before.
    ///
    /// # Errors
    /// As [`held`](View::held).
    pub fn held_in(&self, mut room: Vec<u8>, most: u64) -> Result<Vec<u8>, ReadError> {
        let length = self.count().saturating_mul(self.item as u64);
        let too_large = || {
            let what = "Bytes of a tensor that is held in memory";
            ErrorKind::TooLarge { what, found: Some(length), most }
        };
        let size = usize::try_from(length).ok().filter(|_| length <= most).ok_or_else(too_large)?;
        if self.bytes.is_random_access() && self.is_in_c_order() {
            // All of them at once; what the room has is overwritten.
            room.resize(size, 0);
            self.bytes.read_at(self.start * self.item as u64, &mut room)?;
            self.to_little_endian(&mut room);
            return Ok(room);
        }
        room.clear();
        room.reserve_exact(size);
        self.blocks(&mut |block| {
            room.extend_from_slice(block.bytes);
            Ok(())
        })?;
        Ok(room)
    }

    /// Hands on all values in C order, in blocks of at most [`MOST_BLOCK`] bytes. Where it fits, a
    /// block is made of whole rows of the last axes.
    ///
    /// # Errors
    /// What reading says, or the first error of `take`.
    pub fn blocks(
        &self,
        take: &mut dyn FnMut(Block<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let count = self.count();
        if count == 0 {
            return Ok(());
        }
        let is_from_start = self.start == 0 && self.is_in_c_order();
        match &self.bytes {
            Bytes::Held(held) if is_from_start && (self.item == 1 || !self.is_big_endian) => {
                let length = to_usize(self.values_at_once()) * self.item;
                let end = held.len().min(usize::try_from(count).unwrap_or(usize::MAX) * self.item);
                let mut blocks = held[..end].chunks(length).zip((0..).step_by(length / self.item));
                blocks.try_for_each(|(bytes, first)| take(Block { first, bytes }))
            }
            bytes if is_from_start && !bytes.is_random_access() => self.streamed(count, take),
            _ => {
                let mut walk = Walk { view: self, buffer: Vec::new(), first: 0 };
                walk.along(&self.axes, self.start, take)
            }
        }
    }

    /// How many values in C order make a block: as many of the last axes as fit, whole.
    fn values_at_once(&self) -> u64 {
        let most = (MOST_BLOCK / self.item) as u64;
        let mut row = 1;
        for axis in self.axes.iter().rev() {
            if row * axis.size > most {
                break;
            }
            row *= axis.size;
        }
        most - most % row
    }

    /// Values of bytes that come in this order only.
    fn streamed(
        &self,
        count: u64,
        take: &mut dyn FnMut(Block<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let step = self.values_at_once();
        let mut stream = self.bytes.stream()?;
        let mut buffer = Vec::new();
        let mut first = 0;
        while first < count {
            let values = step.min(count - first);
            buffer.resize(to_usize(values) * self.item, 0);
            stream.read_exact(&mut buffer).map_err(|error| self.placed(error))?;
            self.to_little_endian(&mut buffer);
            take(Block { first, bytes: &buffer })?;
            first += values;
        }
        Ok(())
    }

    /// An error about a value, whose place in C order becomes its index.
    fn placed(&self, error: ReadError) -> ReadError {
        match *error.kind() {
            ErrorKind::NotInt8 { value, ref at } if at.len() == 1 => {
                ErrorKind::NotInt8 { value, at: index_of(at[0], &self.shape()) }.into()
            }
            _ => error,
        }
    }

    fn to_little_endian(&self, bytes: &mut [u8]) {
        if self.is_big_endian {
            bytes.chunks_exact_mut(self.item).for_each(<[u8]>::reverse);
        }
    }

    /// The axes, without those of one value, and with those that are one row joined.
    fn merged(&self) -> Vec<Axis> {
        let mut merged: Vec<Axis> = Vec::new();
        for &axis in self.axes.iter().filter(|axis| axis.size != 1) {
            match merged.last_mut() {
                Some(outer) if outer.stride == axis.size.saturating_mul(axis.stride) => {
                    *outer =
                        Axis { size: outer.size.saturating_mul(axis.size), stride: axis.stride };
                }
                _ => merged.push(axis),
            }
        }
        merged
    }

    /// Whether it has the very same values in the very same order, whatever its axes.
    pub fn is_same_order(&self, other: &View) -> bool {
        let form = |view: &View| (view.item, view.is_big_endian, view.start);
        form(self) == form(other)
            && self.merged() == other.merged()
            && self.bytes.place().is_some()
            && self.bytes.place() == other.bytes.place()
    }

    /// What distinguishes it from other views, while both are there; `None` if nothing does.
    pub fn identity(&self) -> Option<Identity> {
        Some(Identity {
            place: self.bytes.place()?,
            item: self.item,
            is_big_endian: self.is_big_endian,
            start: self.start,
            axes: self.axes.clone(),
        })
    }
}

/// A way through a view, block by block.
struct Walk<'v> {
    view: &'v View,
    buffer: Vec<u8>,
    /// The place of the next block in C order.
    first: u64,
}

impl Walk<'_> {
    /// Everything along these axes, the first value at place `start`: as many indices of the first
    /// axis at once as fit into a block, or, where one does not, further along the others.
    fn along(
        &mut self,
        axes: &[Axis],
        start: u64,
        take: &mut dyn FnMut(Block<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let item = self.view.item;
        let Some((outer, inner)) = axes.split_first() else {
            return self.block(&[], start, take);
        };
        let row: u64 = inner.iter().map(|axis| axis.size).product();
        let per_block = (MOST_BLOCK / item) as u64 / row;
        let mut index = 0;
        while index < outer.size {
            let here = start + index * outer.stride;
            if per_block == 0 {
                self.along(inner, here, take)?;
                index += 1;
            } else {
                let size = per_block.min(outer.size - index);
                let mut part = vec![Axis { size, stride: outer.stride }];
                part.extend_from_slice(inner);
                self.block(&part, here, take)?;
                index += size;
            }
        }
        Ok(())
    }

    fn block(
        &mut self,
        axes: &[Axis],
        start: u64,
        take: &mut dyn FnMut(Block<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let View { bytes, item, .. } = self.view;
        let count: u64 = axes.iter().map(|axis| axis.size).product();
        self.buffer.resize(to_usize(count) * item, 0);
        gather(bytes, *item, start, axes, &mut self.buffer)?;
        self.view.to_little_endian(&mut self.buffer);
        take(Block { first: self.first, bytes: &self.buffer })?;
        self.first += count;
        Ok(())
    }
}

/// A number of values that fits into a block.
fn to_usize(values: u64) -> usize {
    usize::try_from(values).unwrap_or(MOST_BLOCK)
}
