//! [`Plot`]: a scene on a `<canvas>`. With [`super::canvas_renderer`] and [`super::gesture`] the only place
//! that knows the element.

use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::canvas_renderer::{Build, CanvasRenderer};
use super::gesture::{Gesture, Grip, use_gestures};
use super::model::Shared;
use crate::plot::Palette;

/// Properties of [`Plot`].
#[derive(Properties, PartialEq)]
pub struct PlotProps {
    /// Makes the scene.
    pub build: Shared<Box<Build>>,
    /// The colours.
    pub palette: Rc<Palette>,
    /// The class that gives the canvas its size.
    pub class: &'static str,
    /// Called with what a pointer or wheel does; without it the canvas takes no pointer.
    #[prop_or_default]
    pub on_gesture: Option<Callback<Gesture>>,
    /// Whether the wheel and two fingers zoom.
    #[prop_or_default]
    pub zooms: bool,
    /// Where a finger has to begin, if not anywhere.
    #[prop_or_default]
    pub grip: Option<Grip>,
}

/// A scene on a canvas.
#[component]
pub fn Plot(props: &PlotProps) -> Html {
    let canvas = use_node_ref();
    let asked = (props.build.clone(), Rc::clone(&props.palette));
    let renderer = {
        let (canvas, class, asked) = (canvas.clone(), props.class, asked.clone());
        use_memo((), move |()| CanvasRenderer::new(canvas, class, asked))
    };

    {
        let renderer = Rc::clone(&renderer);
        use_effect_with(asked, move |asked| renderer.ask(asked.clone()));
    }
    {
        let (canvas, renderer) = (canvas.clone(), Rc::clone(&renderer));
        use_effect_with((), move |()| {
            let observers =
                canvas.cast::<HtmlCanvasElement>().map(|canvas| renderer.observe(&canvas));
            move || {
                drop(observers);
                renderer.rest();
            }
        });
    }

    let pointers =
        use_gestures(&canvas, renderer, props.on_gesture.clone(), props.zooms, props.grip.clone());
    let [down, moved, up, cancel, leave] = pointers;

    html! {
        <canvas ref={canvas} class={props.class} aria-hidden="true" onpointerdown={down} onpointermove={moved}
            onpointerup={up} onpointercancel={cancel} onpointerleave={leave} />
    }
}
