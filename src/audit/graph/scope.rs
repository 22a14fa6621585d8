//! [`Scopes`]: what names stand for, in graphs inside graphs and in functions where they are called.

use std::collections::HashMap;

use crate::tensor::onnx::{AttributeValue, Constant, Function, Graph, Model, Node};
use crate::tensor::{ErrorKind, MOST_NESTED, ReadError};

/// The most nodes and names that are looked at, with those of functions at every call.
const MOST_NODES: usize = 1 << 19;

/// A scope's place among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ScopeId(usize);

/// A value: its name, where the name is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Value<'m> {
    pub scope: ScopeId,
    pub name: &'m str,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'m> {
    /// A constant of the graph.
    Constant(&'m Constant),
    /// A node's output.
    Node { scope: ScopeId, node: &'m Node, output: usize },
    /// Outside: only the number of its elements' type is known, or nothing (0).
    Outside(i64),
}

/// What a name stands for in a scope.
#[derive(Clone, Copy)]
enum Named<'m> {
    Constant(&'m Constant),
    /// An output of the node at that place of the scope.
    Node {
        place: usize,
        output: usize,
    },
    /// A function's input: the caller's value.
    Given(Value<'m>),
    Outside(i64),
}

struct Scope<'m> {
    /// The scope around it; a function has none.
    parent: Option<ScopeId>,
    names: HashMap<&'m str, Named<'m>>,
    nodes: &'m [Node],
    /// Values that go into a QuantizeLinear, at once or behind an activation function, with its scale's name.
    quantized: HashMap<&'m str, Option<&'m str>>,
    /// Inside of a function: the call and what is defined for it.
    call: Option<Call<'m>>,
}

/// A call of a function.
#[derive(Clone, Copy)]
struct Call<'m> {
    caller: ScopeId,
    node: &'m Node,
    function: &'m Function,
}

/// A model's functions, by domain and name.
type Functions<'m> = HashMap<(&'m str, &'m str), &'m Function>;

/// All scopes of a model.
pub(super) struct Scopes<'m> {
    all: Vec<Scope<'m>>,
    /// The scope of a function at each of its calls: caller and node's place in it.
    calls: HashMap<(ScopeId, usize), ScopeId>,
    /// The number of nodes and names so far.
    nodes: usize,
    /// The scopes whose nodes come one after the other: graphs, graphs inside, and functions where they
    /// are called.
    order: Vec<(ScopeId, usize)>,
}

