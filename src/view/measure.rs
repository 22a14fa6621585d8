//! [`Measure`]: a canvas's own size, and how large it is seen.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, ShadowRoot};

/// A picture is drawn at most so many times as fine as its own size asks for.
const MOST_SCALE: f64 = 4.0;
/// The most pixels of a picture; phones have no larger canvas.
const MOST_PIXELS: f64 = 16_777_216.0;
/// The least device pixels in one of a canvas's own.
const LEAST_DEVICE_PIXELS: f64 = 0.5;

/// A canvas as it lies in the window.
///
/// Whoever has the page may scale what is in it, by `transform: scale`, as slides are, or by `zoom`.
/// The canvas's own pixels know nothing of it; pointers are told in pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Width in its own CSS pixels.
    pub width: f64,
    /// Height in its own CSS pixels.
    pub height: f64,
    /// Pixels of the window in one of its own, above 0; 1 where nothing scales it.
    pub scale: f64,
    /// Its left and upper edge in the window.
    corner: [f64; 2],
}

impl Measure {
    /// Measures a canvas, which lays the page out if anything on it has changed.
    pub fn of(canvas: &HtmlCanvasElement) -> Measure {
        let seen = canvas.get_bounding_client_rect();
        let zoom = untold_zoom(canvas);
        let width = f64::from(canvas.client_width());
        let height = f64::from(canvas.client_height());
        Measure {
            width,
            height,
            scale: scale(width, seen.width() * zoom),
            corner: [seen.left() * zoom, seen.top() * zoom],
        }
    }

    /// The distance from the left edge, in its own pixels, of a place in the window.
    pub fn own_x(&self, client_x: f64) -> f64 {
        (client_x - self.corner[0]) / self.scale
    }

    /// The distance from the upper edge, in its own pixels, of a place in the window.
    pub fn own_y(&self, client_y: f64) -> f64 {
        (client_y - self.corner[1]) / self.scale
    }

    /// A length of the window as a share of the canvas's width.
    pub fn share(&self, length: f64) -> f64 {
        length / (self.width.max(1.0) * self.scale)
    }

    /// Device pixels in one of its own, so that it is sharp as it is seen; `ratio` is the window's.
    pub fn device_pixels(&self, ratio: f64) -> f64 {
        let most = (MOST_PIXELS / (self.width * self.height).max(1.0)).sqrt();
        (ratio * self.scale.min(MOST_SCALE)).min(most).max(LEAST_DEVICE_PIXELS)
    }

    /// Whether a picture for one is a picture for the other.
    pub fn is_alike(&self, other: &Measure) -> bool {
        (self.width, self.height, self.scale) == (other.width, other.height, other.scale)
    }
}

/// The zoom that a browser leaves out where it tells of an element's place. WebKit (2.50) has places in
/// the element's own pixels; browsers that know `currentCSSZoom` have them in the window's, as pointers.
fn untold_zoom(canvas: &HtmlCanvasElement) -> f64 {
    if Reflect::has(canvas, &"currentCSSZoom".into()).unwrap_or(true) {
        return 1.0;
    }
    let window = gloo::utils::window();
    let zoom_of = |element: &Element| {
        let style = window.get_computed_style(element).ok().flatten()?;
        let zoom: f64 = style.get_property_value("zoom").ok()?.parse().ok()?;
        (zoom > 0.0).then_some(zoom)
    };
    let mut zoom = 1.0;
    let mut next = Some(Element::from(canvas.clone()));
    while let Some(element) = next {
        zoom *= zoom_of(&element).unwrap_or(1.0);
        next = element.parent_element().or_else(|| {
            let tree = element.get_root_node().dyn_into::<ShadowRoot>().ok()?;
            Some(tree.host())
        });
    }
    zoom
}

/// How many times as wide as its own width something is seen. That is a whole number and may be off by
/// half a pixel, which is no scale.
fn scale(own: f64, seen: f64) -> f64 {
    if own > 0.0 && seen > 0.0 && (seen - own).abs() >= 1.0 { seen / own } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(width: f64, height: f64, seen: f64) -> Measure {
        Measure { width, height, scale: scale(width, seen), corner: [100.0, 50.0] }
    }

    #[test]
    fn a_place_is_found_whatever_the_scale() {
        for factor in [0.3, 0.6, 1.0, 1.5, 2.0] {
            let measure = measured(800.0, 400.0, 800.0 * factor);
            assert!((measure.own_x(100.0 + 200.0 * factor) - 200.0).abs() < 1e-9, "{factor}");
            assert!((measure.own_y(50.0 + 100.0 * factor) - 100.0).abs() < 1e-9, "{factor}");
            assert!((measure.share(80.0 * factor) - 0.1).abs() < 1e-9, "{factor}");
        }
    }

    #[test]
    fn a_part_of_a_pixel_is_no_scale_and_nor_is_what_has_no_size() {
        for (own, seen) in [(801.0, 801.4), (801.0, 800.5), (0.0, 0.0), (0.0, 5.0), (5.0, 0.0)] {
            assert_eq!(scale(own, seen), 1.0, "{own} {seen}");
        }
    }

    #[test]
    fn a_picture_is_as_fine_as_it_is_seen_within_limits() {
        let pixels =
            |factor: f64, ratio: f64| measured(800.0, 400.0, 800.0 * factor).device_pixels(ratio);
        assert_eq!((pixels(1.0, 1.0), pixels(2.0, 1.0), pixels(1.5, 2.0)), (1.0, 2.0, 3.0));
        assert_eq!((pixels(0.6, 1.0), pixels(0.1, 1.0)), (0.6, LEAST_DEVICE_PIXELS));
        assert_eq!(pixels(100.0, 1.0), MOST_SCALE);
        let most = pixels(4.0, 3.0);
        assert!((most * most * 800.0 * 400.0 - MOST_PIXELS).abs() < 1.0, "{most}");
    }
}
