//! [`Query`]: a change of the state in texts, as it comes from outside.

use super::patch::settle;
use super::problem::Problem;
use super::problems::Problems;
use super::read::read;
use super::schema::{self, Key};
use super::state::State;
use crate::paste::clip;

/// Keys and values as texts: of a link, an element's attributes, an object from JavaScript or a typed
/// field. None of them is judged yet.
///
/// An empty value or `auto` leaves a parameter to where it comes from by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(pub Vec<(String, String)>);

impl Query {
    /// A query of one key.
    pub fn one(key: impl ToString, value: impl ToString) -> Query {
        Query(vec![(key.to_string(), value.to_string())])
    }

    /// Adds a key.
    #[must_use]
    pub fn and(mut self, key: impl ToString, value: impl ToString) -> Query {
        self.0.push((key.to_string(), value.to_string()));
        self
    }

    /// The parameters that it names.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.0.iter().filter_map(|(key, _)| Key::from_text(key))
    }

    /// The state with it applied. Total: whatever cannot be used is left as it was, or clamped, and
    /// reported.
    pub fn apply(&self, state: &State) -> (State, Problems) {
        let mut next = state.clone();
        let mut problems = Problems::default();
        // Where each parameter stands last.
        let mut last = [0; Key::ALL.len()];
        // Whether the value there can be used, once that is asked: a long one is read once only.
        let mut usable = [None; Key::ALL.len()];
        for (at, (key, _)) in self.0.iter().enumerate() {
            if let Some(key) = Key::from_text(key) {
                last[key as usize] = at;
            }
        }
        for (at, (name, text)) in self.0.iter().enumerate() {
            if name == "v" {
                check_version(text, &mut problems);
                continue;
            }
            // What a preset stands for was put in its place where the link was completed.
            if name == "preset" {
                problems.push(Problem::UnknownPreset { given: clip(text) });
                continue;
            }
            let Some(key) = Key::from_text(name) else {
                problems.push(Problem::UnknownKey { key: clip(name) });
                continue;
            };
            let place = key as usize;
            // What a later value takes the place of was never used, and nothing is said of it.
            let is_last_usable = || is_usable(key, &self.0[last[place]].1, &next);
            if last[place] > at && *usable[place].get_or_insert_with(is_last_usable) {
                continue;
            }
            if is_auto(key, text) {
                key.parameter().set(&mut next, None);
            } else if let Some(value) = read(key, text.trim(), &next, &mut problems) {
                key.parameter().set(&mut next, Some(value));
            }
        }
        settle(state, &mut next, &mut problems);
        (next, problems)
    }

    /// Every parameter that it has more than once.
    pub(super) fn repeated(&self) -> impl Iterator<Item = Problem> {
        let mut times = [0_usize; Key::ALL.len()];
        for key in self.keys() {
            times[key as usize] += 1;
        }
        let repeated = Key::ALL.iter().filter(move |key| times[**key as usize] > 1);
        repeated.map(|key| Problem::Repeated { key: *key })
    }
}

/// Whether a text leaves a parameter to where it comes from by itself.
fn is_auto(key: Key, text: &str) -> bool {
    key.parameter().auto.is_some() && matches!(text.trim(), "" | "auto")
}

/// Whether a text is a value of a parameter as it stands.
fn is_usable(key: Key, text: &str, state: &State) -> bool {
    let mut problems = Problems::default();
    is_auto(key, text)
        || read(key, text.trim(), state, &mut problems).is_some() && problems.is_empty()
}

