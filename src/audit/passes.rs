//! What is made of a tensor's values while they are read, block by block.

use super::column_scan::ColumnScan;
use super::layout::{KernelOrder, MOST_WHOLE, Way};
use super::quantizer::{Real, WeightQuantizer, largest};
use super::row_scan::RowScan;
use super::totals::Tally;
use crate::tensor::{
    Block, Dtype, ErrorKind, Number, ReadError, append_floats, append_integers, index_of,
};

/// What a tensor's values are to a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Signed codes.
    Codes,
    /// Unsigned codes: 128 is taken off.
    Unsigned,
    /// Real weights.
    Float,
}

/// Real weights: decoded, or as they are stored.
#[derive(Clone, Copy)]
pub(super) enum Floats<'b> {
    Decoded(&'b [f32]),
    Stored(&'b [[u8; 4]]),
}

/// The values of a block as their role has them.
pub(super) struct Values {
    stored: Dtype,
    role: Role,
    /// Codes, as bytes of two's complement, where they are not the block's own bytes.
    codes: Vec<u8>,
    /// Real weights, where they are not the block's own bytes.
    floats: Vec<f32>,
    /// The largest magnitude of these; infinite or NaN if one of them is.
    pub largest: f32,
    /// Wide integers, before they are codes.
    integers: Vec<i64>,
}

impl Values {
    pub fn new(stored: Dtype, role: Role) -> Values {
        let (codes, floats, integers) = (Vec::new(), Vec::new(), Vec::new());
        Values { stored, role, codes, floats, largest: 0.0, integers }
    }

    /// The codes of the block that was decoded last.
    pub fn codes<'b>(&'b self, block: Block<'b>) -> &'b [u8] {
        if self.codes.is_empty() { block.bytes } else { &self.codes }
    }

    /// The real weights of the block that was decoded last.
    pub fn floats<'b>(&'b self, block: Block<'b>) -> Floats<'b> {
        if self.floats.is_empty() {
            Floats::Stored(block.bytes.as_chunks().0)
        } else {
            Floats::Decoded(&self.floats)
        }
    }

    pub fn decode(&mut self, block: Block<'_>) {
        self.codes.clear();
        self.floats.clear();
        self.integers.clear();
        match (self.role, self.stored.bytes()) {
            (Role::Float, _) => {
                if self.stored != Dtype::Float32 {
                    append_floats(block.bytes, self.stored, &mut self.floats);
                }
                self.largest = match self.floats(block) {
                    Floats::Decoded(floats) => largest(floats),
                    Floats::Stored(bytes) => largest(bytes),
                };
            }
            (Role::Codes, 1) => {}
            (Role::Unsigned, 1) => self.codes.extend(block.bytes.iter().map(|byte| byte ^ 0x80)),
            (role, _) => {
                append_integers(block.bytes, self.stored, &mut self.integers);
                let zero = if role == Role::Codes { 0 } else { 128 };
                let code = |value: &i64| value.wrapping_sub(zero).to_le_bytes()[0];
                self.codes.extend(self.integers.iter().map(code));
            }
        }
    }
}

impl Values {
    /// Exchanges channels and taps of whole outputs, if that is the way to the order of kernels.
    pub fn turn(&mut self, block: Block<'_>, way: &Way) {
        if let Way::Turned { channels, taps } = *way {
            if self.role == Role::Float && self.floats.is_empty() {
                append_floats(block.bytes, self.stored, &mut self.floats);
            } else if self.role != Role::Float && self.codes.is_empty() {
                self.codes.extend_from_slice(block.bytes);
            }
            turn(&mut self.codes, channels, taps);
            turn(&mut self.floats, channels, taps);
        }
    }
}

/// From `[channels][taps]` to `[taps][channels]`, in each whole row.
fn turn<T: Copy>(values: &mut [T], channels: usize, taps: usize) {
    let mut stored = Vec::new();
    for row in values.chunks_exact_mut(channels * taps) {
        stored.clear();
        stored.extend_from_slice(row);
        for (tap, turned) in row.chunks_exact_mut(channels).enumerate() {
            for (channel, value) in turned.iter_mut().enumerate() {
                *value = stored[channel * taps + tap];
            }
        }
    }
}

/// Whether all values can be what their role has them for.
pub(super) struct Checks {
    role: Role,
    shape: Vec<u64>,
    nan: u64,
    inf: u64,
    first: Option<u64>,
}

impl Checks {
    pub fn new(role: Role, shape: Vec<u64>) -> Checks {
        Checks { role, shape, nan: 0, inf: 0, first: None }
    }

    pub fn take(&mut self, values: &Values, block: Block<'_>) -> Result<(), ReadError> {
        let range = if self.role == Role::Codes { -128..=127 } else { 0..=255 };
        if let Some(place) = values.integers.iter().position(|value| !range.contains(value)) {
            let value = values.integers[place];
            let at = index_of(block.first + place as u64, &self.shape);
            let is_unsigned = values.stored == Dtype::UInt64;
            let value = if is_unsigned {
                Number::Unsigned(value.cast_unsigned())
            } else {
                Number::Integer(value)
            };
            return Err(ErrorKind::NotInt8 { value, at }.into());
        }
        if values.role != Role::Float || values.largest.is_finite() {
            return Ok(());
        }
        match values.floats(block) {
            Floats::Decoded(floats) => self.count(floats, block.first),
            Floats::Stored(bytes) => self.count(bytes, block.first),
        }
        Ok(())
    }

    /// Counts what is not finite.
    fn count<R: Real>(&mut self, floats: &[R], first: u64) {
        for (value, place) in floats.iter().map(|value| value.real()).zip(first..) {
            if !value.is_finite() {
                self.nan += u64::from(value.is_nan());
                self.inf += u64::from(value.is_infinite());
                self.first.get_or_insert(place);
            }
        }
    }

    pub fn verdict(&self) -> Result<(), ReadError> {
        match self.first {
            Some(place) => Err(ErrorKind::Nonfinite {
                nan: self.nan,
                inf: self.inf,
                first_at: index_of(place, &self.shape),
            }
            .into()),
            None => Ok(()),
        }
    }
}

/// The audit of codes in kernel order.
pub(super) struct CodesAudit<'t> {
    tally: &'t mut Tally,
    scan: Scan,
    /// Weights of an output, or of a matrix whose outputs are columns.
    whole: u64,
    /// How many of them have come.
    at: u64,
}

