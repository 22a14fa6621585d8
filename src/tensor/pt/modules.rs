//! [`recognise`]: layers that PyTorch has converted to integers, by the names of their tensors.

use std::collections::BTreeMap;

use super::super::decode::numbers;
use super::super::dtype::Dtype;
use super::super::number::Number;
use super::super::tensor::{Activation, Tensor, Tensors};

/// Says whether the tensors are a converted model's, and what is known of its activations: a layer has
/// scale and zero point of its output beside its weight.
pub fn recognise(tensors: &mut Tensors) {
    let modules = outputs(&tensors.read);
    let is_code = |tensor: &Tensor| matches!(tensor.dtype, Dtype::QInt8 | Dtype::QUInt8);
    let layer = |tensor: &Tensor| {
        let (module, rest) = match tensor.name.split_once("_packed_params") {
            Some((module, _)) => (module.strip_suffix('.').unwrap_or(module), None),
            None => tensor.name.rsplit_once('.').map(|(module, last)| (module, Some(last)))?,
        };
        let is_layer = rest.is_none_or(|last| last == "weight" && modules.contains_key(module));
        (is_code(tensor) && is_layer).then(|| module.to_string())
    };
    let layers: Vec<String> = tensors.read.iter().filter_map(layer).collect();
    tensors.is_converted = !layers.is_empty();
    let mut numbered = BTreeMap::new();
    for (name, output) in &modules {
        if let Some(place) = split(name) {
            numbered.insert(place, *output);
        }
    }
    tensors.activations = layers
        .into_iter()
        .filter_map(|module| {
            let output = modules.get(module.as_str()).copied().flatten()?;
            let input = before(&numbered, &module);
            Some(Activation { module, input, output })
        })
        .collect();
}

/// Scale and zero point of each module's output. `None` where they are 1 and 0, as a layer has them
/// that quantizes its input as it comes, and its output not at all.
fn outputs(tensors: &[Tensor]) -> BTreeMap<String, Option<(f64, i64)>> {
    let mut scales = BTreeMap::new();
    let mut found = BTreeMap::new();
    for tensor in tensors {
        let Some((module, last)) = tensor.name.rsplit_once('.') else { continue };
        match (last, single(tensor)) {
            ("scale", Some(scale)) => {
                scales.insert(module, scale.real());
            }
            ("zero_point", Some(Number::Integer(zero_point))) => {
                if let Some(&scale) = scales.get(module) {
                    let is_told = scale.is_finite() && (scale, zero_point) != (1.0, 0);
                    found.insert(module.to_string(), is_told.then_some((scale, zero_point)));
                }
            }
            _ => {}
        }
    }
    found
}

/// The value of a tensor that has one.
fn single(tensor: &Tensor) -> Option<Number> {
    if tensor.view.count() != 1 {
        return None;
    }
    let bytes = tensor.view.held(8).ok()?;
    numbers(&bytes, tensor.stored).into_iter().next()
}

/// Where a module is numbered, as in a `Sequential`: what it is in, and its number.
fn split(name: &str) -> Option<(&str, u64)> {
    let (folder, last) = name.rsplit_once('.').unwrap_or(("", name));
    Some((folder, last.parse().ok()?))
}

/// The output of the numbered module before one.
fn before(
    numbered: &BTreeMap<(&str, u64), Option<(f64, i64)>>,
    module: &str,
) -> Option<(f64, i64)> {
    let (folder, number) = split(module)?;
    numbered.range((folder, 0)..(folder, number)).next_back().and_then(|(_, output)| *output)
}
