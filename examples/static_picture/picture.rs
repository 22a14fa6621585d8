//! The pictures themselves; `tests/static_picture.rs` draws them too.

use std::collections::HashMap;
use std::fmt::Write as _;

use rampscope::evidence::mystery::OUTPUT;
use rampscope::plot::svg;
use rampscope::plot::{Palette, mystery_scene};
use rampscope::state::{Deriver, State};

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

/// The variables of `www/theme.css`.
const THEME: &str = include_str!("../../www/theme.css");

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
        let width = f64::from(self.size.0);
        let at = f64::from(state.gaze.at);
        let scene = mystery_scene(known, known, OUTPUT, None, at, width);
        let [light, dark] = [false, true].map(theme);
        let svg = svg::svg(&scene, self.size, &light, None)?;
        let head = svg.find(">\n").ok_or("no svg")? + 2;
        Ok(format!("{}{}\n{}", &svg[..head], dark_style(&svg, &light, &dark), &svg[head..]))
    }
}

/// The page's colours.
fn theme(is_dark: bool) -> Palette {
    let variables: HashMap<&str, &str> = THEME
        .lines()
        // The first of each is the root's own.
        .rev()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "))
        .collect();
    let read = |name: &str| match name {
        "--font" => Some("sans-serif".to_string()),
        _ => variables.get(name.strip_prefix("--")?).map(|value| (*value).to_string()),
    };
    Palette::from_variables(read, is_dark)
}

/// The colours that stand in the picture, as a dark page has them.
fn dark_style(svg: &str, light: &Palette, dark: &Palette) -> String {
    let hex = |palette: &Palette, role| {
        let color = palette.color(role);
        format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2)
    };
    let mut rules = String::new();
    for role in Palette::roles() {
        let (from, to) = (hex(light, role), hex(dark, role));
        for attribute in ["fill", "stroke"] {
            let selector = format!("{attribute}=\"{from}\"");
            if svg.contains(&selector) && !rules.contains(&selector) {
                // Writing into memory does not fail.
                let _ = write!(rules, "[{selector}]{{{attribute}:{to}}}");
            }
        }
    }
    format!("<style>@media (prefers-color-scheme:dark){{{rules}}}</style>")
}
