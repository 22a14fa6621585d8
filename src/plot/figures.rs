//! The figures of the page as scenes.

use super::curves::Curves;
use super::scene::{Axis, Dash, Frame, Labels, Mark, Role, Scene, Side, Tick};
use super::ticks::ticks;
use crate::arith::{Lane, QParams, dequantize};
use crate::state::{Derived, Direction, KinkView, OutputView, Quantity, State, Visibility, number};

/// Half of the input codes: above it a pair can saturate.
const HALF: usize = 128;
/// Below this many CSS pixels one of the Lab's parts is a small figure: the style sheet makes it low, too.
const SMALL: f64 = 400.0;

/// What the large figure shows besides the state.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pointing {
    /// The pair that is looked at, by its index.
    pub pair: Option<usize>,
    /// The value of the sweep under the pointer.
    pub hover: Option<f64>,
}

/// The ramp of the chosen output, with the cursor, above the strip of its
/// difference from exact arithmetic. `width` in CSS pixels decides how many
/// ticks fit; the small figure of a narrow column has neither the strip nor the codes above.
pub fn ramp_scene(state: &State, derived: &Derived, pointing: Pointing, width: f64) -> Scene {
    let view = derived.chosen(state);
    let curves = Curves::new(state, derived);
    let few = width < 520.0;
    // In a narrow column of somebody's page the height is for the ramp itself.
    let is_small = !state.figure.focus.is_empty() && width < SMALL;
    let (x, y) = (window_axis(state), curves.axis(view));
    let mut marks = backdrop(state, derived, pointing);
    marks.extend(curves.marks(view, 1.5, 3.0));
    // Above the others: most overlays are one with the exact ramp or with the chosen one, and
    // these show between the dashes.
    marks.extend(curves.overlays());
    let curve = view.curve();
    marks.extend(kink_marks(state, &curves, view, pointing));
    let at = f64::from(state.gaze.at);
    marks.extend(cursor_marks([at, curves.value(curve, derived.cursor.place)], 5.0));
    if let Some(hover) = pointing.hover {
        marks.push(Mark::Vertical { x: hover, role: Role::Muted, dash: Dash::Dotted });
        #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
        let place = derived.place_of(state, hover as f32);
        let on_curve = [hover, curves.value(curve, place)];
        marks.push(Mark::Dot { at: on_curve, role: Role::Muted, radius: 3.5 });
    }
    let mut labels = vec![
        values_on(Side::Bottom, input_title(state, few), x, if few { 5 } else { 9 }),
        values_on(Side::Left, output_title(state), y, 6),
    ];
    if derived.sweep.is_by_code() && !is_small {
        let most = if few { 5 } else { 10 };
        labels.push(codes_on(Side::Top, "input code", x, derived.layer.input, most));
    }
    match state.picture.plot {
        Quantity::Output if view.has_codes() => {
            labels.push(codes_on(Side::Right, "output code", y, derived.layer.output, 6));
        }
        Quantity::Output => {}
        Quantity::Accumulator => labels.push(real_of_accumulator(state, derived, y)),
    }
    let mut frames = vec![Frame { share: 3.4, is_square: false, x, y, labels, marks }];
    if !is_small {
        frames.push(difference_frame(state, derived, &curves, pointing));
    }
    Scene { frames }
}

