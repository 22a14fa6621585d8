//! [`Steps`]: what is lost, in steps of an output's codes.

use super::graph::{Product, Weights};
use crate::tensor::onnx::{Constant, Model};
use crate::tensor::{Activation, MOST_CHANNELS, Number, Tensor, numbers};

/// What a unit of a sum is in steps of its output's codes: s_x · s_w ÷ s_y, of each output or of all.
#[derive(Debug, Default)]
pub(super) struct Steps(Vec<f64>);

impl Steps {
    /// Of the scales of activations, weights and output; of nothing if one is missing or is none.
    fn new(input: Option<f64>, weights: &[f64], output: Option<f64>) -> Steps {
        let is_scale = |scale: &f64| scale.is_finite() && *scale > 0.0;
        let both = input.filter(is_scale).zip(output.filter(is_scale));
        match both.filter(|_| weights.iter().all(is_scale)) {
            Some((input, output)) => {
                Steps(weights.iter().map(|own| input * own / output).collect())
            }
            None => Steps::default(),
        }
    }

    /// Of a product of a graph.
    pub fn of_product(model: &Model, product: &Product<'_>, weights: &Weights<'_>) -> Steps {
        let values = |constant: Option<&Constant>| -> Option<Vec<f64>> {
            let tensor = model.tensor(constant?).ok()?;
            let bytes = tensor.view.held(MOST_CHANNELS * 8).ok()?;
            Some(numbers(&bytes, tensor.stored).into_iter().map(Number::real).collect())
        };
        // What has several values is no scale of a whole tensor.
        let one = |constant| values(constant).and_then(|values| <[f64; 1]>::try_from(values).ok());
        let [input, output] = [product.input[0], product.output_scale].map(one);
        let weights = values(weights.scale).unwrap_or_default();
        Steps::new(input.map(|[one]| one), &weights, output.map(|[one]| one))
    }

    /// Of a layer that PyTorch has converted.
    pub fn of_layer(tensor: &Tensor, activations: &[Activation]) -> Steps {
        let is_its = |one: &&Activation| {
            let rest = tensor.name.strip_prefix(&*one.module);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '_']))
        };
        // The longest name that leads to it.
        let layer = activations.iter().filter(is_its).max_by_key(|one| one.module.len());
        let scales = tensor.quant.as_ref().and_then(|quant| quant.scales.as_deref());
        match (layer, scales) {
            (Some(one), Some(scales)) => {
                Steps::new(one.input.map(|(scale, _)| scale), scales, Some(one.output.0))
            }
            _ => Steps::default(),
        }
    }

    /// Of an output; `None` if it is not known.
    pub fn of(&self, output: u64) -> Option<f64> {
        match self.0.as_slice() {
            [one] => Some(*one),
            each => each.get(usize::try_from(output).ok()?).copied(),
        }
    }
}
