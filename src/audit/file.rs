//! [`FileAudit`]: one file, from its first byte to its report.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::activations::{Known, Library};
use super::graph::{Product, Products, Weights, products};
use super::inspector::Inspector;
use super::layout::{KernelOrder, Layout};
use super::passes::Role;
use super::report::{
    ErrorReport, FileReport, NbitsReport, ProductReport, QuantReport, TensorReport,
};
use super::role::{Judged, judge};
use super::runs::Runs;
use super::sample_set::SampleSet;
use super::verdict::Verdict;
use crate::tensor::onnx::{Constant, Model};
use crate::tensor::{
    Activation, Companions, Dtype, ErrorKind, MOST_CHANNELS, MOST_NESTED, Number, NumberKind,
    Opened, ReadError, Source, Tensor, Tensors, numbers, open,
};

/// What a file has in common with the others of its call.
#[derive(Clone, Copy)]
pub(super) struct Call<'c> {
    pub samples: &'c SampleSet,
    /// How tensors are laid out that no graph speaks of, if not by their axes.
    pub layout: Option<Layout>,
    /// Is told how many tensors are done, how many there are, and the name of the next one.
    pub tell: &'c dyn Fn(usize, usize, &str),
    /// Whether the time for a step is over.
    pub is_over: &'c dyn Fn() -> bool,
}

/// One file, from its first byte to its report: opened, then [stepped](FileAudit::step) through, then finished.
pub(super) struct FileAudit {
    opened: Rc<Opened>,
    report: FileReport,
    inspector: Inspector,
    tensors: Vec<TensorReport>,
    /// Why the first was skipped.
    skipped: Option<ReadError>,
    /// Why the first failed.
    failed: Option<ReadError>,
    remarks: Vec<String>,
    /// Scales that may still be listed.
    channels: u64,
    /// Files of samples that a layer could use.
    used: Vec<usize>,
    constants: Constants,
    /// Files that are missing.
    missing: BTreeSet<String>,
    /// The next tensor, or product of a graph.
    next: usize,
}

/// Constants of a model that were asked for: many nodes may share one, whose values have to be counted.
#[derive(Default)]
struct Constants(HashMap<*const Constant, Result<Tensor, ReadError>>);

impl Constants {
    fn tensor(&mut self, model: &Model, constant: &Constant) -> Result<Tensor, ReadError> {
        let known = self.0.entry(std::ptr::from_ref(constant));
        known.or_insert_with(|| model.tensor(constant)).clone()
    }
}

impl FileAudit {
    /// Opens a file. `is_hashed`: whether the hashes of values are wanted.
    ///
    /// # Errors
    /// [`ReadError`] if nothing of it can be used.
    pub fn open(
        name: &str,
        source: &Rc<dyn Source>,
        companions: &dyn Companions,
        is_hashed: bool,
    ) -> Result<FileAudit, ReadError> {
        let opened = open(name, Rc::clone(source), companions)?;
        let mut audit = FileAudit {
            report: FileReport::read(name),
            inspector: Inspector::new(opened.size, is_hashed),
            tensors: Vec::new(),
            skipped: None,
            failed: None,
            remarks: Vec::new(),
            channels: MOST_CHANNELS.saturating_add(opened.size / 4),
            used: Vec::new(),
            constants: Constants::default(),
            missing: BTreeSet::new(),
            next: 0,
            opened: Rc::new(opened),
        };
        let opened = Rc::clone(&audit.opened);
        let Tensors { skipped, errors, remarks, activations, .. } = &opened.tensors;
        skipped.iter().for_each(|named| audit.skip(&named.name, &named.why));
        errors.iter().for_each(|named| audit.fail(&named.name, &named.why));
        audit.remarks.extend(remarks.iter().cloned());
        for one in activations {
            audit.report.activations.insert(one.module.clone(), one.into());
        }
        Ok(audit)
    }

