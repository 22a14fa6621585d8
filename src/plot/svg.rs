//! A scene as SVG: real vectors, and text as text.

use std::fmt::Write as _;

use plotters_svg::SVGBackend;

use super::caption::{Caption, draw_captioned};
use super::draw::{UNITS, draw};
use super::{Layout, Palette, Role, Scene};

/// A scene as an SVG document of a width and height in CSS pixels. With a caption it has a background
/// of its own, and title and link again as the document's own; without, it is as transparent as the
/// canvas.
///
/// # Errors
/// What the backend says; it writes into memory and has no reason to fail.
pub fn svg(
    scene: &Scene,
    (width, height): (u32, u32),
    palette: &Palette,
    caption: Option<&Caption>,
) -> Result<String, String> {
    #[expect(clippy::cast_possible_truncation, reason = "a small whole number")]
    let units = UNITS as u32;
    let size = (f64::from(width), f64::from(height));
    let mut svg = String::new();
    let mut backend = SVGBackend::with_string(&mut svg, (width * units, height * units));
    match caption {
        Some(caption) => draw_captioned(scene, caption, size, palette, 1.0, &mut backend),
        None => {
            let layout = Layout::new(scene, size.0, size.1, palette.scale);
            draw(scene, &layout, palette, 1.0, &mut backend, None)
        }
    }
    .map_err(|error| error.to_string())?;
    drop(backend);
    // In units inside, in pixels outside.
    let fine = format!("width=\"{}\" height=\"{}\"", width * units, height * units);
    svg = svg.replacen(&fine, &format!("width=\"{width}\" height=\"{height}\""), 1);
    if let (Some(caption), Some(end)) = (caption, svg.find(">\n")) {
        let color = palette.color(Role::Background);
        let mut head = format!(
            "\n<title>{}</title>\n<desc>{}</desc>",
            escaped(&caption.title),
            escaped(&caption.link)
        );
        // Writing into memory does not fail.
        let _ = write!(
            head,
            "\n<rect width=\"100%\" height=\"100%\" fill=\"#{:02X}{:02X}{:02X}\"/>",
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

    /// What stands in an element that begins with its attributes.
    fn said(element: &str) -> Option<&str> {
        Some(element.split_once('>')?.1.split_once("</text>")?.0.trim())
    }

    #[test]
    fn a_picture_says_what_it_is_and_where_it_comes_from() {
        let state = State::default();
        let derived = Deriver::default().derive(&state);
        let scene = ramp_scene(&state, &derived, Pointing::default(), 640.0);
        let palette = Palette::from_variables(|_| None, false);
        let link = "https://example.org/#/lab?v=1&seed=7";
        let caption = Caption::new(&state, &derived, "a < b".to_string(), link.to_string());
        let drawn = svg(&scene, (640, 400), &palette, Some(&caption)).expect("it can be drawn");
        assert!(drawn.starts_with("<svg width=\"640\" height=\"400\""), "{}", &drawn[..80]);
        assert!(drawn.contains("<title>a &lt; b</title>"));
        assert!(drawn.contains("<desc>https://example.org/#/lab?v=1&amp;seed=7</desc>"));
        assert!(drawn.contains("<text") && drawn.contains("<polyline"));
        // What is read in the picture itself, whatever shows it.
        let texts: Vec<&str> = drawn.split("<text").skip(1).filter_map(said).collect();
        let bent = "FBGEMM (AVX2); second colour: a pair is saturated";
        for text in ["a &lt; b", bent, "exact sum", "https://example.org/#/lab?v=1&amp;seed=7"] {
            assert!(texts.contains(&text), "{text}: {texts:?}");
        }
        let bare = svg(&scene, (640, 400), &palette, None).expect("it can be drawn");
        assert!(!bare.contains("<desc>") && !bare.contains("exact sum"));
    }
}
