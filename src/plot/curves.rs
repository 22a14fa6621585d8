//! Curves over the drawn part of a sweep.

use super::scene::{Axis, Dash, Mark, Role};
use crate::arith::dequantize;
use crate::state::{Derived, EngineView, OutputView, Overlay, Quantity, State};

/// The most vertices of a small multiple's curve.
const SMALL: usize = 256;

/// What curves are made of: the places that are drawn, and the value of each.
pub(super) struct Curves<'a> {
    state: &'a State,
    derived: &'a Derived,
    /// Value of the sweep and place, ascending.
    points: Vec<(f64, usize)>,
}

impl<'a> Curves<'a> {
    /// The drawn places: every one in the window, or those of the step, and the window's ends.
    pub(super) fn new(state: &'a State, derived: &'a Derived) -> Curves<'a> {
        let (from, to) = state.window();
        let end = |t: f32| (f64::from(t), derived.place_of(state, t));
        let mut points = Vec::new();
        match state.picture.step {
            // As numpy.arange gives them; the schema's smallest step is above 0.
            Some(step) => {
                let first =
                    ((f64::from(from) - f64::from(state.sweep.from)) / f64::from(step)).ceil();
                let steps =
                    ((f64::from(to) - f64::from(state.sweep.from)) / f64::from(step)).floor();
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "at most the places that the state allows"
                )]
                let range = first.max(0.0) as u32..=steps.max(0.0) as u32;
                points.extend(range.map(|index| {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "drawn in double and rounded, as numpy.arange does"
                    )]
                    let t =
                        (f64::from(state.sweep.from) + f64::from(index) * f64::from(step)) as f32;
                    end(t)
                }));
            }
            None => {
                points.push(end(from));
                points.extend(
                    derived.sweep.at.iter().enumerate().map(|(place, at)| (*at, place)).filter(
                        |(at, place)| {
                            *at > from.into() && *at < to.into() && derived.is_reached(*place)
                        },
                    ),
                );
                points.push(end(to));
            }
        }
        Curves { state, derived, points }
    }

    /// The same with few enough points for a small picture.
    pub(super) fn thinned(mut self) -> Self {
        let every = self.points.len().div_ceil(SMALL);
        let last = self.points.len().saturating_sub(1);
        let mut index = 0;
        self.points.retain(|_| {
            let keep = index % every.max(1) == 0 || index == last;
            index += 1;
            keep
        });
        self
    }

    /// A value of each drawn place.
    pub(super) fn along(&self, value: impl Fn(usize) -> f64) -> Vec<[f64; 2]> {
        self.points.iter().map(|(at, place)| [*at, value(*place)]).collect()
    }

    /// The drawn value of an output at a place.
    pub(super) fn value(&self, ramp: &crate::arith::Ramp, place: usize) -> f64 {
        match self.state.picture.plot {
            Quantity::Output => ramp.real[place].into(),
            Quantity::Accumulator => ramp.acc[place].into(),
        }
    }

    /// The exact curve thin, the chosen one bold, in the accent colour where its
    /// accumulator is not exact.
    pub(super) fn marks(&self, view: &OutputView, thin: f64, bold: f64) -> Vec<Mark> {
        let mut marks = self.bold(view, bold);
        let exact = self.along(|place| self.value(&view.exact, place));
        marks.push(Mark::curve(exact, Role::Exact, thin, Dash::Solid));
        marks
    }

    /// The chosen curve alone.
    pub(super) fn bold(&self, view: &OutputView, bold: f64) -> Vec<Mark> {
        let mut marks = Vec::new();
        if let Some(chosen) = &view.chosen {
            let points = self.along(|place| self.value(chosen, place));
            marks.push(Mark::curve(points.clone(), Role::Chosen, bold, Dash::Solid));
            let is_saturated: Vec<bool> =
                self.points.iter().map(|(_, place)| view.is_saturated(*place)).collect();
            for stretch in stretches(&is_saturated) {
                marks.push(Mark::Curve {
                    points: points.clone(),
                    part: stretch,
                    role: Role::Saturated,
                    width: bold,
                    dash: Dash::Solid,
                });
            }
        }
        marks
    }

    /// Whether the chosen curve is drawn somewhere where its accumulator is not exact.
    pub(super) fn is_saturated(&self, view: &OutputView) -> bool {
        self.points.iter().any(|(_, place)| view.is_saturated(*place))
    }

    /// The overlays, each with its own line.
    pub(super) fn overlays(&self) -> Vec<Mark> {
        overlay_styles(self.state)
            .filter_map(|(overlay, role, dash)| {
                let value = overlay_value(self.state, self.derived.engines.of(overlay))?;
                Some(Mark::curve(self.along(value), role, 2.0, dash))
            })
            .collect()
    }

    /// The values of all that is drawn, the clamps of the output among them while the whole sweep
    /// is.
    pub(super) fn axis(&self, view: &OutputView) -> Axis {
        let mut values: Vec<f64> = Vec::new();
        let ramps = view.chosen.iter().chain([&view.exact]);
        let free = view.chosen.as_ref().is_some_and(|ramp| ramp.code.iter().any(Option::is_none));
        let is_output = self.state.picture.plot == Quantity::Output;
        if is_output && !self.state.is_zoomed() {
            let codes = self.derived.layer.activation_codes;
            let ends = [codes.qmin, codes.qmax];
            values.extend(ends.map(|code| f64::from(dequantize(code, self.derived.layer.output))));
        }
        if !is_output || free || self.state.is_zoomed() {
            for ramp in ramps {
                values.extend(self.points.iter().map(|(_, place)| self.value(ramp, *place)));
            }
        }
        let finite = values.into_iter().filter(|value| value.is_finite());
        let Some(axis) = Axis::of(finite) else { return Axis { min: -1.0, max: 1.0 } };
        let least = f64::from(self.derived.layer.output.scale);
        axis.widened((axis.span() * 0.05).max(if is_output { least } else { 1.0 }))
    }
}