enum Scan {
    Rows(RowScan),
    Columns(ColumnScan),
}

impl<'t> CodesAudit<'t> {
    pub fn new(order: &KernelOrder, tally: &'t mut Tally) -> CodesAudit<'t> {
        let (scan, whole) = if order.goes_by_columns() {
            let scan = ColumnScan::new(to_usize(order.columns).max(1));
            (Scan::Columns(scan), order.columns.saturating_mul(order.inputs))
        } else {
            (Scan::Rows(RowScan::default()), order.inputs)
        };
        CodesAudit { tally, scan, whole, at: 0 }
    }

    /// Takes the next codes.
    pub fn take(&mut self, mut codes: &[u8]) {
        self.tally.extent.add(codes);
        while !codes.is_empty() {
            let (now, later) = codes.split_at(codes.len().min(to_usize(self.whole - self.at)));
            codes = later;
            self.at += now.len() as u64;
            let is_whole = self.at == self.whole;
            match &mut self.scan {
                Scan::Rows(scan) => {
                    scan.feed(now);
                    if is_whole {
                        self.tally.row(&scan.finish().audit());
                    }
                }
                Scan::Columns(scan) => {
                    scan.feed(now);
                    if is_whole {
                        scan.finish().iter().for_each(|sums| self.tally.row(&sums.audit()));
                    }
                }
            }
            self.at %= self.whole;
        }
    }
}

/// The largest magnitudes of those outputs that are not whole in a block.
pub(super) struct Maxima {
    /// Of each output by its place, where it is needed before the output is read.
    of: Vec<f32>,
    by_columns: bool,
    inputs: u64,
    columns: u64,
    /// The place of the next weight.
    at: u64,
}

impl Maxima {
    pub fn new(order: &KernelOrder) -> Maxima {
        let KernelOrder { inputs, columns, .. } = *order;
        let by_columns = order.goes_by_columns();
        Maxima { of: Vec::new(), by_columns, inputs, columns, at: 0 }
    }

    /// Whether outputs are not whole in a block.
    pub fn are_needed(&self) -> bool {
        self.by_columns || self.inputs > MOST_WHOLE
    }

