//! A scene as SVG: real vectors, and text as text.

use std::fmt::Write as _;

use plotters_svg::SVGBackend;

use super::draw::{UNITS, draw};
use super::{Layout, Palette, Role, Scene};

/// What a picture says of itself.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// What it shows, in a sentence.
    pub title: &'a str,
    /// The address that recreates it.
    pub link: &'a str,
}

/// A scene as an SVG document of a width and height in CSS pixels. With `about` it has a background
/// of its own, a title, and the link as its description; without, it is as transparent as the
/// canvas.
///
/// # Errors
/// What the backend says; it writes into memory and has no reason to fail.
pub fn svg(
    scene: &Scene,
    (width, height): (u32, u32),
    palette: &Palette,
    about: Option<About<'_>>,
) -> Result<String, String> {
    #[expect(clippy::cast_possible_truncation, reason = "a small whole number")]
    let units = UNITS as u32;
    let layout = Layout::new(scene, width.into(), height.into(), palette.scale);
    let mut svg = String::new();
    let mut backend = SVGBackend::with_string(&mut svg, (width * units, height * units));
    draw(scene, &layout, palette, 1.0, &mut backend, None).map_err(|error| error.to_string())?;
    drop(backend);
    // In units inside, in pixels outside.
    let fine = format!("width=\"{}\" height=\"{}\"", width * units, height * units);
    svg = svg.replacen(&fine, &format!("width=\"{width}\" height=\"{height}\""), 1);
    if let (Some(about), Some(end)) = (about, svg.find(">\n")) {
        let color = palette.color(Role::Background);
        let mut head = format!(
            "\n<title>{}</title>\n<desc>{}</desc>",
            escaped(about.title),
            escaped(about.link)
        );
        // Writing into memory does not fail.
        let _ = write!(
            head,
            "\n<rect width=\"100%\" height=\"100%\" fill=\"#{:02x}{:02x}{:02x}\"/>",
            color.0, color.1, color.2
        );
        svg.insert_str(end + 1, &head);
    }
    svg.push('\n');
    Ok(svg)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{Pointing, ramp_scene};
    use crate::state::{Deriver, State};

    #[test]
    fn a_picture_says_what_it_is_and_where_it_comes_from() {
        let state = State::default();
        let derived = Deriver::default().derive(&state);
        let scene = ramp_scene(&state, &derived, Pointing::default(), 640.0);
        let palette = Palette::from_variables(|_| None, false);
        let about = About { title: "a < b", link: "https://example.org/#/lab?v=1&seed=7" };
        let drawn = svg(&scene, (640, 400), &palette, Some(about)).expect("it can be drawn");
        assert!(drawn.starts_with("<svg width=\"640\" height=\"400\""), "{}", &drawn[..80]);
        assert!(drawn.contains("<title>a &lt; b</title>"));
        assert!(drawn.contains("<desc>https://example.org/#/lab?v=1&amp;seed=7</desc>"));
        assert!(drawn.contains("<text") && drawn.contains("<polyline"));
        let bare = svg(&scene, (640, 400), &palette, None).expect("it can be drawn");
        assert!(!bare.contains("<desc>") && bare.len() < drawn.len());
    }
}
