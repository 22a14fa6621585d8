//! [`Sight`]: what is out of sight waits until changes rest, canvases and panels alike.

use wasm_bindgen::prelude::*;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

/// Changes that follow each other sooner than this, in milliseconds, are one movement: what is out of
/// sight is drawn after it, for whoever reads the page otherwise than by eye, prints it or scrolls fast.
pub const REST_MS: u32 = 200;

/// Tells whether an element is in sight, until it is dropped.
pub struct Sight {
    observer: Option<IntersectionObserver>,
    _told: Closure<dyn Fn(js_sys::Array)>,
}

impl Sight {
    /// Tells of an element whenever it comes into sight or leaves it, and in the beginning.
    pub fn of(element: &Element, tell: Box<dyn Fn(bool)>) -> Sight {
        let told = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            // The last one is the newest.
            let entry = entries.pop().dyn_into::<IntersectionObserverEntry>();
            tell(entry.is_ok_and(|entry| entry.is_intersecting()));
        });
        let observer = IntersectionObserver::new(told.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Sight { observer, _told: told }
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
