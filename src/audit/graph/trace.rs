//! [`weight`] and [`code_type`]: what an operand is made of, traced back through the graph.

use super::scope::{Origin, ScopeId, Scopes, Value};
use crate::tensor::onnx::{AttributeValue, Constant, Node};
use crate::tensor::{Dtype, MOST_AXES, order};

/// How far operands are traced back.
const MOST_STEPS: usize = 64;

/// Weights that an operand is made of.
#[derive(Clone, Debug)]
pub(super) struct Weight<'m> {
    /// What stores them.
    pub constant: &'m Constant,
    /// Their name: the constant's, or of the node that holds it.
    pub name: &'m str,
    /// Which axis of the constant each axis of the operand is; `None` for one of a single value.
    pub axes: Vec<Option<usize>>,
    /// How codes became real on the way.
    pub decoded: Option<Decoded<'m>>,
}

/// How codes became real numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decoded<'m> {
    /// Whether by DequantizeLinear; else by Cast, Sub and Mul.
    pub is_dequantized: bool,
    pub scale: Option<Value<'m>>,
    pub zero_point: Option<Value<'m>>,
    /// The axis of the channels, of the constant.
    pub axis: Option<i64>,
}

/// A step from an operand back to what it is made of.
enum Step {
    /// It is the same.
    Same,
    /// Axis i was axis `order[i]`; `None` reverses all.
    Transpose(Option<Vec<i64>>),
    /// Axes of a single value went; `None` for all of them.
    Squeeze(Option<Vec<i64>>),
    /// Such axes came.
    Unsqueeze(Vec<i64>),
}

/// Traces an operand back to the constant that it is made of. `None` if it is made of something else.
pub(super) fn weight<'m>(scopes: &Scopes<'m>, operand: Value<'m>) -> Option<Weight<'m>> {
    let (mut value, mut steps, mut decoded) = (operand, Vec::new(), None);
    for _ in 0..MOST_STEPS {
        let (scope, node) = match scopes.origin(value) {
            Origin::Constant(constant) => {
                let axes = axes(constant, &steps)?;
                return Some(Weight { constant, name: &constant.name, axes, decoded });
            }
            Origin::Node { scope, node, output: 0 } => (scope, node),
            _ => return None,
        };
        let input = |place| scopes.input(scope, node, place);
        value = match (&*node.op, decoded) {
            ("Constant", _) => {
                let Some(AttributeValue::Tensor(constant)) = scopes.attribute(scope, node, "value")
                else {
                    return None;
                };
                let axes = axes(constant, &steps)?;
                let name = node.outputs.first()?;
                return Some(Weight { constant, name, axes, decoded });
            }
            ("DequantizeLinear", None) => {
                decoded = Some(Decoded {
                    is_dequantized: true,
                    scale: input(1),
                    zero_point: input(2),
                    axis: Some(scopes.integer(scope, node, "axis").unwrap_or(1)),
                });
                input(0)?
            }
            ("Mul", None) => {
                let (codes, known) = cast_and_scaled(scopes, scope, node)?;
                decoded = Some(known);
                codes
            }
            _ => {
                steps.push(step(scopes, scope, node)?);
                input(0)?
            }
        };
    }
    None
}

/// What a node does to its first input, if nothing is done to values.
fn step<'m>(scopes: &Scopes<'m>, scope: ScopeId, node: &'m Node) -> Option<Step> {
    let listed = |name: &str| match scopes.attribute(scope, node, name) {
        Some(AttributeValue::Integers(list)) => Some(list.clone()),
        _ => None,
    };
    // Axes are an attribute in old models, a constant input in new ones.
    let of_input = || constant_integers(scopes, scopes.input(scope, node, 1)?);
    Some(match &*node.op {
        "Identity" => Step::Same,
        // From one float to another.
        "Cast"
            if scopes
                .integer(scope, node, "to")
                .is_some_and(|to| matches!(to, 1 | 10 | 11 | 16)) =>
        {
            Step::Same
        }
        "Transpose" => Step::Transpose(listed("perm")),
        "Squeeze" => Step::Squeeze(listed("axes").or_else(of_input)),
        "Unsqueeze" => Step::Unsqueeze(listed("axes").or_else(of_input)?),
        _ => return None,
    })
}