impl<'m> Scopes<'m> {
    /// Those of a model.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] or [`ErrorKind::NestingTooDeep`] where functions call each other without
    /// end.
    pub fn new(model: &'m Model) -> Result<Scopes<'m>, ReadError> {
        let mut functions = Functions::new();
        for function in &model.functions {
            functions.insert((&*function.domain, &*function.name), function);
        }
        let mut scopes =
            Scopes { all: Vec::new(), calls: HashMap::new(), nodes: 0, order: Vec::new() };
        scopes.graph(&model.graph, None, None, &functions, 0)?;
        Ok(scopes)
    }

    /// All nodes in the order in which they are told.
    pub fn nodes(&self) -> impl Iterator<Item = (ScopeId, &'m Node)> {
        self.order.iter().map(|&(scope, place)| (scope, &self.all[scope.0].nodes[place]))
    }

    fn graph(
        &mut self,
        graph: &'m Graph,
        parent: Option<ScopeId>,
        call: Option<Call<'m>>,
        functions: &Functions<'m>,
        depth: usize,
    ) -> Result<(), ReadError> {
        let mut names = HashMap::new();
        let typed = graph.typed.iter();
        names.extend(typed.map(|typed| (&*typed.name, Named::Outside(typed.data_type))));
        let constants = graph.constants.iter();
        names.extend(constants.map(|constant| (&*constant.name, Named::Constant(constant))));
        let quantized = HashMap::new();
        let scope = Scope { parent, names, nodes: &graph.nodes, quantized, call };
        self.scope(scope, functions, depth)?;
        Ok(())
    }

    /// Adds a scope with what its nodes give: functions where they are called, graphs inside after it.
    fn scope(
        &mut self,
        mut scope: Scope<'m>,
        functions: &Functions<'m>,
        depth: usize,
    ) -> Result<ScopeId, ReadError> {
        if depth > MOST_NESTED {
            return Err(ErrorKind::NestingTooDeep { most: MOST_NESTED }.into());
        }
        let (nodes, call) = (scope.nodes, scope.call);
        let outputs = nodes.iter().map(|node| node.outputs.len()).sum::<usize>();
        self.nodes += nodes.len() + outputs + scope.names.len();
        if self.nodes > MOST_NODES {
            let most = MOST_NODES as u64;
            let what = "Nodes and names of the model, with those of its functions at every call";
            return Err(ErrorKind::TooLarge { what, found: None, most }.into());
        }
        for (place, node) in nodes.iter().enumerate() {
            for (output, name) in node.outputs.iter().enumerate() {
                scope.names.insert(name, Named::Node { place, output });
            }
        }
        // A value that is left out has no name.
        scope.names.remove("");
        scope.quantized = quantized(nodes);
        let id = ScopeId(self.all.len());
        self.all.push(scope);
        for (place, node) in nodes.iter().enumerate() {
            self.order.push((id, place));
            if let Some(&function) = functions.get(&(&*node.domain, &*node.op)) {
                let call = Call { caller: id, node, function };
                let inner = self.function(call, functions, depth + 1)?;
                self.calls.insert((id, place), inner);
            }
        }
        for graph in nodes.iter().flat_map(Node::graphs) {
            self.graph(graph, Some(id), call, functions, depth + 1)?;
        }
        Ok(id)
    }

    fn function(
        &mut self,
        call: Call<'m>,
        functions: &Functions<'m>,
        depth: usize,
    ) -> Result<ScopeId, ReadError> {
        let Call { caller, node, function } = call;
        let given = function.inputs.iter().zip(&node.inputs).map(|(inside, outside)| {
            (&**inside, Named::Given(Value { scope: caller, name: outside }))
        });
        let names = given.collect();
        let (nodes, quantized) = (&*function.nodes, HashMap::new());
        let scope = Scope { parent: None, names, nodes, quantized, call: Some(call) };
        self.scope(scope, functions, depth)
    }

    /// A node's input; `None` if it is left out.
    pub fn input(&self, scope: ScopeId, node: &'m Node, place: usize) -> Option<Value<'m>> {
        let name = node.inputs.get(place)?;
        (!name.is_empty()).then_some(Value { scope, name })
    }

    /// Where a value comes from.
    pub fn origin(&self, value: Value<'m>) -> Origin<'m> {
        let mut value = value;
        // Each step leads outwards or to another call: there are no more of them than that.
        for _ in 0..4 * MOST_NESTED {
            match self.named(value) {
                Some((_, Named::Constant(constant))) => return Origin::Constant(constant),
                Some((_, Named::Outside(data_type))) => return Origin::Outside(data_type),
                Some((_, Named::Given(outer))) => value = outer,
                Some((scope, Named::Node { place, output })) => {
                    match self.inside(scope, place, output) {
                        Some(inner) => value = inner,
                        None => {
                            let node = &self.all[scope.0].nodes[place];
                            return Origin::Node { scope, node, output };
                        }
                    }
                }
                None => break,
            }
        }
        Origin::Outside(0)
    }

    /// The value inside of a function that a call's output is.
    fn inside(&self, scope: ScopeId, place: usize, output: usize) -> Option<Value<'m>> {
        let inner = *self.calls.get(&(scope, place))?;
        let name = self.all[inner.0].call?.function.outputs.get(output)?;
        Some(Value { scope: inner, name })
    }

    /// What a name stands for, and in which scope.
    fn named(&self, value: Value<'m>) -> Option<(ScopeId, Named<'m>)> {
        let mut scope = Some(value.scope);
        while let Some(id) = scope {
            let here = &self.all[id.0];
            if let Some(named) = here.names.get(value.name) {
                return Some((id, *named));
            }
            scope = here.parent;
        }
        None
    }

    /// A node's attribute, which inside of a function may be the caller's.
    pub fn attribute(
        &self,
        scope: ScopeId,
        node: &'m Node,
        name: &str,
    ) -> Option<&'m AttributeValue> {
        let (mut scope, mut node, mut name) = (scope, node, name);
        for _ in 0..=MOST_NESTED {
            let Some(attribute) = node.attribute(name) else { break };
            let Some(reference) = &attribute.reference else {
                return Some(&attribute.value);
            };
            let call = self.all[scope.0].call?;
            if call.node.attribute(reference).is_none() {
                let mut defaults = call.function.defaults.iter();
                let default = defaults.find(|default| default.name == *reference);
                return default.map(|default| &default.value);
            }
            (scope, node, name) = (call.caller, call.node, reference);
        }
        None
    }

    /// A node's attribute that is a whole number.
    pub fn integer(&self, scope: ScopeId, node: &'m Node, name: &str) -> Option<i64> {
        match self.attribute(scope, node, name)? {
            AttributeValue::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// The scale of the QuantizeLinear that a value goes into, at once or behind an activation function.
    pub fn output_scale(&self, scope: ScopeId, name: &str) -> Option<Value<'m>> {
        let name = (*self.all[scope.0].quantized.get(name)?)?;
        Some(Value { scope, name })
    }

    /// Whether a value goes into a QuantizeLinear, at once or behind an activation function.
    pub fn is_quantized(&self, scope: ScopeId, name: &str) -> bool {
        self.all[scope.0].quantized.contains_key(name)
    }
}

/// Values that go into a QuantizeLinear, at once or behind an activation function, with its scale's name.
fn quantized(nodes: &[Node]) -> HashMap<&str, Option<&str>> {
    fn input(node: &Node, place: usize) -> Option<&str> {
        node.inputs.get(place).map(|name| &**name)
    }
    let mut found = HashMap::new();
    for node in nodes.iter().filter(|node| &*node.op == "QuantizeLinear") {
        if let Some(value) = input(node, 0) {
            found.insert(value, input(node, 1));
        }
    }
    let is_function = |node: &&Node| matches!(&*node.op, "Relu" | "Clip" | "LeakyRelu");
    for node in nodes.iter().filter(is_function) {
        let scale = node.outputs.iter().find_map(|output| found.get(&**output).copied());
        if let (Some(scale), Some(value)) = (scale, input(node, 0)) {
            found.entry(value).or_insert(scale);
        }
    }
    found
}
