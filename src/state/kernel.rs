//! A kernel of a convolution, and the inputs that divide into its taps.

use super::key::Key;
use super::limits::MOST_INPUTS;
use super::patch::{Patch, apply};
use super::state::State;

/// A patch that chooses a kernel, with as many inputs as divide into its taps and are nearest to the
/// present ones; `None` where it chooses none, or they do.
pub fn with_fitting_inputs(state: &State, patch: &Patch) -> Option<Patch> {
    let next = apply(state, patch).0.experiment;
    let taps = next.kernel.taps();
    if next.kernel == state.experiment.kernel || next.inputs.is_multiple_of(taps) {
        return None;
    }
    let channels = (next.inputs + taps / 2) / taps;
    Some(patch.clone().and(Key::Inputs, taps * channels.clamp(1, MOST_INPUTS / taps)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::choices::{Kernel, Keyed};
    use crate::state::schema::Value;

    #[test]
    fn a_kernel_brings_the_nearest_inputs() {
        let chosen = |inputs, kernel: Kernel| {
            let mut state = State::default();
            state.experiment.inputs = inputs;
            let patch = Patch::one(Key::Kernel, Value::Choice(kernel.to_key()));
            let patch = with_fitting_inputs(&state, &patch).unwrap_or(patch);
            apply(&state, &patch).0.experiment.inputs
        };
        assert_eq!([chosen(8, Kernel::ThreeByThree), chosen(9, Kernel::ThreeByThree)], [9, 9]);
        assert_eq!([chosen(8, Kernel::TwoByTwo), chosen(8, Kernel::OneByThree)], [8, 9]);
        assert_eq!([chosen(64, Kernel::ThreeByThree), chosen(64, Kernel::SevenBySeven)], [63, 49]);
        assert_eq!([chosen(1, Kernel::FiveByFive), chosen(14, Kernel::ThreeByThree)], [25, 18]);
    }
}
