//! The landing page's picture is what the live figure draws today.

#[path = "../examples/static_picture/picture.rs"]
mod picture;

use std::fs;
use std::path::Path;

/// What brings the file up to date.
const REDRAW: &str = "cargo run --example static_picture";

#[test]
fn the_picture_is_what_the_scene_draws() {
    for picture in picture::PICTURES {
        let name = picture.file;
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("www").join(name);
        let kept = fs::read_to_string(&file).expect("the picture is there");
        let drawn = picture.svg().expect("the picture can be drawn");
        assert!(drawn.contains("<svg") && drawn.len() > 10_000, "the scene draws nothing: {drawn}");
        if let Some(line) = first_difference(&kept, &drawn) {
            panic!(
                "www/{name} is not what the scene draws now, from line {line} on. If the scene was \
                 meant to change, redraw the files and look at them:\n\n    {REDRAW}\n"
            );
        }
    }
}

/// The first line that differs, from 1; `None` for equal texts.
fn first_difference(a: &str, b: &str) -> Option<usize> {
    if a == b {
        return None;
    }
    let equal = a.lines().zip(b.lines()).take_while(|(a, b)| a == b).count();
    Some(equal + 1)
}
