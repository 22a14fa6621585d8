//! Draws the pictures of the static page from the scene of the live figure, into `www/`.

mod picture;

use std::path::Path;

use picture::PICTURES;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let www = Path::new(env!("CARGO_MANIFEST_DIR")).join("www");
    for picture in PICTURES {
        std::fs::write(www.join(picture.file), picture.svg()?)?;
        println!("www/{}", picture.file);
    }
    Ok(())
}
