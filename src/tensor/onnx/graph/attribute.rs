//! [`Attribute`]: what a node is told besides its inputs.

use super::super::super::error::ReadError;
use super::super::constant::Constant;
use super::super::wire::{Field, Wire, integer, no_message};
use super::Graph;

/// What a node is told besides its inputs.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: Box<str>,
    /// Inside a function: the caller's attribute that stands for this one.
    pub reference: Option<Box<str>>,
    /// Its value.
    pub value: AttributeValue,
}

/// The value of an attribute.
#[derive(Clone, Debug)]
pub enum AttributeValue {
    /// None, or of a kind that nothing here asks for.
    None,
    /// A whole number.
    Integer(i64),
    /// A real number.
    Float(f32),
    /// Whole numbers.
    Integers(Vec<i64>),
    /// A tensor.
    Tensor(Box<Constant>),
    /// A graph: the body of a loop, a branch.
    Graph(Box<Graph>),
}

impl Attribute {
    /// Reads a message, at that depth of graphs in graphs.
    ///
    /// # Errors
    /// What is wrong with its encoding, or [`ErrorKind::NestingTooDeep`](crate::tensor::ErrorKind::NestingTooDeep).
    pub fn read(wire: &mut Wire, field: Field, depth: usize) -> Result<Attribute, ReadError> {
        let Field::Until(end) = field else {
            return Err(no_message());
        };
        let mut name = Box::default();
        let (mut reference, mut value, mut integers) = (None, AttributeValue::None, Vec::new());
        while let Some((number, field)) = wire.next(end)? {
            match number {
                1 => name = wire.text(field)?,
                2 => {
                    let Field::Fixed32(bytes) = field else {
                        return Err(no_message());
                    };
                    value = AttributeValue::Float(f32::from_le_bytes(bytes));
                }
                3 => value = AttributeValue::Integer(integer(field)?),
                5 => value = AttributeValue::Tensor(Box::new(Constant::read(wire, field)?)),
                6 | 11 => {
                    value = AttributeValue::Graph(Box::new(Graph::read(wire, field, depth + 1)?))
                }
                8 => wire.integers(field, &mut integers)?,
                21 => reference = Some(wire.text(field)?),
                _ => wire.pass(field)?,
            }
        }
        if !integers.is_empty() {
            value = AttributeValue::Integers(integers);
        }
        Ok(Attribute { name, reference, value })
    }
}
