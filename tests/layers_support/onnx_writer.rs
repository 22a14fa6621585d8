//! Models written by hand: the few messages of onnx.proto that tests need.

#![allow(dead_code, reason = "each test uses a part")]

/// A field with bytes.
pub fn bytes_field(number: u64, bytes: &[u8]) -> Vec<u8> {
    [varint(number << 3 | 2), varint(bytes.len() as u64), bytes.to_vec()].concat()
}

/// A field with an integer.
pub fn int_field(number: u64, value: i64) -> Vec<u8> {
    [varint(number << 3), varint(value.cast_unsigned())].concat()
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut all = Vec::new();
    while value >= 0x80 {
        all.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    all.push(value.to_le_bytes()[0]);
    all
}

/// Numbers of types in onnx.proto.
pub const FLOAT: i64 = 1;
/// See [`FLOAT`].
pub const UINT8: i64 = 2;
/// See [`FLOAT`].
pub const INT8: i64 = 3;
/// See [`FLOAT`].
pub const INT64: i64 = 7;

/// A tensor's message; the bytes are its raw data.
pub fn tensor(name: &str, data_type: i64, shape: &[i64], raw: &[u8]) -> Vec<u8> {
    let mut all: Vec<u8> = shape.iter().flat_map(|&size| int_field(1, size)).collect();
    all.extend(int_field(2, data_type));
    all.extend(bytes_field(8, name.as_bytes()));
    all.extend(bytes_field(9, raw));
    all
}

/// A constant of a graph with weights that are 1, 2, 3, …, one byte or four bytes each.
pub fn constant(name: &str, data_type: i64, shape: &[i64]) -> Vec<u8> {
    let count: i64 = shape.iter().product();
    let bytes: Vec<u8> = match data_type {
        FLOAT => (1..=count).flat_map(|value| (value as f32).to_le_bytes()).collect(),
        INT64 => (1..=count).flat_map(i64::to_le_bytes).collect(),
        _ => (1..=count).map(|value| value.to_le_bytes()[0] & 0x7f).collect(),
    };
    bytes_field(5, &tensor(name, data_type, shape, &bytes))
}

/// A constant with these whole numbers.
pub fn integers(name: &str, values: &[i64]) -> Vec<u8> {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    bytes_field(5, &tensor(name, INT64, &[i64::try_from(values.len()).expect("few")], &bytes))
}

/// An input of a graph with its type.
pub fn input(name: &str, data_type: i64) -> Vec<u8> {
    let of_tensor = bytes_field(1, &int_field(1, data_type));
    bytes_field(11, &[bytes_field(1, name.as_bytes()), bytes_field(2, &of_tensor)].concat())
}

/// An attribute of a node.
pub enum Attribute {
    /// A whole number.
    Int(&'static str, i64),
    /// Whole numbers.
    Ints(&'static str, Vec<i64>),
    /// A graph, as its message has it.
    Graph(&'static str, Vec<u8>),
    /// One that the caller of a function gives, under that name.
    Of(&'static str, &'static str),
}

impl Attribute {
    fn message(&self) -> Vec<u8> {
        let (name, value) = match self {
            Attribute::Int(name, value) => (name, int_field(3, *value)),
            Attribute::Ints(name, values) => {
                (name, values.iter().flat_map(|&value| int_field(8, value)).collect())
            }
            Attribute::Graph(name, graph) => (name, bytes_field(6, graph)),
            Attribute::Of(name, of) => (name, bytes_field(21, of.as_bytes())),
        };
        [bytes_field(1, name.as_bytes()), value].concat()
    }
}

/// A node's message. `op` may have its domain in front: `com.microsoft:QGemm`. Names are divided by
/// spaces; `_` is one that is left out.
pub fn node_message(
    name: &str,
    op: &str,
    inputs: &str,
    outputs: &str,
    attributes: &[Attribute],
) -> Vec<u8> {
    let (domain, op) = op.split_once(':').unwrap_or(("", op));
    let named = |number: u64, names: &str| {
        let names = names.split_whitespace().map(|name| if name == "_" { "" } else { name });
        names.flat_map(|name| bytes_field(number, name.as_bytes())).collect::<Vec<u8>>()
    };
    let attributes = attributes.iter().flat_map(|attribute| bytes_field(5, &attribute.message()));
    [
        named(1, inputs),
        named(2, outputs),
        bytes_field(3, name.as_bytes()),
        bytes_field(4, op.as_bytes()),
        attributes.collect(),
        bytes_field(7, domain.as_bytes()),
    ]
    .concat()
}

/// A node of a graph.
pub fn node(
    name: &str,
    op: &str,
    inputs: &str,
    outputs: &str,
    attributes: &[Attribute],
) -> Vec<u8> {
    bytes_field(1, &node_message(name, op, inputs, outputs, attributes))
}

/// A function of a model, of the domain `own`: its nodes are messages.
pub fn function(name: &str, inputs: &str, outputs: &str, nodes: &[Vec<u8>]) -> Vec<u8> {
    let named = |number: u64, names: &str| {
        let names = names.split_whitespace();
        names.flat_map(|name| bytes_field(number, name.as_bytes())).collect::<Vec<u8>>()
    };
    let nodes: Vec<u8> = nodes.iter().flat_map(|node| bytes_field(7, node)).collect();
    let parts = [
        bytes_field(1, name.as_bytes()),
        named(4, inputs),
        named(5, outputs),
        nodes,
        bytes_field(10, b"own"),
    ];
    bytes_field(25, &parts.concat())
}

/// A model of the parts of its graph, and of its functions.
pub fn model(graph: &[Vec<u8>], functions: &[Vec<u8>]) -> Vec<u8> {
    [int_field(1, 8), bytes_field(7, &graph.concat()), functions.concat()].concat()
}
