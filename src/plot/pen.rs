//! [`Pen`]: lines, shapes and words in CSS pixels, on a backend that counts in
//! units of a sixteenth of a device pixel.

use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontFamily, FontStyle, FontTransform,
};

use super::palette::Palette;
use super::scene::{Dash, Role};

/// Units per device pixel.
pub const UNITS: f64 = 16.0;

/// What drawing can fail with.
pub type DrawResult<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Interrupts the lines that a backend draws from now on, `[on, off]` units along them, or no longer.
/// plotters has no word for it.
pub type Interrupt<'a> = &'a dyn Fn(Option<[f64; 2]>);

/// Draws in CSS pixels on a backend that counts in units.
pub(super) struct Pen<'a, B> {
    pub(super) backend: &'a mut B,
    /// Where there is none, an interrupted line is drawn piece by piece.
    pub(super) interrupt: Option<Interrupt<'a>>,
    pub(super) palette: &'a Palette,
    /// Units per CSS pixel.
    pub(super) units: f64,
}

impl<B: DrawingBackend> Pen<'_, B> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it saturates; nothing that far out is on screen"
    )]
    fn unit(&self, [x, y]: [f64; 2]) -> BackendCoord {
        ((x * self.units).round() as i32, (y * self.units).round() as i32)
    }

    /// The point moved to the middle of its device pixel, so that a thin
    /// upright or level line is sharp.
    pub(super) fn crisp(&self, point: [f64; 2]) -> [f64; 2] {
        let device_pixels = self.units / UNITS;
        point.map(|value| ((value * device_pixels - 0.5).round() + 0.5) / device_pixels)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a few units of a pixel")]
    fn style(&self, role: Role, width: f64) -> Style {
        let color = self.palette.color(role);
        Style {
            color: BackendColor { alpha: 1.0, rgb: (color.0, color.1, color.2) },
            width: (width * self.units).round().max(1.0) as u32,
        }
    }

    pub(super) fn path(
        &mut self,
        points: impl IntoIterator<Item = [f64; 2]>,
        role: Role,
        width: f64,
    ) -> DrawResult<B> {
        let points: Vec<_> = points.into_iter().map(|point| self.unit(point)).collect();
        let style = self.style(role, width);
        self.backend.draw_path(points, &style)
    }

    pub(super) fn fill(
        &mut self,
        points: impl IntoIterator<Item = [f64; 2]>,
        role: Role,
    ) -> DrawResult<B> {
        let points: Vec<_> = points.into_iter().map(|point| self.unit(point)).collect();
        let style = self.style(role, 1.0);
        self.backend.fill_polygon(points, &style)
    }

    /// A rectangle between two corners, its edges moved between device pixels, and at least one of
    /// these wide and high.
    pub(super) fn block(&mut self, one: [f64; 2], other: [f64; 2], role: Role) -> DrawResult<B> {
        let device_pixels = self.units / UNITS;
        let edges = [0, 1].map(|axis| {
            let (low, high) = (one[axis].min(other[axis]), one[axis].max(other[axis]));
            let low = (low * device_pixels).round();
            [low, (high * device_pixels).round().max(low + 1.0)].map(|edge| edge / device_pixels)
        });
        let [[left, right], [top, bottom]] = edges;
        self.fill([[left, top], [right, top], [right, bottom], [left, bottom]], role)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a few units of a pixel")]
    pub(super) fn dot(&mut self, center: [f64; 2], radius: f64, role: Role) -> DrawResult<B> {
        let style = self.style(role, 1.0);
        let center = self.unit(center);
        self.backend.draw_circle(center, (radius * self.units).round() as u32, &style, true)
    }

    /// An upright or level line, sharp, one CSS pixel wide.
    pub(super) fn line(
        &mut self,
        from: [f64; 2],
        to: [f64; 2],
        role: Role,
        dash: Dash,
    ) -> DrawResult<B> {
        let (from, to) = (self.crisp(from), self.crisp(to));
        self.dashed(&[from, to], role, self.palette.scale.max(1.0), dash)
    }

    /// A polyline, interrupted or not.
    pub(super) fn dashed(
        &mut self,
        points: &[[f64; 2]],
        role: Role,
        width: f64,
        dash: Dash,
    ) -> DrawResult<B> {
        let pattern = match dash {
            Dash::Solid => return self.path(points.iter().copied(), role, width),
            Dash::Dashed => [6.0, 4.0],
            Dash::Dotted => [2.0, 3.0],
        };
        let Some(interrupt) = self.interrupt else {
            return pieces(points, pattern)
                .into_iter()
                .try_for_each(|piece| self.path(piece, role, width));
        };
        interrupt(Some(pattern.map(|length| length * self.units)));
        let drawn = self.path(points.iter().copied(), role, width);
        interrupt(None);
        drawn
    }

    pub(super) fn text(
        &mut self,
        text: &str,
        at: [f64; 2],
        anchor: Pos,
        size: f64,
        role: Role,
    ) -> DrawResult<B> {
        let style = self.text_style(anchor, size, role, FontTransform::None);
        let at = self.unit(at);
        self.backend.draw_text(text, &style, at)
    }

    /// Text that reads upwards, centred.
    pub(super) fn upright(
        &mut self,
        text: &str,
        at: [f64; 2],
        size: f64,
        role: Role,
    ) -> DrawResult<B> {
        let anchor = Pos { h_pos: HPos::Center, v_pos: VPos::Center };
        let style = self.text_style(anchor, size, role, FontTransform::Rotate270);
        let at = self.unit(at);
        self.backend.draw_text(text, &style, at)
    }

    fn text_style(&self, anchor: Pos, size: f64, role: Role, transform: FontTransform) -> Text {
        Text {
            color: self.style(role, 1.0).color,
            size: size * self.units,
            font: self.palette.font.clone(),
            anchor,
            transform,
        }
    }
}

/// The drawn pieces of a polyline that is drawn and left out by turns, `[on, off]` pixels along it.
fn pieces(points: &[[f64; 2]], [on, off]: [f64; 2]) -> Vec<Vec<[f64; 2]>> {
    let mut pieces = Vec::new();
    let mut piece = Vec::new();
    // What is left of the present turn.
    let (mut is_on, mut left) = (true, on);
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = (to[0] - from[0]).hypot(to[1] - from[1]);
        if length.is_nan() || length <= 0.0 {
            continue;
        }
        let along = |way: f64| {
            let share = way / length;
            [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
        };
        let mut way = 0.0;
        if is_on && piece.is_empty() {
            piece.push(from);
        }
        while way + left < length {
            way += left;
            if is_on {
                piece.push(along(way));
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece.push(along(way));
            }
            (is_on, left) = (!is_on, if is_on { off } else { on });
        }
        left -= length - way;
        if is_on {
            piece.push(to);
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

struct Style {
    color: BackendColor,
    width: u32,
}

impl BackendStyle for Style {
    fn color(&self) -> BackendColor {
        self.color
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

/// A text style that never asks the backend to measure: measuring adds an
/// element with a `style` attribute to the page, which a strict CSP forbids.
struct Text {
    color: BackendColor,
    size: f64,
    font: String,
    anchor: Pos,
    transform: FontTransform,
}

impl BackendTextStyle for Text {
    type FontError = std::convert::Infallible;

    fn color(&self) -> BackendColor {
        self.color
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn transform(&self) -> FontTransform {
        self.transform.clone()
    }

    fn style(&self) -> FontStyle {
        FontStyle::Normal
    }

    fn anchor(&self) -> Pos {
        self.anchor
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(&self.font)
    }

    fn layout_box(&self, _text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        Ok(((0, 0), (0, 0)))
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _at: BackendCoord,
        _draw: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        Ok(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn dashes_go_on_round_a_corner() {
        let line = [[0.0, 0.0], [8.0, 0.0], [8.0, 8.0]];
        let found = pieces(&line, [6.0, 4.0]);
        assert_eq!(found, [vec![[0.0, 0.0], [6.0, 0.0]], vec![[8.0, 2.0], [8.0, 8.0]]]);
        assert!(pieces(&[[1.0, 1.0], [1.0, 1.0]], [6.0, 4.0]).is_empty());
    }
}