    /// Takes the next weights in kernel order.
    pub fn take(&mut self, weights: Floats<'_>) {
        match weights {
            Floats::Decoded(weights) => self.next(weights),
            Floats::Stored(weights) => self.next(weights),
        }
    }

    fn next<R: Real>(&mut self, mut weights: &[R]) {
        if !self.are_needed() {
            return;
        }
        let line = if self.by_columns { self.columns } else { self.inputs };
        while !weights.is_empty() {
            let within = self.at % line;
            let count = weights.len().min(to_usize(line - within));
            let (now, later) = weights.split_at(count);
            weights = later;
            if self.by_columns {
                let matrix = self.at / line / self.inputs;
                let start = to_usize(matrix * self.columns + within);
                self.reach(start + count);
                let maxima = &mut self.of[start..start + count];
                let pairs = maxima.iter_mut().zip(now);
                pairs.for_each(|(most, weight)| *most = most.max(weight.real().abs()));
            } else {
                let row = to_usize(self.at / line);
                self.reach(row + 1);
                self.of[row] = self.of[row].max(largest(now));
            }
            self.at += count as u64;
        }
    }

    fn reach(&mut self, length: usize) {
        if self.of.len() < length {
            self.of.resize(length, 0.0);
        }
    }
}

/// The audit of real weights in kernel order, quantized with one scale and with one for each output.
pub(super) struct FloatAudit<'t> {
    maxima: Maxima,
    tensor: CodesAudit<'t>,
    channel: CodesAudit<'t>,
    /// The reciprocal of the one scale.
    reciprocal: f32,
    /// Of those of each output, where they are needed before the output is read.
    reciprocals: Vec<f32>,
    codes: Vec<u8>,
    at: u64,
}

const QUANTIZER: WeightQuantizer = WeightQuantizer::TORCH;

fn reciprocal(most: f32) -> f32 {
    1.0 / QUANTIZER.scale(most)
}

impl<'t> FloatAudit<'t> {
    pub fn new(
        order: &KernelOrder,
        largest: f32,
        mut maxima: Maxima,
        (tensor, channel): (&'t mut Tally, &'t mut Tally),
    ) -> FloatAudit<'t> {
        let reciprocals = std::mem::take(&mut maxima.of).into_iter().map(reciprocal).collect();
        FloatAudit {
            reciprocal: reciprocal(largest),
            maxima,
            tensor: CodesAudit::new(order, tensor),
            channel: CodesAudit::new(order, channel),
            reciprocals,
            codes: Vec::new(),
            at: 0,
        }
    }

    /// Takes the next weights.
    pub fn take(&mut self, weights: Floats<'_>) {
        match weights {
            Floats::Decoded(weights) => self.next(weights),
            Floats::Stored(weights) => self.next(weights),
        }
    }

    fn next<R: Real>(&mut self, weights: &[R]) {
        let one = self.reciprocal;
        self.codes.clear();
        self.codes.extend(weights.iter().map(|&weight| code(weight, one)));
        self.tensor.take(&self.codes);
        self.codes.clear();
        let Maxima { by_columns, inputs, columns, .. } = self.maxima;
        let are_known = self.maxima.are_needed();
        let mut left = weights;
        while !left.is_empty() {
            let line = if by_columns { columns } else { inputs };
            let within = self.at % line;
            let count = left.len().min(to_usize(line - within));
            let (now, later) = left.split_at(count);
            left = later;
            if by_columns {
                let start = to_usize(self.at / line / inputs * columns + within);
                let scales = &self.reciprocals[start..start + count];
                let coded = now.iter().zip(scales).map(|(&weight, &one)| code(weight, one));
                self.codes.extend(coded);
            } else {
                let known = self.reciprocals.get(to_usize(self.at / line)).copied();
                let one = known.filter(|_| are_known).unwrap_or_else(|| reciprocal(largest(now)));
                self.codes.extend(now.iter().map(|&weight| code(weight, one)));
            }
            self.at += count as u64;
        }
        self.channel.take(&self.codes);
    }
}

#[inline]
fn code<R: Real>(weight: R, reciprocal: f32) -> u8 {
    QUANTIZER.round(weight.real(), reciprocal).cast_unsigned()
}

/// A number of values of a block, or of columns.
fn to_usize(values: u64) -> usize {
    usize::try_from(values).unwrap_or(usize::MAX)
}
