//! The mystery: one output on two CPUs, on axes that stay where they are.

use super::curves::Curves;
use super::figures::{cursor_marks, values_on, window_axis};
use super::scene::{Axis, Dash, Frame, Mark, Role, Scene, Shape, Side};
use crate::arith::{Lane, Ramp, dequantize};
use crate::state::{Derived, State};

/// Every so many codes a recorded point is drawn.
const EVERY: usize = 4;
/// The share of the values that is left free above and below.
const MARGIN: f64 = 0.06;

/// A line that somebody guessed, and the output codes that were recorded, at every input code.
#[derive(Clone, Copy)]
pub struct Guessed<'a> {
    /// The guess.
    pub line: &'a [i32],
    /// The recording.
    pub recorded: &'a [u8],
}

/// One output as a state has it, over the ghosts of what the frozen state (the layer on a CPU whose
/// pairs saturate) and an exact sum make of it. A guess stands instead of the state's own line, over
/// the recorded points: dots where it is right, crosses where it is not. `at` is where the cursor is, if
/// there is one. The axes have room for `widest`, too: a layer that a switch may lead to.
pub fn mystery_scene(
    now: (&State, &Derived),
    frozen: (&State, &Derived),
    widest: Option<(&State, &Derived)>,
    output: usize,
    guessed: Option<Guessed<'_>>,
    at: Option<f64>,
    width: f64,
) -> Scene {
    let few = width < 520.0;
    let x = window_axis(frozen.0);
    let view = &frozen.1.outputs[output];
    let bent = view.curve();
    let values = view.exact.real.iter().chain(&bent.real).map(|y| f64::from(*y));
    let far = widest.into_iter().flat_map(|(state, derived)| {
        let exact = &derived.outputs[output].exact;
        Curves::new(state, derived)
            .along(|place| exact.real[place].into())
            .into_iter()
            .map(|[_, y]| y)
    });
    let y = Axis::around(values.chain(far), MARGIN, frozen.1.layer.output.scale);
    #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
    let input = at.unwrap_or_default() as f32;
    let (mut marks, on_line) = match guessed {
        None => line_over_ghosts(now, frozen, output, input, 3.5),
        Some(Guessed { line, recorded }) => {
            let before = Curves::new(frozen.0, frozen.1);
            let mut marks = vec![ghost(&before, &view.exact, Dash::Solid)];
            let layer = &frozen.1.layer;
            let real = |code: i32| f64::from(dequantize(code, layer.output));
            let points = before.along(|place| real(line[place]));
            marks.push(Mark::curve(points, Role::Overlay(0), 3.0, Dash::Solid));
            marks.extend(points_of(frozen.1, line, recorded));
            (marks, real(line[frozen.1.place_of(frozen.0, input)]))
        }
    };
    marks.extend(at.into_iter().flat_map(|at| cursor_marks([at, on_line], 5.0)));
    let title = if few { "input x" } else { "input x, the same for all eight inputs" };
    let labels = vec![
        values_on(Side::Bottom, title, x, if few { 5 } else { 9 }),
        values_on(Side::Left, "output y", y, 5),
    ];
    Scene { frames: vec![Frame { share: 1.0, is_square: false, x, y, labels, marks }] }
}

/// A ramp of the frozen state.
fn ghost(frozen: &Curves<'_>, ramp: &Ramp, dash: Dash) -> Mark {
    let points = frozen.along(|place| f64::from(ramp.real[place]));
    Mark::curve(points, Role::Exact, 1.5, dash)
}

/// An output as a state has it over both ghosts of the frozen one, and its value at an input.
fn line_over_ghosts(
    now: (&State, &Derived),
    frozen: (&State, &Derived),
    output: usize,
    input: f32,
    width: f64,
) -> (Vec<Mark>, f64) {
    let (state, derived) = now;
    let own = &derived.outputs[output];
    let (view, before) = (&frozen.1.outputs[output], Curves::new(frozen.0, frozen.1));
    let mut marks =
        vec![ghost(&before, &view.exact, Dash::Solid), ghost(&before, view.curve(), Dash::Dotted)];
    let curves = Curves::new(state, derived);
    marks.extend(match state.arithmetic.engine.lane() {
        // Bits are lost all along, and no pair is cut.
        Lane::HalfWeights => {
            let points = curves.along(|place| f64::from(own.curve().real[place]));
            vec![Mark::curve(points, Role::Chosen, width, Dash::Solid)]
        }
        _ => curves.bold(own, width),
    });
    (marks, f64::from(own.curve().real[derived.place_of(state, input)]))
}

