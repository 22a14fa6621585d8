//! [`Gesture`]: what pointers and the wheel do on a figure.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, ShadowRoot, WheelEvent};
use yew::prelude::*;

use super::canvas_renderer::CanvasRenderer;
use super::measure::Measure;

/// What a pointer or the wheel does, in values of the figure's axes: the horizontal one, if one is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// A pressed pointer is at a value of each axis.
    Point([f64; 2]),
    /// It was let go of.
    Up,
    /// A pointer that is not pressed is at a value of each axis, or has left.
    Hover(Option<[f64; 2]>),
    /// See less (above 1) or more about a value.
    Zoom {
        /// The value that stays where it is.
        about: f64,
        /// How many times less is seen.
        factor: f64,
    },
    /// Move by a share of what is seen.
    Pan(f64),
}

/// Pixels of a wheel that double or halve what is seen.
const WHEEL_OCTAVE: f64 = 300.0;
/// Pixels in a line of a wheel that counts in lines.
const LINE: f64 = 16.0;

/// Pixels of the window within which a finger rests, and which a finger reaches around it.
const REST: f64 = 8.0;
const REACH: f64 = 32.0;

/// A pointer that is down.
#[derive(Clone, Copy)]
struct Finger {
    id: i32,
    /// Where it came down, in the window.
    from: [f64; 2],
    /// Where it is from the left.
    x: f64,
    /// Whether it drags: a finger may be about to scroll the page, and does so once it moves sideways.
    drags: bool,
}

impl Finger {
    /// How far it is from where it came down, in each direction.
    fn moved(&self, at: [f64; 2]) -> [f64; 2] {
        [(at[0] - self.from[0]).abs(), (at[1] - self.from[1]).abs()]
    }
}

/// Where a finger may begin to draw, in values of the axes: nowhere else it does anything but scroll.
pub type Grip = Rc<Vec<[f64; 2]>>;

/// The callbacks of a canvas for pointer down, move, up and leave; the wheel is listened to here.
///
/// The wheel zooms with Ctrl (a pinch of a track pad comes so), or plainly while the figure has
/// the focus, so that a page can be scrolled across it; where the figure does not `zoom`, never. For the same reason a finger drags only once it
/// has moved sideways, and points where it was tapped; with a `grip` it drags from there at once, in every
/// direction, and from nowhere else.
#[hook]
pub fn use_gestures(
    canvas: &NodeRef,
    renderer: Rc<CanvasRenderer>,
    on_gesture: Option<Callback<Gesture>>,
    zooms: bool,
    grip: Option<Grip>,
) -> [Callback<PointerEvent>; 5] {
    let fingers = use_mut_ref(Vec::<Finger>::new);
    let grips = use_mut_ref(|| None::<Grip>);
    grips.replace(grip);
    {
        let (canvas, fingers, grips) = (canvas.clone(), fingers.clone(), grips.clone());
        use_effect_with((), move |()| {
            let element = canvas.cast::<HtmlCanvasElement>().filter(|_| grips.borrow().is_some());
            let listener = element.map(|element| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&element, "touchstart", options, move |event| {
                    // It comes after the pointer's event. The page would scroll under the finger.
                    if !fingers.borrow().is_empty() {
                        event.prevent_default();
                    }
                })
            });
            move || drop(listener)
        });
    }
    // The wheel is listened to once, whoever hears of it.
    let hears = use_mut_ref(|| None);
    hears.replace(on_gesture);
    {
        let (canvas, renderer, hears) = (canvas.clone(), Rc::clone(&renderer), Rc::clone(&hears));
        use_effect_with((), move |()| {
            let element =
                canvas.cast::<HtmlCanvasElement>().filter(|_| zooms && hears.borrow().is_some());
            let listener = element.map(|element| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&element.clone(), "wheel", options, move |event| {
                    let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
                    let at = [event.client_x(), event.client_y()].map(f64::from);
                    let Some([about, _]) = renderer.values_at(at) else { return };
                    if let Some(gesture) = wheel(event, &element, about) {
                        event.prevent_default();
                        tell(&hears, gesture);
                    }
                })
            });
            move || drop(listener)
        });
    }

    let emit = move |gesture| tell(&hears, gesture);
    let down = {
        let (canvas, renderer, emit, fingers) =
            (canvas.clone(), Rc::clone(&renderer), emit.clone(), fingers.clone());
        Callback::from(move |event: PointerEvent| {
            let at = place(&event);
            let Some(values) = renderer.values_at(at) else { return };
            if event.button() != 0 {
                return;
            }
            let is_finger = event.pointer_type() == "touch";
            let grip = grips.borrow().clone();
            let has_grip = grip.is_some();
            if is_finger && grip.is_some_and(|grip| !is_on(&grip, &renderer, at)) {
                return;
            }
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                // Without capture a drag merely ends at the canvas's edge.
                let _ = canvas.set_pointer_capture(event.pointer_id());
            }
            let drags = !is_finger || has_grip;
            let finger = Finger { id: event.pointer_id(), from: at, x: at[0], drags };
            fingers.borrow_mut().push(finger);
            if drags && fingers.borrow().len() == 1 {
                emit(Gesture::Point(values));
            }
        })
    };
    let moved = {
        let (renderer, emit, fingers) = (Rc::clone(&renderer), emit.clone(), fingers.clone());
        Callback::from(move |event: PointerEvent| {
            let at = place(&event);
            let Some(values) = renderer.values_at(at) else { return };
            let gesture = {
                let mut fingers = fingers.borrow_mut();
                let before = fingers.clone();
                match fingers.iter_mut().find(|finger| finger.id == event.pointer_id()) {
                    None => Some(Gesture::Hover(Some(values))),
                    Some(finger) => {
                        finger.x = at[0];
                        let [across, along] = finger.moved(at);
                        finger.drags |= across > REST && across > along;
                        match (before.as_slice(), fingers.as_slice()) {
                            ([_], [now]) => now.drags.then_some(Gesture::Point(values)),
                            ([a, b, ..], [c, d, ..]) => pinch([a.x, b.x], [c.x, d.x], values[0]),
                            _ => None,
                        }
                    }
                }
            };
            gesture.into_iter().for_each(&emit);
        })
    };
    let up = {
        let (emit, fingers) = (emit.clone(), fingers.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(finger) = taken(&fingers, &event) else { return };
            if !fingers.borrow().is_empty() {
                return;
            }
            let at = place(&event);
            if !finger.drags && finger.moved(at).into_iter().all(|far| far <= REST) {
                renderer.values_at(at).map(Gesture::Point).into_iter().for_each(&emit);
            }
            emit(Gesture::Up);
        })
    };
    let cancel = {
        let (emit, fingers) = (emit.clone(), fingers.clone());
        Callback::from(move |event: PointerEvent| {
            // One that scrolls the page has done nothing here.
            let dragged = taken(&fingers, &event).filter(|finger| finger.drags);
            if dragged.is_some() && fingers.borrow().is_empty() {
                emit(Gesture::Up);
            }
        })
    };
    let leave = Callback::from(move |event: PointerEvent| {
        taken(&fingers, &event);
        emit(Gesture::Hover(None));
    });
    [down, moved, up, cancel, leave]
}

