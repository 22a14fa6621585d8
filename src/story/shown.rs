//! [`Scenarios`]: which preset a state shows.

use super::{PRESETS, Preset};
use crate::state::{State, link};

/// The scenarios of all presets, to be held against states.
pub struct Scenarios(Vec<State>);

impl Default for Scenarios {
    fn default() -> Scenarios {
        Scenarios(PRESETS.iter().map(|one| scenario(&link::read(&one.fragment()).0)).collect())
    }
}

impl Scenarios {
    /// The preset whose scenario a state shows.
    pub fn preset(&self, state: &State) -> Option<&'static Preset> {
        let shown = scenario(state);
        self.0.iter().position(|one| *one == shown).map(|index| &PRESETS[index])
    }
}

/// What a preset is about: the layer, its engines and the sweep. Where the cursor stands, how much of the
/// sweep is drawn, what the page looks like and what belongs to other views may differ.
fn scenario(state: &State) -> State {
    let State { page, gaze, suspects, check, figure, .. } = State::default();
    State { page, gaze, suspects, check, figure, ..state.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::groups::{Gaze, Page};

    #[test]
    fn every_preset_is_told_from_the_others_wherever_its_cursor_is() {
        let scenarios = Scenarios::default();
        for preset in PRESETS {
            let (state, _) = link::read(&preset.fragment());
            let gaze = Gaze { at: state.sweep.to, zoom_from: Some(state.gaze.at), zoom_to: None };
            let page = Page { step: 5, ..state.page };
            let looked = State { gaze, page, ..state };
            let shown = scenarios.preset(&looked).map(|one| one.key);
            assert_eq!(shown, Some(preset.key));
        }
    }

    #[test]
    fn a_scenario_that_was_changed_is_none() {
        let scenarios = Scenarios::default();
        for change in ["seed=7", "gain=2", "relu=1", "from=-3", "w=0.0:1"] {
            let (state, _) = link::read(&format!("#/lab?{change}"));
            assert_eq!(scenarios.preset(&state), None, "{change}");
        }
    }
}
