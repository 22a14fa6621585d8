//! Two engines that disagree, without a word on why.

use super::curves::Curves;
use super::figures::{values_on, window_axis};
use super::scene::{Axis, Dash, Frame, Mark, Role, Scene, Side};
use crate::state::{Derived, State};

/// Shares of the height.
const SHARES: [f64; 2] = [0.72, 0.28];

/// The chosen output thick over the exact one, and below by how many codes they differ. What parts them is
/// told by colour once `is_told`.
pub fn disagreement_scene(state: &State, derived: &Derived, is_told: bool, width: f64) -> Scene {
    let few = width < 520.0;
    let view = derived.chosen(state);
    let curves = Curves::new(state, derived);
    let role = match is_told {
        false => Role::Chosen,
        true if view.saturation_over(derived.window(state)).is_none() => Role::Rounding,
        true => Role::Saturated,
    };
    let line = |ramp: &crate::arith::Ramp, role, width| {
        let points = curves.along(|place| f64::from(ramp.real[place]));
        Mark::curve(points, role, width, Dash::Solid)
    };
    let mut lines = if role == Role::Saturated {
        curves.bold(view, 3.0)
    } else {
        vec![line(view.curve(), Role::Chosen, 3.0)]
    };
    lines.push(line(&view.exact, Role::Exact, 1.5));
    let values = view.exact.real.iter().chain(&view.curve().real).map(|y| f64::from(*y));
    let y = Axis::around(values, 0.06, derived.layer.output.scale);
    let off = curves.along(|place| view.difference(place));
    let most = off.iter().map(|[_, off]| off.abs()).fold(1.0, f64::max) * 1.1;
    let codes = Axis { min: -most, max: most };
    let x = window_axis(state);
    let strip = vec![Mark::Area { points: off, role }];
    let left = |title, axis, most| vec![values_on(Side::Left, title, axis, most)];
    let mut upper = left("output y", y, 5);
    upper.push(values_on(Side::Bottom, "input x", x, if few { 5 } else { 9 }));
    let lower = left("codes off", codes, 5);
    Scene {
        frames: vec![
            Frame { share: SHARES[0], is_square: false, x, y, labels: upper, marks: lines },
            Frame { share: SHARES[1], is_square: false, x, y: codes, labels: lower, marks: strip },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Deriver, link};

    #[test]
    fn nothing_tells_before_it_is_told() {
        for query in ["output=4", "engine=tflite_gemmlowp&output=0"] {
            let state = link::read(&format!("#/lab?{query}")).0;
            let derived = Deriver::default().derive(&state);
            let is_telling = |is_told| {
                let scene = disagreement_scene(&state, &derived, is_told, 800.0);
                let tells = |mark: &Mark| match mark {
                    Mark::Curve { role, .. } | Mark::Area { role, .. } => {
                        matches!(role, Role::Saturated | Role::Rounding)
                    }
                    _ => true,
                };
                scene.frames.iter().flat_map(|frame| &frame.marks).any(tells)
            };
            assert!(!is_telling(false) && is_telling(true), "{query}");
        }
    }
}
