//! [`Closer`]: a product of a file, opened again: its outputs, and one of them with its pairs.

use std::rc::Rc;

use serde::Serialize;

use super::expectation::{Distribution, Expecter};
use super::files::Beside;
use super::graph::products;
use super::input::InputFile;
use super::layout::KernelOrder;
use super::pair::{CodeRange, first_code, pairs, worst_input};
use super::passes::{Role, Values};
use super::role::{Judged, judge};
use super::row::RowAudit;
use super::row_scan::RowScan;
use super::steps::Steps;
use crate::arith::{MAX_INPUTS, Rail};
use crate::tensor::{
    Block, Bytes, Dtype, ErrorKind, MOST_HELD, ReadError, Tensor, Tensors, View, index_of, open,
    order,
};

/// Outputs that are told, the worst of them.
const MOST_OUTPUTS: usize = 100;
/// Pairs of an output that are told, the worst of them.
const MOST_PAIRS: usize = 64;
/// Inputs of the part that is opened elsewhere: the most that a layer of the page has.
const MOST_PART: usize = 64;

/// What tells a product of a file from others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProductId {
    /// The tensor's name; empty where both operands are activations.
    pub tensor: String,
    /// The node's; empty for none.
    pub node: String,
    /// How many products before it have the same names.
    pub twin: usize,
}

/// The codes of a product.
#[derive(Debug)]
pub struct Closer {
    tensor: Tensor,
    order: KernelOrder,
    steps: Steps,
}

/// The outputs of a product.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutputsSaid {
    /// How many there are.
    pub outputs: u64,
    /// The worst of those that are hit, the worst first: the output's number, its unsafe pairs, the code
    /// from which on one can clamp, the most that it can lose, and that as a share of its full scale.
    pub worst: Vec<(u64, u64, u8, i64, f64)>,
    /// How many of them are hit.
    pub hit: u64,
    /// How often each pair of weights stands in it: (w₀, w₁) at 256·(w₁ + 128) + w₀ + 128.
    #[serde(skip)]
    pub density: Vec<u32>,
}

/// An output of a product.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutputSaid {
    /// Its number, from 0.
    pub output: u64,
    /// How many inputs it has.
    pub inputs: u64,
    /// How many pairs can clamp.
    pub unsafe_pairs: u64,
    /// The code from which on one can.
    pub first_code: Option<u8>,
    /// The most that can be lost at the upper and at the lower rail.
    pub losses: [i64; 2],
    /// The largest sum, without zero points.
    pub peak: i64,
    /// The larger loss as a share of it.
    pub share: f64,
    /// The larger loss in steps of the output's codes, where all scales are known.
    pub steps: Option<f64>,
    /// What is lost on average if each code is as likely as any, and each input independent: how many
    /// pairs clamp, and how much the sum is off.
    pub expected: (f64, f64),
    /// The worst pairs, the worst first.
    pub pairs: Vec<PairSaid>,
    /// Codes that reach the larger loss: how many inputs are at 255 while the others are at 0.
    pub worst_at_255: u64,
    /// Neighbouring weights around the worst pair, …
    pub part: Vec<i8>,
    /// … and the first one's input.
    pub part_from: u64,
}

/// A pair that can clamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PairSaid {
    /// Its first input.
    pub k: u64,
    /// Its weights.
    pub weights: [i8; 2],
    /// Its sum with both codes at 255.
    pub sum: i32,
    /// How much of it is lost.
    pub lost: i32,
    /// The code from which on it clamps, both codes alike.
    pub first_code: u8,
}

