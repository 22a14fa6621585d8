//! [`products`]: what every node of a graph multiplies by constants, and what becomes of it.

use super::operators::{Axes, Fuses, Kind, NOT_JUDGED, Operator, Slot, find};
use super::scope::{ScopeId, Scopes};
use super::trace::{self, Decoded, Dequantized, Weight};
use crate::audit::layout::Layout;
use crate::audit::report::How;
use crate::audit::verdict::Verdict;
use crate::tensor::onnx::{Constant, Model, Node};
use crate::tensor::{Dtype, NumberKind, ReadError};

/// A product of a graph.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Product<'m> {
    /// The node's name.
    pub node: &'m str,
    /// Its operator.
    pub op: &'m str,
    /// What becomes of it.
    pub verdict: Verdict,
    /// How that is known.
    pub how: How,
    /// The type of its activations, if they are codes.
    pub activation: Option<Dtype>,
    /// Their scale and zero point, as far as these are constants.
    pub input: [Option<&'m Constant>; 2],
    /// The scale of its output's codes, if it has such and that is a constant.
    pub output_scale: Option<&'m Constant>,
    /// Its weights; none if both operands are activations.
    pub weights: Option<Weights<'m>>,
}

/// The weights of a product.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Weights<'m> {
    /// Their name.
    pub name: &'m str,
    /// What stores them.
    pub constant: &'m Constant,
    /// How they are laid out, as stored.
    pub layout: Option<Layout>,
    /// The axes of a stack, of outputs and of inputs, of the constant.
    pub axes: [Vec<usize>; 3],
    /// Where their scales and zero points are.
    pub scale: Option<&'m Constant>,
    /// See `scale`.
    pub zero_point: Option<&'m Constant>,
    /// The axis of the channels, where the graph tells.
    pub axis: Option<i64>,
    /// How many groups a convolution has.
    pub groups: Option<i64>,
    /// Attributes of weights of a few bits: bits, N, K, block_size, accuracy_level.
    pub nbits: Option<[i64; 5]>,
}

/// All products of a model, and operators that are not judged with how often they are there.
pub(in crate::audit) struct Products<'m> {
    pub all: Vec<Product<'m>>,
    pub not_judged: Vec<(&'static str, usize)>,
}

/// Finds them.
///
/// # Errors
/// What is wrong with the model's functions, or [`ErrorKind::TooLarge`].
pub(in crate::audit) fn products(model: &Model) -> Result<Products<'_>, ReadError> {
    let scopes = Scopes::new(model)?;
    let mut products = Products { all: Vec::new(), not_judged: Vec::new() };
    for name in NOT_JUDGED {
        let count = scopes.nodes().filter(|(_, node)| *node.op == **name).count();
        if count > 0 {
            products.not_judged.push((name, count));
        }
    }
    for (scope, node) in scopes.nodes() {
        if let Some(operator) = find(&node.domain, &node.op) {
            let judge = Judge { scopes: &scopes, scope, node, operator };
            products.all.extend(operator.weights.iter().filter_map(|slot| judge.product(slot)));
        }
    }
    Ok(products)
}

struct Judge<'s, 'm> {
    scopes: &'s Scopes<'m>,
    scope: ScopeId,
    node: &'m Node,
    operator: &'static Operator,
}