/// The drawn overlays with their lines: four colours, and another dash for the next four.
pub fn overlay_styles(state: &State) -> impl Iterator<Item = (Overlay, Role, Dash)> + '_ {
    state.picture.overlay.iter().enumerate().map(|(index, overlay)| {
        let dash = if index / 4 % 2 == 0 { Dash::Dashed } else { Dash::Dotted };
        #[expect(clippy::cast_possible_truncation, reason = "below 4")]
        let colour = (index % 4) as u8;
        (*overlay, Role::Overlay(colour), dash)
    })
}

/// What an overlay draws at a place, where it has it.
fn overlay_value<'a>(
    state: &State,
    view: &'a EngineView,
) -> Option<Box<dyn Fn(usize) -> f64 + 'a>> {
    match state.picture.plot {
        Quantity::Output if !view.real.is_empty() => Some(Box::new(|at| view.real[at].into())),
        Quantity::Accumulator if !view.acc.is_empty() => Some(Box::new(|at| view.acc[at].into())),
        _ => None,
    }
}

/// Runs of true.
fn stretches(flags: &[bool]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (index, flag) in flags.iter().enumerate() {
        match (start, flag) {
            (None, true) => start = Some(index),
            (Some(first), false) => {
                found.push(first..index);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|first| first..flags.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Deriver, link};

    #[test]
    fn runs_of_true() {
        assert_eq!(stretches(&[false, true, true, false, true]), [1..3, 4..5]);
        assert!(stretches(&[]).is_empty());
    }

    #[test]
    fn a_window_and_a_step_choose_the_places() {
        let points = |link: &str| {
            let (state, problems) = link::read(link);
            assert_eq!(problems, []);
            let derived = Deriver::default().derive(&state);
            Curves::new(&state, &derived).points
        };
        let whole = points("");
        assert!(whole.len() > 200 && whole[0].0 == -4.0 && whole[whole.len() - 1].0 == 4.0);
        let zoomed = points("#/lab?zoom_from=1&zoom_to=2");
        assert!(zoomed.len() < whole.len() / 4 && zoomed[0].0 == 1.0);
        let steps = points("#/lab?step=0.5");
        assert_eq!(steps.len(), 17);
        assert_eq!((steps[0].0, steps[16].0), (-4.0, 4.0));
        let both = points("#/lab?step=0.5&zoom_from=0.9&zoom_to=2.1");
        assert_eq!(both.iter().map(|point| point.0).collect::<Vec<_>>(), [1.0, 1.5, 2.0]);
    }
}