    /// Audits tensors until the time is over, one at least. Says whether all are done.
    ///
    /// # Errors
    /// [`ReadError`] if nothing of the file can be used.
    pub fn step(&mut self, call: Call<'_>) -> Result<bool, ReadError> {
        let opened = Rc::clone(&self.opened);
        match &opened.model {
            Some(model) => self.graph(model, call),
            None => Ok(self.tensors(&opened, call)),
        }
    }

    /// Counts a tensor as done. Whether the time is over.
    fn is_over(&mut self, call: Call<'_>) -> bool {
        self.next += 1;
        (call.is_over)()
    }

    fn skip(&mut self, name: &str, why: &ReadError) {
        self.report.skipped.push(name.to_string());
        self.skipped.get_or_insert_with(|| why.clone());
    }

    fn fail(&mut self, name: &str, why: &ReadError) {
        self.report.tensor_errors.entry(name.to_string()).or_insert_with(|| ErrorReport::from(why));
        self.failed.get_or_insert_with(|| why.clone());
    }

    /// A file without a graph.
    fn tensors(&mut self, opened: &Opened, call: Call<'_>) -> bool {
        let Tensors { read, errors, activations, .. } = &opened.tensors;
        let is_alone = read.len() + errors.len() == 1;
        let modules: HashMap<&str, &Activation> =
            activations.iter().map(|one| (&*one.module, one)).collect();
        while let Some(tensor) = read.get(self.next) {
            (call.tell)(self.next, read.len(), &tensor.name);
            match self.tensor(tensor, judge(tensor, opened.format, is_alone), &modules, call) {
                Ok(report) => self.tensors.push(report),
                Err(error) => self.fail(&tensor.name, &error),
            }
            if self.is_over(call) {
                break;
            }
        }
        self.next >= read.len()
    }

    /// A tensor of a file without a graph.
    fn tensor(
        &mut self,
        tensor: &Tensor,
        judged: Judged,
        modules: &HashMap<&str, &Activation>,
        call: Call<'_>,
    ) -> Result<TensorReport, ReadError> {
        let mut report = TensorReport {
            name: Some(tensor.name.clone()),
            shape: Some(Some(tensor.shape())),
            dtype: Some(tensor.dtype.name()),
            verdict: Some(Verdict::None),
            quant: tensor.quant.as_ref().map(QuantReport::from).map(Box::new),
            ..TensorReport::default()
        };
        match judged {
            Judged::Other => {}
            Judged::Wrong(error) => return Err(error),
            Judged::Weights { role, layout, verdict } => {
                let given = call.layout.filter(|given| given.fits(tensor.shape().len()));
                let layout = given.or(layout);
                (report.layout, report.verdict) = (layout, Some(verdict));
                let known = of_module(modules, &tensor.name);
                self.alone(tensor, role, (known, call), &mut report)?;
            }
        }
        Ok(report)
    }