/// The strip below a ramp: chosen engine minus exact, in output codes; what the sum does in the
/// accent colour, what the rounding does beside it.
fn difference_frame(
    state: &State,
    derived: &Derived,
    curves: &Curves<'_>,
    pointing: Pointing,
) -> Frame {
    let view = derived.chosen(state);
    let is_sum = state.picture.plot == Quantity::Accumulator || !view.has_codes();
    let curve = view.curve();
    let sum = curves.along(|place| match is_sum {
        true => f64::from(curve.acc[place]) - f64::from(view.exact.acc[place]),
        false => view.saturation[place],
    });
    let rounding = curves.along(|place| if is_sum { 0.0 } else { view.rounding[place] });
    let most = sum.iter().chain(&rounding).fold(4.0_f64, |most, point| most.max(point[1].abs()));
    let y = Axis { min: -most * 1.15, max: most * 1.15 };
    let title = if is_sum { "sum off" } else { "codes off" }.to_string();
    let labels = Labels { side: Side::Left, title, ticks: size_ticks(most), grid: true };
    let x = f64::from(state.gaze.at);
    let mut marks = Vec::new();
    if sum.iter().any(|point| point[1] != 0.0) {
        marks.push(Mark::Area { points: sum, role: Role::Saturated });
    }
    if rounding.iter().any(|point| point[1] != 0.0) {
        marks.push(Mark::Area { points: rounding, role: Role::Rounding });
    }
    marks.push(Mark::Horizontal { y: 0.0, role: Role::Exact, dash: Dash::Solid });
    marks.push(Mark::Vertical { x, role: Role::Cursor, dash: Dash::Solid });
    if let Some(x) = pointing.hover {
        marks.push(Mark::Vertical { x, role: Role::Muted, dash: Dash::Dotted });
    }
    Frame { share: 1.0, is_square: false, x: window_axis(state), y, labels: vec![labels], marks }
}

/// The chosen engine's difference from exact arithmetic alone.
pub fn difference_scene(state: &State, derived: &Derived) -> Scene {
    let curves = Curves::new(state, derived);
    Scene { frames: vec![difference_frame(state, derived, &curves, Pointing::default())] }
}

/// The input code over the real input.
pub fn codes_scene(state: &State, derived: &Derived, width: f64) -> Scene {
    let few = width < 520.0;
    let curves = Curves::new(state, derived);
    let x = window_axis(state);
    let y = Axis { min: -12.0, max: 267.0 };
    // Where all inputs are equal a place is a code.
    let points = curves.along(|place| place as f64);
    let at = [f64::from(state.gaze.at), f64::from(derived.cursor.code(state))];
    let codes = derived.layer.activation_codes;
    let mut marks = backdrop(state, derived, Pointing::default());
    marks.retain(|mark| !matches!(mark, Mark::Horizontal { .. }));
    marks.extend([codes.qmin, codes.qmax].map(|code| Mark::Horizontal {
        y: code.into(),
        role: Role::Clamped,
        dash: Dash::Dashed,
    }));
    marks.extend([
        Mark::curve(points, Role::Chosen, 3.0, Dash::Solid),
        Mark::Vertical { x: at[0], role: Role::Cursor, dash: Dash::Solid },
        Mark::Horizontal { y: at[1], role: Role::Cursor, dash: Dash::Dotted },
        Mark::Dot { at, role: Role::Cursor, radius: 5.0 },
    ]);
    let labels = vec![
        values_on(Side::Bottom, "real input x", x, if few { 5 } else { 9 }),
        Labels { side: Side::Left, title: "code".into(), ticks: whole_ticks(y, 6), grid: true },
    ];
    Scene { frames: vec![Frame { share: 1.0, is_square: false, x, y, labels, marks }] }
}

/// One output without words, for the row of small multiples.
pub fn small_scene(state: &State, derived: &Derived, view: &OutputView) -> Scene {
    let curves = Curves::new(state, derived).thinned();
    let mut marks = curves.marks(view, 1.0, 2.0);
    let curve = view.curve();
    for kink in view.kinks.iter().filter(|kink| kink.shown(state) == Visibility::Visible) {
        let at = [kink.at, curves.value(curve, kink.place)];
        marks.push(Mark::Dot { at, role: Role::Saturated, radius: 3.0 });
    }
    let frame = Frame {
        share: 1.0,
        is_square: false,
        x: window_axis(state),
        y: curves.axis(view),
        labels: Vec::new(),
        marks,
    };
    Scene { frames: vec![frame] }
}

