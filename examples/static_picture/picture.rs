//! The picture itself; `tests/static_picture.rs` draws it too.

use std::collections::HashMap;
use std::error::Error;

use plotters_svg::SVGBackend;
use rampscope::plot::draw::{UNITS, draw};
use rampscope::plot::{Layout, Pointing, Theme, ramp_scene};
use rampscope::state::{Deriver, State};

/// Width and height in pixels.
const SIZE: (u32, u32) = (860, 520);

/// The live figure of the default state as SVG, with a line end.
///
/// # Errors
/// If the backend cannot draw.
pub fn svg() -> Result<String, Box<dyn Error>> {
    let state = State::default();
    let derived = Deriver::default().derive(&state);
    let width = f64::from(SIZE.0);
    let scene = ramp_scene(&state, &derived, Pointing::default(), width);
    let layout = Layout::new(&scene, width, SIZE.1.into(), 1.0);
    let fonts = HashMap::from([("--font", "sans-serif".to_string())]);
    let theme = Theme::from_variables(|name| fonts.get(name).cloned(), false);

    let units = UNITS as u32;
    let mut svg = String::new();
    let mut backend = SVGBackend::with_string(&mut svg, (SIZE.0 * units, SIZE.1 * units));
    draw(&scene, &layout, &theme, 1.0, &mut backend).map_err(|error| error.to_string())?;
    drop(backend);
    // In units inside, in pixels outside.
    let fine = format!("width=\"{}\" height=\"{}\"", SIZE.0 * units, SIZE.1 * units);
    svg = svg.replacen(&fine, &format!("width=\"{}\" height=\"{}\"", SIZE.0, SIZE.1), 1);
    svg.push('\n');
    Ok(svg)
}
