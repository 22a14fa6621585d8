//! A theory's curve over recorded points.

use super::figures::{codes_on, values_on, whole_ticks};
use super::scene::{Axis, Dash, Frame, Labels, Mark, Role, Scene, Shape, Side};
use crate::arith::{Linear, dequantize};
use crate::evidence::Compared;

/// What a theory says of one output, as a curve, and what the library gave, point by point: small
/// dots where they agree, crosses in the accent colour where they do not, with a line and a large dot at
/// the first of these. Below it theory minus recording, in output codes. `compared` ascends by code; `width` in CSS pixels decides how many
/// ticks fit.
pub fn theory_scene(layer: &Linear, compared: &[Compared], width: f64) -> Scene {
    let few = width < 520.0;
    let x = |one: &Compared| f64::from(dequantize(one.code.into(), layer.input));
    let y = |code: i32| f64::from(dequantize(code, layer.output));
    let at = |value: fn(&Compared) -> f64| compared.iter().map(value);
    let points = |is_wanted: fn(&Compared) -> bool| -> Vec<[f64; 2]> {
        let wanted = compared.iter().filter(|one| is_wanted(one));
        wanted.map(|one| [x(one), y(one.recorded)]).collect()
    };
    let x_axis = Axis::around(compared.iter().map(x), 0.0, layer.input.scale);
    let all = compared.iter().flat_map(|one| [y(one.recorded), y(one.predicted)]);
    let y_axis = Axis::around(all, 0.05, layer.output.scale);
    let predicted = compared.iter().map(|one| [x(one), y(one.predicted)]).collect();
    let curve = Mark::curve(predicted, Role::Chosen, 2.0, Dash::Solid);
    let right = Mark::Points {
        points: points(|one| one.recorded == one.predicted),
        role: Role::Ink,
        shape: Shape::Dot,
        radius: 1.5,
    };
    let wrong = Mark::Points {
        points: points(|one| one.recorded != one.predicted),
        role: Role::Saturated,
        shape: Shape::Cross,
        radius: 3.0,
    };
    let mut marks = vec![curve, right, wrong];
    // The lowest code comes first, whatever is drawn above it.
    let first = compared.iter().find(|one| one.recorded != one.predicted);
    let first_line =
        first.map(|one| Mark::Vertical { x: x(one), role: Role::Saturated, dash: Dash::Dotted });
    if let (Some(one), Some(line)) = (first, &first_line) {
        let at = [x(one), y(one.recorded)];
        marks.extend([line.clone(), Mark::Dot { at, role: Role::Saturated, radius: 5.5 }]);
    }
    let title = if few { "real input x" } else { "real input x, the same for all inputs" };
    let labels = vec![
        values_on(Side::Bottom, title, x_axis, if few { 5 } else { 9 }),
        values_on(Side::Left, "real output y", y_axis, 6),
        codes_on(Side::Top, "input code", x_axis, layer.input, if few { 5 } else { 10 }),
        codes_on(Side::Right, "output code", y_axis, layer.output, 6),
    ];
    let ramp = Frame { share: 3.4, is_square: false, x: x_axis, y: y_axis, labels, marks };

    let most = at(error).fold(4.0_f64, |most, error| most.max(error.abs()));
    let off = Axis { min: -most * 1.15, max: most * 1.15 };
    let title = "codes off".to_string();
    let labels = Labels { side: Side::Left, title, ticks: whole_ticks(off, 4), grid: true };
    let mut marks = vec![
        Mark::Area {
            points: compared.iter().map(|one| [x(one), error(one)]).collect(),
            role: Role::Saturated,
        },
        Mark::Horizontal { y: 0.0, role: Role::Exact, dash: Dash::Solid },
    ];
    marks.extend(first_line);
    let strip =
        Frame { share: 1.0, is_square: false, x: x_axis, y: off, labels: vec![labels], marks };
    Scene { frames: vec![ramp, strip] }
}

/// Theory minus recording, in output codes.
fn error(one: &Compared) -> f64 {
    f64::from(one.predicted) - f64::from(one.recorded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::QParams;

    fn layer() -> Linear {
        let params = |scale, zero_point| QParams { scale, zero_point };
        Linear::new(1, 1, vec![1], vec![params(1.0, 0)], false, params(0.5, 10), params(2.0, 0))
            .expect("it fits")
    }

    fn compared(code: u8, recorded: i32, predicted: i32) -> Compared {
        Compared { code, points: 1, recorded, predicted }
    }

    #[test]
    fn right_and_wrong_points_have_their_own_shapes() {
        let points = [compared(10, 5, 5), compared(12, 6, 9), compared(14, 7, 7)];
        let scene = theory_scene(&layer(), &points, 900.0);
        let of = |wanted: Shape| -> Vec<[f64; 2]> {
            let marks = scene.frames[0].marks.iter();
            marks
                .filter_map(|mark| match mark {
                    Mark::Points { points, shape, .. } if *shape == wanted => Some(points.clone()),
                    _ => None,
                })
                .flatten()
                .collect()
        };
        assert_eq!(of(Shape::Dot), [[0.0, 10.0], [2.0, 14.0]]);
        assert_eq!(of(Shape::Cross), [[1.0, 12.0]]);
        let first = scene.frames[0].marks.iter().find_map(|mark| match mark {
            Mark::Dot { at, .. } => Some(*at),
            _ => None,
        });
        assert_eq!(first, Some([1.0, 12.0]));
        let Mark::Area { points, .. } = &scene.frames[1].marks[0] else { panic!("the strip") };
        assert_eq!(points[1], [1.0, 3.0]);
    }

    #[test]
    fn one_point_and_none_have_axes() {
        for points in [vec![], vec![compared(10, 5, 5)]] {
            for frame in theory_scene(&layer(), &points, 300.0).frames {
                assert!(frame.x.min < frame.x.max && frame.y.min < frame.y.max);
            }
        }
    }
}
