//! The figures of the page as scenes.

use super::scene::{Axis, Dash, Frame, Labels, Mark, Role, Scene, Side, Tick};
use super::ticks::ticks;
use crate::arith::{QParams, Ramp, dequantize};
use crate::state::{Derived, OutputView, State, Visibility, number};

/// The ramp of the chosen output, with the cursor, above the strip of its
/// difference from exact arithmetic. `width` in CSS pixels decides how many
/// ticks fit.
pub fn ramp_scene(state: &State, derived: &Derived, width: f64) -> Scene {
    let view = &derived.outputs[state.output];
    let few = width < 520.0;
    let y = output_axis(derived, view);
    let mut marks = backdrop(state, derived);
    marks.extend(curves(state, derived, view, 1.5, 3.0));
    let curve = view.chosen.as_ref().unwrap_or(&view.exact);
    for kink in view.kinks.iter().filter(|kink| kink.visibility != Visibility::OutsideSweep) {
        let at = [kink.at, f64::from(curve.real[usize::from(kink.kink.code)])];
        marks.push(Mark::Kink { at, number: kink.number, effect: kink.kink.effect });
    }
    let x = f64::from(state.at);
    marks.push(Mark::Vertical { x, role: Role::Cursor, dash: Dash::Solid });
    let at = [x, f64::from(curve.real[usize::from(derived.cursor.code)])];
    marks.push(Mark::Dot { at, role: Role::Cursor, radius: 5.0 });
    let ramp = Frame {
        share: 3.4,
        x: sweep_axis(state),
        y,
        labels: vec![
            codes_on(
                Side::Top,
                "input code",
                sweep_axis(state),
                derived.layer.input,
                if few { 5 } else { 10 },
            ),
            codes_on(Side::Right, "output code", y, derived.layer.output, 6),
            values_on(
                Side::Bottom,
                "real input x, the same for all inputs",
                sweep_axis(state),
                if few { 5 } else { 9 },
            ),
            values_on(Side::Left, "real output y", y, 6),
        ],
        marks,
    };
    Scene { frames: vec![ramp, difference_frame(state, derived)] }
}

/// The strip below a ramp: chosen engine minus exact, in output codes.
pub fn difference_frame(state: &State, derived: &Derived) -> Frame {
    let view = &derived.outputs[state.output];
    let points = swept(state, derived, |code| view.difference[code]);
    let most = points.iter().fold(4.0_f64, |most, point| most.max(point[1].abs())) * 1.15;
    let y = Axis { min: -most, max: most };
    let title = "difference".to_string();
    let labels = Labels { side: Side::Left, title, ticks: whole_ticks(y, 4), grid: true };
    let x = f64::from(state.at);
    Frame {
        share: 1.0,
        x: sweep_axis(state),
        y,
        labels: vec![labels],
        marks: vec![
            Mark::Area { points, role: Role::Saturated },
            Mark::Horizontal { y: 0.0, role: Role::Exact, dash: Dash::Solid },
            Mark::Vertical { x, role: Role::Cursor, dash: Dash::Solid },
        ],
    }
}

/// One output without words, for the row of small multiples.
pub fn small_scene(state: &State, derived: &Derived, output: usize) -> Scene {
    let view = &derived.outputs[output];
    let mut marks = curves(state, derived, view, 1.0, 2.0);
    let curve = view.chosen.as_ref().unwrap_or(&view.exact);
    for kink in view.kinks.iter().filter(|kink| kink.visibility == Visibility::Visible) {
        let at = [kink.at, f64::from(curve.real[usize::from(kink.kink.code)])];
        marks.push(Mark::Dot { at, role: Role::Saturated, radius: 3.0 });
    }
    let frame = Frame {
        share: 1.0,
        x: sweep_axis(state),
        y: output_axis(derived, view),
        labels: Vec::new(),
        marks,
    };
    Scene { frames: vec![frame] }
}

fn sweep_axis(state: &State) -> Axis {
    Axis { min: state.from.into(), max: state.to.into() }
}

/// The real values of all output codes; where there are no codes, of the
/// curves.
fn output_axis(derived: &Derived, view: &OutputView) -> Axis {
    let codes = derived.output_codes();
    let ends = [codes.qmin, codes.qmax].map(|code| dequantize(code, derived.layer.output));
    let has_codes = view.chosen.as_ref().is_none_or(|ramp| ramp.code.iter().all(Option::is_some));
    let free = if has_codes { None } else { view.chosen.as_ref() };
    let values =
        ends.into_iter().chain(free.into_iter().flat_map(|ramp| ramp.real.iter().copied()));
    let (min, max) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), value| {
        (min.min(value.into()), max.max(value.into()))
    });
    let margin = (max - min) * 0.05;
    Axis { min: min - margin, max: max + margin }
}

