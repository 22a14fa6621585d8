//! A line of which a reader draws the rest.

use super::figures::{values_on, window_axis};
use super::scene::{Axis, Dash, Frame, Mark, Role, Scene, Side};
use crate::state::{Derived, State};

/// The share of the values that is left free above and below: a reader may draw there.
const MARGIN: f64 = 0.3;

/// What is known of the rest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rest<'a> {
    /// What a reader drew: (place, real output), ascending.
    pub drawn: &'a [(usize, f64)],
    /// Whether the real one is shown.
    pub is_shown: bool,
    /// What wrapping around would give at every place, if that is shown.
    pub wrapped: Option<&'a [f32]>,
}

/// The chosen output up to a place, on axes that have room for the rest; the exact ramp goes on thin.
pub fn predicted_scene(
    known: (&State, &Derived),
    from: usize,
    rest: Rest<'_>,
    width: f64,
) -> Scene {
    let (state, derived) = known;
    let few = width < 520.0;
    let view = derived.chosen(state);
    let (exact, real) = (&view.exact.real, &view.curve().real);
    let places = derived.window(state);
    let y = Axis::around(
        places.clone().flat_map(|place| [exact[place], real[place]]).map(f64::from),
        MARGIN,
        derived.layer.output.scale,
    );
    let x = window_axis(state);
    let at = |place: usize| derived.sweep.at[place].clamp(x.min, x.max);
    let line = |values: &[f32], places: std::ops::RangeInclusive<usize>, role, width, dash| {
        let points = places.map(|place| [at(place), f64::from(values[place])]).collect();
        Mark::curve(points, role, width, dash)
    };
    let (first, last) = (*places.start(), *places.end());
    let mut marks = vec![
        line(exact, first..=last, Role::Exact, 1.5, Dash::Solid),
        line(real, first..=from, Role::Chosen, 3.5, Dash::Solid),
    ];
    if let Some(wrapped) = rest.wrapped {
        // From the place before, so that its jump is drawn, too.
        let places = from.saturating_sub(1)..=last;
        marks.push(line(wrapped, places, Role::Overlay(1), 2.0, Dash::Dashed));
    }
    if rest.is_shown {
        marks.push(line(real, from..=last, Role::Saturated, 3.5, Dash::Solid));
    }
    let drawn: Vec<[f64; 2]> = rest.drawn.iter().map(|(place, y)| [at(*place), *y]).collect();
    let pen = drawn.last().copied().unwrap_or([at(from), f64::from(real[from])]);
    if drawn.len() > 1 {
        marks.push(Mark::curve(drawn, Role::Overlay(0), 3.0, Dash::Solid));
    }
    if !rest.is_shown {
        marks.push(Mark::Dot { at: pen, role: Role::Overlay(0), radius: 7.0 });
    }
    let labels = vec![
        values_on(Side::Bottom, "input x", x, if few { 5 } else { 9 }),
        values_on(Side::Left, "output y", y, 5),
    ];
    Scene { frames: vec![Frame { share: 1.0, is_square: false, x, y, labels, marks }] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Deriver, link};

    #[test]
    fn the_rest_is_hidden_until_it_is_shown_and_nothing_rescales() {
        let state = link::read("#/lab?output=0").0;
        let derived = Deriver::default().derive(&state);
        let scene = |rest| predicted_scene((&state, &derived), 185, rest, 800.0);
        let before = scene(Rest::default());
        let drawn = [(185, 0.0), (255, 9.0)];
        let after = scene(Rest { drawn: &drawn, is_shown: true, wrapped: None });
        let axes = |scene: &Scene| (scene.frames[0].x, scene.frames[0].y);
        assert_eq!(axes(&before), axes(&after));
        let has = |scene: &Scene, wanted| {
            let is = |mark: &Mark| matches!(mark, Mark::Curve { role, .. } if *role == wanted);
            scene.frames[0].marks.iter().any(is)
        };
        assert!(!has(&before, Role::Saturated) && has(&after, Role::Saturated));
        assert!(!has(&before, Role::Overlay(0)) && has(&after, Role::Overlay(0)));
    }
}
