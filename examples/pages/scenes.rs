//! The pictures of the story's scenes.

use rampscope::plot::{Rest, Scene, disagreement_scene, mystery_scene, predicted_scene};
use rampscope::state::{Derived, Deriver, State};
use rampscope::story::guess::{OUTPUT, reduced, thread};
use rampscope::story::predict::Asked;
use rampscope::story::quiz::Shown;
use rampscope::story::race::{self, Race};
use rampscope::story::swap::{STRAIGHT, Swaps};

/// Where the race's x stands on its picture: beyond the calibration, where reduce_range bends.
const BEYOND: f64 = 7.0;
/// Chips whose swap bends the straight output.
const SWAPPED: (usize, usize) = (1, 3);

/// The state, what follows from it, and the picture of a scene, from 1.
pub fn drawn(number: usize, width: f64) -> (State, Derived, Scene) {
    let mut deriver = Deriver::default();
    let thread = thread();
    let original = deriver.derive(&thread);
    let bent = (&thread, &original);
    match number {
        3 => {
            let Asked { state, derived, from, .. } = Asked::of(0);
            let scene = predicted_scene((&state, &derived), from, Rest::default(), width);
            (state, derived, scene)
        }
        4 => {
            let own = Swaps::of(STRAIGHT, &original);
            let [before, state] =
                [own.state(&original), own.swapped(SWAPPED.0, SWAPPED.1).state(&original)];
            let [frozen, derived] = [&before, &state].map(|state| deriver.derive(state));
            let (now, frozen) = ((&state, &derived), (&before, &frozen));
            let scene = mystery_scene(now, frozen, None, STRAIGHT, None, None, width);
            (state, derived, scene)
        }
        5 => {
            let race = Race::new();
            let [frozen, now] = [0, 1].map(|index| &race.racers[index]);
            let both = |racer: &'_ race::Racer| (racer.state.clone(), racer.derived.clone());
            let ((state, derived), (before, frozen)) = (both(now), both(frozen));
            let scene = mystery_scene(
                (&state, &derived),
                (&before, &frozen),
                None,
                race::OUTPUT,
                None,
                Some(BEYOND),
                width,
            );
            (state, derived, scene)
        }
        6 => {
            let Shown { state, derived } = Shown::all().swap_remove(0);
            let scene = disagreement_scene(&state, &derived, false, width);
            (state, derived, scene)
        }
        _ => {
            let widest = reduced();
            let wide = deriver.derive(&widest);
            let at = Some(thread.gaze.at.into());
            let scene = mystery_scene(bent, bent, Some((&widest, &wide)), OUTPUT, None, at, width);
            (thread, original, scene)
        }
    }
}
