//! The files of `tests/layers`, and what is expected of them.
#![allow(dead_code, reason = "each test uses a part")]

use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use rampscope::tensor::onnx::{AttributeValue, Constant, Graph};
use rampscope::tensor::{Companions, Named, Opened, ReadError, Source, Tensor, open};
use serde_json::Value;

/// A file or folder of `tests/layers`.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/layers").join(name)
}

/// The bytes of one of the files.
pub fn bytes(name: &str) -> Vec<u8> {
    fs::read(path("files").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What a file of JSON holds.
pub fn json(name: &str) -> Value {
    let text = fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::from_str(&text).expect("it is JSON")
}

/// The entries of `expected.json`.
pub fn entries() -> Vec<Value> {
    let Value::Array(entries) = json("expected.json")["files"].take() else {
        panic!("expected.json has no files");
    };
    assert_eq!(entries.len(), 205);
    entries
}

/// The files beside a file: some by name.
pub struct Beside(pub Vec<String>);

impl Companions for Beside {
    fn find(&self, name: &str) -> Option<Rc<dyn Source>> {
        let is_here = self.0.iter().any(|here| here == name);
        is_here.then(|| Rc::new(bytes(name)) as Rc<dyn Source>)
    }
}

/// Opens bytes under a name.
pub fn open_bytes(name: &str, bytes: Vec<u8>, beside: &Beside) -> Result<Opened, ReadError> {
    open(name, Rc::new(bytes), beside)
}

/// All constants of a graph with a name, those of its nodes and of graphs inside among them.
fn constants(graph: &Graph) -> Vec<(String, &Constant)> {
    let mut all: Vec<_> = graph.constants.iter().map(|one| (one.name.to_string(), one)).collect();
    for node in &graph.nodes {
        for attribute in &node.attributes {
            match &attribute.value {
                AttributeValue::Tensor(one) => all.push((node.outputs[0].to_string(), one)),
                AttributeValue::Graph(inner) => all.extend(constants(inner)),
                _ => {}
            }
        }
    }
    all
}

/// Reads the constants of a model that products are expected of, as if they were a file's tensors.
pub fn flatten(mut opened: Opened, expected: &Value) -> Opened {
    let Some(model) = &opened.model else { return opened };
    let names = expected["tensors"].as_array().into_iter().flatten();
    let all = constants(&model.graph);
    let of_name = |name: &Value| all.iter().find(|(one, _)| *name == **one);
    for (name, constant) in names.filter_map(|tensor| of_name(&tensor["name"])) {
        match model.tensor(constant) {
            Ok(tensor) => opened.tensors.read.push(Tensor { name: name.clone(), ..tensor }),
            Err(why) => opened.tensors.errors.push(Named { name: name.clone(), why }),
        }
    }
    opened
}

/// The string in a field.
pub fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

/// Whether two numbers or lists of them are equal as float32, and integers exactly.
pub fn is_close(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Number(one), Value::Number(two)) => {
            let (one, two) = (one.as_f64().unwrap_or(f64::NAN), two.as_f64().unwrap_or(f64::NAN));
            one == two || (one - two).abs() <= 1e-9 * two.abs()
        }
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| is_close(one, two))
        }
        (one, two) => one == two,
    }
}
