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
    let other = State::default();
    State {
        at: other.at,
        zoom_from: other.zoom_from,
        zoom_to: other.zoom_to,
        legend: other.legend,
        view: other.view,
        page: other.page,
        steps: other.steps,
        embed: other.embed,
        exhibit: other.exhibit,
        focus: other.focus,
        controls: other.controls,
        hide: other.hide,
        lock: other.lock,
        room: other.room,
        locked: other.locked,
        theme: other.theme,
        recording: other.recording,
        recorded_on: other.recorded_on,
        recorded_output: other.recorded_output,
        theory: other.theory,
        ..state.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_told_from_the_others_wherever_its_cursor_is() {
        let scenarios = Scenarios::default();
        for preset in PRESETS {
            let (state, _) = link::read(&preset.fragment());
            let looked = State { at: state.to, zoom_from: Some(state.at), page: 5, ..state };
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
