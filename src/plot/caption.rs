//! [`Caption`]: what a picture says of itself where no page stands around it: a title and a legend
//! above, the address below.

use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::{HPos, Pos, VPos};

use super::curves::overlay_styles;
use super::draw::{DrawResult, draw};
use super::palette::Palette;
use super::pen::{Pen, UNITS};
use super::scene::{Dash, Role, Scene};
use super::transform::Layout;
use crate::state::{Derived, State, describe};

/// Sizes of type, and what a line takes of its size.
const TITLE: f64 = 15.0;
const LEGEND: f64 = 12.0;
const LINK: f64 = 11.0;
const LINE: f64 = 1.4;
/// What a character takes of its size. Nothing is measured (see `super::pen`), and common faces are
/// narrower on the whole.
const CHARACTER: f64 = 0.6;
/// Left free at the edges, in CSS pixels.
const EDGE: f64 = 12.0;
/// A line's sample in the legend, and what lies between it, its text and the next entry.
const SAMPLE: f64 = 30.0;
const GAP: f64 = 8.0;
/// An address of a few thousand characters would leave no room for the figure.
const MOST_LINK_LINES: usize = 3;

/// A line of the figure and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What the line is.
    pub text: String,
    /// The colours that it has, from left to right in its sample.
    pub roles: Vec<Role>,
    /// Its width in CSS pixels.
    pub width: f64,
    /// How it is interrupted.
    pub dash: Dash,
}

/// A picture's title, legend and address.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// What it shows.
    pub title: String,
    /// Its lines: the engine and the exact sum, and what else is drawn.
    pub entries: Vec<Entry>,
    /// The address that recreates it.
    pub link: String,
}

impl Caption {
    /// Of a state's large figure.
    pub fn new(state: &State, derived: &Derived, title: String, link: String) -> Caption {
        let view = derived.chosen(state);
        let engine = state.arithmetic.engine;
        let mut entries = Vec::new();
        if view.chosen.is_some() {
            let is_lost = derived.window(state).any(|place| view.is_saturated(place));
            let (text, roles) = if is_lost {
                let text = format!("{}; second colour: {}", engine.name(), describe::loss(engine));
                (text, vec![Role::Chosen, Role::Saturated])
            } else {
                (engine.name().to_string(), vec![Role::Chosen])
            };
            entries.push(Entry { text, roles, width: 3.0, dash: Dash::Solid });
        }
        let exact = "exact sum".to_string();
        entries.push(Entry {
            text: exact,
            roles: vec![Role::Exact],
            width: 1.5,
            dash: Dash::Solid,
        });
        entries.extend(overlay_styles(state).map(|(overlay, role, dash)| Entry {
            text: describe::overlay(overlay).to_string(),
            roles: vec![role],
            width: 2.0,
            dash,
        }));
        Caption { title, entries, link }
    }

    fn lines(&self, width: f64, scale: f64) -> Lines<'_> {
        let room = width - 2.0 * EDGE;
        #[expect(clippy::cast_possible_truncation, reason = "a few hundred characters at most")]
        let fits = |size: f64| ((room / (size * scale * CHARACTER)) as usize).max(8);
        let wide = |entry: &Entry| {
            (SAMPLE + 3.0 * GAP + entry.text.chars().count() as f64 * LEGEND * CHARACTER) * scale
        };
        let mut legend: Vec<Vec<(f64, &Entry)>> = Vec::new();
        let mut at = f64::INFINITY;
        for entry in &self.entries {
            if at + wide(entry) > room + EDGE {
                at = EDGE;
                legend.push(Vec::new());
            }
            if let Some(row) = legend.last_mut() {
                row.push((at, entry));
            }
            at += wide(entry);
        }
        Lines {
            title: wrapped(&self.title, fits(TITLE)),
            legend,
            link: pieces(&self.link, fits(LINK)),
            scale,
        }
    }
}

/// A caption in lines, for a width.
struct Lines<'a> {
    title: Vec<String>,
    /// Rows of entries with where each begins.
    legend: Vec<Vec<(f64, &'a Entry)>>,
    link: Vec<String>,
    scale: f64,
}

impl Lines<'_> {
    /// What stands above the figure takes, in CSS pixels.
    fn above(&self) -> f64 {
        let lines = self.title.len() as f64 * TITLE + self.legend.len() as f64 * LEGEND;
        EDGE + (lines * LINE + GAP) * self.scale
    }

    /// The same below.
    fn below(&self) -> f64 {
        EDGE + self.link.len() as f64 * LINK * LINE * self.scale
    }

    fn draw<B: DrawingBackend>(&self, pen: &mut Pen<'_, B>, height: f64) -> DrawResult<B> {
        let scale = self.scale;
        let left = Pos { h_pos: HPos::Left, v_pos: VPos::Top };
        let middle = Pos { h_pos: HPos::Left, v_pos: VPos::Center };
        let mut y = EDGE;
        for line in &self.title {
            pen.text(line, [EDGE, y], left, TITLE * scale, Role::Ink)?;
            y += TITLE * LINE * scale;
        }
        for row in &self.legend {
            let center = y + LEGEND * LINE * scale / 2.0;
            for (at, Entry { text, roles, width, dash }) in row {
                let part = SAMPLE * scale / roles.len() as f64;
                for (index, role) in roles.iter().enumerate() {
                    let from = at + part * index as f64;
                    let sample = [[from, center], [from + part, center]];
                    pen.dashed(&sample, *role, width * scale, *dash)?;
                }
                let beside = [at + (SAMPLE + GAP) * scale, center];
                pen.text(text, beside, middle, LEGEND * scale, Role::Ink)?;
            }
            y += LEGEND * LINE * scale;
        }
        y = height - self.below();
        for line in &self.link {
            pen.text(line, [EDGE, y], left, LINK * scale, Role::Muted)?;
            y += LINK * LINE * scale;
        }
        Ok(())
    }
}