/// Where a pointer is in the window.
fn place(event: &PointerEvent) -> [f64; 2] {
    [event.client_x(), event.client_y()].map(f64::from)
}

/// Takes the pointer of an event out of those that are down.
fn taken(fingers: &RefCell<Vec<Finger>>, event: &PointerEvent) -> Option<Finger> {
    let mut fingers = fingers.borrow_mut();
    let index = fingers.iter().position(|finger| finger.id == event.pointer_id())?;
    Some(fingers.remove(index))
}

/// Whether a place in the window is within a finger's reach of a grip.
fn is_on(grip: &Grip, renderer: &Rc<CanvasRenderer>, [x, y]: [f64; 2]) -> bool {
    let corner = |by: f64| renderer.values_at([x + by, y - by]);
    let (Some(least), Some(most)) = (corner(-REACH), corner(REACH)) else { return false };
    grip.iter().any(|at| (0..2).all(|axis| (least[axis]..=most[axis]).contains(&at[axis])))
}

fn tell(hears: &RefCell<Option<Callback<Gesture>>>, gesture: Gesture) {
    // What it does may draw the figure anew.
    let hears = hears.borrow().clone();
    if let Some(hears) = hears {
        hears.emit(gesture);
    }
}

/// Two fingers from their places to other ones.
fn pinch(before: [f64; 2], after: [f64; 2], about: f64) -> Option<Gesture> {
    /// Closer fingers say nothing.
    const NEAR: f64 = 10.0;
    let apart = |[a, b]: [f64; 2]| (a - b).abs().max(NEAR);
    let factor = apart(after) / apart(before);
    (factor != 1.0).then_some(Gesture::Zoom { about, factor })
}

fn wheel(event: &WheelEvent, element: &HtmlCanvasElement, about: f64) -> Option<Gesture> {
    let pixels = |delta: f64| if event.delta_mode() == 0 { delta } else { delta * LINE };
    let has_focus = || {
        // In a shadow tree the document's active element is the host.
        let root = element.get_root_node();
        let active = match root.dyn_ref::<ShadowRoot>() {
            Some(shadow) => shadow.active_element()?,
            None => gloo::utils::document().active_element()?,
        };
        Some(active.contains(Some(element)) && active.tag_name() != "BODY")
    };
    let (x, y) = (pixels(event.delta_x()), pixels(event.delta_y()));
    if event.ctrl_key() || event.meta_key() || has_focus() == Some(true) {
        if x.abs() > y.abs() || event.shift_key() {
            let way = if x.abs() > y.abs() { x } else { y };
            return Some(Gesture::Pan(Measure::of(element).share(way)));
        }
        return Some(Gesture::Zoom { about, factor: js_sys::Math::pow(2.0, -y / WHEEL_OCTAVE) });
    }
    None
}
