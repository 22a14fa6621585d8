//! Draws the static picture of the landing page from the same scene as the
//! live figure: `cargo run --example static_picture > www/mystery.svg`.

use std::collections::HashMap;
use std::process::ExitCode;

use plotters_svg::SVGBackend;
use rampscope::plot::draw::{UNITS, draw};
use rampscope::plot::{Layout, Theme, ramp_scene};
use rampscope::state::{Deriver, State};

const SIZE: (u32, u32) = (860, 520);

fn main() -> ExitCode {
    let state = State::default();
    let derived = Deriver::default().derive(&state);
    let width = f64::from(SIZE.0);
    let scene = ramp_scene(&state, &derived, width);
    let layout = Layout::new(&scene, width, SIZE.1.into());
    let fonts = HashMap::from([("--font", "sans-serif".to_string())]);
    let theme = Theme::from_variables(|name| fonts.get(name).cloned());

    let units = UNITS as u32;
    let mut svg = String::new();
    let drawn = draw(
        &scene,
        &layout,
        &theme,
        1.0,
        &mut SVGBackend::with_string(&mut svg, (SIZE.0 * units, SIZE.1 * units)),
    );
    if let Err(error) = drawn {
        eprintln!("the picture could not be drawn: {error}");
        return ExitCode::FAILURE;
    }
    // In units inside, in pixels outside.
    let fine = format!("width=\"{}\" height=\"{}\"", SIZE.0 * units, SIZE.1 * units);
    println!("{}", svg.replacen(&fine, &format!("width=\"{}\" height=\"{}\"", SIZE.0, SIZE.1), 1));
    ExitCode::SUCCESS
}
