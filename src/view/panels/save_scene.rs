//! [`SaveScene`]: a picture as a file.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::plot::Palette;
use crate::plot::caption::Caption;
use crate::plot::svg::svg;
use crate::view::canvas_renderer::Build;
use crate::view::files::{save, save_bytes};
use crate::view::model::Shared;
use crate::view::picture;

/// Device pixels per CSS pixel of a PNG.
const SHARP: f64 = 2.0;

/// Properties of [`SaveScene`].
#[derive(Properties, PartialEq)]
pub struct SaveProps {
    /// Makes the scene.
    pub build: Shared<Box<Build>>,
    /// The colours.
    pub palette: Rc<Palette>,
    /// What the picture says of itself.
    pub caption: Caption,
    /// The file's name without its ending.
    pub name: AttrValue,
    /// Width and height in CSS pixels, before the theme's scale.
    pub size: (u32, u32),
}

/// Buttons that save a picture as PNG or SVG, with the address that recreates it, and what came of it.
#[component]
pub fn SaveScene(props: &SaveProps) -> Html {
    let said = use_state_eq(String::new);
    let button = |id: &'static str, what: &'static str| {
        let said = said.setter();
        let (build, palette) = (props.build.clone(), Rc::clone(&props.palette));
        let (caption, name, size) =
            (props.caption.clone(), format!("{}.{id}", props.name), props.size);
        let onclick = Callback::from(move |_: MouseEvent| {
            let (said, build, palette) = (said.clone(), build.clone(), Rc::clone(&palette));
            let (caption, name) = (caption.clone(), name.clone());
            spawn_local(async move {
                said.set(match saved(id, &name, &build, &palette, &caption, size).await {
                    Ok(()) => format!("{name} is saved."),
                    Err(reason) => format!("It could not be saved: {reason}."),
                });
            });
        });
        html! { <button type="button" name={format!("{}-{id}", props.name)} title={what} {onclick}>{ id.to_ascii_uppercase() }</button> }
    };
    html! {
        <div class="save-scene">
            { button("png", "The picture, twice as sharp as on screen") }
            { button("svg", "The picture as lines and text") }
            <span role="status" aria-live="polite">{ (*said).clone() }</span>
        </div>
    }
}

async fn saved(
    id: &str,
    name: &str,
    build: &Shared<Box<Build>>,
    palette: &Palette,
    caption: &Caption,
    (width, height): (u32, u32),
) -> Result<(), String> {
    // As large type as the theme asks for, on a picture as much larger.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few thousand pixels"
    )]
    let scaled = |length: u32| (f64::from(length) * palette.scale).round() as u32;
    let size = (scaled(width), scaled(height));
    let scene = build(size.0.into());
    let refused = |_| "the browser refused".to_string();
    if id == "svg" {
        let text = svg(&scene, size, palette, Some(caption))?;
        save(name, "image/svg+xml", &text).map_err(refused)
    } else {
        let bytes = picture::png(&scene, size, palette, SHARP, caption).await?;
        save_bytes(name, "image/png", &bytes).map_err(refused)
    }
}