impl<'m> Judge<'_, 'm> {
    fn product(&self, slot: &Slot) -> Option<Product<'m>> {
        let operand = self.scopes.input(self.scope, self.node, slot.weight)?;
        match trace::weight(self.scopes, operand) {
            Some(weight) => self.of_constant(slot, &weight),
            None => self.of_activations(slot),
        }
    }

    fn of_constant(&self, slot: &Slot, weight: &Weight<'m>) -> Option<Product<'m>> {
        // A type that is not read is found when the weights are.
        let dtype = weight.constant.dtype().ok();
        let mut how = How::Measured;
        let (verdict, activation) = match self.operator.kind {
            Kind::Nbits => (Verdict::Nbits, None),
            Kind::Dynamic => (integer_verdict(Some(Dtype::UInt8), dtype), Some(Dtype::UInt8)),
            Kind::Integer | Kind::WeightsFirst => {
                let input = |place| self.scopes.input(self.scope, self.node, place);
                let zero_point = self.operator.input_zero_point.and_then(input);
                let codes = input(self.operator.input);
                let activation = trace::code_type(self.scopes, codes, zero_point);
                (self.on_kernels(integer_verdict(activation, dtype), weight), activation)
            }
            Kind::Float { fuses } => {
                let (verdict, activation, is_read) = self.of_float(fuses, weight, dtype);
                if is_read {
                    how = How::Read;
                }
                (verdict, activation)
            }
        };
        let weights = self.weights(slot, weight)?;
        let Node { name, op, .. } = self.node;
        let input = self.input();
        let (weights, output_scale) = (Some(weights), self.output_scale());
        Some(Product { node: name, op, verdict, how, activation, input, output_scale, weights })
    }

    /// Of a float operator: floats, codes that are only stored so, or integers once it is fused; and
    /// whether that is read in ONNX Runtime's source alone.
    fn of_float(
        &self,
        fuses: Fuses,
        weight: &Weight<'m>,
        dtype: Option<Dtype>,
    ) -> (Verdict, Option<Dtype>, bool) {
        if dtype.is_some_and(|dtype| dtype.kind() == NumberKind::Real) {
            return (Verdict::Float, None, false);
        }
        let is_dequantized = weight.decoded.is_some_and(|decoded| decoded.is_dequantized);
        let input = self.scopes.input(self.scope, self.node, self.operator.input);
        let codes = input.and_then(|input| trace::dequantized(self.scopes, input));
        let activation = codes
            .and_then(|found| trace::code_type(self.scopes, Some(found.codes), found.zero_point));
        let output = self.node.outputs.first().map_or("", |name| name);
        let does_fuse = match fuses {
            Fuses::Never => false,
            Fuses::Alone => true,
            Fuses::BeforeQuantize => self.scopes.is_quantized(self.scope, output),
        };
        let verdict = match (activation, dtype) {
            _ if !is_dequantized || !does_fuse => Verdict::Stored,
            (Some(Dtype::UInt8), Some(Dtype::Int8)) => Verdict::QdqU8S8,
            (Some(Dtype::Int8), Some(Dtype::Int8)) => Verdict::QdqS8S8,
            (Some(Dtype::UInt8), Some(Dtype::UInt8)) => Verdict::QdqU8U8,
            // ONNX Runtime does not fuse signed activations with unsigned weights.
            _ => Verdict::Stored,
        };
        // Both are codes, and still they are multiplied as floats; or a kernel was not met in a run.
        let stays = is_dequantized && activation.is_some() && verdict == Verdict::Stored;
        let on_kernels = self.on_kernels(verdict, weight);
        (on_kernels, activation, stays || on_kernels == Verdict::U8S8Depthwise)
    }

    /// Scale and zero point of the activations, as far as they are constants.
    fn input(&self) -> [Option<&'m Constant>; 2] {
        let input = |place: usize| self.scopes.input(self.scope, self.node, place);
        let constant = |value| trace::constant(self.scopes, value);
        let (scale, zero_point) = if let Kind::Float { .. } = self.operator.kind {
            let value = input(self.operator.input);
            match value.and_then(|value| trace::dequantized(self.scopes, value)) {
                Some(Dequantized { scale, zero_point, .. }) => (scale, zero_point),
                None => (None, None),
            }
        } else {
            let at = |place: Option<usize>| place.and_then(input);
            (at(self.operator.input_scale), at(self.operator.input_zero_point))
        };
        [scale.and_then(constant), zero_point.and_then(constant)]
    }

    /// The scale of the output's codes, as far as it is a constant.
    fn output_scale(&self) -> Option<&'m Constant> {
        let value = match (self.operator.kind, self.operator.op) {
            (Kind::Float { .. }, _) => {
                self.scopes.output_scale(self.scope, self.node.outputs.first()?)
            }
            (_, "QLinearMatMul" | "QLinearConv") => self.scopes.input(self.scope, self.node, 6),
            (_, "QGemm") => self.scopes.input(self.scope, self.node, 7),
            _ => None,
        };
        trace::constant(self.scopes, value?)
    }

    /// What a verdict becomes on kernels for convolutions.
    fn on_kernels(&self, verdict: Verdict, weight: &Weight<'m>) -> Verdict {
        let saturates = matches!(verdict, Verdict::U8S8 | Verdict::QdqU8S8 | Verdict::QdqS8S8);
        match self.operator.kind {
            Kind::WeightsFirst if verdict == Verdict::U8S8 => Verdict::U8S8ConvInteger,
            Kind::WeightsFirst if verdict == Verdict::S8U8 => Verdict::S8U8ConvInteger,
            _ if saturates && self.is_depthwise(weight) => Verdict::U8S8Depthwise,
            _ => verdict,
        }
    }

    /// Whether each channel has a kernel and one output of its own.
    fn is_depthwise(&self, weight: &Weight<'m>) -> bool {
        let size = |place: usize| {
            let axis = weight.axes.get(place).copied().flatten();
            axis.map_or(Some(1), |axis| weight.constant.size(axis))
        };
        let groups = self.groups().and_then(|groups| u64::try_from(groups).ok());
        self.operator.axes == Axes::Conv
            && groups.is_some_and(|groups| groups > 1 && size(0) == Some(groups))
            && size(1) == Some(1)
    }

    fn groups(&self) -> Option<i64> {
        let is_convolution = self.operator.axes == Axes::Conv;
        let group = || self.scopes.integer(self.scope, self.node, "group").unwrap_or(1);
        is_convolution.then(group)
    }

    fn weights(&self, slot: &Slot, weight: &Weight<'m>) -> Option<Weights<'m>> {
        let input = |place: usize| self.scopes.input(self.scope, self.node, place);
        let constant = |value| trace::constant(self.scopes, value);
        let (scale, zero_point, axis) = match weight.decoded {
            Some(Decoded { scale, zero_point, axis, .. }) => (scale, zero_point, axis),
            None => (slot.scale.and_then(input), slot.zero_point.and_then(input), None),
        };
        let axis = axis.and_then(|axis| {
            let axis = trace::from_either_end(axis, weight.constant.rank())?;
            i64::try_from(axis).ok()
        });
        let nbits = (self.operator.kind == Kind::Nbits).then(|| {
            let attribute = |name: &str, default| {
                self.scopes.integer(self.scope, self.node, name).unwrap_or(default)
            };
            [
                attribute("bits", 4),
                attribute("N", 0),
                attribute("K", 0),
                attribute("block_size", 0),
                attribute("accuracy_level", 0),
            ]
        });
        let (layout, axes) = match nbits {
            Some(_) => (None, [vec![], vec![], vec![]]),
            None => self.axes(weight)?,
        };
        Some(Weights {
            name: weight.name,
            constant: weight.constant,
            layout,
            axes,
            scale: scale.and_then(constant),
            zero_point: zero_point.and_then(constant),
            axis,
            groups: self.groups(),
            nbits,
        })
    }

    /// Which axes of the constant are the stack, the outputs and the inputs, and what that layout is
    /// called. `None` for an operand that cannot be one of this operator.
    fn axes(&self, weight: &Weight<'m>) -> Option<(Option<Layout>, [Vec<usize>; 3])> {
        let axes = &weight.axes;
        let stored =
            |places: &[Option<usize>]| places.iter().copied().flatten().collect::<Vec<_>>();
        let flag = |name: &str| {
            self.scopes.integer(self.scope, self.node, name).is_some_and(|value| value != 0)
        };
        if self.operator.axes == Axes::Conv {
            let [outputs, channels, taps @ ..] = axes.as_slice() else { return None };
            let inner = [stored(taps), stored(&[*channels])].concat();
            return Some((Some(Layout::Oihw), [vec![], stored(&[*outputs]), inner]));
        }
        // A vector is one output.
        let [stack @ .., one, two] = axes.as_slice() else {
            return Some((None, [vec![], vec![], stored(axes)]));
        };
        let is_nk = match self.operator.axes {
            Axes::Nk => true,
            Axes::Gemm => flag("transB"),
            Axes::Kn | Axes::Conv => false,
        };
        let (outputs, inputs) = if is_nk { (*one, *two) } else { (*two, *one) };
        // By the order in which they are stored: a Transpose between turns one into the other.
        let layout = if outputs < inputs { Layout::Nk } else { Layout::Kn };
        Some((Some(layout), [stored(stack), stored(&[outputs]), stored(&[inputs])]))
    }

    /// Of a product of two activations: integers only, since floats do not saturate.
    fn of_activations(&self, slot: &Slot) -> Option<Product<'m>> {
        let input = |place: usize| self.scopes.input(self.scope, self.node, place);
        let code_type = |value, zero_point| trace::code_type(self.scopes, value, zero_point);
        let (activation, other) = match self.operator.kind {
            Kind::Integer | Kind::WeightsFirst => {
                let zero_point = self.operator.input_zero_point.and_then(input);
                let one = code_type(input(self.operator.input), zero_point);
                let two = code_type(input(slot.weight), slot.zero_point.and_then(input));
                (one, two)
            }
            Kind::Float { fuses: Fuses::Alone } => {
                let one = trace::dequantized(self.scopes, input(self.operator.input)?)?;
                let two = trace::dequantized(self.scopes, input(slot.weight)?)?;
                let of = |one: Dequantized<'m>| code_type(Some(one.codes), one.zero_point);
                (of(one), of(two))
            }
            _ => return None,
        };
        // Unsigned by unsigned is exact, whatever the data.
        let is_exact = other == Some(Dtype::UInt8);
        let verdict = if is_exact { Verdict::NotConstantExact } else { Verdict::NotConstant };
        let Node { name, op, .. } = self.node;
        let input = [None, None];
        let how = How::Measured;
        let (output_scale, weights) = (None, None);
        Some(Product { node: name, op, verdict, how, activation, input, output_scale, weights })
    }
}

/// What becomes of a product of integers of these types.
fn integer_verdict(activation: Option<Dtype>, weight: Option<Dtype>) -> Verdict {
    match (activation, weight) {
        (Some(Dtype::UInt8), Some(Dtype::Int8)) => Verdict::U8S8,
        (Some(Dtype::Int8), Some(Dtype::Int8)) => Verdict::S8S8,
        (Some(Dtype::Int8), Some(Dtype::UInt8)) => Verdict::S8U8,
        (_, Some(Dtype::UInt8)) => Verdict::U8U8,
        // Nothing tells the activations: the codes alone.
        _ => Verdict::Codes,
    }
}