impl Closer {
    /// A product of a file.
    ///
    /// # Errors
    /// What reading says; [`ErrorKind::NothingToAudit`] if there is no such product, or it has no codes.
    pub fn open(files: &[InputFile], index: usize, id: &ProductId) -> Result<Closer, ReadError> {
        let none = ErrorKind::NothingToAudit;
        let Some(InputFile { name, source, .. }) = files.get(index) else {
            return Err(none.into());
        };
        let opened = open(name, Rc::clone(source), &Beside::new(files, index))?;
        let (tensor, role, order, steps) = if let Some(model) = &opened.model {
            let all = products(model)?.all;
            let named = all.iter().filter(|one| one.node == id.node);
            let mut twins = named
                .filter_map(|one| Some((one, one.weights.as_ref()?)))
                .filter(|(_, weights)| weights.name == id.tensor);
            let (product, weights) = twins.nth(id.twin).ok_or(none.clone())?;
            let tensor = model.tensor(weights.constant)?;
            let [stack, outputs, inner] = weights.axes.clone();
            // Of a stack each matrix has its own outputs, and scales are those of one.
            let steps = if stack.is_empty() {
                Steps::of_product(model, product, weights)
            } else {
                Steps::default()
            };
            let order = KernelOrder::of_axes(&tensor.view, stack, outputs, inner)?;
            let is_signed = tensor.dtype == Dtype::Int8;
            (tensor, if is_signed { Role::Codes } else { Role::Unsigned }, order, steps)
        } else {
            let Tensors { read: all, errors, activations, .. } = opened.tensors;
            let is_alone = all.len() + errors.len() == 1;
            let weights = all.into_iter().filter(|one| one.name == id.tensor).filter_map(|one| {
                match judge(&one, opened.format, is_alone) {
                    Judged::Weights { role, layout, .. } => Some((one, role, layout)),
                    Judged::Other | Judged::Wrong(_) => None,
                }
            });
            let (tensor, role, layout) = weights.into_iter().nth(id.twin).ok_or(none.clone())?;
            let order = KernelOrder::new(&tensor.view, layout)?;
            let steps = Steps::of_layer(&tensor, &activations);
            (tensor, role, order, steps)
        };
        if role == Role::Codes { Ok(Closer { tensor, order, steps }) } else { Err(none.into()) }
    }

    /// All outputs.
    ///
    /// # Errors
    /// What reading says.
    pub fn outputs(&self) -> Result<OutputsSaid, ReadError> {
        let mut density = vec![0_u32; 1 << 16];
        let mut hit: Vec<(u64, RowAudit)> = Vec::new();
        let (mut output, mut scan, mut row) = (0, RowScan::default(), Vec::new());
        let inputs = self.inputs()?;
        let mut values = Values::new(self.tensor.stored, Role::Codes);
        // Values of another order are picked one by one, which is slow where they are not held.
        let (stored, bytes) = (&self.tensor.view, self.tensor.stored.bytes());
        let kernel_order = if stored.count().saturating_mul(bytes as u64) <= MOST_HELD {
            let held = Bytes::Held(Rc::new(stored.held(MOST_HELD)?));
            let view = View::in_c_order(held, &self.tensor.shape(), bytes, false)?;
            self.order.of_view(&view)
        } else {
            self.order.clone()
        };
        kernel_order.by_rows()?.blocks(&mut |block| {
            values.decode(block);
            let mut bytes = values.codes(block);
            while !bytes.is_empty() {
                let (now, rest) = bytes.split_at(bytes.len().min(inputs - row.len()));
                row.extend_from_slice(now);
                bytes = rest;
                if row.len() < inputs {
                    break;
                }
                scan.feed(&row);
                let audit = scan.finish().audit();
                let signed: Vec<i8> = row.iter().map(|byte| byte.cast_signed()).collect();
                pairs(&signed).for_each(|pair| {
                    let count = &mut density[place(pair)];
                    *count = count.saturating_add(1);
                });
                if audit.pairs > 0 {
                    hit.push((output, audit));
                }
                output += 1;
                row.clear();
            }
            Ok(())
        })?;
        let by_share = &mut |one: usize, other: usize| {
            let [one, other] = [one, other].map(|place| hit[place].1.share());
            other.total_cmp(&one)
        };
        let worst = order(hit.len(), by_share).into_iter().take(MOST_OUTPUTS).map(|place| {
            let (output, ref audit) = hit[place];
            (output, audit.pairs, audit.first.unwrap_or(0), audit.loss(), audit.share())
        });
        Ok(OutputsSaid { outputs: output, worst: worst.collect(), hit: hit.len() as u64, density })
    }

