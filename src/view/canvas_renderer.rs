//! [`CanvasRenderer`]: when a canvas is drawn on, and what.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, ResizeObserver, TransitionEvent};
use yew::NodeRef;

use super::measure::Measure;
use super::model::Shared;
use super::paint::{context, paint};
use super::sight::{REST_MS, Sight};
use super::timing::{self, measured};
use crate::plot::{Layout, Palette, Scene};

/// Events of the window after which the page may be scaled otherwise. No observer tells of a transform.
const RESCALED: [&str; 3] = ["resize", "transitionend", "animationend"];
/// Properties that scale.
const SCALES: [&str; 3] = ["transform", "scale", "zoom"];

/// Makes a scene for a width in CSS pixels.
pub type Build = dyn Fn(f64) -> Scene;

/// What makes a scene, for a canvas.
pub fn made(build: impl Fn(f64) -> Scene + 'static) -> Shared<Box<Build>> {
    Shared(Rc::new(Box::new(build)))
}

/// What should be on a canvas.
pub type Asked = (Shared<Box<Build>>, Rc<Palette>);

/// What is on a canvas.
#[derive(PartialEq)]
struct Drawn {
    scene: Scene,
    palette: Rc<Palette>,
    width: f64,
    height: f64,
    device_pixels: f64,
}

/// A drawing that will come, unless this is dropped.
#[expect(dead_code, reason = "held for their drop")]
enum Waiting {
    ForFrame(AnimationFrame),
    ForRest(Timeout),
}

/// A canvas that is drawn on at most once a frame, and only when something on it changed; one out
/// of sight waits until the changes rest.
pub struct CanvasRenderer {
    canvas: NodeRef,
    class: &'static str,
    asked: RefCell<Asked>,
    /// With where its frames lie, unless drawing it has failed.
    drawn: RefCell<Option<(Drawn, Option<Layout>)>>,
    /// As it was measured last.
    measure: Cell<Option<Measure>>,
    is_seen: Cell<bool>,
    waiting: RefCell<Option<Waiting>>,
    /// A measuring that will come.
    remeasuring: RefCell<Option<AnimationFrame>>,
}

impl CanvasRenderer {
    /// A renderer for a canvas that will be there when it is drawn on.
    pub fn new(canvas: NodeRef, class: &'static str, asked: Asked) -> CanvasRenderer {
        CanvasRenderer {
            canvas,
            class,
            asked: RefCell::new(asked),
            drawn: RefCell::default(),
            measure: Cell::default(),
            is_seen: Cell::new(true),
            waiting: RefCell::default(),
            remeasuring: RefCell::default(),
        }
    }

    /// Something else should be on the canvas.
    pub fn ask(self: &Rc<Self>, asked: Asked) {
        self.asked.replace(asked);
        self.request();
    }

    /// Watches the canvas's size and scale, and whether it is in sight, until what this gives is dropped.
    pub fn observe(self: &Rc<Self>, canvas: &HtmlCanvasElement) -> Observers {
        let renderer = Rc::clone(self);
        let element = canvas.clone();
        let on_size = Closure::<dyn Fn()>::new(move || {
            renderer.measure.set(Some(Measure::of(&element)));
            renderer.request();
        });
        let renderer = Rc::clone(self);
        let element = canvas.clone();
        let on_sight = move |is_seen| {
            renderer.is_seen.set(is_seen);
            renderer.measure.set(Some(Measure::of(&element)));
            renderer.request();
        };
        let sight = Sight::of(canvas, Box::new(on_sight));
        let size = ResizeObserver::new(on_size.as_ref().unchecked_ref()).ok();
        if let Some(size) = &size {
            size.observe(canvas);
        }
        let rescaled = RESCALED.map(|event| self.on_rescale(event));
        Observers { size, _on_size: on_size, _sight: sight, _rescaled: rescaled }
    }

    /// Measures anew once the page has taken the event in, too.
    fn on_rescale(self: &Rc<Self>, event: &'static str) -> EventListener {
        let renderer = Rc::clone(self);
        EventListener::new(&gloo::utils::window(), event, move |event| {
            let moved = event.dyn_ref::<TransitionEvent>().map(TransitionEvent::property_name);
            if moved.is_some_and(|property| !SCALES.contains(&property.as_str())) {
                return;
            }
            let later = Rc::clone(&renderer);
            renderer.remeasuring.replace(Some(request_animation_frame(move |_| {
                if let Some(canvas) = later.canvas.cast::<HtmlCanvasElement>() {
                    later.remeasure(&canvas);
                }
            })));
        })
    }