    /// A tensor of weights without a graph.
    fn alone(
        &mut self,
        tensor: &Tensor,
        role: Role,
        (known, call): (Known, Call<'_>),
        report: &mut TensorReport,
    ) -> Result<(), ReadError> {
        let order = KernelOrder::new(&tensor.view, report.layout)?;
        self.inspector.report(tensor, &order, role, report)?;
        if role == Role::Codes {
            let (names, known) = ([&*tensor.name], (known, Library::Torch));
            report.samples = call.samples.of_layer(&names, (tensor, &order), known, &mut self.used);
        }
        Ok(())
    }

    /// A model with a graph.
    fn graph(&mut self, model: &Model, call: Call<'_>) -> Result<bool, ReadError> {
        // Made anew in each step: it is little beside what is read.
        let Products { all, not_judged } = products(model)?;
        while let Some(product) = all.get(self.next) {
            self.product(model, product, all.len(), call);
            if self.is_over(call) && self.next < all.len() {
                return Ok(false);
            }
        }
        if !self.missing.is_empty() {
            let files = std::mem::take(&mut self.missing).into_iter().collect();
            return Err(ErrorKind::NeedsFiles { files }.into());
        }
        if call.layout.is_some() {
            self.remarks
                .push("Its graph says how weights are laid out: --layout changes nothing.".into());
        }
        self.remarks.extend(not_judged.iter().map(|(op, count)| {
            let times = if *count == 1 { "once".to_string() } else { format!("{count} times") };
            format!(
                "{op}, which is there {times}, may multiply by constants, too; it is not judged."
            )
        }));
        Ok(true)
    }

    /// A product of a graph that has so many.
    fn product(&mut self, model: &Model, product: &Product<'_>, all: usize, call: Call<'_>) {
        let mut report = TensorReport {
            product: Some(Box::new(of_product(product))),
            verdict: Some(product.verdict),
            ..TensorReport::default()
        };
        let Some(weights) = &product.weights else {
            report.shape = Some(None);
            self.tensors.push(report);
            return;
        };
        report.name = Some(weights.name.to_string());
        (call.tell)(self.next, all, weights.name);
        match self.weights(model, (product, weights), call, &mut report) {
            Ok(()) => self.tensors.push(report),
            Err(error) => match error.kind() {
                ErrorKind::NeedsFiles { files } => self.missing.extend(files.iter().cloned()),
                _ if error.is_of_dtype() => self.skip(weights.name, &error),
                _ => self.fail(weights.name, &error),
            },
        }
    }

    fn weights(
        &mut self,
        model: &Model,
        (product, weights): (&Product<'_>, &Weights<'_>),
        call: Call<'_>,
        report: &mut TensorReport,
    ) -> Result<(), ReadError> {
        if let Some([bits, outputs, inputs, block_size, accuracy_level]) = weights.nbits {
            let nbits = NbitsReport { bits, outputs, inputs, block_size, accuracy_level };
            report.nbits = Some(Box::new(nbits));
            return Ok(());
        }
        let tensor = self.constants.tensor(model, weights.constant)?;
        let role = match tensor.dtype {
            Dtype::Int8 => Role::Codes,
            Dtype::UInt8 => Role::Unsigned,
            dtype if dtype.kind() == NumberKind::Real => Role::Float,
            dtype => {
                let dtype = dtype.name().to_string();
                return Err(ErrorKind::UnsupportedDtype { dtype }.into());
            }
        };
        if tensor.view.count() == 0 {
            return Err(ErrorKind::EmptyTensor { shape: tensor.shape() }.into());
        }
        let [stack, outputs, inner] = weights.axes.clone();
        let order = KernelOrder::of_axes(&tensor.view, stack, outputs, inner)?;
        self.inspector.report(&tensor, &order, role, report)?;
        report.layout = weights.layout;
        if role == Role::Codes && !call.samples.is_empty() {
            let known = (of_input(&mut self.constants, model, product), Library::Onnx);
            let (names, layer) = ([weights.name, product.node], (&tensor, &order));
            report.samples = call.samples.of_layer(&names, layer, known, &mut self.used);
        }
        if role != Role::Float {
            report.quant = self.quant(model, weights)?.map(Box::new);
        }
        Ok(())
    }

    /// How codes stand for real numbers. `None` where scales are those of blocks.
    fn quant(
        &mut self,
        model: &Model,
        weights: &Weights<'_>,
    ) -> Result<Option<QuantReport>, ReadError> {
        if weights.scale.is_some_and(|scale| scale.rank() > 1) {
            return Ok(None);
        }
        let mut values = |constant: Option<&Constant>| -> Result<Option<Vec<Number>>, ReadError> {
            let Some(constant) = constant else { return Ok(None) };
            let tensor = self.constants.tensor(model, constant)?;
            let count = tensor.view.count();
            let too_large = || {
                let what = "Scales of all weights together";
                ErrorKind::TooLarge { what, found: Some(count), most: self.channels }
            };
            self.channels = self.channels.checked_sub(count).ok_or_else(too_large)?;
            let bytes = tensor.view.held(MOST_CHANNELS * 8)?;
            Ok(Some(numbers(&bytes, tensor.stored)))
        };
        let scales = values(weights.scale)?;
        let zero_points = values(weights.zero_point)?;
        let scales: Option<Vec<f64>> =
            scales.map(|scales| scales.into_iter().map(Number::real).collect());
        // JSON has no number for others.
        let scales = scales.filter(|scales| scales.iter().all(|scale| scale.is_finite()));
        let integer = |number: Number| match number {
            Number::Integer(value) => value,
            _ => 0,
        };
        let zero_points: Vec<i64> = match zero_points {
            Some(zero_points) => zero_points.into_iter().map(integer).collect(),
            None => vec![0],
        };
        let is_channel = scales.as_ref().map_or(0, Vec::len).max(zero_points.len()) > 1;
        let axis = weights.axis.filter(|_| is_channel).and_then(|axis| u64::try_from(axis).ok());
        let scheme = if is_channel { "channel" } else { "tensor" };
        Ok(Some(QuantReport { scheme, axis, scales, zero_points }))
    }

    /// The report, unless nothing is left to report.
    ///
    /// # Errors
    /// [`ReadError`] if nothing of the file can be used.
    pub fn finish(mut self, samples: &SampleSet) -> Result<FileReport, ReadError> {
        let verdicts = self.tensors.iter().filter_map(|tensor| tensor.verdict);
        let Some(verdict) = Verdict::of_file(verdicts) else {
            let why = self.failed.or(self.skipped);
            return Err(why.unwrap_or(ErrorKind::NothingToAudit.into()));
        };
        self.remarks.extend(samples.remarks(&self.used));
        self.report.verdict =
            Some(if self.opened.tensors.is_converted { Verdict::Integer } else { verdict });
        self.report.tensors = Some(self.tensors);
        Runs::new().tell(&mut self.report);
        self.report.message = (!self.remarks.is_empty()).then(|| self.remarks.join(" "));
        Ok(self.report)
    }
}

/// What a model says of a layer's activations that PyTorch has converted.
fn of_module(modules: &HashMap<&str, &Activation>, name: &str) -> Known {
    let ends = name.match_indices('.').take(MOST_NESTED).map(|(end, _)| &name[..end]);
    let input = ends.filter_map(|module| modules.get(module)).last().and_then(|one| one.input);
    #[expect(clippy::cast_possible_truncation, reason = "a scale is a float32")]
    let scale = input.map(|(scale, _)| scale as f32);
    let zero_point = input.and_then(|(_, zero_point)| i32::try_from(zero_point).ok());
    Known::Model { scale, zero_point }
}

/// What a graph says of a product's activations, as far as it is constant and one number.
fn of_input(constants: &mut Constants, model: &Model, product: &Product<'_>) -> Known {
    let number = |constant: Option<&Constant>| {
        let tensor = constants.tensor(model, constant?).ok();
        let tensor = tensor.filter(|tensor| tensor.view.count() == 1)?;
        let bytes = tensor.view.held(8).ok()?;
        numbers(&bytes, tensor.stored).first().copied()
    };
    let [scale, zero_point] = product.input.map(number);
    #[expect(clippy::cast_possible_truncation, reason = "a scale is a float32")]
    let scale = scale.map(|scale| scale.real() as f32);
    let shift = if product.activation == Some(Dtype::Int8) { 128 } else { 0 };
    let zero_point = match zero_point {
        Some(Number::Integer(code)) => {
            i32::try_from(code).ok().map(|code| code.saturating_add(shift))
        }
        _ => None,
    };
    Known::Model { scale, zero_point }
}

fn of_product(product: &Product<'_>) -> ProductReport {
    ProductReport {
        node: product.node.to_string(),
        op: product.op.to_string(),
        activation: match product.activation {
            Some(Dtype::UInt8) => Some("u8"),
            Some(Dtype::Int8) => Some("s8"),
            _ => None,
        },
        groups: product.weights.as_ref().and_then(|weights| weights.groups.filter(|&n| n > 1)),
        ort_avx2: product.verdict.onnx_runtime_avx2(),
        how: product.how,
    }
}
