//! [`Patch`]: a change of the state, from wherever it comes.
//!
//! A link, a slider, a preset, an element's attribute and an embedder's
//! `setState` are all a patch, applied by [`apply`], which validates, clamps
//! and reports.

use super::problem::Problem;
use super::problems::Problems;
use super::read::read;
use super::schema::{self, PARAMETERS, Parameter, Value};
use super::state::State;
use crate::paste::clip;

/// The most places of a sweep.
pub(super) const MOST_PLACES: usize = 4096;

/// Keys and values, as they stand in a link.
///
/// An empty value or `auto` leaves a parameter to the calibration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch(pub Vec<(String, String)>);

impl Patch {
    /// A patch of one key.
    pub fn one(key: &str, value: impl ToString) -> Patch {
        Patch(vec![(key.to_string(), value.to_string())])
    }

    /// Adds a key.
    #[must_use]
    pub fn and(mut self, key: &str, value: impl ToString) -> Patch {
        self.0.push((key.to_string(), value.to_string()));
        self
    }

    /// What makes one state of another.
    pub fn between(before: &State, after: &State) -> Patch {
        let text = |value: Option<Value>| value.map_or("auto".to_string(), |it| it.to_string());
        let changed = PARAMETERS.iter().filter(|one| one.get(before) != one.get(after));
        Patch(changed.map(|one| (one.key.to_string(), text(one.get(after)))).collect())
    }
}

/// What came of a patch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What was wrong.
    pub problems: Problems,
}

/// The state with a patch applied. Total: whatever cannot be used is left as
/// it was, or clamped, and reported.
pub fn apply(state: &State, patch: &Patch) -> (State, Report) {
    let mut next = state.clone();
    let mut problems = Problems::default();
    // Where each parameter stands last.
    let place = |key: &str| PARAMETERS.iter().position(|parameter| parameter.key == key);
    let mut last = vec![0; PARAMETERS.len()];
    // Whether the value there can be used, once that is asked: a long one is read once only.
    let mut usable = vec![None; PARAMETERS.len()];
    for (at, (key, _)) in patch.0.iter().enumerate() {
        if let Some(place) = place(key) {
            last[place] = at;
        }
    }
    for (at, (key, text)) in patch.0.iter().enumerate() {
        if key == "v" {
            check_version(text, &mut problems);
            continue;
        }
        let Some(place) = place(key) else {
            problems.push(Problem::UnknownKey { key: clip(key) });
            continue;
        };
        let parameter = &PARAMETERS[place];
        // What a later value takes the place of was never used, and nothing is said of it.
        let is_last_usable = || is_usable(parameter, &patch.0[last[place]].1, &next);
        if last[place] > at && *usable[place].get_or_insert_with(is_last_usable) {
            continue;
        }
        if parameter.auto.is_some() && matches!(text.trim(), "" | "auto") {
            parameter.set(&mut next, None);
            continue;
        }
        if let Some(value) = read(parameter, text.trim(), &next, &mut problems) {
            parameter.set(&mut next, Some(value));
        }
    }
    settle(state, &mut next, &mut problems);
    (next, Report { problems })
}

/// Whether a text is a value of a parameter as it stands.
fn is_usable(parameter: &'static Parameter, text: &str, state: &State) -> bool {
    let mut problems = Problems::default();
    let is_auto = parameter.auto.is_some() && matches!(text.trim(), "" | "auto");
    is_auto || read(parameter, text.trim(), state, &mut problems).is_some() && problems.is_empty()
}

/// Rules that hold between parameters.
pub(super) fn settle(before: &State, next: &mut State, problems: &mut Problems) {
    if next.from >= next.to {
        problems.push(Problem::EmptySweep { from: next.from, to: next.to });
        (next.from, next.to) = (before.from, before.to);
    }
    settle_index(before.output, &mut next.output, next.outputs, "output", problems);
    if next.outputs < before.outputs {
        problems.extend(waiting(before, next));
    }
    settle_index(before.swept_input, &mut next.swept_input, next.inputs, "dir_k", problems);
    if let Some(step) = next.step {
        // Rounds to the schema's smallest step at the least, which is above 0.
        let least = (next.to - next.from) / (MOST_PLACES - 1) as f32;
        if step < least {
            problems.push(Problem::StepTooSmall { given: step, used: least });
            next.step = Some(least);
        }
    }
    let inside = next.at.clamp(next.from, next.to);
    // A sweep that leaves the cursor behind needs no word; a cursor put outside does.
    if inside != next.at && next.at != before.at {
        problems.push(Problem::CursorOutside { given: next.at, used: inside });
    }
    next.at = inside;
    for end in [&mut next.zoom_from, &mut next.zoom_to] {
        *end = end.map(|end| end.clamp(next.from, next.to));
    }
    if next.window() == (next.from, next.to) {
        (next.zoom_from, next.zoom_to) = (None, None);
    }
}

