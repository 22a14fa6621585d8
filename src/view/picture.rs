//! A scene as PNG.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement};

use super::paint::{backend, context};
use crate::plot::caption::{Caption, draw_captioned};
use crate::plot::{Palette, Role, Scene};

/// A scene and its caption, of a size in CSS pixels, as the bytes of a PNG, on the theme's background,
/// with the address in its text chunk `Description`, too.
///
/// # Errors
/// Why there is none, as the end of a sentence.
pub async fn png(
    scene: &Scene,
    (width, height): (u32, u32),
    palette: &Palette,
    device_pixels: f64,
    caption: &Caption,
) -> Result<Vec<u8>, String> {
    let canvas = canvas().ok_or("the browser makes no canvas")?;
    #[expect(clippy::cast_possible_truncation, reason = "far below 2³² pixels")]
    let pixels = |length: u32| (f64::from(length) * device_pixels) as u32;
    canvas.set_width(pixels(width));
    canvas.set_height(pixels(height));
    let context = context(&canvas)?;
    let color = palette.color(Role::Background);
    context.set_fill_style_str(&format!("rgb({}, {}, {})", color.0, color.1, color.2));
    context.fill_rect(0.0, 0.0, canvas.width().into(), canvas.height().into());
    let mut backend = backend(&canvas, &context)?;
    let size = (width.into(), height.into());
    draw_captioned(scene, caption, size, palette, device_pixels, &mut backend)
        .map_err(|error| error.to_string())?;
    let blob = blob(&canvas).await.ok_or("the browser makes no PNG")?;
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| "it could not be read")?;
    Ok(with_description(&js_sys::Uint8Array::new(&buffer).to_vec(), &caption.link))
}

fn canvas() -> Option<HtmlCanvasElement> {
    gloo::utils::document().create_element("canvas").ok()?.dyn_into().ok()
}

async fn blob(canvas: &HtmlCanvasElement) -> Option<Blob> {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        // One that fails gives nothing, which the promise then never does; it fails for sizes that
        // no picture here has.
        let _ = canvas.to_blob(&resolve);
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// The bytes before a PNG's first chunk that may follow: the signature and the header.
const HEAD: usize = 8 + 25;

/// A PNG with a text chunk after its header (PNG specification, section 11.3.4.3).
fn with_description(png: &[u8], text: &str) -> Vec<u8> {
    if png.len() < HEAD {
        return png.to_vec();
    }
    let mut chunk = b"tEXtDescription\0".to_vec();
    // An address is ASCII; anything else would not be Latin-1 either.
    chunk.extend(text.bytes().filter(u8::is_ascii));
    let mut bytes = png[..HEAD].to_vec();
    // The length counts the data without the four letters of the type.
    #[expect(clippy::cast_possible_truncation, reason = "an address is far shorter")]
    let length = (chunk.len() - 4) as u32;
    bytes.extend(length.to_be_bytes());
    bytes.extend(&chunk);
    bytes.extend(crc32(&chunk).to_be_bytes());
    bytes.extend(&png[HEAD..]);
    bytes
}

/// CRC-32 as PNG and zip have it.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_crc_32() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_chunk_follows_the_header() {
        let png = [7; HEAD + 3];
        let with = with_description(&png, "#/lab");
        assert_eq!(with.len(), png.len() + 12 + 17);
        assert_eq!(with[HEAD..HEAD + 4], 17_u32.to_be_bytes());
        assert_eq!(&with[HEAD + 4..HEAD + 25], b"tEXtDescription\0#/lab");
    }
}
