//! [`Chip`]: a weight that is pressed, or dragged onto another.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};
use yew::prelude::*;

use crate::state::number::whole;

/// Pixels that a pointer moves before it drags.
const REST: f64 = 6.0;

/// Properties of [`Chip`].
#[derive(Properties, PartialEq)]
pub struct ChipProps {
    /// Its input.
    pub k: usize,
    /// What stands on it.
    pub weight: i8,
    /// Whether it waits for another one.
    pub is_picked: bool,
    /// Pressed.
    pub on_press: Callback<MouseEvent>,
    /// Dragged onto another: both inputs.
    pub on_drop: Callback<[usize; 2]>,
}

/// A weight as a button that goes where a pointer drags it.
#[component]
pub fn Chip(props: &ChipProps) -> Html {
    let (k, is_picked) = (props.k, props.is_picked);
    let (on_press, on_drop) = (props.on_press.clone(), props.on_drop.clone());
    let button = use_node_ref();
    // Where the pointer came down.
    let from = use_mut_ref(|| None::<[f64; 2]>);
    let has_moved = use_mut_ref(|| false);
    let move_to = {
        let button = button.clone();
        move |by: Option<[f64; 2]>| {
            let Some(button) = button.cast::<HtmlElement>() else { return };
            let style = button.style();
            // Fails for unknown properties only.
            let _ = match by {
                Some([x, y]) => {
                    style.set_property("transform", &format!("translate({x}px, {y}px)"))
                }
                None => style.remove_property("transform").map(|_| ()),
            };
            let _ = button.class_list().toggle_with_force("is-dragged", by.is_some());
        }
    };
    let onpointerdown = {
        let (from, has_moved) = (from.clone(), has_moved.clone());
        Callback::from(move |event: PointerEvent| {
            has_moved.replace(false);
            from.replace((event.button() == 0).then(|| place(&event)));
            if let Some(chip) = event.target().and_then(|chip| chip.dyn_into::<Element>().ok()) {
                // Without capture a quick pointer loses it.
                let _ = chip.set_pointer_capture(event.pointer_id());
            }
        })
    };
    let onpointermove = {
        let (from, has_moved, move_to) = (from.clone(), has_moved.clone(), move_to.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(from) = *from.borrow() else { return };
            let to = place(&event);
            let by = [to[0] - from[0], to[1] - from[1]];
            if *has_moved.borrow() || by.iter().any(|by| by.abs() > REST) {
                has_moved.replace(true);
                move_to(Some(by));
            }
        })
    };
    let onpointerup = {
        let (from, has_moved, move_to) = (from.clone(), has_moved.clone(), move_to.clone());
        let button = button.clone();
        Callback::from(move |event: PointerEvent| {
            move_to(None);
            if from.take().is_none() || !*has_moved.borrow() {
                return;
            }
            if let Some(other) = chip_at(&button, place(&event)).filter(|other| *other != k) {
                on_drop.emit([k, other]);
            }
        })
    };
    let onpointercancel = Callback::from(move |_: PointerEvent| {
        from.take();
        move_to(None);
    });
    // The click after a drag is none.
    let onclick = Callback::from(move |event: MouseEvent| {
        if !has_moved.replace(false) {
            on_press.emit(event);
        }
    });
    let words = whole(props.weight.into());
    html! {
        <button type="button" class="chip" ref={button} name={format!("chip-{k}")} data-k={k.to_string()} aria-pressed={is_picked.to_string()} aria-label={format!("weight {k}: {words}")}
            {onclick} {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}>{ words.clone() }</button>
    }
}

fn place(event: &PointerEvent) -> [f64; 2] {
    [event.client_x(), event.client_y()].map(f64::from)
}

/// The input of the chip at a place of the window, in the same tree as another one.
#[expect(clippy::cast_possible_truncation, reason = "pixels of a window")]
fn chip_at(one: &NodeRef, [x, y]: [f64; 2]) -> Option<usize> {
    let (x, y) = (x as f32, y as f32);
    // Of what stands in a shadow tree the document sees the host alone.
    let there = match one.get()?.get_root_node().dyn_into::<ShadowRoot>() {
        Ok(tree) => tree.element_from_point(x, y),
        Err(_) => gloo::utils::document().element_from_point(x, y),
    };
    there?.closest(".chip").ok()??.get_attribute("data-k")?.parse().ok()
}