    /// Takes back what waits.
    pub fn rest(&self) {
        self.waiting.take();
        self.remeasuring.take();
    }

    /// Measures the canvas, and draws it anew if it is seen in another size than before.
    pub fn remeasure(self: &Rc<Self>, canvas: &HtmlCanvasElement) -> Measure {
        let next = Measure::of(canvas);
        let before = self.measure.replace(Some(next));
        if before.is_some_and(|before| !before.is_alike(&next)) {
            self.request();
        }
        next
    }

    /// The values of what is on the canvas, on both axes, at a place in the window.
    pub fn values_at(self: &Rc<Self>, [client_x, client_y]: [f64; 2]) -> Option<[f64; 2]> {
        let canvas = self.canvas.cast::<HtmlCanvasElement>()?;
        let measure = self.remeasure(&canvas);
        let drawn = self.drawn.borrow();
        let layout = drawn.as_ref()?.1.as_ref()?;
        Some([layout.x_at(measure.own_x(client_x))?, layout.y_at(measure.own_y(client_y))?])
    }

    /// Asking the canvas lays the page out if anything on it changed; the observers know.
    fn measure(&self, canvas: &HtmlCanvasElement) -> Measure {
        self.measure.get().unwrap_or_else(|| Measure::of(canvas))
    }

    fn request(self: &Rc<Self>) {
        let is_seen = self.is_seen.get();
        // A frame that is coming draws what is asked for by then. Asking for another one each time, who
        // asks in every frame would never see any.
        if is_seen && matches!(&*self.waiting.borrow(), Some(Waiting::ForFrame(_))) {
            return;
        }
        let renderer = Rc::clone(self);
        let waiting = if is_seen {
            Waiting::ForFrame(request_animation_frame(move |_| renderer.redraw()))
        } else {
            Waiting::ForRest(Timeout::new(REST_MS, move || renderer.redraw()))
        };
        // What waited before is taken back.
        self.waiting.replace(Some(waiting));
    }

    fn redraw(&self) {
        self.waiting.take();
        let Some(canvas) = self.canvas.cast::<HtmlCanvasElement>() else { return };
        let measure = self.measure(&canvas);
        let Measure { width, height, .. } = measure;
        if width < 1.0 || height < 1.0 {
            return;
        }
        let (build, palette) = self.asked.borrow().clone();
        let device_pixels = measure.device_pixels(gloo::utils::window().device_pixel_ratio());
        let painted = measured(&format!("{}{}", timing::DRAW, self.class), || {
            let next = Drawn { scene: build(width), palette, width, height, device_pixels };
            let is_drawn = self.drawn.borrow().as_ref().is_some_and(|(drawn, _)| *drawn == next);
            (!is_drawn).then(|| (repaint(&canvas, &next), next))
        });
        let Some((painted, next)) = painted else { return };
        match &painted {
            Ok(layout) => publish(&canvas, &next.scene, layout),
            Err(error) => gloo::console::error!(format!("The figure could not be drawn: {error}")),
        }
        self.drawn.replace(Some((next, painted.ok())));
    }
}

/// What watches a canvas; it ends with this value.
pub struct Observers {
    size: Option<ResizeObserver>,
    _on_size: Closure<dyn Fn()>,
    _sight: Sight,
    _rescaled: [EventListener; 3],
}

impl Drop for Observers {
    fn drop(&mut self) {
        if let Some(size) = &self.size {
            size.disconnect();
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "sizes of a canvas are whole, and far below 2³²"
)]
fn repaint(canvas: &HtmlCanvasElement, next: &Drawn) -> Result<Layout, String> {
    let context = context(canvas)?;
    let (width, height) =
        ((next.width * next.device_pixels).round(), (next.height * next.device_pixels).round());
    // Setting the size, even to the same, takes new memory and lays the page out.
    if (f64::from(canvas.width()), f64::from(canvas.height())) != (width, height) {
        canvas.set_width(width as u32);
        canvas.set_height(height as u32);
    }
    context.reset_transform().map_err(|_| "the context cannot be scaled")?;
    context.clear_rect(0.0, 0.0, width, height);
    let size = (next.width, next.height);
    paint(canvas, &context, &next.scene, size, &next.palette, next.device_pixels)
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
    let frames = format!("[{}]", frames.join(","));
    if canvas.get_attribute("data-frames").as_ref() != Some(&frames) {
        let _ = canvas.set_attribute("data-frames", &frames);
    }
    let _ = canvas.set_attribute("data-drawn", &(count + 1).to_string());
}
