//! The page's theme: an attribute on the root for the style sheet, and its
//! colours for the canvases.

use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::MediaQueryList;
use yew::prelude::*;

use crate::plot;
use crate::state::Theme;
use crate::state::choices::Keyed;

/// Sets `data-theme` on the root element and gives the colours that the style
/// sheet then has; follows the device while the theme is `Auto`.
#[hook]
pub fn use_theme(theme: Theme) -> Rc<plot::Theme> {
    let theme = match theme {
        Theme::Auto if device_asks("(prefers-contrast: more)") => Theme::Contrast,
        theme => theme,
    };
    let colors = use_state(|| Rc::new(apply(theme)));
    {
        let colors = colors.clone();
        use_effect_with(theme, move |theme| {
            let fresh = apply(*theme);
            if fresh != **colors {
                colors.set(Rc::new(fresh));
            }
            let theme = *theme;
            let listener = device_query(DARK).map(|query| {
                EventListener::new(&query, "change", move |_| {
                    colors.set(Rc::new(apply(theme)));
                })
            });
            move || drop(listener)
        });
    }
    Rc::clone(&colors)
}

/// Marks the root element and reads the colours that follow. Paper is white whatever the theme: the
/// style sheet has to know for what page the figures were drawn.
fn apply(theme: Theme) -> plot::Theme {
    let is_dark = match theme {
        _ if device_asks("print") => false,
        Theme::Auto => device_asks(DARK),
        chosen => chosen == Theme::Dark,
    };
    if let Some(root) = gloo::utils::document().document_element() {
        // Setting or removing attributes of fixed names cannot fail.
        let _ = match theme {
            Theme::Auto => root.remove_attribute("data-theme"),
            chosen => root.set_attribute("data-theme", chosen.to_key()),
        };
        let _ = root.set_attribute("data-figures", if is_dark { "dark" } else { "light" });
    }
    read_colors(is_dark)
}

const DARK: &str = "(prefers-color-scheme: dark)";

/// What tells whether the device asks for something, and when that changes.
fn device_query(query: &str) -> Option<MediaQueryList> {
    gloo::utils::window().match_media(query).ok().flatten()
}

fn device_asks(query: &str) -> bool {
    device_query(query).is_some_and(|query| query.matches())
}

fn read_colors(is_dark: bool) -> plot::Theme {
    let style = gloo::utils::document()
        .document_element()
        .and_then(|root| gloo::utils::window().get_computed_style(&root).ok().flatten());
    plot::Theme::from_variables(|name| style.as_ref()?.get_property_value(name).ok(), is_dark)
}