/// Draws a scene with its caption into `width` × `height` CSS pixels. `device_pixels` is the number of
/// device pixels in a CSS pixel.
///
/// # Errors
/// What the backend says.
pub fn draw_captioned<B: DrawingBackend>(
    scene: &Scene,
    caption: &Caption,
    (width, height): (f64, f64),
    palette: &Palette,
    device_pixels: f64,
    backend: &mut B,
) -> DrawResult<B> {
    let lines = caption.lines(width, palette.scale);
    let inner = [lines.above(), height - lines.below()];
    let layout = Layout::between(scene, width, inner, palette.scale);
    draw(scene, &layout, palette, device_pixels, backend, None)?;
    lines.draw(&mut Pen { backend, interrupt: None, palette, units: UNITS * device_pixels }, height)
}

/// A text in lines of so many characters, broken between words.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// An address in lines of so many characters; one that is too long ends with `…`, and is whole in the
/// file's own description.
fn pieces(text: &str, most: usize) -> Vec<String> {
    let signs: Vec<char> = text.chars().collect();
    let mut lines: Vec<String> = signs.chunks(most).map(|line| line.iter().collect()).collect();
    if lines.len() > MOST_LINK_LINES {
        lines.truncate(MOST_LINK_LINES);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Deriver, link};

    fn caption(fragment: &str) -> Caption {
        let (state, problems) = link::read(fragment);
        assert_eq!(problems, []);
        let derived = Deriver::default().derive(&state);
        Caption::new(&state, &derived, "A title".to_string(), "https://a.b/".to_string())
    }

    fn entries(fragment: &str) -> Vec<(String, usize)> {
        let of = |entry: Entry| (entry.text, entry.roles.len());
        caption(fragment).entries.into_iter().map(of).collect()
    }

    #[test]
    fn the_legend_has_the_engine_and_the_exact_sum_and_what_else_is_drawn() {
        let exact = ("exact sum".to_string(), 1);
        let bent = "FBGEMM (AVX2); second colour: a pair is saturated".to_string();
        assert_eq!(entries("#/lab"), [(bent.clone(), 2), exact.clone()]);
        let qnnpack = ("QNNPACK".to_string(), 1);
        assert_eq!(entries("#/lab?engine=qnnpack"), [qnnpack.clone(), exact.clone()]);
        // Where nothing is lost in the window, no second colour is drawn.
        let straight = ("FBGEMM (AVX2)".to_string(), 1);
        assert_eq!(entries("#/lab?zoom_from=-4&zoom_to=0"), [straight, exact.clone()]);
        assert_eq!(entries("#/lab?overlay=qnnpack"), [(bent, 2), exact, qnnpack]);
    }

    #[test]
    fn an_engine_that_cannot_run_draws_no_line_and_has_none_in_the_legend() {
        let (state, derived) = {
            let state = link::read("#/lab?engine=tflite_ruy&w_scheme=affine").0;
            let derived = Deriver::default().derive(&state);
            (state, derived)
        };
        assert_eq!(
            derived.chosen(&state).chosen.is_some(),
            entries(&link::write(&state)).len() == 2
        );
    }

    #[test]
    fn nothing_is_wider_than_the_picture() {
        let mut long = caption("#/lab?overlay=qnnpack,xnnpack,tflite_ruy,float32");
        long.title = "Output 2 with FBGEMM (AVX2) bends twice. ".repeat(4);
        long.link = format!("https://a.b/#/lab?w={}", "127_".repeat(400));
        for (width, scale) in [(860.0, 1.0), (860.0, 1.5), (344.0, 1.0)] {
            let lines = long.lines(width, scale);
            let wide =
                |line: &String, size: f64| line.chars().count() as f64 * size * scale * CHARACTER;
            assert!(lines.title.iter().all(|line| wide(line, TITLE) <= width - 2.0 * EDGE));
            assert!(lines.link.iter().all(|line| wide(line, LINK) <= width - 2.0 * EDGE));
            assert_eq!(lines.link.len(), MOST_LINK_LINES);
            assert!(lines.link[2].ends_with('…'));
            assert_eq!(lines.legend.iter().flatten().count(), long.entries.len());
            assert!(lines.legend.iter().all(|row| row[0].0 == EDGE));
            assert_eq!(lines.title.join(" "), long.title.trim());
        }
    }

    #[test]
    fn an_address_that_fits_is_whole() {
        let link = "https://example.org/rampscope/#/lab?v=1&seed=7";
        assert_eq!(pieces(link, 20).concat(), link);
        assert_eq!(pieces(link, 200), [link]);
        assert!(pieces("", 20).is_empty());
    }
}
