//! The page's theme: an attribute on the root for the style sheet, and its
//! colours for the canvases.

use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::{EventTarget, MediaQueryList};
use yew::prelude::*;

use super::probe::Probe;
use crate::plot;
use crate::state::Theme;
use crate::state::choices::Keyed;
use crate::view::host::Host;

/// Sets `data-theme` on the root element and gives the colours that the style
/// sheet then has; follows the device while the theme is `Auto`. The device is asked when it may have
/// another answer, not at every change of the state.
#[hook]
pub fn use_palette(host: &Host, theme: Theme) -> Rc<plot::Palette> {
    let colors = use_state(|| Rc::new(apply(host, theme)));
    {
        let colors = colors.clone();
        use_effect_with((host.clone(), theme), move |(host, theme)| {
            let fresh = apply(host, *theme);
            if fresh != **colors {
                colors.set(Rc::new(fresh));
            }
            let read = {
                let (host, theme) = (host.clone(), *theme);
                move || colors.set(Rc::new(apply(&host, theme)))
            };
            let listeners = [
                (device_query(DARK), "change"),
                (device_query(CONTRAST), "change"),
                (device_query(FORCED), "change"),
                (host.themed().map(Into::into), RESTYLED),
            ]
            .map(|(target, event)| {
                let read = read.clone();
                target.map(|target| EventListener::new(&target, event, move |_| read()))
            });
            move || drop(listeners)
        });
    }
    Rc::clone(&colors)
}

/// Marks the themed element and reads the colours that follow. Paper is white whatever the theme:
/// the style sheet has to know for what page the figures were drawn.
fn apply(host: &Host, theme: Theme) -> plot::Palette {
    let theme = match theme {
        Theme::Auto if device_asks(CONTRAST) => Theme::Contrast,
        theme => theme,
    };
    let root = host.themed();
    if let Some(root) = &root {
        // Setting or removing an attribute of a fixed name cannot fail.
        let _ = match theme {
            Theme::Auto => root.remove_attribute("data-theme"),
            chosen => root.set_attribute("data-theme", chosen.to_key()),
        };
    }
    let style =
        root.as_ref().and_then(|root| gloo::utils::window().get_computed_style(root).ok()?);
    let own = |name: &str| style.as_ref()?.get_property_value(name).ok();
    let probe = root.filter(|_| device_asks(FORCED)).and_then(|root| Probe::within(&root));
    let value = |name: &str| match &probe {
        Some(probe) if !NO_COLORS.contains(&name) => probe.color(name),
        _ => own(name),
    };
    // One that leaves it open is drawn as the device asks.
    let is_dark = match value("color-scheme").as_deref() {
        _ if device_asks("print") => false,
        Some("dark") => true,
        Some("light") => false,
        _ => theme == Theme::Dark || device_asks(DARK),
    };
    let palette = plot::Palette::from_variables(value, is_dark);
    if let Some(root) = host.themed() {
        let _ = root.set_attribute("data-figures", if is_dark { "dark" } else { "light" });
    }
    palette
}

/// What is read of the style and is no colour.
const NO_COLORS: [&str; 4] = ["color-scheme", "--font", "--figure-scale", "--saturated-width"];

/// Said to the themed element by whoever changes its style from outside.
const RESTYLED: &str = "rampscope-restyled";

const CONTRAST: &str = "(prefers-contrast: more)";
/// The reader's own few colours.
const FORCED: &str = "(forced-colors: active)";
const DARK: &str = "(prefers-color-scheme: dark)";

/// What tells whether the device asks for something, and when that changes.
fn device_query(query: &str) -> Option<EventTarget> {
    Some(media(query)?.into())
}

fn media(query: &str) -> Option<MediaQueryList> {
    gloo::utils::window().match_media(query).ok().flatten()
}

/// Whether the device asks for something, as a media query says it.
pub(super) fn device_asks(query: &str) -> bool {
    media(query).is_some_and(|query| query.matches())
}