/// Codes that were cast to floats, perhaps had a zero point taken off, and are now multiplied by their
/// scale.
fn cast_and_scaled<'m>(
    scopes: &Scopes<'m>,
    scope: ScopeId,
    mul: &'m Node,
) -> Option<(Value<'m>, Decoded<'m>)> {
    let input = |node: &'m Node, scope, place| scopes.input(scope, node, place);
    let producer = |value: Value<'m>| match scopes.origin(value) {
        Origin::Node { scope, node, output: 0 } => Some((scope, node)),
        _ => None,
    };
    let is =
        |found: Option<(ScopeId, &'m Node)>, op: &str| found.filter(|(_, node)| &*node.op == op);
    for (codes, scale) in [(0, 1), (1, 0)] {
        let (codes, scale) = (input(mul, scope, codes)?, input(mul, scope, scale)?);
        let (mut cast, mut zero_point) = (producer(codes), None);
        if let Some((inner, sub)) = is(cast, "Sub") {
            cast = producer(input(sub, inner, 0)?);
            zero_point = input(sub, inner, 1);
        }
        if let Some((inner, cast)) = is(cast, "Cast") {
            let codes = input(cast, inner, 0)?;
            let decoded =
                Decoded { is_dequantized: false, scale: Some(scale), zero_point, axis: None };
            return Some((codes, decoded));
        }
    }
    None
}

/// Which axis of the constant each axis of the operand is; steps are listed from the operand on.
fn axes(constant: &Constant, steps: &[Step]) -> Option<Vec<Option<usize>>> {
    let rank = constant.rank();
    if rank > MOST_AXES {
        return None;
    }
    let mut axes: Vec<Option<usize>> = (0..rank).map(Some).collect();
    let is_single = |axis: &Option<usize>| axis.is_none_or(|axis| constant.size(axis) == Some(1));
    for step in steps.iter().rev() {
        match step {
            Step::Same => {}
            Step::Transpose(None) => axes.reverse(),
            Step::Transpose(Some(order)) => {
                let places = order.iter().map(|&place| usize::try_from(place).ok());
                let moved = places.map(|place| axes.get(place?).copied());
                let moved: Option<Vec<_>> = moved.collect();
                axes = moved.filter(|moved| moved.len() == axes.len())?;
            }
            Step::Squeeze(None) => axes.retain(|axis| !is_single(axis)),
            Step::Squeeze(Some(list)) | Step::Unsqueeze(list) if list.len() > MOST_AXES => {
                return None;
            }
            Step::Squeeze(Some(gone)) => {
                let count = axes.len();
                let gone: Option<Vec<usize>> =
                    gone.iter().map(|&axis| from_either_end(axis, count)).collect();
                let gone = gone?;
                let mut place = 0..;
                axes.retain(|_| place.next().is_some_and(|place| !gone.contains(&place)));
            }
            Step::Unsqueeze(new) => {
                let count = axes.len() + new.len();
                let new: Option<Vec<usize>> =
                    new.iter().map(|&axis| from_either_end(axis, count)).collect();
                let new = new?;
                let in_order = order(new.len(), &mut |one, other| new[one].cmp(&new[other]));
                for place in in_order.into_iter().map(|index| new[index]) {
                    if place > axes.len() {
                        return None;
                    }
                    axes.insert(place, None);
                }
            }
        }
    }
    Some(axes)
}

/// An axis that may be counted from the end.
pub(super) fn from_either_end(axis: i64, count: usize) -> Option<usize> {
    let count = i64::try_from(count).ok()?;
    let axis = if axis < 0 { axis + count } else { axis };
    (0..count).contains(&axis).then(|| usize::try_from(axis).ok())?
}

/// The whole numbers of a small constant.
fn constant_integers<'m>(scopes: &Scopes<'m>, value: Value<'m>) -> Option<Vec<i64>> {
    let constant = constant(scopes, value)?;
    constant.small_integers()
}

