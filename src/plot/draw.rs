//! A [`Scene`] on any plotters backend.
//!
//! plotters rounds coordinates to whole pixels, which puts kinks where there
//! are none. So everything here is in *units*, a sixteenth of a device pixel:
//! the backend's context is scaled by 1/16 and no point is off by more than
//! 1/32 of a device pixel.

mod badges;
mod words;

use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::{HPos, Pos, VPos};

use super::clip::clip;
use super::palette::Palette;
use super::pen::Pen;
use super::scene::{Dash, Frame, Labels, Mark, Role, Scene, Shape, Side};
use super::transform::{Layout, Placed, Rect, labels_width};
use badges::draw_badges;
use words::{plate, words};

pub use super::pen::{DrawResult, Interrupt, UNITS};

/// Once a code is this wide (CSS pixels), curves are drawn as steps.
const STEP_WIDTH: f64 = 8.0;
/// From the outer end of the labels to the middle of their upright title.
const TITLE_INSET: f64 = 9.0;
/// Height of the bar along the upper edge.
const TOP_BAR: f64 = 5.0;
const TICK_SIZE: f64 = 11.0;
const TITLE_SIZE: f64 = 12.0;

/// Draws a scene. `device_pixels` is the number of device pixels in a CSS
/// pixel; `interrupt` is for a backend that can draw an interrupted line as one.
pub fn draw<B: DrawingBackend>(
    scene: &Scene,
    layout: &Layout,
    palette: &Palette,
    device_pixels: f64,
    backend: &mut B,
    interrupt: Option<Interrupt<'_>>,
) -> DrawResult<B> {
    let mut pen = Pen { backend, interrupt, palette, units: UNITS * device_pixels };
    for (frame, placed) in scene.frames.iter().zip(&layout.frames) {
        draw_frame(&mut pen, frame, placed)?;
    }
    Ok(())
}

fn draw_frame<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    frame: &Frame,
    placed: &Placed,
) -> DrawResult<B> {
    let (backdrop, rest): (Vec<_>, Vec<_>) = frame.marks.iter().partition(|mark| is_backdrop(mark));
    for mark in backdrop {
        draw_mark(pen, mark, placed)?;
    }
    for labels in &frame.labels {
        draw_labels(pen, labels, placed)?;
    }
    let rect = placed.rect;
    let corners = [
        [rect.left, rect.top],
        [rect.right, rect.top],
        [rect.right, rect.bottom],
        [rect.left, rect.bottom],
        [rect.left, rect.top],
    ];
    pen.path(corners.map(|corner| pen.crisp(corner)), Role::Clamped, 1.0)?;
    for mark in &rest {
        draw_mark(pen, mark, placed)?;
    }
    draw_badges(pen, &rest, placed)
}

/// Whether a mark lies behind the grid.
fn is_backdrop(mark: &Mark) -> bool {
    matches!(
        mark,
        Mark::Band { .. } | Mark::TopBar { .. } | Mark::Region { .. } | Mark::Blocks { .. }
    )
}