/// The numbered badges of an output's kinks; those that lie beyond what is drawn stand in the table
/// only.
fn kink_marks<'a>(
    state: &'a State,
    curves: &'a Curves<'_>,
    view: &'a OutputView,
    pointing: Pointing,
) -> impl Iterator<Item = Mark> + 'a {
    view.kinks.iter().filter(|kink| kink.is_drawn(state)).map(move |kink| Mark::Kink {
        at: [kink.at, curves.value(view.curve(), kink.place)],
        number: kink.number,
        effect: (!kink.is_jump).then_some(kink.effect),
        is_seen: kink.shown(state) == Visibility::Visible,
        is_marked: pointing.pair.is_some_and(|pair| touches(kink, pair)),
    })
}

/// Whether a pair is one of a kink's.
fn touches(kink: &KinkView, pair: usize) -> bool {
    kink.pairs.iter().any(|one| one.group == pair)
}

/// The cursor through a point of a curve.
pub(super) fn cursor_marks(at: [f64; 2], radius: f64) -> [Mark; 2] {
    let role = Role::Cursor;
    [Mark::Vertical { x: at[0], role, dash: Dash::Solid }, Mark::Dot { at, role, radius }]
}

pub(super) fn window_axis(state: &State) -> Axis {
    let (from, to) = state.window();
    Axis { min: from.into(), max: to.into() }
}

fn input_title(state: &State, few: bool) -> &'static str {
    match (state.sweep.direction, few) {
        (Direction::All, false) => "real input x, the same for all inputs",
        (Direction::All, true) => "real input x",
        (Direction::One, _) => "real value of the swept input",
        (Direction::Vector, _) => "t, the factor of the vector",
    }
}

fn output_title(state: &State) -> &'static str {
    match state.picture.plot {
        Quantity::Output => "real output y",
        Quantity::Accumulator => "accumulator",
    }
}

/// What stands behind the curves: the calibrated range, the codes that can saturate, where the
/// looked-at pair does, the input clamp, the output clamp.
pub(super) fn backdrop(state: &State, derived: &Derived, pointing: Pointing) -> Vec<Mark> {
    let (from, to) = state.window();
    let (from, to) = (f64::from(from), f64::from(to));
    let band =
        |low: f64, high: f64| (low < to && high > from).then(|| [low.max(from), high.min(to)]);
    let mut marks = Vec::new();
    if derived.sweep.is_by_code() && derived.is_calibrated() {
        let (low, high) = derived.calibrated.input_range;
        let role = Role::Calibrated;
        marks.extend(band(low.into(), high.into()).map(|x| Mark::Band { x, role }));
    }
    if let Some(x) = pointing.pair.and_then(|pair| saturated_part(derived, state, pair)) {
        marks.extend(band(x[0], x[1]).map(|x| Mark::Band { x, role: Role::Marked }));
    }
    if derived.sweep.is_by_code() {
        let last = derived.layer.activation_codes.qmax as usize;
        if half_matters(state, derived) {
            let above = band(derived.input_at(HALF), derived.input_at(last));
            marks.extend(above.map(|x| Mark::TopBar { x, role: Role::Half }));
        }
        for end in [derived.layer.activation_codes.qmin as usize, last] {
            let x = derived.input_at(end);
            if x > from && x < to {
                marks.push(Mark::Vertical { x, role: Role::Clamped, dash: Dash::Dashed });
            }
        }
    }
    if state.picture.plot == Quantity::Output && derived.chosen(state).has_codes() {
        let codes = derived.layer.activation_codes;
        for code in [codes.qmin, codes.qmax] {
            let y = dequantize(code, derived.layer.output).into();
            marks.push(Mark::Horizontal { y, role: Role::Clamped, dash: Dash::Dashed });
        }
    }
    marks
}

/// Whether the upper half of the codes is marked: where inputs are equal, and pairs of codes as they
/// are have to fit 16 bits.
fn half_matters(state: &State, derived: &Derived) -> bool {
    let is_of_pairs = matches!(state.arithmetic.engine.lane(), Lane::Saturate | Lane::Wrap);
    is_of_pairs
        && state.arithmetic.engine.raw_accumulator(&derived.layer).is_some()
        && derived.unavailable.is_none()
        && state.sweep.direction == Direction::All
        && derived.layer.activation_codes.qmax as usize > HALF
}

