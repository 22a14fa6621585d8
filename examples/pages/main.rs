//! Prints what has a page of its own, as JSON: key, link, title, sentence, and the picture as SVG. The
//! build makes the pages of it (`tools/dev/pages.mjs`):
//! `cargo run --no-default-features --features svg --example pages -- [ADDRESS]`, where the address is
//! that of the build's folder, with its last `/`.

mod list;
mod scenes;
#[path = "../static_picture/theme.rs"]
mod theme;

use list::{Figure, Page, pages};
use rampscope::plot::caption::Caption;
use rampscope::plot::{Pointing, ramp_scene, svg};
use rampscope::state::{Deriver, link};
use serde_json::{Value, json};
use theme::{theme, with_dark};

/// The size that sites show previews in, and its type: they show it at half of that or less.
const SIZE: (u32, u32) = (1200, 630);
const SCALE: f64 = 1.75;
/// With so large a type as many ticks fit as on a smaller picture.
const WIDTH: f64 = SIZE.0 as f64 / SCALE;

fn main() -> Result<(), String> {
    let address = std::env::args().nth(1).unwrap_or_default();
    let all = pages().map(|page| described(&page, &address)).collect::<Result<Vec<_>, _>>()?;
    println!("{}", Value::from(all));
    Ok(())
}

fn described(page: &Page, address: &str) -> Result<Value, String> {
    let (state, problems) = link::read(&page.fragment);
    if let Some(problem) = problems.iter().next() {
        return Err(format!("{}: {problem}", page.key));
    }
    let (state, derived, scene) = match page.figure {
        Figure::Ramp => {
            let derived = Deriver::default().derive(&state);
            let scene = ramp_scene(&state, &derived, Pointing::default(), WIDTH);
            (state, derived, scene)
        }
        Figure::Scene(number) => scenes::drawn(number, WIDTH),
    };
    // Nobody can open the page of a build without an address; its state can be told all the same.
    let link = match address {
        "" => format!("Rampscope {}", page.fragment),
        folder => format!("{folder}p/{}/", page.key),
    };
    let caption = Caption::new(&state, &derived, page.title.clone(), link);
    let [light, dark] = [false, true].map(|is_dark| theme(is_dark, SCALE));
    let drawn = svg::svg(&scene, SIZE, &light, Some(&caption))?;
    Ok(json!({
        "key": page.key,
        "fragment": page.fragment,
        "title": page.title,
        "sentence": page.sentence,
        "svg": drawn,
        "picture": with_dark(&drawn, &light, &dark)?,
    }))
}