fn draw_mark<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    mark: &Mark,
    placed: &Placed,
) -> DrawResult<B> {
    let rect = placed.rect;
    let at = |point: &[f64; 2]| [placed.x.pixel(point[0]), placed.y.pixel(point[1])];
    match mark {
        Mark::Band { x, role } => {
            let [left, right] = x.map(|x| placed.x.pixel(x).clamp(rect.left, rect.right));
            pen.fill(
                [[left, rect.top], [right, rect.top], [right, rect.bottom], [left, rect.bottom]],
                *role,
            )
        }
        Mark::TopBar { x, role } => {
            let [left, right] = x.map(|x| placed.x.pixel(x).clamp(rect.left, rect.right));
            let bottom = rect.top + TOP_BAR * pen.palette.scale;
            pen.fill([[left, rect.top], [right, rect.top], [right, bottom], [left, bottom]], *role)
        }
        Mark::Vertical { x, role, dash } => {
            let x = placed.x.pixel(*x);
            pen.line([x, rect.top], [x, rect.bottom], *role, *dash)
        }
        Mark::Horizontal { y, role, dash } => {
            let y = placed.y.pixel(*y);
            pen.line([rect.left, y], [rect.right, y], *role, *dash)
        }
        Mark::Curve { points, part, role, width, dash } => {
            let pixels: Vec<_> = points.iter().map(at).collect();
            let path = if is_wide(&pixels) {
                steps(&pixels)[2 * part.start..2 * part.end].to_vec()
            } else {
                // A vertex alone has no line: the one that leads to it is drawn.
                let start = if part.len() == 1 { part.start.saturating_sub(1) } else { part.start };
                pixels[start..part.end].to_vec()
            };
            let factor = if *role == Role::Saturated { pen.palette.saturated_width } else { 1.0 };
            for piece in clip(path, rect) {
                pen.dashed(&piece, *role, width * factor * pen.palette.scale, *dash)?;
            }
            Ok(())
        }
        Mark::Region { points, role } => pen.fill(points.iter().map(at), *role),
        Mark::Blocks { blocks, role } => {
            for [x0, y0, x1, y1] in blocks {
                let (one, other) = (at(&[*x0, *y0]), at(&[*x1, *y1]));
                pen.block(one, other, *role)?;
            }
            Ok(())
        }
        Mark::Path { points, role, width, dash } => {
            let points: Vec<_> = points.iter().map(at).collect();
            pen.dashed(&points, *role, width * pen.palette.scale, *dash)
        }
        Mark::Words { at: point, corner, lines, role, is_on_plate } => {
            if *is_on_plate {
                plate(pen, at(point), *corner, lines)?;
            }
            words(pen, at(point), *corner, lines, *role)
        }
        Mark::Area { points, role } => {
            let pixels: Vec<_> = points.iter().map(at).collect();
            let (Some(first), Some(last)) = (pixels.first(), pixels.last()) else { return Ok(()) };
            let zero = placed.y.pixel(0.0);
            let mut outline = vec![[first[0], zero]];
            let end = [last[0], zero];
            outline.extend(steps(&pixels));
            outline.push(end);
            pen.fill(outline.clone(), *role)?;
            pen.path(outline, *role, 1.0)
        }
        Mark::Kink { at: point, .. } => {
            pen.dot(clamped_to(at(point), rect), 4.0 * pen.palette.scale, Role::Saturated)
        }
        Mark::Dot { at: point, role, radius } => {
            let (point, radius) = (clamped_to(at(point), rect), radius * pen.palette.scale);
            pen.dot(point, radius + 1.5, Role::Background)?;
            pen.dot(point, radius, *role)
        }
        Mark::Points { points, role, shape, radius } => {
            let radius = radius * pen.palette.scale;
            for [x, y] in points.iter().map(|point| clamped_to(at(point), rect)) {
                match shape {
                    Shape::Dot => pen.dot([x, y], radius, *role)?,
                    Shape::Cross => {
                        for way in [radius, -radius] {
                            let stroke = [[x - radius, y - way], [x + radius, y + way]];
                            pen.path(stroke, *role, 1.5 * pen.palette.scale)?;
                        }
                    }
                }
            }
            Ok(())
        }
    }
}

/// A point that is above or below the frame, on its edge.
fn clamped_to([x, y]: [f64; 2], rect: Rect) -> [f64; 2] {
    [x, y.clamp(rect.top, rect.bottom)]
}

/// Whether neighbouring vertices stand at least [`STEP_WIDTH`] apart.
fn is_wide(pixels: &[[f64; 2]]) -> bool {
    // The first and last piece may be cut by the sweep: look at a middle one.
    let middle = pixels.len() / 2;
    middle > 0 && pixels[middle][0] - pixels[middle - 1][0] >= STEP_WIDTH
}

/// Each value held from half-way to its left neighbour to half-way to its
/// right one.
fn steps(pixels: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut path = Vec::with_capacity(2 * pixels.len());
    for (index, [x, y]) in pixels.iter().copied().enumerate() {
        let left = if index == 0 { x } else { (pixels[index - 1][0] + x) / 2.0 };
        let right = pixels.get(index + 1).map_or(x, |next| (x + next[0]) / 2.0);
        path.extend([[left, y], [right, y]]);
    }
    path
}

