//! [`Thumbnail`]: a preset's own ramp, small, drawn when it comes into sight.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::plot::{Palette, Scene, small_scene};
use crate::state::{Deriver, link};
use crate::story::Preset;
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::made;
use crate::view::sight::Sight;

/// Properties of [`Thumbnail`].
#[derive(Properties, PartialEq)]
pub struct ThumbnailProps {
    /// Whose ramp.
    pub preset: &'static Preset,
    /// The colours.
    pub palette: Rc<Palette>,
}

/// The chosen output of a preset. Nothing of it is computed before somebody looks: a canvas out of
/// sight would be drawn a moment later, and forty of them at once hold the page up.
#[component]
pub fn Thumbnail(props: &ThumbnailProps) -> Html {
    let place = use_node_ref();
    let is_seen = use_state_eq(|| false);
    {
        let (place, is_seen) = (place.clone(), is_seen.setter());
        use_effect_with((), move |()| {
            let tell = move |in_sight: bool| {
                if in_sight {
                    is_seen.set(true);
                }
            };
            let sight = place.cast::<Element>().map(|place| Sight::of(&place, Box::new(tell)));
            move || drop(sight)
        });
    }
    let build = use_memo((props.preset.key, *is_seen), |(_, is_seen)| {
        let scene = is_seen.then(|| scene(props.preset))?;
        Some(made(move |_| scene.clone()))
    });
    html! {
        <div ref={place} class="thumbnail" aria-hidden="true">
            if let Some(build) = (*build).clone() {
                <Plot {build} palette={Rc::clone(&props.palette)} class="thumbnail-plot" />
            }
        </div>
    }
}

fn scene(preset: &Preset) -> Scene {
    let (state, _) = link::read(&preset.fragment());
    let derived = Deriver::default().derive(&state);
    small_scene(&state, &derived, derived.chosen(&state))
}
