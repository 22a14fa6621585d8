//! A scene on a canvas, by plotters' backend and the canvas's own context.

use js_sys::Array;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::plot::draw::{UNITS, draw};
use crate::plot::{Layout, Palette, Scene};

const NO_CONTEXT: &str = "this browser gives no 2d context";

/// What draws on a canvas.
///
/// # Errors
/// Why there is none, as the end of a sentence.
pub fn context(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, &'static str> {
    let context = canvas.get_context("2d").ok().flatten();
    context.and_then(|context| context.dyn_into().ok()).ok_or(NO_CONTEXT)
}

/// A backend that draws in the units of pictures.
///
/// # Errors
/// Why there is none, as the end of a sentence.
pub fn backend(
    canvas: &HtmlCanvasElement,
    context: &CanvasRenderingContext2d,
) -> Result<CanvasBackend, &'static str> {
    let unit = 1.0 / UNITS;
    context
        .set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0)
        .map_err(|_| "the context cannot be scaled")?;
    context.set_line_join("round");
    CanvasBackend::with_canvas_object(canvas.clone()).ok_or(NO_CONTEXT)
}

/// Draws a scene of a size in CSS pixels on what is there, and gives where its frames lie.
///
/// # Errors
/// Why it could not be drawn.
pub fn paint(
    canvas: &HtmlCanvasElement,
    context: &CanvasRenderingContext2d,
    scene: &Scene,
    (width, height): (f64, f64),
    palette: &Palette,
    device_pixels: f64,
) -> Result<Layout, String> {
    let mut backend = backend(canvas, context)?;
    // An interrupted line is one call of the browser, instead of one for each piece.
    let interrupt = |pattern: Option<[f64; 2]>| {
        let lengths = pattern.into_iter().flatten().map(JsValue::from);
        // It fails for what is no list.
        let _ = context.set_line_dash(&lengths.collect::<Array>());
    };
    let layout = Layout::new(scene, width, height, palette.scale);
    draw(scene, &layout, palette, device_pixels, &mut backend, Some(&interrupt))
        .map_err(|error| error.to_string())?;
    Ok(layout)
}