/// What stands behind the curves: the calibrated range, the input clamp, the
/// output clamp.
fn backdrop(state: &State, derived: &Derived) -> Vec<Mark> {
    let (low, high) = derived.calibrated.input_range;
    let (low, high) = (f64::from(low), f64::from(high));
    let (from, to) = (f64::from(state.from), f64::from(state.to));
    let mut marks = Vec::new();
    if low < to && high > from {
        marks.push(Mark::Band { x: [low.max(from), high.min(to)], role: Role::Calibrated });
    }
    for end in [derived.input_at(0), derived.input_at(255)] {
        if end > from && end < to {
            marks.push(Mark::Vertical { x: end, role: Role::Clamped, dash: Dash::Dashed });
        }
    }
    let codes = derived.output_codes();
    for code in [codes.qmin, codes.qmax] {
        let y = dequantize(code, derived.layer.output).into();
        marks.push(Mark::Horizontal { y, role: Role::Clamped, dash: Dash::Dashed });
    }
    marks
}

/// The exact curve thin, the chosen one bold, in the accent colour where its
/// accumulator is not exact.
fn curves(state: &State, derived: &Derived, view: &OutputView, thin: f64, bold: f64) -> Vec<Mark> {
    let along = |ramp: &Ramp| swept(state, derived, |code| ramp.real[code].into());
    let mut marks = Vec::new();
    if let Some(chosen) = &view.chosen {
        let points = along(chosen);
        marks.push(Mark::Curve { points: points.clone(), role: Role::Chosen, width: bold });
        let codes = swept(state, derived, |code| f64::from(u8::from(view.is_saturated(code))));
        for stretch in stretches(&codes) {
            marks.push(Mark::Curve {
                points: points[stretch].to_vec(),
                role: Role::Saturated,
                width: bold,
            });
        }
    }
    marks.push(Mark::Curve { points: along(&view.exact), role: Role::Exact, width: thin });
    marks
}

/// Runs of points whose second coordinate is 1.
fn stretches(points: &[[f64; 2]]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (index, point) in points.iter().enumerate() {
        match (start, point[1] == 1.0) {
            (None, true) => start = Some(index),
            (Some(first), false) => {
                found.push(first..index);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|first| first..points.len()));
    found
}

/// A value of each code over the sweep: at most 256 vertices, and one at each
/// end.
fn swept(state: &State, derived: &Derived, value: impl Fn(usize) -> f64) -> Vec<[f64; 2]> {
    let (from, to) = (f64::from(state.from), f64::from(state.to));
    let end = |x: f32| [f64::from(x), value(derived.code_of(x).into())];
    let mut points = vec![end(state.from)];
    points.extend(
        (0..256)
            .map(|code| [derived.input_at(code), value(code)])
            .filter(|[x, _]| *x > from && *x < to),
    );
    points.push(end(state.to));
    points
}

fn values_on(side: Side, title: &str, axis: Axis, most: usize) -> Labels {
    Labels { side, title: title.into(), ticks: ticks(axis, most), grid: true }
}

/// Codes on the opposite side of their real values.
fn codes_on(side: Side, title: &str, axis: Axis, params: QParams, most: usize) -> Labels {
    let (scale, zero_point) = (f64::from(params.scale), f64::from(params.zero_point));
    let code = |value: f64| (value / scale + zero_point).clamp(0.0, 255.0);
    let codes = Axis { min: code(axis.min), max: code(axis.max) };
    let ticks = whole_ticks(codes, most)
        .into_iter()
        .map(|tick| Tick { at: (tick.at - zero_point) * scale, label: tick.label })
        .collect();
    Labels { side, title: title.into(), ticks, grid: false }
}

/// Ticks at whole numbers only.
fn whole_ticks(axis: Axis, most: usize) -> Vec<Tick> {
    let is_whole = |tick: &Tick| tick.at == tick.at.round();
    ticks(axis, most)
        .into_iter()
        .filter(is_whole)
        .map(|tick| Tick { at: tick.at, label: number::whole(tick.at as i64) })
        .collect()
}
