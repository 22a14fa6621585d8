//! Prints what has a page of its own, as JSON: key, link, title, sentence, and the picture as SVG. The
//! build makes the pages of it (`tools/dev/pages.mjs`):
//! `cargo run --no-default-features --features svg --example pages -- [ADDRESS]`, where the address is
//! that of the build's folder, with its last `/`.

mod list;
#[path = "../static_picture/theme.rs"]
mod theme;

use list::{Figure, Page, pages};
use rampscope::evidence::mystery::OUTPUT;
use rampscope::plot::caption::Caption;
use rampscope::plot::{Pointing, Scene, mystery_scene, ramp_scene, svg};
use rampscope::state::{Derived, Deriver, State, link};
use serde_json::{Value, json};
use theme::{theme, with_dark};

/// The size that sites show previews in, and its type: they show it at half of that or less.
const SIZE: (u32, u32) = (1200, 630);
const SCALE: f64 = 1.75;

fn main() -> Result<(), String> {
    let address = std::env::args().nth(1).unwrap_or_default();
    let all = pages().map(|page| described(&page, &address)).collect::<Result<Vec<_>, _>>()?;
    println!("{}", Value::from(all));
    Ok(())
}

fn described(page: &Page, address: &str) -> Result<Value, String> {
    let (mut state, problems) = link::read(&page.fragment);
    if let Some(problem) = problems.iter().next() {
        return Err(format!("{}: {problem}", page.key));
    }
    if let Figure::Mystery = page.figure {
        state.picture.output = OUTPUT;
    }
    let derived = Deriver::default().derive(&state);
    // Nobody can open the page of a build without an address; its state can be told all the same.
    let link = match address {
        "" => format!("Rampscope {}", page.fragment),
        folder => format!("{folder}p/{}/", page.key),
    };
    let caption = Caption::new(&state, &derived, page.title.to_string(), link);
    let [light, dark] = [false, true].map(|is_dark| theme(is_dark, SCALE));
    let drawn = svg::svg(&scene(page.figure, &state, &derived), SIZE, &light, Some(&caption))?;
    Ok(json!({
        "key": page.key,
        "fragment": page.fragment,
        "title": page.title,
        "sentence": page.sentence,
        "svg": drawn,
        "picture": with_dark(&drawn, &light, &dark)?,
    }))
}

fn scene(figure: Figure, state: &State, derived: &Derived) -> Scene {
    // With so large a type as many ticks fit as on a smaller picture.
    let width = f64::from(SIZE.0) / SCALE;
    match figure {
        Figure::Ramp => ramp_scene(state, derived, Pointing::default(), width),
        Figure::Mystery => {
            let known = (state, derived);
            mystery_scene(known, known, OUTPUT, None, state.gaze.at.into(), width)
        }
    }
}