fn draw_labels<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    labels: &Labels,
    placed: &Placed,
) -> DrawResult<B> {
    let rect = placed.rect;
    let scale = pen.palette.scale;
    let is_inside = |pixel: f64, low: f64, high: f64| (low - 0.5..=high + 0.5).contains(&pixel);
    let anchor = |h_pos, v_pos| Pos { h_pos, v_pos };
    match labels.side {
        Side::Bottom | Side::Top => {
            let below = labels.side == Side::Bottom;
            let (edge, out, v) =
                if below { (rect.bottom, 1.0, VPos::Top) } else { (rect.top, -1.0, VPos::Bottom) };
            for tick in &labels.ticks {
                let x = placed.x.pixel(tick.at);
                if !is_inside(x, rect.left, rect.right) {
                    continue;
                }
                if labels.grid {
                    pen.line([x, rect.top], [x, rect.bottom], Role::Grid, Dash::Solid)?;
                }
                pen.line([x, edge], [x, edge + 4.0 * out], Role::Clamped, Dash::Solid)?;
                pen.text(
                    &tick.label,
                    [x, edge + 6.0 * out],
                    anchor(HPos::Center, v),
                    TICK_SIZE * scale,
                    Role::Muted,
                )?;
            }
            pen.text(
                &labels.title,
                [rect.left, edge + 20.0 * scale * out],
                anchor(HPos::Left, v),
                TITLE_SIZE * scale,
                Role::Ink,
            )
        }
        Side::Left | Side::Right => {
            let is_left = labels.side == Side::Left;
            let (edge, out, h) = if is_left {
                (rect.left, -1.0, HPos::Right)
            } else {
                (rect.right, 1.0, HPos::Left)
            };
            for tick in &labels.ticks {
                let y = placed.y.pixel(tick.at);
                if !is_inside(y, rect.top, rect.bottom) {
                    continue;
                }
                if labels.grid {
                    pen.line([rect.left, y], [rect.right, y], Role::Grid, Dash::Solid)?;
                }
                pen.line([edge, y], [edge + 4.0 * out, y], Role::Clamped, Dash::Solid)?;
                pen.text(
                    &tick.label,
                    [edge + 7.0 * out, y],
                    anchor(h, VPos::Center),
                    TICK_SIZE * scale,
                    Role::Muted,
                )?;
            }
            let x = edge + (labels_width(labels) - TITLE_INSET) * scale * out;
            // A title longer than its axis reaches upwards: below may be the end of the canvas.
            let half = labels.title.chars().count() as f64 * TITLE_SIZE * scale * 0.28;
            let lowest = rect.bottom + 4.0 * scale - half;
            let middle = [x, ((rect.top + rect.bottom) / 2.0).min(lowest)];
            pen.upright(&labels.title, middle, TITLE_SIZE * scale, Role::Ink)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle};

    use super::*;
    use crate::arith::Effect;
    use crate::plot::badge::BADGE;
    use crate::plot::scene::Axis;

    /// Keeps what was drawn.
    #[derive(Default)]
    struct Recorder {
        paths: Vec<Vec<BackendCoord>>,
        texts: Vec<(String, BackendCoord)>,
    }

    impl DrawingBackend for Recorder {
        type ErrorType = std::fmt::Error;

        fn get_size(&self) -> (u32, u32) {
            (0, 0)
        }

        fn ensure_prepared(&mut self) -> DrawResult<Self> {
            Ok(())
        }

        fn present(&mut self) -> DrawResult<Self> {
            Ok(())
        }

        fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> DrawResult<Self> {
            Ok(())
        }

        fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
            &mut self,
            path: I,
            _: &S,
        ) -> DrawResult<Self> {
            self.paths.push(path.into_iter().collect());
            Ok(())
        }

        fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
            &mut self,
            _: I,
            _: &S,
        ) -> DrawResult<Self> {
            Ok(())
        }

        fn draw_circle<S: BackendStyle>(
            &mut self,
            _: BackendCoord,
            _: u32,
            _: &S,
            _: bool,
        ) -> DrawResult<Self> {
            Ok(())
        }

        fn draw_text<S: BackendTextStyle>(
            &mut self,
            text: &str,
            _: &S,
            at: BackendCoord,
        ) -> DrawResult<Self> {
            self.texts.push((text.to_string(), at));
            Ok(())
        }
    }

    fn drawn(frame: Frame, width: f64, device_pixels: f64) -> (Recorder, Layout) {
        drawn_with(frame, width, device_pixels, None)
    }

    fn drawn_with(
        frame: Frame,
        width: f64,
        device_pixels: f64,
        interrupt: Option<Interrupt<'_>>,
    ) -> (Recorder, Layout) {
        let scene = Scene { frames: vec![frame] };
        let layout = Layout::new(&scene, width, 300.0, 1.0);
        let mut recorder = Recorder::default();
        let palette = Palette::from_variables(|_| None, false);
        draw(&scene, &layout, &palette, device_pixels, &mut recorder, interrupt)
            .expect("the recorder takes everything");
        (recorder, layout)
    }

    fn frame(marks: Vec<Mark>) -> Frame {
        Frame {
            share: 1.0,
            is_square: false,
            x: Axis { min: -4.0, max: 4.0 },
            y: Axis { min: -1.0, max: 1.0 },
            labels: vec![],
            marks,
        }
    }

    #[test]
    fn a_curve_that_is_straight_in_value_is_straight_on_screen() {
        let points: Vec<_> = (0..256)
            .map(|code| [f64::from(code) / 32.0 - 4.0, f64::from(code) * 0.0071 - 0.9])
            .collect();
        for (width, device_pixels) in [(320.0, 1.0), (321.7, 3.0), (901.3, 2.0), (777.0, 1.25)] {
            let (recorder, layout) = drawn(
                frame(vec![Mark::curve(points.clone(), Role::Chosen, 2.0, Dash::Solid)]),
                width,
                device_pixels,
            );
            let curve = recorder
                .paths
                .iter()
                .find(|path| path.len() == 256)
                .expect("the curve is one path");
            let placed = &layout.frames[0];
            for (point, drawn) in points.iter().zip(curve) {
                let exact = [placed.x.pixel(point[0]), placed.y.pixel(point[1])]
                    .map(|pixel| pixel * device_pixels);
                let off = (f64::from(drawn.0) / UNITS - exact[0])
                    .abs()
                    .max((f64::from(drawn.1) / UNITS - exact[1]).abs());
                assert!(off <= 1.0 / 16.0, "{off} of a device pixel at {point:?}");
            }
        }
    }

    #[test]
    fn wide_codes_are_steps() {
        let points = vec![[-1.0, 0.0], [0.0, 0.5], [1.0, 0.5]];
        let curve = Mark::curve(points.clone(), Role::Chosen, 2.0, Dash::Solid);
        let (recorder, _) = drawn(frame(vec![curve]), 400.0, 1.0);
        let path = recorder.paths.last().expect("a path");
        assert_eq!(path.len(), 6);
        assert!(
            path.windows(2).all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1),
            "{path:?}"
        );
        // A part of it is drawn over the same steps, the last one too.
        let whole = path.clone();
        for part in [1..3, 2..3] {
            let over = Mark::Curve {
                points: points.clone(),
                part: part.clone(),
                role: Role::Saturated,
                width: 2.0,
                dash: Dash::Solid,
            };
            let (recorder, _) = drawn(frame(vec![over]), 400.0, 1.0);
            assert_eq!(recorder.paths.last(), Some(&whole[2 * part.start..].to_vec()));
        }
    }

    #[test]
    fn an_interrupted_line_is_one_path_where_the_backend_interrupts_it() {
        let line = || Mark::Vertical { x: 0.0, role: Role::Clamped, dash: Dash::Dashed };
        let paths =
            |marks, interrupt| drawn_with(frame(marks), 400.0, 2.0, interrupt).0.paths.len();
        let outline = paths(vec![], None);
        assert!(paths(vec![line()], None) > outline + 20);
        let told = RefCell::new(Vec::new());
        let interrupt = |pattern| told.borrow_mut().push(pattern);
        let solid = Mark::Vertical { x: 1.0, role: Role::Clamped, dash: Dash::Solid };
        assert_eq!(paths(vec![line(), solid], Some(&interrupt)), outline + 2);
        // In units, as the line, and for this one alone.
        assert_eq!(told.take(), [Some([6.0, 4.0].map(|length| length * 2.0 * UNITS)), None]);
    }

    #[test]
    fn badges_never_overlap_and_keep_their_numbers() {
        let kink = |x, number| Mark::Kink {
            at: [x, 0.0],
            number,
            effect: Some(Effect::Turned),
            is_seen: true,
            is_marked: false,
        };
        let (recorder, _) =
            drawn(frame(vec![kink(3.9, 1), kink(3.95, 2), kink(4.0, 3)]), 400.0, 1.0);
        let places: Vec<_> = recorder
            .texts
            .iter()
            .map(|(text, at)| (text.as_str(), f64::from(at.0) / UNITS))
            .collect();
        assert_eq!(places.iter().map(|(text, _)| *text).collect::<Vec<_>>(), ["1", "2", "3"]);
        assert!(places.windows(2).all(|pair| pair[1].1 - pair[0].1 >= 2.0 * BADGE), "{places:?}");
        assert!(places.iter().all(|(_, x)| (0.0..=400.0).contains(x)));
    }
}
