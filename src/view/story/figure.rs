//! [`StoryFigure`]: what stands beside a step's text.

use std::rc::Rc;

use yew::prelude::*;

use super::figures::StoryFigureProps;
use super::plotted::{pointed, use_build};
use crate::plot::medium_scene;
use crate::state::number::fixed;
use crate::state::{Visibility, describe};
use crate::story::step::StepFigure;
use crate::view::canvas::Plot;
use crate::view::facets::Facets;
use crate::view::later::Later;
use crate::view::lazy::Lazy;
use crate::view::panels::PanelProps;
use crate::view::store::use_slice;

/// The figure of a step.
#[component]
pub fn StoryFigure(props: &StoryFigureProps) -> Html {
    let panel = &props.panel;
    match props.figure {
        StepFigure::Trio(outputs) => html! {
            <section class="panel trio" aria-label="Three outputs">
                { for outputs.map(|output| html! { <Medium key={output} {output} panel={panel.clone()} /> }) }
                <TrioWords ..panel.clone() />
            </section>
        },
        _ => html! { <Lazy what={Later::Figure(props.clone())} /> },
    }
}

/// The cursor of all three, and what their lines are.
#[component]
fn TrioWords(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "trio", Facets::CURSOR);
    html! {
        <>
            <p class="cursor" id="cursor">{ describe::place(&model.state, &model.derived) }</p>
            <p class="hint">{ format!("Drag in a figure to move x. Bold: {}, marked where its sum is not exact. Thin: an exact sum.", model.derived.cursor.engine.name()) }</p>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct MediumProps {
    output: usize,
    panel: PanelProps,
}

/// One of some outputs side by side, with a sentence.
#[component]
fn Medium(props: &MediumProps) -> Html {
    let output = props.output;
    let model = use_slice(&props.panel.store, "medium", Facets::DRAWN.and(Facets::AT));
    let build = use_build((output, model.clone()), |(output, model), _| {
        medium_scene(&model.state, &model.derived, *output)
    });
    let Some(view) = model.derived.outputs.get(output) else { return Html::default() };
    // Beyond the sweep there may be more of them; the picture has these.
    let seen = view.kinks.iter().filter(|kink| kink.shown(&model.state) == Visibility::Visible);
    let kinks: Vec<String> = seen
        .map(|kink| format!("{} at x = {}", describe::effect(kink), fixed(kink.at, 2)))
        .collect();
    let sentence = if kinks.is_empty() { "straight".to_string() } else { kinks.join(", ") };
    html! {
        <figure class="medium">
            <figcaption><b>{ format!("Output {output}") }</b><span>{ sentence }</span></figcaption>
            <Plot {build} theme={Rc::clone(&props.panel.theme)} class="trio-plot" on_gesture={pointed(&props.panel)} />
        </figure>
    }
}