/// From where to where a pair of the chosen output is saturated.
fn saturated_part(derived: &Derived, state: &State, pair: usize) -> Option<[f64; 2]> {
    let kinks = &derived.chosen(state).kinks;
    let reached = kinks.iter().find(|kink| touches(kink, pair) && !kink.is_release)?;
    let left = kinks
        .iter()
        .find(|kink| touches(kink, pair) && kink.is_release && kink.place > reached.place);
    Some([reached.at, left.map_or(f64::INFINITY, |kink| kink.at)])
}

pub(super) fn values_on(side: Side, title: &str, axis: Axis, most: usize) -> Labels {
    Labels { side, title: title.into(), ticks: ticks(axis, most), grid: true }
}

/// Codes on the opposite side of their real values.
pub(super) fn codes_on(
    side: Side,
    title: &str,
    axis: Axis,
    params: QParams,
    most: usize,
) -> Labels {
    let (scale, zero_point) = (f64::from(params.scale), f64::from(params.zero_point));
    let code = |value: f64| (value / scale + zero_point).clamp(0.0, 255.0);
    let codes = Axis { min: code(axis.min), max: code(axis.max) };
    let ticks = whole_ticks(codes, most)
        .into_iter()
        .map(|tick| Tick { at: (tick.at - zero_point) * scale, label: tick.label })
        .collect();
    Labels { side, title: title.into(), ticks, grid: false }
}

/// The real values of accumulators, on the side opposite of them.
fn real_of_accumulator(state: &State, derived: &Derived, axis: Axis) -> Labels {
    let weight = derived.layer.weight_param(state.picture.output).scale;
    let unit = f64::from(derived.layer.input.scale) * f64::from(weight);
    let real = Axis { min: axis.min * unit, max: axis.max * unit };
    let ticks = ticks(real, 6)
        .into_iter()
        .map(|tick| Tick { at: tick.at / unit, label: tick.label })
        .collect();
    Labels { side: Side::Right, title: "real value".into(), ticks, grid: false }
}

/// 0, and on both sides the largest round number that is reached.
fn size_ticks(most: f64) -> Vec<Tick> {
    let steps = number::round_steps(most);
    let size = steps.into_iter().rev().find(|step| *step <= most).unwrap_or(steps[0]).max(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "a whole number within those of a sum")]
    let tick = |at: f64| Tick { at, label: number::whole(at as i64) };
    [-size, 0.0, size].map(tick).into()
}

/// Ticks at whole numbers only.
#[expect(clippy::cast_possible_truncation, reason = "whole, and within an axis")]
pub(super) fn whole_ticks(axis: Axis, most: usize) -> Vec<Tick> {
    let is_whole = |tick: &Tick| tick.at == tick.at.round();
    ticks(axis, most)
        .into_iter()
        .filter(is_whole)
        .map(|tick| Tick { at: tick.at, label: number::whole(tick.at as i64) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Deriver, link};

    #[test]
    fn the_calibrated_range_is_drawn_where_it_is_the_layers_own() {
        let is_shaded = |link: &str| {
            let (state, _) = link::read(link);
            let derived = Deriver::default().derive(&state);
            let calibrated =
                |mark: &Mark| matches!(mark, Mark::Band { role: Role::Calibrated, .. });
            let large = ramp_scene(&state, &derived, Pointing::default(), 800.0);
            let codes = codes_scene(&state, &derived, 800.0);
            let [large, codes] =
                [large, codes].map(|scene| scene.frames[0].marks.iter().any(calibrated));
            assert_eq!((large, codes), (derived.is_calibrated(), large), "{link}");
            large
        };
        for own in ["", "#/lab?reduce_range=1", "#/lab?x_min=-1", "#/lab?w=2.0:1&w_scale=0.1"] {
            assert!(is_shaded(own), "{own}");
        }
        let one_pair = "#/lab?inputs=2&outputs=1&x_scale=1&x_zp=0&w=0.0:127_127&from=0&to=255";
        for other in [one_pair, "#/lab?x_scale=0.5", "#/lab?x_zp=3"] {
            assert!(!is_shaded(other), "{other}");
        }
    }
}
