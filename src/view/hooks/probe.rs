//! [`Probe`]: what colour a name such as `CanvasText` is.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// An element that is never seen, and takes any colour; it goes with this value.
pub struct Probe(HtmlElement);

impl Probe {
    /// One that has the variables of an element.
    pub fn within(element: &Element) -> Option<Probe> {
        let probe: HtmlElement =
            gloo::utils::document().create_element("i").ok()?.dyn_into().ok()?;
        element.append_child(&probe).ok()?;
        let probe = Probe(probe);
        for (name, value) in [("display", "none"), ("forced-color-adjust", "none")] {
            probe.0.style().set_property(name, value).ok()?;
        }
        Some(probe)
    }

    /// The colour of a variable as the browser has computed it: `rgb(…)` or `color(…)`.
    pub fn color(&self, variable: &str) -> Option<String> {
        self.0.style().set_property("color", &format!("var({variable})")).ok()?;
        let computed = gloo::utils::window().get_computed_style(&self.0).ok()??;
        computed.get_property_value("color").ok()
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.0.remove();
    }
}
