//! The drawn part of the sweep, made smaller, larger and moved.

use super::groups::Gaze;
use super::state::State;

/// The smallest share of the sweep that can be drawn.
const DEEPEST: f64 = 1e-3;

/// The whole sweep drawn.
pub(super) fn whole(state: &State) -> State {
    State { gaze: Gaze { zoom_from: None, zoom_to: None, ..state.gaze }, ..state.clone() }
}

/// A window that many times smaller about a value; larger where the factor is below 1.
pub(super) fn zoom(state: &State, about: f64, factor: f64) -> State {
    let (from, to) = state.window();
    let (from, to) = (f64::from(from), f64::from(to));
    let whole = f64::from(state.sweep.to) - f64::from(state.sweep.from);
    if !(factor.is_finite() && factor > 0.0 && about.is_finite()) {
        return state.clone();
    }
    let width = ((to - from) / factor).clamp(whole * DEEPEST, whole);
    let share = ((about - from) / (to - from)).clamp(0.0, 1.0);
    drawn(state, about.clamp(from, to) - share * width, width)
}

/// The window moved to the right by a share of its width.
pub(super) fn pan(state: &State, share: f64) -> State {
    let (from, to) = state.window();
    let width = f64::from(to) - f64::from(from);
    if !share.is_finite() {
        return state.clone();
    }
    drawn(state, f64::from(from) + share * width, width)
}

/// A window of that width inside the sweep, as near to `from` as it can begin.
#[expect(clippy::cast_possible_truncation, reason = "parameters are float32")]
fn drawn(state: &State, from: f64, width: f64) -> State {
    let (first, last) = (f64::from(state.sweep.from), f64::from(state.sweep.to));
    let from = from.clamp(first, (last - width).max(first));
    let mut next = state.clone();
    let inside = |end: f64| Some((end as f32).clamp(state.sweep.from, state.sweep.to));
    (next.gaze.zoom_from, next.gaze.zoom_to) = (inside(from), inside(from + width));
    if next.window() == (state.sweep.from, state.sweep.to) { whole(&next) } else { next }
}
