//! [`Graph`]: nodes and constants of a model, of a branch or of a loop's body.

mod attribute;

use super::super::error::{ErrorKind, ReadError};
use super::super::limits::MOST_NESTED;
use super::constant::Constant;
use super::wire::{Field, Wire, integer, no_message};

pub use attribute::{Attribute, AttributeValue};

/// A graph, as its message has it.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// Its constants.
    pub constants: Vec<Constant>,
    /// Values that come from outside, or whose type is told.
    pub typed: Vec<Typed>,
    /// Whether it also has constants that are stored sparsely, which are not read.
    pub has_sparse: bool,
}

/// A value whose type is told.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The value's name.
    pub name: Box<str>,
    /// The number of its elements' type in onnx.proto.
    pub data_type: i64,
}

/// A node, as its message has it.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its name; may be empty.
    pub name: Box<str>,
    /// Its operator.
    pub op: Box<str>,
    /// Where the operator is defined; empty for ONNX's own.
    pub domain: Box<str>,
    /// Names of its inputs; an empty one is left out.
    pub inputs: Vec<Box<str>>,
    /// Names of its outputs.
    pub outputs: Vec<Box<str>>,
    /// What it is told besides.
    pub attributes: Vec<Attribute>,
}

/// How much of a graph's memory a part takes, in sixteen bytes.
const NODE: usize = 8;
const CONSTANT: usize = 10;
const ATTRIBUTE: usize = 5;
const TYPED: usize = 2;

impl Graph {
    /// Reads a message, at that depth of graphs in graphs.
    ///
    /// # Errors
    /// What is wrong with its encoding, or [`ErrorKind::NestingTooDeep`].
    pub fn read(wire: &mut Wire, field: Field, depth: usize) -> Result<Graph, ReadError> {
        let Field::Until(end) = field else {
            return Err(no_message());
        };
        if depth > MOST_NESTED {
            return Err(ErrorKind::NestingTooDeep { most: MOST_NESTED }.into());
        }
        let mut graph = Graph::default();
        while let Some((number, field)) = wire.next(end)? {
            match number {
                1 => {
                    let node = Node::read(wire, field, depth)?;
                    // What has no operator or no name, nobody can ask for.
                    if !node.op.is_empty() {
                        wire.count(NODE)?;
                        graph.nodes.push(node);
                    }
                }
                5 => {
                    let constant = Constant::read(wire, field)?;
                    if !constant.name.is_empty() {
                        wire.count(CONSTANT)?;
                        graph.constants.push(constant);
                    }
                }
                11..=13 => {
                    let typed = Typed::read(wire, field)?;
                    if typed.data_type != 0 {
                        wire.count(TYPED)?;
                        graph.typed.push(typed);
                    }
                }
                15 => {
                    graph.has_sparse = true;
                    wire.pass(field)?;
                }
                _ => wire.pass(field)?,
            }
        }
        Ok(graph)
    }
}

impl Node {
    /// Reads a message, inside graphs so deep.
    ///
    /// # Errors
    /// As [`Graph::read`].
    pub fn read(wire: &mut Wire, field: Field, depth: usize) -> Result<Node, ReadError> {
        let Field::Until(end) = field else {
            return Err(no_message());
        };
        let mut node = Node::default();
        while let Some((number, field)) = wire.next(end)? {
            match number {
                1 | 2 => {
                    wire.count(1)?;
                    let name = wire.text(field)?;
                    let names = if number == 1 { &mut node.inputs } else { &mut node.outputs };
                    names.push(name);
                }
                3 => node.name = wire.text(field)?,
                4 => node.op = wire.text(field)?,
                5 => {
                    let attribute = Attribute::read(wire, field, depth)?;
                    if !attribute.name.is_empty() {
                        wire.count(ATTRIBUTE)?;
                        node.attributes.push(attribute);
                    }
                }
                7 => node.domain = wire.text(field)?,
                _ => wire.pass(field)?,
            }
        }
        Ok(node)
    }

    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| &*attribute.name == name)
    }

    /// The graphs among its attributes, in the order of the message.
    pub fn graphs(&self) -> impl Iterator<Item = &Graph> {
        self.attributes.iter().filter_map(|attribute| match &attribute.value {
            AttributeValue::Graph(graph) => Some(&**graph),
            _ => None,
        })
    }
}

impl Typed {
    fn read(wire: &mut Wire, field: Field) -> Result<Typed, ReadError> {
        let Field::Until(end) = field else {
            return Err(no_message());
        };
        let mut typed = Typed { name: Box::default(), data_type: 0 };
        while let Some((number, field)) = wire.next(end)? {
            match (number, field) {
                (1, field) => typed.name = wire.text(field)?,
                (2, Field::Until(end)) => typed.data_type = element_type(wire, end)?,
                (_, field) => wire.pass(field)?,
            }
        }
        Ok(typed)
    }
}

/// The type of a tensor's elements, of a message about types.
fn element_type(wire: &mut Wire, end: u64) -> Result<i64, ReadError> {
    let mut found = 0;
    while let Some((number, field)) = wire.next(end)? {
        let (1, Field::Until(inner)) = (number, field) else {
            wire.pass(field)?;
            continue;
        };
        while let Some((number, field)) = wire.next(inner)? {
            match number {
                1 => found = integer(field)?,
                _ => wire.pass(field)?,
            }
        }
    }
    Ok(found)
}
