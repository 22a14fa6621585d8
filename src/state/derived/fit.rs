//! An output scale that fits the layer: what calibrating it on the sweep itself would give.

use super::Derived;
use crate::arith::{QParams, QType, dequantize, min_max_qparams};
use crate::state::State;

impl Derived {
    /// The real outputs of an exact sum along the sweep, before anything rounds or clamps them: the
    /// lowest and the highest of one output.
    fn exact_range(&self, state: &State, output: usize) -> (f32, f32) {
        let layer = &self.layer;
        let unit = layer.input.scale * layer.weight_param(output).scale;
        let bias = layer.bias.as_ref().map_or(0.0, |bias| bias[output]);
        let exact = &self.outputs[output].exact.acc;
        let places = self.sweep.swept(state, layer).filter(|place| self.is_reached(*place));
        places.fold((0.0_f32, 0.0_f32), |(low, high), place| {
            let real = exact[place] as f32 * unit + bias;
            let real = if layer.relu { real.max(0.0) } else { real };
            (low.min(real), high.max(real))
        })
    }

    /// Scale and zero point of the output with which no exact output of the sweep is clamped: the
    /// state's observer, shown all of them.
    pub fn fitted_output(&self, state: &State) -> QParams {
        let ranges = (0..self.outputs.len()).map(|output| self.exact_range(state, output));
        let (low, high) =
            ranges.fold((0.0_f32, 0.0_f32), |all, one| (all.0.min(one.0), all.1.max(one.1)));
        let experiment = &state.experiment;
        let (scheme, reduce) = (experiment.input_scheme, experiment.reduce_range);
        min_max_qparams(low, high, QType::QUInt8, scheme, reduce)
    }

    /// How many outputs the output clamp cuts somewhere in the sweep, though their sum is exact.
    pub fn clamped_outputs(&self, state: &State) -> usize {
        let (codes, params) = (self.layer.activation_codes, self.layer.output);
        // A code stands for half a step on either side of it.
        let ends = [codes.qmin, codes.qmax].map(|code| dequantize(code, params));
        let least = ends[0] - params.scale;
        let most = ends[1] + params.scale;
        let is_cut = |output: &usize| {
            let (low, high) = self.exact_range(state, *output);
            low < least || high > most
        };
        (0..self.outputs.len()).filter(is_cut).count()
    }
}

#[cfg(test)]
mod tests {
    use crate::state::{Change, Deriver, Key, Patch, State, link, pasted_weights, reduce};

    fn fitted(state: &State) -> State {
        let derived = Deriver::default().derive(state);
        let params = derived.fitted_output(state);
        let patch =
            Patch::one(Key::OutputScale, params.scale).and(Key::OutputZeroPoint, params.zero_point);
        let outcome = reduce(state, &Change::Patch(patch));
        assert_eq!(outcome.problems, []);
        outcome.state
    }

    #[test]
    fn a_pasted_layer_is_not_clamped_once_its_output_scale_fits() {
        let texts =
            ["[[127, -100], [3, 5]]", "[[12.5, -3.0, 8.0], [0.25, 0.5, -6.0]]", "127 127 127 127"];
        let mut were_cut = 0;
        for more in
            ["", "bias=0:3,1:-2", "direction=one&dir_k=1&rest=2", "reduce_range=1", "relu=1"]
        {
            for text in texts {
                let (state, _) = link::read(&format!("#/lab?w_scale=0.02&{more}"));
                let pasted = pasted_weights(&state, text, None);
                let state = reduce(&state, &Change::PasteWeights(pasted)).state;
                were_cut += Deriver::default().derive(&state).clamped_outputs(&state);
                let state = fitted(&state);
                let derived = Deriver::default().derive(&state);
                assert_eq!(derived.clamped_outputs(&state), 0, "{text} {more}");
                // And no coarser than it needs: the ends are codes at the ends.
                let codes = derived
                    .outputs
                    .iter()
                    .flat_map(|view| derived.window(&state).map(|place| view.exact.code[place]));
                let codes: Vec<i32> = codes.flatten().collect();
                let span = codes.iter().max().expect("some") - codes.iter().min().expect("some");
                let reduced = state.experiment.reduce_range;
                assert!(span >= if reduced { 125 } else { 253 }, "{text} {more}: {span}");
            }
        }
        assert!(were_cut > 0);
    }
}
