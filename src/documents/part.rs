//! A part of a large output, as a layer of the Lab.

use super::audited::{OutputVerdict, ProductLine};
use super::shortened::shortened;
use crate::arith::Engine;
use crate::hits::grouped;
use crate::state::choices::{Keyed, Quantity};
use crate::state::{State, View};

/// The Lab with the neighbours of an output's worst pair. Inputs are codes there: scale 1, zero point 0.
pub fn in_lab(state: &State, file: &str, line: &ProductLine, output: &OutputVerdict) -> State {
    let mut there = State::default();
    there.page.view = View::Lab;
    there.page.theme = state.page.theme;
    there.check.clone_from(&state.check);
    there.experiment.inputs = output.part.len().max(1);
    there.experiment.outputs = 1;
    let variant = line.variant.as_deref().unwrap_or_default();
    let key = if variant.starts_with("onnxruntime") { "onnx_runtime_avx2" } else { "fbgemm_avx2" };
    there.arithmetic.engine = Engine::of_key(key).unwrap_or(Engine::FbgemmAvx2);
    there.by_hand.weights.extend(output.part.iter().enumerate().map(|(k, code)| ((0, k), *code)));
    (there.by_hand.input_scale, there.by_hand.input_zero_point) = (Some(1.0), Some(0));
    (there.by_hand.weight_scale, there.by_hand.weight_zero_point) = (Some(1.0), Some(0));
    (there.sweep.from, there.sweep.to) = (0.0, 255.0);
    (there.picture.output, there.picture.plot) = (0, Quantity::Accumulator);
    let first = output.pairs.first().map(|pair| pair.first_code).or(output.first_code);
    there.gaze.at = f32::from(first.unwrap_or(255));
    let (from, all) = (output.part_from, output.inputs);
    let last = from + output.part.len().saturating_sub(1) as f64;
    let whole =
        |number: f64| format!("{number:.0}").parse().map_or_else(|_| String::new(), grouped);
    let text = if output.part.len() as f64 >= all {
        format!("output {} of {} in {file}", whole(output.output), line.name)
    } else {
        format!(
            "inputs {} to {} of {} of output {} of {} in {file}",
            whole(from),
            whole(last),
            whole(all),
            whole(output.output),
            line.name
        )
    };
    there.model.part_of = shortened(&text);
    there
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{PairVerdict, ProductName};
    use crate::state::{Deriver, link};

    #[test]
    fn a_part_has_its_weights_its_kink_and_says_what_it_is() {
        let mut part = vec![1_i8; 64];
        (part[30], part[31]) = (127, 127);
        let output = OutputVerdict {
            output: 7.0,
            inputs: 1536.0,
            unsafe_pairs: 1.0,
            first_code: Some(130),
            losses: [32_003.0, 0.0],
            peak: 100_000.0,
            share: 0.3,
            steps: None,
            expected: (0.1, 2.0),
            pairs: vec![PairVerdict {
                k: 730.0,
                weights: [127, 127],
                sum: 64_770.0,
                lost: 32_003.0,
                first_code: 130,
            }],
            worst_at_255: 2.0,
            part: part.clone(),
            part_from: 700.0,
        };
        for (variant, engine) in
            [(None, "fbgemm_avx2"), (Some("onnxruntime.matmul_u8s8"), "onnx_runtime_avx2")]
        {
            let line = ProductLine {
                id: ProductName::default(),
                name: "/encoder/MatMul".into(),
                op: "MatMulInteger".into(),
                fate: "can".into(),
                why: String::new(),
                numbers: None,
                is_would_be: false,
                variant: variant.map(Into::into),
                samples: Vec::new(),
                first_codes: Vec::new(),
                strip: Vec::new(),
            };
            let state = in_lab(&State::default(), "model.onnx", &line, &output);
            let (again, problems) = link::read(&link::write(&state));
            assert!(problems.is_empty(), "{:?}", problems.to_vec());
            assert_eq!(again, state);
            assert_eq!(state.arithmetic.engine.to_key(), engine);
            assert_eq!(
                state.model.part_of,
                "inputs 700 to 763 of 1,536 of output 7 of /encoder/MatMul in model.onnx"
            );
            let derived = Deriver::default().derive(&state);
            assert_eq!(derived.layer.weights, part);
            assert_eq!(
                derived.outputs[0].kinks.iter().map(|kink| kink.code).collect::<Vec<_>>(),
                [Some(130)]
            );
        }
        assert_eq!(shortened(&"é".repeat(300)).len(), 399);
    }
}
