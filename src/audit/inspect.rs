//! [`inspect`]: a tensor of a file, read through once or twice: its first values, its hash, its audit.

use std::rc::Rc;

use super::layout::{KernelOrder, Layout, Way};
use super::passes::{Checks, CodesAudit, FloatAudit, Maxima, Role, Values};
use super::totals::{Tally, Totals};
use crate::tensor::{Block, Bytes, Digest, MOST_HELD, Number, ReadError, Tensor, View};

/// What is known of a tensor's values.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// The first values.
    pub first: Vec<Number>,
    /// The SHA-256 of all values, in lower-case hexadecimal, if it was asked for.
    pub sha256: Option<String>,
    /// The audit.
    pub audits: Audits,
}

/// The audit of a tensor, by what its values are.
#[derive(Clone, Debug, PartialEq)]
pub enum Audits {
    /// Of codes as they are.
    Codes(Totals),
    /// Of unsigned codes, 128 taken off: as engines have them that turn them into signed ones.
    Shifted(Totals),
    /// Of real weights, quantized as PyTorch does.
    IfQuantized {
        /// With one scale.
        tensor: Totals,
        /// With one for each output.
        channel: Totals,
    },
}

/// Reads a tensor through. `is_hashed`: whether its hash is wanted.
///
/// It takes some megabytes of memory, however large the tensor: values are read twice if one scale needs
/// all of them, or if kernels read them in another order than they are stored in.
///
/// # Errors
/// [`ErrorKind::Nonfinite`](crate::tensor::ErrorKind::Nonfinite), [`ErrorKind::NotInt8`](crate::tensor::ErrorKind::NotInt8), or what reading says.
pub fn inspect(
    tensor: &Tensor,
    layout: Option<Layout>,
    role: Role,
    is_hashed: bool,
) -> Result<Inspection, ReadError> {
    inspect_in(tensor, &KernelOrder::new(&tensor.view, layout)?, role, is_hashed, &mut Vec::new())
}

/// The same in any order of kernels. `room` is memory that one call leaves to the next.
///
/// # Errors
/// As [`inspect`].
pub fn inspect_in(
    tensor: &Tensor,
    order: &KernelOrder,
    role: Role,
    is_hashed: bool,
    room: &mut Vec<u8>,
) -> Result<Inspection, ReadError> {
    let length = tensor.view.count().saturating_mul(tensor.stored.bytes() as u64);
    // What is read several times is held, if it is little.
    if length > MOST_HELD || role != Role::Float && order.is_one_pass() {
        return through(tensor, &tensor.view, order, role, is_hashed);
    }
    let held = Rc::new(tensor.view.held_in(std::mem::take(room), MOST_HELD)?);
    let bytes = Bytes::Held(Rc::clone(&held));
    let view = View::in_c_order(bytes, &tensor.shape(), tensor.stored.bytes(), false)?;
    let result = through(tensor, &view, &order.of_view(&view), role, is_hashed);
    drop(view);
    *room = Rc::try_unwrap(held).unwrap_or_default();
    result
}

/// Reads the values through, which `stored` has.
fn through(
    tensor: &Tensor,
    stored: &View,
    order: &KernelOrder,
    role: Role,
    is_hashed: bool,
) -> Result<Inspection, ReadError> {
    let mut digest = Digest::new(tensor.stored, is_hashed);
    let mut checks = Checks::new(role, tensor.shape());
    let mut values = Values::new(tensor.stored, role);
    let (mut tally, mut largest) = (Tally::new(order.inputs), 0.0_f32);
    let is_one_pass = role != Role::Float && order.is_one_pass();
    let way = order.way()?;
    // What is read in one pass is audited in it.
    let mut audit = CodesAudit::new(order, &mut tally);
    stored.blocks(&mut |block| {
        digest.take(block);
        values.decode(block);
        largest = largest.max(values.largest);
        checks.take(&values, block)?;
        if is_one_pass {
            values.turn(block, &way);
            audit.take(values.codes(block));
        }
        Ok(())
    })?;
    checks.verdict()?;
    let audits = match role {
        Role::Float => floats(order, &mut values, largest)?,
        _ => {
            if !is_one_pass {
                codes(order, &mut values, &mut tally)?;
            }
            let totals = tally.finish();
            if role == Role::Codes { Audits::Codes(totals) } else { Audits::Shifted(totals) }
        }
    };
    let (first, sha256) = digest.finish();
    Ok(Inspection { first, sha256, audits })
}

/// Audits codes in the order of kernels.
fn codes(order: &KernelOrder, values: &mut Values, tally: &mut Tally) -> Result<(), ReadError> {
    for band in order.bands()? {
        let mut audit = CodesAudit::new(&band, tally);
        in_order(&band, values, &mut |values, block| audit.take(values.codes(block)))?;
    }
    Ok(())
}

/// Audits real weights in the order of kernels, of which the largest has that magnitude.
fn floats(order: &KernelOrder, values: &mut Values, largest: f32) -> Result<Audits, ReadError> {
    let (mut tensor, mut channel) = (Tally::new(order.inputs), Tally::new(order.inputs));
    for band in order.bands()? {
        let mut maxima = Maxima::new(&band);
        if maxima.are_needed() {
            in_order(&band, values, &mut |values, block| maxima.take(values.floats(block)))?;
        }
        let mut audit = FloatAudit::new(&band, largest, maxima, (&mut tensor, &mut channel));
        in_order(&band, values, &mut |values, block| audit.take(values.floats(block)))?;
    }
    Ok(Audits::IfQuantized { tensor: tensor.finish(), channel: channel.finish() })
}

/// Reads values in the order of kernels.
fn in_order(
    order: &KernelOrder,
    values: &mut Values,
    take: &mut dyn FnMut(&Values, Block<'_>),
) -> Result<(), ReadError> {
    let way = order.way()?;
    let view = if let Way::Other(view) = &way { view } else { order.view() };
    view.blocks(&mut |block| {
        values.decode(block);
        values.turn(block, &way);
        take(values, block);
        Ok(())
    })
}
