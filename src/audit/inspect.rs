//! [`inspect`]: a tensor of a file, read through once or twice: its first values, its hash, its audit.

use std::rc::Rc;

use super::layout::{KernelOrder, Layout, Way};
use super::passes::{Checks, CodesAudit, FloatAudit, Maxima, Role, Values};
use super::totals::Totals;
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
/// [`ReadError::Nonfinite`], [`ReadError::NotInt8`], or what reading says.
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
    let way = order.way()?;
    let mut digest = Digest::new(tensor.stored, is_hashed);
    let mut checks = Checks::new(role, tensor.shape());
    let mut values = Values::new(tensor.stored, role);
    let audits = if role == Role::Float {
        let mut maxima = Maxima::new(order);
        stored.blocks(&mut |block| {
            digest.take(block);
            values.decode(block);
            maxima.all(values.largest);
            checks.take(&values, block)
        })?;
        checks.verdict()?;
        if maxima.are_needed() {
            in_order(stored, &way, &mut values, &mut |values, block| {
                maxima.take(values.floats(block))
            })?;
        }
        let mut audit = FloatAudit::new(order, maxima);
        in_order(stored, &way, &mut values, &mut |values, block| audit.take(values.floats(block)))?;
        let (tensor, channel) = audit.finish();
        Audits::IfQuantized { tensor, channel }
    } else {
        let mut audit = CodesAudit::new(order);
        let is_one_pass = order.is_one_pass();
        stored.blocks(&mut |block| {
            digest.take(block);
            values.decode(block);
            checks.take(&values, block)?;
            if is_one_pass {
                values.turn(block, &way);
                audit.take(values.codes(block));
            }
            Ok(())
        })?;
        if !is_one_pass {
            in_order(stored, &way, &mut values, &mut |values, block| {
                audit.take(values.codes(block));
            })?;
        }
        let totals = audit.finish();
        if role == Role::Codes { Audits::Codes(totals) } else { Audits::Shifted(totals) }
    };
    let (first, sha256) = digest.finish();
    Ok(Inspection { first, sha256, audits })
}

/// Reads all values in the order of kernels.
fn in_order(
    stored: &View,
    way: &Way,
    values: &mut Values,
    take: &mut dyn FnMut(&Values, Block<'_>),
) -> Result<(), ReadError> {
    let view = if let Way::Other(view) = way { view } else { stored };
    view.blocks(&mut |block| {
        values.decode(block);
        values.turn(block, way);
        take(values, block);
        Ok(())
    })
}
