//! The page's theme: an attribute on the root for the style sheet, and its
//! colours for the canvases.

use std::rc::Rc;

use gloo::events::EventListener;
use yew::prelude::*;

use crate::plot;
use crate::state::Theme;

/// Sets `data-theme` on the root element and gives the colours that the style
/// sheet then has; follows the device while the theme is `Auto`.
#[hook]
pub fn use_theme(theme: Theme) -> Rc<plot::Theme> {
    let colors = use_state(|| {
        mark_root(theme);
        Rc::new(read_colors())
    });
    {
        let colors = colors.clone();
        use_effect_with(theme, move |theme| {
            mark_root(*theme);
            let fresh = read_colors();
            if fresh != **colors {
                colors.set(Rc::new(fresh));
            }
            let query =
                gloo::utils::window().match_media("(prefers-color-scheme: dark)").ok().flatten();
            let listener = query.map(|query| {
                EventListener::new(&query, "change", move |_| colors.set(Rc::new(read_colors())))
            });
            move || drop(listener)
        });
    }
    Rc::clone(&colors)
}

fn mark_root(theme: Theme) {
    let Some(root) = gloo::utils::document().document_element() else { return };
    // Setting or removing an attribute of that fixed name cannot fail.
    let _ = match theme {
        Theme::Auto => root.remove_attribute("data-theme"),
        Theme::Light => root.set_attribute("data-theme", "light"),
        Theme::Dark => root.set_attribute("data-theme", "dark"),
    };
}

fn read_colors() -> plot::Theme {
    let style = gloo::utils::document()
        .document_element()
        .and_then(|root| gloo::utils::window().get_computed_style(&root).ok().flatten());
    plot::Theme::from_variables(|name| style.as_ref()?.get_property_value(name).ok())
}
