//! [`StepFigures`]: what stands with the questions of a step.

use std::rc::Rc;

use yew::prelude::*;

use super::plotted::pointed;
use crate::plot::{codes_scene, difference_scene, small_scene};
use crate::state::describe;
use crate::story::step::StepFigure;
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::made;
use crate::view::facets::Facets;
use crate::view::model::Model;
use crate::view::panels::{FigurePanel, PairPanel, PanelProps, pair_bar, rails};
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
        StepFigure::Ramp => html! { <FigurePanel ..panel.clone() /> },
    }
}

/// The figure of a step again, low: on a narrow screen it stays in sight above the questions, and what an
/// answer reveals is seen beside the answer.
#[component]
pub fn FollowFigure(props: &StepFiguresProps) -> Html {
    let (panel, figure) = (&props.panel, props.figure);
    let model = use_slice(&panel.store, "follow", LOOKED);
    let build = {
        let model = model.clone();
        made(move |width| match figure {
            StepFigure::Codes => codes_scene(&model.state, &model.derived, width),
            // Roundings are too small for a ramp: the strip shows them.
            _ if is_rounding_alone(&model) => difference_scene(&model.state, &model.derived),
            _ => small_scene(&model.state, &model.derived, model.derived.chosen(&model.state)),
        })
    };
    let inside = match figure {
        StepFigure::Scene => return Html::default(),
        StepFigure::Ramp | StepFigure::Codes => html! {
            <Plot {build} palette={Rc::clone(&panel.palette)} class="follow-plot" on_gesture={pointed(panel)} />
        },
        StepFigure::Pairs => {
            let Some(pair) = model.derived.cursor.pairs.first() else {
                return Html::default();
            };
            let class = classes!((pair.lost() != 0).then_some("is-saturated"));
            html! { <div {class}>{ pair_bar(pair, model.derived.cursor.engine) }{ rails() }</div> }
        }
    };
    html! { <div class="mini-figure" aria-hidden="true">{ inside }</div> }
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
