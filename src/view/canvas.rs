//! [`Plot`]: a scene on a `<canvas>`. The only file that knows the element.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::render::{AnimationFrame, request_animation_frame};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver};
use yew::prelude::*;

use crate::plot::draw::{UNITS, draw};
use crate::plot::{Layout, Scene, Theme};
use crate::view::model::Shared;

/// Makes a scene for a width in CSS pixels.
pub type Build = dyn Fn(f64) -> Scene;

/// Properties of [`Plot`].
#[derive(Properties, PartialEq)]
pub struct PlotProps {
    /// Makes the scene.
    pub build: Shared<Box<Build>>,
    /// The colours.
    pub theme: Rc<Theme>,
    /// The class that gives the canvas its size.
    pub class: &'static str,
    /// Called with the x value under a pressed pointer.
    #[prop_or_default]
    pub on_point: Option<Callback<f64>>,
}

/// What is on the canvas now.
#[derive(PartialEq)]
struct Drawn {
    scene: Scene,
    theme: Rc<Theme>,
    width: f64,
    height: f64,
    device_pixels: f64,
}

/// A scene on a canvas, redrawn at most once a frame and only when something
/// on it changed.
#[component]
pub fn Plot(props: &PlotProps) -> Html {
    let canvas = use_node_ref();
    let drawn = use_mut_ref(|| None::<Drawn>);
    let frame = use_mut_ref(|| None::<AnimationFrame>);
    let latest = use_mut_ref(|| (props.build.clone(), Rc::clone(&props.theme)));
    *latest.borrow_mut() = (props.build.clone(), Rc::clone(&props.theme));

    let request = {
        let canvas = canvas.clone();
        move || {
            let (canvas, drawn, latest) = (canvas.clone(), Rc::clone(&drawn), Rc::clone(&latest));
            *frame.borrow_mut() = Some(request_animation_frame(move |_| {
                if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                    let (build, theme) = latest.borrow().clone();
                    redraw(&canvas, &**build, theme, &drawn);
                }
            }));
        }
    };

    {
        let request = request.clone();
        use_effect_with((props.build.clone(), Rc::clone(&props.theme)), move |_| request());
    }
    {
        let canvas = canvas.clone();
        use_effect_with((), move |()| {
            let observer = observe_size(&canvas, request);
            move || {
                if let Some((observer, _closure)) = observer {
                    observer.disconnect();
                }
            }
        });
    }

    let [down, moved] = [true, false].map(|is_down| {
        let (canvas, build, on_point) =
            (canvas.clone(), props.build.clone(), props.on_point.clone());
        Callback::from(move |event: PointerEvent| {
            let (Some(canvas), Some(on_point)) = (canvas.cast::<HtmlCanvasElement>(), &on_point)
            else {
                return;
            };
            if event.buttons() & 1 == 0 {
                return;
            }
            if is_down {
                // Without capture a drag merely ends at the canvas's edge.
                let _ = canvas.set_pointer_capture(event.pointer_id());
            }
            let (width, height) = size(&canvas);
            let layout = Layout::new(&build(width), width, height);
            let left = canvas.get_bounding_client_rect().left();
            if let Some(x) = layout.x_at(f64::from(event.client_x()) - left) {
                on_point.emit(x);
            }
        })
    });

    html! {
        <canvas ref={canvas} class={props.class} aria-hidden="true" onpointerdown={down} onpointermove={moved} />
    }
}

fn size(canvas: &HtmlCanvasElement) -> (f64, f64) {
    (f64::from(canvas.client_width()), f64::from(canvas.client_height()))
}

fn observe_size(
    canvas: &NodeRef,
    request: impl Fn() + 'static,
) -> Option<(ResizeObserver, Closure<dyn Fn()>)> {
    let element = canvas.cast::<HtmlCanvasElement>()?;
    let closure = Closure::<dyn Fn()>::new(request);
    let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some((observer, closure))
}

fn redraw(
    canvas: &HtmlCanvasElement,
    build: &Build,
    theme: Rc<Theme>,
    drawn: &RefCell<Option<Drawn>>,
) {
    let (width, height) = size(canvas);
    if width < 1.0 || height < 1.0 {
        return;
    }
    let device_pixels = gloo::utils::window().device_pixel_ratio().max(0.5);
    let next = Drawn { scene: build(width), theme, width, height, device_pixels };
    if drawn.borrow().as_ref() == Some(&next) {
        return;
    }
    match paint(canvas, &next) {
        Ok(layout) => publish(canvas, &next.scene, &layout),
        Err(error) => gloo::console::error!(format!("The figure could not be drawn: {error}")),
    }
    *drawn.borrow_mut() = Some(next);
}

fn paint(canvas: &HtmlCanvasElement, next: &Drawn) -> Result<Layout, String> {
    // Setting the size, even to the same, clears the canvas and its transform.
    canvas.set_width((next.width * next.device_pixels).round() as u32);
    canvas.set_height((next.height * next.device_pixels).round() as u32);
    let context: CanvasRenderingContext2d = canvas
        .get_context("2d")
        .ok()
        .flatten()
        .and_then(|context| context.dyn_into().ok())
        .ok_or("this browser gives no 2d context")?;
    context.scale(1.0 / UNITS, 1.0 / UNITS).map_err(|_| "the context cannot be scaled")?;
    context.set_line_join("round");
    let mut backend = CanvasBackend::with_canvas_object(canvas.clone())
        .ok_or("this browser gives no 2d context")?;
    let layout = Layout::new(&next.scene, next.width, next.height);
    draw(&next.scene, &layout, &next.theme, next.device_pixels, &mut backend)
        .map_err(|error| error.to_string())?;
    Ok(layout)
}

/// Where the frames lie, for whoever reads the picture by script: for each
/// frame left, top, right, bottom in CSS pixels, then the values at its edges.
fn publish(canvas: &HtmlCanvasElement, scene: &Scene, layout: &Layout) {
    let frames: Vec<String> = scene
        .frames
        .iter()
        .zip(&layout.frames)
        .map(|(frame, placed)| {
            let rect = placed.rect;
            format!(
                "[{},{},{},{},{},{},{},{}]",
                rect.left,
                rect.top,
                rect.right,
                rect.bottom,
                frame.x.min,
                frame.x.max,
                frame.y.min,
                frame.y.max
            )
        })
        .collect();
    let count =
        canvas.get_attribute("data-drawn").and_then(|count| count.parse::<u64>().ok()).unwrap_or(0);
    // Setting attributes of fixed names cannot fail.
    let _ = canvas.set_attribute("data-frames", &format!("[{}]", frames.join(",")));
    let _ = canvas.set_attribute("data-drawn", &(count + 1).to_string());
}
