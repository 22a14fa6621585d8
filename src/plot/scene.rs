//! [`Scene`]: what a picture shows, in value units, before any pixel.

use std::ops::Range;

use crate::arith::Effect;

/// What a mark means; the [`super::Palette`] turns it into a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Text and axes.
    Ink,
    /// Secondary text.
    Muted,
    /// Grid lines.
    Grid,
    /// The layer with an exact sum.
    Exact,
    /// The chosen engine where its accumulator is exact.
    Chosen,
    /// The chosen engine where its accumulator is not exact.
    Saturated,
    /// A difference that rounding makes.
    Rounding,
    /// Another engine; the number, below 4, tells them apart.
    Overlay(u8),
    /// What a person looks at.
    Marked,
    /// The codes above 128.
    Half,
    /// The calibrated range.
    Calibrated,
    /// Values beyond the codes.
    Clamped,
    /// The cursor.
    Cursor,
    /// The page behind everything.
    Background,
    /// How much there is of something, from 0 (little) to 4.
    Density(u8),
    /// The same of what is lost.
    LostDensity(u8),
}

/// How a line is interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    Solid,
    /// Short dashes.
    Dashed,
    /// Dots.
    Dotted,
}

/// The shape of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A filled circle.
    Dot,
    /// Two strokes.
    Cross,
}

/// A side of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Below the frame.
    Bottom,
    /// Above the frame.
    Top,
    /// Left of the frame.
    Left,
    /// Right of the frame.
    Right,
}

/// A corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// Upper left.
    UpperLeft,
    /// Upper right.
    UpperRight,
    /// Lower left.
    LowerLeft,
    /// Lower right.
    LowerRight,
}

/// A labelled place on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// In value units of the frame.
    pub at: f64,
    /// Its text.
    pub label: String,
}

/// The range of one direction of a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The value at the left or lower edge.
    pub min: f64,
    /// The value at the right or upper edge.
    pub max: f64,
}

impl Axis {
    /// From the least to the greatest value, if there are any.
    pub(super) fn of(values: impl Iterator<Item = f64>) -> Option<Axis> {
        let none = Axis { min: f64::INFINITY, max: f64::NEG_INFINITY };
        let axis = values
            .fold(none, |axis, value| Axis { min: axis.min.min(value), max: axis.max.max(value) });
        (axis.min <= axis.max).then_some(axis)
    }

    /// The same with a share of it on both sides, and at least `least` where it is a single value; 0 to
    /// 1 if there are none.
    pub(super) fn around(values: impl Iterator<Item = f64>, share: f64, least: f32) -> Axis {
        let Some(axis) = Axis::of(values) else { return Axis { min: 0.0, max: 1.0 } };
        let margin = axis.span() * share;
        axis.widened(if axis.span() > 0.0 { margin } else { margin.max(f64::from(least)) })
    }

    /// How much lies between its edges.
    pub(super) fn span(self) -> f64 {
        self.max - self.min
    }

    /// With that much more on both sides.
    pub(super) fn widened(self, margin: f64) -> Axis {
        Axis { min: self.min - margin, max: self.max + margin }
    }
}

/// Ticks and a title on one side of a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Labels {
    /// Where they stand.
    pub side: Side,
    /// What the numbers are.
    pub title: String,
    /// The numbers.
    pub ticks: Vec<Tick>,
    /// Whether each tick draws a grid line across the frame.
    pub grid: bool,
}

/// One thing drawn in a frame, in value units.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A vertical band over the whole height.
    Band {
        /// From x to x.
        x: [f64; 2],
        /// Its meaning.
        role: Role,
    },
    /// A bar along the upper edge.
    TopBar {
        /// From x to x.
        x: [f64; 2],
        /// Its meaning.
        role: Role,
    },
    /// An area, behind the grid.
    Region {
        /// Its corners (x, y).
        points: Vec<[f64; 2]>,
        /// Its meaning.
        role: Role,
    },
    /// Many rectangles, behind the grid, with edges on whole pixels, so that neighbours join.
    Blocks {
        /// Two opposite corners of each (x, y, x, y).
        blocks: Vec<[f64; 4]>,
        /// Their meaning.
        role: Role,
    },
    /// A vertical line over the whole height.
    Vertical {
        /// At x.
        x: f64,
        /// Its meaning.
        role: Role,
        /// How it is interrupted.
        dash: Dash,
    },
    /// A horizontal line over the whole width.
    Horizontal {
        /// At y.
        y: f64,
        /// Its meaning.
        role: Role,
        /// How it is interrupted.
        dash: Dash,
    },
    /// Values at evenly spaced codes: joined, or as steps once a code is wide.
    Curve {
        /// Vertices (x, y).
        points: Vec<[f64; 2]>,
        /// The vertices that are drawn.
        part: Range<usize>,
        /// Its meaning.
        role: Role,
        /// Its width in CSS pixels.
        width: f64,
        /// How it is interrupted.
        dash: Dash,
    },
    /// Places joined by straight lines.
    Path {
        /// Vertices (x, y).
        points: Vec<[f64; 2]>,
        /// Its meaning.
        role: Role,
        /// Its width in CSS pixels.
        width: f64,
        /// How it is interrupted.
        dash: Dash,
    },
    /// A few words in the picture, in lines.
    Words {
        /// Where their corner lies (x, y).
        at: [f64; 2],
        /// Which corner that is.
        corner: Corner,
        /// The lines.
        lines: Vec<String>,
        /// Their meaning.
        role: Role,
        /// Whether the page's own colour is behind them.
        is_on_plate: bool,
    },
    /// The area between values and zero, always as steps.
    Area {
        /// Vertices (x, y).
        points: Vec<[f64; 2]>,
        /// Its meaning.
        role: Role,
    },
    /// A numbered kink; its shape tells the effect.
    Kink {
        /// Where (x, y).
        at: [f64; 2],
        /// Its number in the table, 1-based.
        number: usize,
        /// What it does to the slope; `None` for a jump.
        effect: Option<Effect>,
        /// Whether it can be seen in the curve; hollow otherwise.
        is_seen: bool,
        /// Whether a person looks at its pair.
        is_marked: bool,
    },
    /// A dot.
    Dot {
        /// Where (x, y).
        at: [f64; 2],
        /// Its meaning.
        role: Role,
        /// Its radius in CSS pixels.
        radius: f64,
    },
    /// Many small points.
    Points {
        /// Where each is (x, y).
        points: Vec<[f64; 2]>,
        /// Their meaning.
        role: Role,
        /// Their shape.
        shape: Shape,
        /// Their radius in CSS pixels.
        radius: f64,
    },
}

impl Mark {
    /// A whole curve.
    pub fn curve(points: Vec<[f64; 2]>, role: Role, width: f64, dash: Dash) -> Mark {
        Mark::Curve { part: 0..points.len(), points, role, width, dash }
    }
}

/// A rectangle with its own axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Its share of the scene's height.
    pub share: f64,
    /// Whether it is as high as wide, within what room there is.
    pub is_square: bool,
    /// Left to right.
    pub x: Axis,
    /// Bottom to top.
    pub y: Axis,
    /// Ticks and titles.
    pub labels: Vec<Labels>,
    /// What is drawn, back to front.
    pub marks: Vec<Mark>,
}

/// Frames from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The frames.
    pub frames: Vec<Frame>,
}
