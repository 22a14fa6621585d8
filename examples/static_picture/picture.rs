//! The picture itself; `tests/static_picture.rs` draws it too.

use std::collections::HashMap;

use rampscope::plot::svg;
use rampscope::plot::{Pointing, Theme, ramp_scene};
use rampscope::state::{Deriver, State};

/// Width and height in pixels.
const SIZE: (u32, u32) = (860, 520);

/// The live figure of the default state as SVG, with a line end.
///
/// # Errors
/// If the backend cannot draw.
pub fn svg() -> Result<String, String> {
    let state = State::default();
    let derived = Deriver::default().derive(&state);
    let scene = ramp_scene(&state, &derived, Pointing::default(), SIZE.0.into());
    let fonts = HashMap::from([("--font", "sans-serif".to_string())]);
    let theme = Theme::from_variables(|name| fonts.get(name).cloned(), false);
    svg::svg(&scene, SIZE, &theme, None)
}
