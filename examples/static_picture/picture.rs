//! The pictures themselves; `tests/static_picture.rs` draws them too.

#[path = "theme.rs"]
mod theme;

use rampscope::evidence::mystery::OUTPUT;
use rampscope::plot::mystery_scene;
use rampscope::plot::svg;
use rampscope::state::{Deriver, State};
use rampscope::story::guess::reduced;

use theme::{theme, with_dark};

/// A picture: its file in `www/`, and its size in pixels.
pub struct Picture {
    /// The name of the file.
    pub file: &'static str,
    /// Width and height, as the live figure has them on such a screen.
    pub size: (u32, u32),
}

/// The first figure on a wide screen and on a phone.
pub const PICTURES: [Picture; 2] = [
    Picture { file: "mystery.svg", size: (1200, 430) },
    Picture { file: "mystery-phone.svg", size: (344, 400) },
];

impl Picture {
    /// The live figure of the default state as SVG, with a line end. Where the device is dark, so is
    /// the picture.
    ///
    /// # Errors
    /// If the backend cannot draw.
    pub fn svg(&self) -> Result<String, String> {
        let state = State::default();
        let derived = Deriver::default().derive(&state);
        let known = (&state, &derived);
        let widest = reduced();
        let derived_widest = Deriver::default().derive(&widest);
        let widest = (&widest, &derived_widest);
        let width = f64::from(self.size.0);
        let at = f64::from(state.gaze.at);
        let scene = mystery_scene(known, known, Some(widest), OUTPUT, None, Some(at), width);
        let [light, dark] = [false, true].map(|is_dark| theme(is_dark, 1.0));
        with_dark(&svg::svg(&scene, self.size, &light, None)?, &light, &dark)
    }
}
