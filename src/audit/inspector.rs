//! [`Inspector`]: the tensors of a file, each read through once, and all of them together not without
//! end.

use std::collections::HashMap;
use std::rc::Rc;

use super::inspect::{Audits, Inspection, inspect_in};
use super::layout::KernelOrder;
use super::passes::Role;
use super::report::{QuantizedReport, TensorReport};
use crate::tensor::{ErrorKind, Identity, ReadError, Tensor};

/// Bytes that a small file may make of its tensors, which may share their values.
const SMALL: u64 = 1 << 32;
/// How often a byte of a file may be read beyond that: as a value of a packed file, or of several
/// tensors.
const OFTEN: u64 = 64;

/// What distinguishes an inspection from others.
type Key = (Identity, Role, [Vec<usize>; 3]);

/// Inspects the tensors of a file.
pub(super) struct Inspector {
    is_hashed: bool,
    /// Bytes that may still be read.
    left: u64,
    known: HashMap<Key, Result<Rc<Inspection>, ReadError>>,
    /// Memory that one tensor leaves to the next.
    room: Vec<u8>,
}

impl Inspector {
    /// For a file of so many bytes.
    pub fn new(size: u64, is_hashed: bool) -> Inspector {
        let left = size.saturating_mul(OFTEN).saturating_add(SMALL);
        Inspector { is_hashed, left, known: HashMap::new(), room: Vec::new() }
    }

    /// Inspects a tensor, or says again what is known of it.
    ///
    /// # Errors
    /// What [`inspect_in`] says, or [`ErrorKind::TooLarge`].
    pub fn inspect(
        &mut self,
        tensor: &Tensor,
        order: &KernelOrder,
        role: Role,
    ) -> Result<Rc<Inspection>, ReadError> {
        let key = tensor.view.identity().map(|identity| (identity, role, order.axes()));
        if let Some(known) = key.as_ref().and_then(|key| self.known.get(key)) {
            return known.clone();
        }
        let bytes = tensor.view.count().saturating_mul(tensor.stored.bytes() as u64);
        let result = match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                let inspected = inspect_in(tensor, order, role, self.is_hashed, &mut self.room);
                inspected.map(Rc::new)
            }
            None => {
                let what = "Bytes of all tensors, which are far more than the file has";
                Err(ErrorKind::TooLarge { what, found: None, most: self.left }.into())
            }
        };
        if let Some(key) = key {
            self.known.insert(key, result.clone());
        }
        result
    }

    /// Says in a report what is known of a tensor.
    ///
    /// # Errors
    /// As [`inspect`](Inspector::inspect).
    pub fn report(
        &mut self,
        tensor: &Tensor,
        order: &KernelOrder,
        role: Role,
        report: &mut TensorReport,
    ) -> Result<(), ReadError> {
        let inspection = self.inspect(tensor, order, role)?;
        report.shape = Some(Some(tensor.shape()));
        report.dtype = Some(tensor.dtype.name());
        report.hashed_as = Some(tensor.stored.hashed_as().name());
        report.sha256_values.clone_from(&inspection.sha256);
        report.first = Some(inspection.first.clone());
        match inspection.audits.clone() {
            Audits::Codes(totals) => report.audit = Some(Box::new(totals)),
            Audits::Shifted(totals) => report.audit_if_shifted_by_128 = Some(Box::new(totals)),
            Audits::IfQuantized { tensor, channel } => {
                let quantized = QuantizedReport { tensor, channel };
                report.audit_if_quantized = Some(Box::new(quantized));
            }
        }
        Ok(())
    }
}