fn check_version(text: &str, problems: &mut Problems) {
    match text.parse::<u32>() {
        Ok(version) if version <= schema::VERSION => {}
        Ok(_) => problems.push(Problem::NewerVersion { given: clip(text) }),
        Err(_) => problems.push(Problem::NotAVersion { given: clip(text) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::{Engine, Rescale};
    use crate::state::{Overlay, Patch, WeightEdits, apply};

    fn patched(pairs: &[(&str, &str)]) -> (State, Problems) {
        let query =
            Query(pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect());
        query.apply(&State::default())
    }

    #[test]
    fn good_values_are_taken_without_a_word() {
        let (state, problems) = patched(&[
            ("v", "1"),
            ("seed", "7"),
            ("reduce_range", "1"),
            ("x_scale", "0.5"),
            ("w", "2.0:127,9.7:-128"),
            ("at", "−1.5"),
        ]);
        assert_eq!(problems, []);
        assert_eq!(
            (
                state.experiment.seed,
                state.experiment.reduce_range,
                state.by_hand.input_scale,
                state.gaze.at
            ),
            (7, true, Some(0.5), -1.5)
        );
        assert_eq!(state.by_hand.weights, WeightEdits::from([((2, 0), 127), ((9, 7), -128)]));
        let (state, problems) = patched(&[("x_scale", "0.5"), ("x_scale", "auto")]);
        assert_eq!((state.by_hand.input_scale, problems.len()), (None, 0));
    }

    #[test]
    fn what_float32_has_no_number_for_is_said() {
        for (key, given, said) in [
            ("x_scale", "1e-46", "x_scale: 1e-46 is too small for float32; 0.000001 is used."),
            ("at", "-1e-46", "at: -1e-46 is too small for float32; 0 is used."),
            ("bias", "0:1e39", "bias: 1e39 is too large for float32; 1000000 is used."),
        ] {
            let (_, problems) = patched(&[(key, given)]);
            assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [said]);
        }
    }

    #[test]
    fn lists_are_read_entry_by_entry() {
        let (state, problems) = patched(&[
            ("bias", "0:0.5,3:−1"),
            ("w_zps", "2:-7"),
            ("overlay", "qnnpack,float32,qnnpack"),
            ("rescale", "ruy"),
        ]);
        assert_eq!(problems, []);
        assert_eq!(state.by_hand.bias, [(0, 0.5), (3, -1.0)].into());
        assert_eq!(state.by_hand.weight_zero_points, [(2, -7)].into());
        assert_eq!(state.picture.overlay, [Overlay::Engine(Engine::Qnnpack), Overlay::Float32]);
        assert_eq!(state.arithmetic.rescale, Some(Rescale::Ruy));
        let (state, problems) =
            patched(&[("bias", "16:1,1:x,2:0.5,3"), ("overlay", "qnpack,float32")]);
        assert_eq!((state.by_hand.bias, problems.len()), ([(2, 0.5)].into(), 4));
        assert_eq!(state.picture.overlay, [Overlay::Float32]);
        let (state, problems) = patched(&[("bias", "0.5, −1,x")]);
        assert_eq!((state.by_hand.bias, problems.len()), ([(0, 0.5), (1, -1.0)].into(), 1));
    }

    #[test]
    fn bad_values_leave_the_state_usable_and_are_named() {
        let (state, problems) = patched(&[
            ("sed", "7"),
            ("inputs", "900"),
            ("outputs", "NaN"),
            ("engine", "fbgem"),
            ("w", "2.0:127,2.1:300,what"),
            ("x_scale", "0"),
            ("at", "inf"),
            ("reduce_range", "maybe"),
        ]);
        assert_eq!(state.experiment.inputs, 64);
        assert_eq!(state.experiment.outputs, 10);
        assert_eq!(state.by_hand.input_scale, Some(1e-6));
        assert_eq!(state.gaze.at, 4.0);
        assert_eq!(state.by_hand.weights.len(), 1);
        let text: Vec<String> = problems.sentences().collect();
        assert_eq!(problems.len() as u64 + problems.more(), 10, "{text:#?}");
        assert_eq!(text[0], "“sed” is not a parameter and was ignored. Did you mean “seed”?");
        assert_eq!(text[1], "inputs: 900 is out of range; 64 is used.");
    }

    #[test]
    fn what_lies_between_two_states_leads_from_one_to_the_other() {
        let links = [
            "#/lab",
            "#/lab?at=1&output=4&x_scale=0.5&zoom_from=0&zoom_to=1",
            "#/embed?w=0.0:113_113&rescale=ruy&focus=ramp,kinks&from=0&to=9&bias=1:0.5",
        ];
        for before in links.map(|link| crate::state::link::read(link).0) {
            for after in links.map(|link| crate::state::link::read(link).0) {
                let (reached, problems) = apply(&before, &Patch::between(&before, &after));
                assert_eq!((reached, problems), (after, Problems::default()));
            }
        }
    }

    #[test]
    fn rules_between_parameters_hold() {
        let (state, problems) = patched(&[("from", "3"), ("to", "-3")]);
        assert_eq!((state.sweep.from, state.sweep.to), (-4.0, 4.0));
        assert_eq!(problems, [Problem::EmptySweep { from: 3.0, to: -3.0 }]);
        let (state, problems) = patched(&[("outputs", "2")]);
        assert_eq!((state.picture.output, problems.len()), (1, 0));
        let (state, problems) = patched(&[("outputs", "2"), ("output", "5")]);
        assert_eq!((state.picture.output, problems.len()), (1, 1));
        let (state, problems) = patched(&[("to", "1")]);
        assert_eq!((state.gaze.at, problems.len()), (1.0, 0));
        let (state, problems) = patched(&[("at", "7")]);
        assert_eq!((state.gaze.at, problems.len()), (4.0, 1));
        let (state, problems) = patched(&[("step", "0.001")]);
        assert_eq!((state.picture.step, problems.len()), (Some(8.0 / 4095.0), 1));
        let (state, _) = patched(&[("zoom_from", "1"), ("zoom_to", "2")]);
        assert_eq!((state.window(), state.is_zoomed()), ((1.0, 2.0), true));
        let (state, _) = patched(&[("zoom_from", "2"), ("zoom_to", "1")]);
        assert_eq!((state.gaze.zoom_from, state.is_zoomed()), (None, false));
    }
}
