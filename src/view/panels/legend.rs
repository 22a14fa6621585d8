//! [`Legend`]: what the lines and marks of the large figure are.

use yew::prelude::*;

use super::PanelProps;
use crate::plot::{Dash, Role, badge, drawn, overlay_styles};
use crate::state::{Effect, Quantity, describe};
use crate::view::facets::Facets;
use crate::view::store::use_slice;

/// Every kind of mark that the figure draws now, explained.
#[component]
pub fn Legend(props: &PanelProps) -> Html {
    let model = use_slice(&props.store, "legend", Facets::DRAWN);
    let (state, view) = (&model.state, model.derived.chosen(&model.state));
    let drawn = drawn(state, &model.derived);
    let has_output_clamp = state.picture.plot == Quantity::Output && view.has_codes();
    let effects = [
        Some(Effect::Flat),
        Some(Effect::Turned),
        Some(Effect::Shallower),
        Some(Effect::Steeper),
        None,
    ];
    let shapes = effects.into_iter().filter_map(|effect| {
        let is_of =
            |kink: &&crate::state::KinkView| (!kink.is_jump).then_some(kink.effect) == effect;
        let kink = view.kinks.iter().filter(|kink| kink.is_drawn(state)).find(is_of)?;
        Some(html! { <li><Shape {effect} />{ format!("kink: {}", describe::effect(kink)) }</li> })
    });
    let rounds = has_output_clamp && !view.rounding_over(model.derived.window(state)).is_none();
    html! {
        <ul class="legend" aria-label="Legend">
            if view.chosen.is_some() {
                <li><span class="key chosen"></span>{ state.arithmetic.engine.name() }</li>
            }
            if drawn.saturated {
                <li><span class="key saturated"></span>{ describe::loss(state.arithmetic.engine) }</li>
            }
            <li><span class="key exact"></span>{ "exact sum" }</li>
            { for overlay_styles(state).map(|(overlay, role, dash)| html! {
                <li><Line {role} {dash} />{ describe::overlay(overlay) }</li>
            }) }
            { for shapes }
            if rounds {
                <li><span class="key rounding"></span>{ if model.derived.clamps_bias(state) { "difference by rounding and the clamped bias" } else { "difference by rounding" } }</li>
            }
            if drawn.calibrated {
                <li><span class="key calibrated"></span>{ "calibrated range" }</li>
            }
            if drawn.half {
                <li><span class="key half"></span>{ describe::HALF }</li>
            }
            if let Some(clamps) = match (drawn.input_clamp, drawn.output_clamp) {
                (true, true) => Some("clamp of the input or output codes"),
                (true, false) => Some("clamp of the input codes"),
                (false, true) => Some("clamp of the output codes"),
                (false, false) => None,
            } {
                <li><span class="key clamped"></span>{ clamps }</li>
            }
        </ul>
    }
}

#[derive(Properties, PartialEq)]
struct ShapeProps {
    effect: Option<Effect>,
}

/// The badge of an effect.
#[component]
fn Shape(props: &ShapeProps) -> Html {
    let outline = badge([10.0, 10.0], 6.0, props.effect);
    let points: Vec<String> = outline.iter().map(|[x, y]| format!("{x:.2},{y:.2}")).collect();
    html! {
        <svg class="key-shape" viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><polygon points={points.join(" ")} /></svg>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    role: Role,
    dash: Dash,
}

/// The line of an overlay.
#[component]
fn Line(props: &LineProps) -> Html {
    let dashes = match props.dash {
        Dash::Solid => "none",
        Dash::Dashed => "6 4",
        Dash::Dotted => "2 3",
    };
    let class = match props.role {
        Role::Overlay(index) => format!("key-line overlay-{index}"),
        _ => "key-line".to_string(),
    };
    html! {
        <svg {class} viewBox="0 0 24 4" width="24" height="4" aria-hidden="true"><line x1="0" y1="2" x2="24" y2="2" stroke-width="2" stroke-dasharray={dashes} /></svg>
    }
}