/// What a smaller layer has no output for any more: weights by hand stay with theirs.
fn waiting(before: &State, next: &State) -> Option<Problem> {
    let lost = next.weights.range((next.outputs, 0)..(usize::MAX, 0));
    let kept = lost.filter(|(place, code)| before.weights.get(place) == Some(code));
    let mut outputs: Vec<usize> = kept.map(|((output, _), _)| *output).collect();
    outputs.dedup();
    let is_by_hand = next.weights.range((next.output, 0)..(next.output + 1, 0)).next().is_some();
    let shown = (next.output != before.output).then_some((next.output, is_by_hand));
    (!outputs.is_empty()).then_some(Problem::Waiting { outputs, shown })
}

/// Holds an index below `count`. Fewer things than before need no word; a wrong choice does.
fn settle_index(
    before: usize,
    index: &mut usize,
    count: usize,
    key: &'static str,
    problems: &mut Problems,
) {
    if *index >= count {
        let used = count - 1;
        if *index != before {
            let (given, used) = (index.to_string(), used.to_string());
            problems.push(Problem::OutOfRange { key, given, used });
        }
        *index = used;
    }
}

fn check_version(text: &str, problems: &mut Problems) {
    match text.parse::<u32>() {
        Ok(version) if version <= schema::VERSION => {}
        Ok(_) => problems.push(Problem::NewerVersion { given: clip(text) }),
        Err(_) => problems.push(Problem::NotANumber {
            key: "v",
            given: clip(text),
            used: schema::VERSION.to_string(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::{Engine, Rescale};
    use crate::state::{Overlay, WeightEdits};

    fn patched(pairs: &[(&str, &str)]) -> (State, Problems) {
        let patch =
            Patch(pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect());
        let (state, report) = apply(&State::default(), &patch);
        (state, report.problems)
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
            (state.seed, state.reduce_range, state.input_scale, state.at),
            (7, true, Some(0.5), -1.5)
        );
        assert_eq!(state.weights, WeightEdits::from([((2, 0), 127), ((9, 7), -128)]));
        let (state, problems) = patched(&[("x_scale", "0.5"), ("x_scale", "auto")]);
        assert_eq!((state.input_scale, problems.len()), (None, 0));
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
        assert_eq!(state.bias, [(0, 0.5), (3, -1.0)].into());
        assert_eq!(state.weight_zero_points, [(2, -7)].into());
        assert_eq!(state.overlay, [Overlay::Engine(Engine::Qnnpack), Overlay::Float32]);
        assert_eq!(state.rescale, Some(Rescale::Ruy));
        let (state, problems) =
            patched(&[("bias", "16:1,1:x,2:0.5,3"), ("overlay", "qnpack,float32")]);
        assert_eq!((state.bias, problems.len()), ([(2, 0.5)].into(), 4));
        assert_eq!(state.overlay, [Overlay::Float32]);
        let (state, problems) = patched(&[("bias", "0.5, −1,x")]);
        assert_eq!((state.bias, problems.len()), ([(0, 0.5), (1, -1.0)].into(), 1));
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
        assert_eq!(state.inputs, 64);
        assert_eq!(state.outputs, 10);
        assert_eq!(state.input_scale, Some(1e-6));
        assert_eq!(state.at, 4.0);
        assert_eq!(state.weights.len(), 1);
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
                let (reached, report) = apply(&before, &Patch::between(&before, &after));
                assert_eq!((reached, report.problems), (after, Problems::default()));
            }
        }
    }

    #[test]
    fn rules_between_parameters_hold() {
        let (state, problems) = patched(&[("from", "3"), ("to", "-3")]);
        assert_eq!((state.from, state.to), (-4.0, 4.0));
        assert_eq!(problems, [Problem::EmptySweep { from: 3.0, to: -3.0 }]);
        let (state, problems) = patched(&[("outputs", "2")]);
        assert_eq!((state.output, problems.len()), (1, 0));
        let (state, problems) = patched(&[("outputs", "2"), ("output", "5")]);
        assert_eq!((state.output, problems.len()), (1, 1));
        let (state, problems) = patched(&[("to", "1")]);
        assert_eq!((state.at, problems.len()), (1.0, 0));
        let (state, problems) = patched(&[("at", "7")]);
        assert_eq!((state.at, problems.len()), (4.0, 1));
        let (state, problems) = patched(&[("step", "0.001")]);
        assert_eq!((state.step, problems.len()), (Some(8.0 / 4095.0), 1));
        let (state, _) = patched(&[("zoom_from", "1"), ("zoom_to", "2")]);
        assert_eq!((state.window(), state.is_zoomed()), ((1.0, 2.0), true));
        let (state, _) = patched(&[("zoom_from", "2"), ("zoom_to", "1")]);
        assert_eq!((state.zoom_from, state.is_zoomed()), (None, false));
    }
}