/// The same small, with numbers and without words, over all outputs that the frozen layer has a code for;
/// what it was calibrated for is shaded.
pub fn racer_scene(
    now: (&State, &Derived),
    frozen: (&State, &Derived),
    output: usize,
    at: f32,
) -> Scene {
    let layer = &frozen.1.layer;
    let codes = [layer.activation_codes.qmin, layer.activation_codes.qmax];
    let ends = codes.map(|code| f64::from(dequantize(code, layer.output)));
    let y = Axis::around(ends.into_iter(), MARGIN, layer.output.scale);
    let (low, high) = frozen.1.calibrated.input_range;
    let mut marks = vec![Mark::Band { x: [low.into(), high.into()], role: Role::Calibrated }];
    let (line, on_line) = line_over_ghosts(now, frozen, output, at, 2.5);
    marks.extend(line);
    marks.extend(cursor_marks([at.into(), on_line], 4.0));
    let x = window_axis(frozen.0);
    let labels = vec![values_on(Side::Bottom, "", x, 5), values_on(Side::Left, "", y, 3)];
    Scene { frames: vec![Frame { share: 1.0, is_square: false, x, y, labels, marks }] }
}

/// Recorded points, those that a line goes through and those that it misses: every few of them, and each
/// at which it begins to miss.
fn points_of(derived: &Derived, line: &[i32], recorded: &[u8]) -> [Mark; 2] {
    let point = |code: usize| {
        let y = dequantize(recorded[code].into(), derived.layer.output);
        [derived.input_at(code), f64::from(y)]
    };
    let is_hit = |code: usize| line[code] == i32::from(recorded[code]);
    let begins_to_miss = |code: usize| !is_hit(code) && (code == 0 || is_hit(code - 1));
    let of = |hit: bool| {
        let shown = |code: &usize| code.is_multiple_of(EVERY) || begins_to_miss(*code);
        (0..recorded.len()).filter(|code| is_hit(*code) == hit).filter(shown).map(point).collect()
    };
    [
        Mark::Points { points: of(true), role: Role::Ink, shape: Shape::Dot, radius: 2.0 },
        Mark::Points { points: of(false), role: Role::Saturated, shape: Shape::Cross, radius: 3.5 },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::mystery::{OUTPUT, RECORDED};
    use crate::state::{Deriver, link};

    fn at(link: &str) -> (State, Derived) {
        let (state, problems) = link::read(link);
        assert_eq!(problems, []);
        let derived = Deriver::default().derive(&state);
        (state, derived)
    }

    /// The frame of a state; with the line of the thread's layer on an engine, if that is guessed.
    fn frame(link: &str, guess: Option<&str>) -> Frame {
        let (now, frozen) = (at(link), at(""));
        let line = guess.map(|engine| {
            let codes =
                at(&format!("#/lab?engine={engine}")).1.outputs[OUTPUT].curve().code.clone();
            codes.into_iter().flatten().collect::<Vec<i32>>()
        });
        let guessed = line.as_ref().map(|line| Guessed { line, recorded: &RECORDED });
        let (now, frozen) = ((&now.0, &now.1), (&frozen.0, &frozen.1));
        let wide = at("#/story?reduce_range=1");
        let wide = Some((&wide.0, &wide.1));
        let scene = mystery_scene(now, frozen, wide, OUTPUT, guessed, Some(2.0), 900.0);
        scene.frames.into_iter().next().expect("a frame")
    }

    #[test]
    fn nothing_rescales_whatever_is_switched() {
        let axes = |frame: Frame| (frame.x, frame.y);
        let first = axes(frame("", None));
        for link in
            ["#/story?engine=fbgemm_vnni", "#/story?reduce_range=1", "#/story?engine=qnnpack"]
        {
            assert_eq!(axes(frame(link, None)), first, "{link}");
        }
        for guess in ["fbgemm_avx2", "products_15_bit"] {
            assert_eq!(axes(frame("", Some(guess))), first, "{guess}");
        }
    }

    #[test]
    fn no_line_that_is_switched_to_leaves_the_axes() {
        for link in ["#/story?engine=fbgemm_vnni", "#/story?reduce_range=1"] {
            let frame = frame(link, None);
            for mark in &frame.marks {
                let Mark::Curve { points, .. } = mark else { continue };
                let is_in = |y: &f64| (frame.y.min..=frame.y.max).contains(y);
                assert!(points.iter().all(|[_, y]| is_in(y)), "{link}");
            }
        }
    }

    #[test]
    fn the_first_miss_of_a_guess_has_a_cross() {
        let derived = at("").1;
        let mut line: Vec<i32> = RECORDED.iter().map(|code| i32::from(*code)).collect();
        line[58] += 1;
        let [_, crosses] = points_of(&derived, &line, &RECORDED);
        let Mark::Points { points, .. } = crosses else { panic!("points") };
        assert_eq!(points.len(), 1);
        assert_eq!(points[0][0], derived.input_at(58));
    }

    #[test]
    fn crosses_fall_where_a_guess_is_wrong() {
        let crosses = |guess| {
            let marks = frame("", Some(guess)).marks;
            let of = |mark: &Mark| match mark {
                Mark::Points { points, shape: Shape::Cross, .. } => points.len(),
                _ => 0,
            };
            marks.iter().map(of).sum::<usize>()
        };
        assert_eq!(crosses("fbgemm_avx2"), 0);
        assert!(crosses("fbgemm_vnni") > 10 && crosses("products_15_bit") > 10);
    }
}