    /// One output.
    ///
    /// # Errors
    /// What reading says; [`ErrorKind::NothingToAudit`] for one that is not there.
    pub fn output(&self, output: u64) -> Result<OutputSaid, ReadError> {
        if output >= self.order.rows {
            return Err(ErrorKind::NothingToAudit.into());
        }
        let row = self.row(output)?;
        let audit = RowAudit::of(&row, CodeRange::ALL);
        let all: Vec<PairSaid> =
            pairs(&row).zip(0..).filter_map(|(pair, j)| pair_said(pair, 2 * j)).collect();
        let by_loss = &mut |one: usize, other: usize| all[other].lost.cmp(&all[one].lost);
        let worst_pairs = order(all.len(), by_loss).into_iter().take(MOST_PAIRS);
        let worst_pairs = worst_pairs.map(|place| all[place]).collect();
        let rail = if audit.over >= audit.under { Rail::High } else { Rail::Low };
        let worst = worst_input(&row, rail, CodeRange::ALL);
        let expected = Expecter::new(Distribution::uniform(CodeRange::ALL)).row(&row);
        let middle = audit.worst_pair.unwrap_or(0).saturating_mul(2);
        let middle = usize::try_from(middle).unwrap_or(0).min(row.len());
        // Whole pairs, the worst in the middle as far as there are neighbours.
        let last = row.len().saturating_sub(MOST_PART).next_multiple_of(2);
        let from = middle.saturating_sub(MOST_PART / 2).min(last) & !1;
        let part = row[from..row.len().min(from + MOST_PART)].to_vec();
        Ok(OutputSaid {
            output,
            inputs: row.len() as u64,
            unsafe_pairs: audit.pairs,
            first_code: audit.first,
            losses: [audit.over, audit.under],
            peak: audit.peak,
            share: audit.share(),
            steps: self.steps.of(output).map(|step| audit.loss() as f64 * step),
            expected: (expected.clamps, expected.over + expected.under),
            pairs: worst_pairs,
            worst_at_255: worst.iter().filter(|&&code| code == u8::MAX).count() as u64,
            part,
            part_from: from as u64,
        })
    }

    /// Inputs of an output, as far as they can be held.
    fn inputs(&self) -> Result<usize, ReadError> {
        let inputs = usize::try_from(self.order.inputs).unwrap_or(usize::MAX);
        if inputs == 0 || inputs > MAX_INPUTS {
            let (what, most) = ("Inputs of an output that is opened", MAX_INPUTS as u64);
            return Err(ErrorKind::TooLarge { what, found: Some(self.order.inputs), most }.into());
        }
        Ok(inputs)
    }

    /// The weights of an output.
    fn row(&self, output: u64) -> Result<Vec<i8>, ReadError> {
        self.inputs()?;
        let [stack, outputs, inner] = self.order.axes();
        let by_rows = self.order.by_rows()?;
        let shape = by_rows.shape();
        let outer = stack.len() + outputs.len();
        let place = index_of(output, &shape[..outer]);
        let mut view = by_rows;
        for (axis, start) in place.into_iter().enumerate() {
            view = view.narrowed(axis, start, 1)?;
        }
        debug_assert_eq!(view.shape().len(), outer + inner.len());
        let bytes = view.held((MAX_INPUTS * self.tensor.stored.bytes()) as u64)?;
        let block = Block { first: 0, bytes: &bytes };
        let mut values = Values::new(self.tensor.stored, Role::Codes);
        values.decode(block);
        Ok(values.codes(block).iter().map(|byte| byte.cast_signed()).collect())
    }
}

/// Where a pair of weights stands in a density.
fn place([w0, w1]: [i8; 2]) -> usize {
    let place = |w: i8| usize::from(w.cast_unsigned() ^ 0x80);
    256 * place(w1) + place(w0)
}

/// A pair that can clamp; `None` if it cannot.
fn pair_said(weights: [i8; 2], k: u64) -> Option<PairSaid> {
    let first_code = first_code(weights)?;
    let (over, under) = CodeRange::ALL.losses(weights);
    let sum = weights.iter().map(|&weight| 255 * i32::from(weight)).sum();
    Some(PairSaid { k, weights, sum, lost: over.max(under), first_code })
}
