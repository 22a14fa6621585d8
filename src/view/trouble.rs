//! What a person sees when the program has a fault.

/// From now on a panic is logged with its place and shown on the page, in the
/// element `trouble` that stands in the HTML with a way back. What was set is
/// in the address.
pub fn show_panics() {
    // By Yew's own door: it replaces a hook set any other way when the app is rendered.
    yew::set_custom_panic_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let document = gloo::utils::document();
        if let Some(text) = document.get_element_by_id("trouble-text") {
            text.set_text_content(Some(&format!("Rampscope has a fault: {info}")));
        }
        if let Some(place) = document.get_element_by_id("trouble") {
            // Removing an attribute of a fixed name cannot fail.
            let _ = place.remove_attribute("hidden");
        }
    }));
}
