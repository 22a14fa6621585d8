//! [`PictureButton`]: a picture to go with the Markdown.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::plot::Palette;
use crate::state::State;
use crate::view::model::{Model, Shared};
use crate::view::panels::save_picture;

/// Properties of [`PictureButton`].
#[derive(Properties, PartialEq)]
pub struct PictureButtonProps {
    /// The present model.
    pub model: Shared<Model>,
    /// The entry as a layer of the Lab.
    pub state: State,
    /// The colours.
    pub palette: Rc<Palette>,
}

/// A button that saves the Lab's figure of the entry: the output along the inputs, to where it was seen.
#[component]
pub fn PictureButton(props: &PictureButtonProps) -> Html {
    let said = use_state_eq(String::new);
    let onclick = {
        let (said, palette) = (said.setter(), Rc::clone(&props.palette));
        let (model, state) = (props.model.clone(), props.state.clone());
        Callback::from(move |_: MouseEvent| {
            let (said, palette, shown) = (said.clone(), palette.clone(), model.showing(&state));
            spawn_local(async move { said.set(save_picture(&shown, &palette).await) });
        })
    };
    html! {
        <p class="copy">
            <button type="button" id="save-picture" {onclick}>{ "Save the picture" }</button>
            <span class="hint">{ " Drop it below the text: forges take no pictures within one." }</span>
            <span class="hint" role="status">{ (*said).clone() }</span>
        </p>
    }
}
