//! [`StepFigures`]: what stands with the questions of a step.

use std::rc::Rc;

use yew::prelude::*;

use super::plotted::pointed;
use crate::plot::{codes_scene, difference_scene};
use crate::state::describe;
use crate::story::step::StepFigure;
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::made;
use crate::view::facets::Facets;
use crate::view::model::Model;
use crate::view::panels::{FigurePanel, PairPanel, PanelProps};
use crate::view::store::use_slice;

/// What a picture with its cursor follows from.
const LOOKED: Facets = Facets::DRAWN.and(Facets::AT);

/// Properties of [`StepFigures`].
#[derive(Properties, PartialEq, Clone)]
pub struct StepFiguresProps {
    /// Which one.
    pub figure: StepFigure,
    /// The state and what follows from it.
    pub panel: PanelProps,
}

/// The figure of a step; the Lab's.
#[component]
pub fn StepFigures(props: &StepFiguresProps) -> Html {
    let panel = &props.panel;
    match props.figure {
        StepFigure::Scene => Html::default(),
        StepFigure::Codes => html! { <Codes ..panel.clone() /> },
        StepFigure::Pairs => html! { <PairPanel ..panel.clone() /> },
        StepFigure::Ramp => html! { <><FigurePanel ..panel.clone() /><Strip ..panel.clone() /></> },
    }
}

/// Roundings are too small for a ramp: a strip shows them.
#[component]
fn Strip(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "strip", LOOKED);
    if !is_rounding_alone(&model) {
        return Html::default();
    }
    let build = {
        let model = model.clone();
        made(move |_| difference_scene(&model.state, &model.derived))
    };
    html! { <Plot {build} palette={Rc::clone(&panel.palette)} class="follow-plot" on_gesture={pointed(panel)} /> }
}

/// Whether the chosen output differs from the exact one, and only by how it is rounded.
fn is_rounding_alone(model: &Model) -> bool {
    let view = model.derived.chosen(&model.state);
    let places = model.derived.window(&model.state);
    view.saturation_over(places.clone()).is_none() && !view.rounding_over(places).is_none()
}

/// The input code over the real input, and the cursor's in words.
#[component]
fn Codes(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "codes", LOOKED);
    let build = {
        let model = model.clone();
        made(move |width| codes_scene(&model.state, &model.derived, width))
    };
    html! {
        <section class="panel" aria-label="The code of the input">
            <p class="cursor" id="cursor">{ describe::position(&model.state, &model.derived) }</p>
            <Plot {build} palette={Rc::clone(&panel.palette)} class="ramp" on_gesture={pointed(panel)} />
            <p class="hint">
                { "Dashed: the lowest and the highest code." }
                if model.derived.is_calibrated() {
                    { " Shaded: what the calibration has seen." }
                }
            </p>
        </section>
    }
}
