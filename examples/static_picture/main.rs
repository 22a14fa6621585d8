//! Draws the static picture of the landing page from the same scene as the
//! live figure: `cargo run --example static_picture > www/mystery.svg`.

mod picture;

use std::process::ExitCode;

fn main() -> ExitCode {
    match picture::svg() {
        Ok(svg) => {
            print!("{svg}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the picture could not be drawn: {error}");
            ExitCode::FAILURE
        }
    }
}