/// The constant that a value is.
pub(super) fn constant<'m>(scopes: &Scopes<'m>, value: Value<'m>) -> Option<&'m Constant> {
    let mut value = value;
    for _ in 0..MOST_STEPS {
        match scopes.origin(value) {
            Origin::Constant(constant) => return Some(constant),
            Origin::Node { scope, node, output: 0 } => match &*node.op {
                "Constant" => match scopes.attribute(scope, node, "value") {
                    Some(AttributeValue::Tensor(constant)) => return Some(constant),
                    _ => return None,
                },
                "Identity" => value = scopes.input(scope, node, 0)?,
                _ => return None,
            },
            _ => return None,
        }
    }
    None
}

/// Codes that were dequantized.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dequantized<'m> {
    pub codes: Value<'m>,
    pub scale: Option<Value<'m>>,
    pub zero_point: Option<Value<'m>>,
}

/// Where codes were dequantized just before a value, if they were. What only moves values may stand
/// between: ONNX Runtime moves DequantizeLinear past it.
pub(super) fn dequantized<'m>(scopes: &Scopes<'m>, value: Value<'m>) -> Option<Dequantized<'m>> {
    let mut value = value;
    for _ in 0..MOST_STEPS {
        let Origin::Node { scope, node, output: 0 } = scopes.origin(value) else {
            return None;
        };
        match &*node.op {
            "DequantizeLinear" => {
                let input = |place| scopes.input(scope, node, place);
                return Some(Dequantized {
                    codes: input(0)?,
                    scale: input(1),
                    zero_point: input(2),
                });
            }
            op if MOVES.contains(&op) => value = scopes.input(scope, node, 0)?,
            _ => return None,
        }
    }
    None
}

/// Operators that move values and change none.
const MOVES: &[&str] =
    &["Identity", "Reshape", "Transpose", "Squeeze", "Unsqueeze", "Flatten", "Dropout"];

/// The type of codes: of their zero point, or what made them. `None` if nothing tells: it is never
/// guessed.
pub(super) fn code_type<'m>(
    scopes: &Scopes<'m>,
    codes: Option<Value<'m>>,
    zero_point: Option<Value<'m>>,
) -> Option<Dtype> {
    zero_point
        .and_then(|zero_point| value_type(scopes, zero_point))
        .or_else(|| value_type(scopes, codes?))
}

/// The type of a value.
fn value_type<'m>(scopes: &Scopes<'m>, value: Value<'m>) -> Option<Dtype> {
    let mut value = value;
    for _ in 0..MOST_STEPS {
        let (scope, node, output) = match scopes.origin(value) {
            Origin::Constant(constant) => return constant.dtype().ok(),
            Origin::Outside(data_type) => return Constant::dtype_of(data_type).ok(),
            Origin::Node { scope, node, output } => (scope, node, output),
        };
        let input = |place| scopes.input(scope, node, place);
        value = match (&*node.op, output) {
            // The operator makes no other codes.
            ("DynamicQuantizeLinear", 0 | 2) => return Some(Dtype::UInt8),
            ("Constant", _) => match scopes.attribute(scope, node, "value")? {
                AttributeValue::Tensor(constant) => return constant.dtype().ok(),
                _ => return None,
            },
            ("QuantizeLinear", _) => match input(2) {
                Some(zero_point) => zero_point,
                None => {
                    // Without a zero point the attribute says it; without both the operator gives u8.
                    let told = scopes.integer(scope, node, "output_dtype").filter(|&to| to != 0);
                    return told.map_or(Some(Dtype::UInt8), |to| Constant::dtype_of(to).ok());
                }
            },
            ("Cast", _) => {
                return Constant::dtype_of(scopes.integer(scope, node, "to")?).ok();
            }
            ("QLinearConv" | "QLinearMatMul", _) => input(7)?,
            ("QGemm", _) => input(8)?,
            ("QLinearAdd" | "QLinearMul", _) => input(7)?,
            (
                "QLinearGlobalAveragePool"
                | "QLinearAveragePool"
                | "QLinearSigmoid"
                | "QLinearLeakyRelu",
                _,
            ) => input(4)?,
            (
                "MaxPool" | "Relu" | "Clip" | "Slice" | "Gather" | "Pad" | "Expand" | "Concat"
                | "Resize",
                _,
            ) => input(0)?,
            (op, _) if MOVES.contains(&op) => input(0)?,
            _ => return None,
        };
    }
    None
}
