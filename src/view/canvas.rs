//! [`Plot`]: a scene on a `<canvas>`. With [`super::easel`] and [`super::gesture`] the only place
//! that knows the element.

use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::easel::{Build, Easel};
use super::gesture::{Gesture, use_gestures};
use super::model::Shared;
use crate::plot::Theme;

/// Properties of [`Plot`].
#[derive(Properties, PartialEq)]
pub struct PlotProps {
    /// Makes the scene.
    pub build: Shared<Box<Build>>,
    /// The colours.
    pub theme: Rc<Theme>,
    /// The class that gives the canvas its size.
    pub class: &'static str,
    /// Called with what a pointer or wheel does; without it the canvas takes no pointer.
    #[prop_or_default]
    pub on_gesture: Option<Callback<Gesture>>,
}

/// A scene on a canvas.
#[component]
pub fn Plot(props: &PlotProps) -> Html {
    let canvas = use_node_ref();
    let asked = (props.build.clone(), Rc::clone(&props.theme));
    let easel = {
        let (canvas, class, asked) = (canvas.clone(), props.class, asked.clone());
        use_memo((), move |()| Easel::new(canvas, class, asked))
    };

    {
        let easel = Rc::clone(&easel);
        use_effect_with(asked, move |asked| easel.ask(asked.clone()));
    }
    {
        let (canvas, easel) = (canvas.clone(), Rc::clone(&easel));
        use_effect_with((), move |()| {
            let observers = canvas.cast::<HtmlCanvasElement>().map(|canvas| easel.observe(&canvas));
            move || {
                drop(observers);
                easel.rest();
            }
        });
    }

    let pointers = use_gestures(&canvas, easel, props.on_gesture.clone());
    let [down, moved, up, leave] = pointers;

    html! {
        <canvas ref={canvas} class={props.class} aria-hidden="true" onpointerdown={down} onpointermove={moved}
            onpointerup={up.clone()} onpointercancel={up} onpointerleave={leave} />
    }
}
