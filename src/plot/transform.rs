//! Value units ↔ CSS pixels.

use super::scene::{Axis, Frame, Labels, Scene, Side};

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// An affine map between a value and a pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    value: Axis,
    pixel: [f64; 2],
}

impl Scale {
    /// The pixel of a value.
    pub fn pixel(&self, value: f64) -> f64 {
        let share = (value - self.value.min) / (self.value.max - self.value.min);
        self.pixel[0] + share * (self.pixel[1] - self.pixel[0])
    }

    /// The value at a pixel.
    pub fn value(&self, pixel: f64) -> f64 {
        let share = (pixel - self.pixel[0]) / (self.pixel[1] - self.pixel[0]);
        self.value.min + share * (self.value.max - self.value.min)
    }
}

/// A frame in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The frame's inside.
    pub rect: Rect,
    /// Horizontal map.
    pub x: Scale,
    /// Vertical map; pixels grow downwards.
    pub y: Scale,
}

/// Every frame of a scene in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// In the order of [`Scene::frames`].
    pub frames: Vec<Placed>,
}

/// Room for tick labels and a title, in CSS pixels.
const LABELS_HEIGHT: f64 = 36.0;
/// Least room beside a frame, and what each character of a tick label and the title take.
const LABELS_WIDTH: f64 = 50.0;
const CHARACTER: f64 = 6.6;
const TITLE_WIDTH: f64 = 28.0;
/// Room for a tick and its distance, where there is no title, and for numbers below alone.
const TICK_WIDTH: f64 = 12.0;
const NUMBERS_HEIGHT: f64 = 20.0;
/// Room where a frame has no labels.
const MARGIN: f64 = 6.0;
/// The same where half of a tick's label stands over.
const CORNER_MARGIN: f64 = 13.0;

/// Room for upright labels beside a frame, in CSS pixels at scale 1.
pub(super) fn labels_width(labels: &Labels) -> f64 {
    let longest = labels.ticks.iter().map(|tick| tick.label.chars().count()).max();
    if labels.title.is_empty() {
        return longest.unwrap_or(0) as f64 * CHARACTER + TICK_WIDTH;
    }
    // A label has a few characters.
    (longest.unwrap_or(0) as f64 * CHARACTER + TITLE_WIDTH).max(LABELS_WIDTH)
}

/// The largest square in a rectangle, at its upper edge.
fn squared(rect: Rect) -> Rect {
    let (width, height) = (rect.right - rect.left, rect.bottom - rect.top);
    let side = width.min(height);
    let left = rect.left + (width - side) / 2.0;
    Rect { left, right: left + side, top: rect.top, bottom: rect.top + side }
}

impl Layout {
    /// Places the frames of a scene into `width` × `height` CSS pixels, with
    /// one left and right edge for all. `scale` is the factor on the size of text.
    pub fn new(scene: &Scene, width: f64, height: f64, scale: f64) -> Layout {
        Layout::between(scene, width, [0.0, height], scale)
    }

    /// The same where the picture has something else above and below: from one height to the other.
    pub(super) fn between(
        scene: &Scene,
        width: f64,
        [upper, lower]: [f64; 2],
        scale: f64,
    ) -> Layout {
        // Its last tick stands at its very corner.
        let has_square = scene.frames.iter().any(|frame| frame.is_square);
        let margin = if has_square { CORNER_MARGIN * scale } else { MARGIN };
        let room = |side| {
            let labels = scene.frames.iter().flat_map(|frame| &frame.labels);
            let widths = labels.filter(|labels| labels.side == side).map(labels_width);
            widths.reduce(f64::max).map_or(margin, |width| width * scale)
        };
        let (left, right) = (room(Side::Left), room(Side::Right));
        let end = |frame: &Frame, side| match frame.labels.iter().find(|labels| labels.side == side)
        {
            None => MARGIN,
            Some(labels) if labels.title.is_empty() => NUMBERS_HEIGHT * scale,
            Some(_) => LABELS_HEIGHT * scale,
        };
        let above = |frame: &Frame| end(frame, Side::Top);
        let below = |frame: &Frame| end(frame, Side::Bottom);
        let taken: f64 = scene.frames.iter().map(|frame| above(frame) + below(frame)).sum();
        let shares: f64 = scene.frames.iter().map(|frame| frame.share).sum();
        let free = (lower - upper - taken).max(1.0);
        let mut top = upper;
        let frames = scene
            .frames
            .iter()
            .map(|frame| {
                let inner = top + above(frame);
                let bottom = inner + free * frame.share / shares;
                top = bottom + below(frame);
                let right = (width - right).max(left + 1.0);
                let rect = Rect { left, top: inner, right, bottom };
                let rect = if frame.is_square { squared(rect) } else { rect };
                Placed {
                    rect,
                    x: Scale { value: frame.x, pixel: [rect.left, rect.right] },
                    y: Scale { value: frame.y, pixel: [rect.bottom, rect.top] },
                }
            })
            .collect();
        Layout { frames }
    }

    /// The x value under a pixel, held to the frame's range.
    pub fn x_at(&self, pixel: f64) -> Option<f64> {
        let placed = self.frames.first()?;
        Some(placed.x.value(pixel.clamp(placed.rect.left, placed.rect.right)))
    }

    /// The y value of the first frame under a pixel, held to its range.
    pub fn y_at(&self, pixel: f64) -> Option<f64> {
        let placed = self.frames.first()?;
        Some(placed.y.value(pixel.clamp(placed.rect.top, placed.rect.bottom)))
    }
}
