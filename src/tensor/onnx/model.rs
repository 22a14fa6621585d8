//! [`Model`]: a whole ONNX file.

use std::collections::BTreeMap;

use super::super::error::ReadError;
use super::super::source::Span;
use super::super::tensor::Tensor;
use super::constant::Constant;
use super::graph::{Attribute, AttributeValue, Graph, Node};
use super::wire::{Field, Wire, no_message};

/// A model. Of its constants only the places are held.
#[derive(Debug, Default)]
pub struct Model {
    /// Its graph.
    pub graph: Graph,
    /// Its own functions.
    pub functions: Vec<Function>,
    /// The other files that constants lie in, by name; `None` if one is not here.
    files: BTreeMap<String, Option<Span>>,
}

/// A function that a model defines: nodes that stand for one.
#[derive(Clone, Debug, Default)]
pub struct Function {
    /// Its name: an operator of its domain.
    pub name: Box<str>,
    /// Its domain.
    pub domain: Box<str>,
    /// Names of its inputs, inside.
    pub inputs: Vec<Box<str>>,
    /// Names of its outputs, inside.
    pub outputs: Vec<Box<str>>,
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// Attributes with what they are when nobody gives them.
    pub defaults: Vec<Attribute>,
}

/// Reads a model; `find` finds other files by their names without folders.
///
/// # Errors
/// What is wrong with its encoding. What is wrong with a constant is found when it is asked for.
pub fn read(span: Span, find: &dyn Fn(&str) -> Option<Span>) -> Result<Model, ReadError> {
    let mut wire = Wire::new(span);
    let end = wire.end();
    let mut model = Model::default();
    let mut is_model = false;
    while let Some((number, field)) = wire.next(end)? {
        match number {
            7 => {
                is_model = true;
                model.graph = Graph::read(&mut wire, field, 0)?;
            }
            25 => {
                let function = Function::read(&mut wire, field)?;
                if !function.name.is_empty() {
                    wire.count(16)?;
                    model.functions.push(function);
                }
            }
            _ => wire.pass(field)?,
        }
    }
    if !is_model {
        return Err(no_message());
    }
    let mut names = Vec::new();
    let of_functions = model.functions.iter().flat_map(|function| &function.nodes);
    collect(&model.graph, &mut names);
    of_functions.for_each(|node| collect_node(node, &mut names));
    let mut files = BTreeMap::new();
    for name in names {
        if !files.contains_key(name) {
            files.insert(name.to_string(), find(name));
        }
    }
    model.files = files;
    Ok(model)
}

impl Model {
    /// How many bytes the other files have that are here.
    pub fn size_of_files(&self) -> u64 {
        self.files.values().flatten().map(Span::length).sum()
    }

    /// A constant's tensor.
    ///
    /// # Errors
    /// [`ErrorKind::NeedsFiles`](crate::tensor::ErrorKind::NeedsFiles), or what is wrong with it.
    pub fn tensor(&self, constant: &Constant) -> Result<Tensor, ReadError> {
        constant.tensor(&|file| self.files.get(file).cloned().flatten())
    }
}

/// The names of other files that a graph's constants lie in.
fn collect<'g>(graph: &'g Graph, names: &mut Vec<&'g str>) {
    names.extend(graph.constants.iter().filter_map(Constant::file));
    graph.nodes.iter().for_each(|node| collect_node(node, names));
}

fn collect_node<'g>(node: &'g Node, names: &mut Vec<&'g str>) {
    for attribute in &node.attributes {
        match &attribute.value {
            AttributeValue::Graph(graph) => collect(graph, names),
            AttributeValue::Tensor(constant) => names.extend(constant.file()),
            _ => {}
        }
    }
}

impl Function {
    fn read(wire: &mut Wire, field: Field) -> Result<Function, ReadError> {
        let Field::Until(end) = field else {
            return Err(no_message());
        };
        let mut function = Function::default();
        while let Some((number, field)) = wire.next(end)? {
            match number {
                1 => function.name = wire.text(field)?,
                4 | 5 => {
                    wire.count(1)?;
                    let name = wire.text(field)?;
                    let is_input = number == 4;
                    let names = if is_input { &mut function.inputs } else { &mut function.outputs };
                    names.push(name);
                }
                7 => {
                    let node = Node::read(wire, field, 0)?;
                    if !node.op.is_empty() {
                        wire.count(8)?;
                        function.nodes.push(node);
                    }
                }
                10 => function.domain = wire.text(field)?,
                11 => {
                    wire.count(5)?;
                    function.defaults.push(Attribute::read(wire, field, 0)?);
                }
                _ => wire.pass(field)?,
            }
        }
        Ok(function)
    }
}
