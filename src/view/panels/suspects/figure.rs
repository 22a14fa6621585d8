//! [`TheoryFigure`]: a theory's curve over recorded points.

use std::rc::Rc;

use yew::prelude::*;

use super::EvidenceProps;
use crate::plot::{Scene, theory_scene};
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::Build;
use crate::view::model::Shared;

/// The chosen output: recorded points, the theory's curve, and the difference below.
#[component]
pub fn TheoryFigure(props: &EvidenceProps) -> Html {
    let findings = &props.findings;
    let compared = Shared(Rc::clone(&findings.compared));
    let dependencies = (props.recordings.clone(), findings.case, compared);
    let build = use_memo(dependencies, |(recordings, case, compared)| {
        let (recordings, case, compared) = (recordings.clone(), *case, compared.clone());
        Box::new(move |width: f64| match recordings.chosen(case) {
            Some(chosen) => theory_scene(&chosen.recorded.layer, &compared, width),
            None => Scene::default(),
        }) as Box<Build>
    });
    let output = props.chosen().map_or(0, |chosen| chosen.output);
    let told = findings.told_here();
    let told =
        told.unwrap_or("There is nothing to draw: this recording has no such run.".to_string());
    let (wrong, points) = findings.on_output();
    html! {
        <section class="panel figure" aria-labelledby="theory-title">
            <h2 id="theory-title">{ format!("Output {output}: {} over the recording", findings.called()) }</h2>
            <p id="here" class="summary">{ told }</p>
            <ul class="legend" aria-hidden="true">
                <li><span class="key" />{ "the theory" }</li>
                <li><span class="key-dot">{ "•" }</span>{ "recorded, and as the theory says" }</li>
                <li><span class="key-cross">{ "×" }</span>{ "recorded, and not as the theory says" }</li>
            </ul>
            <div class="figure-body"><Plot build={Shared(build)} palette={Rc::clone(&props.panel.palette)} class="theory-plot" /></div>
            <p id="output-count" class="hint">{ format!("On this output {wrong} of {points} points are wrong. A mark stands for all probes with the same input code.") }</p>
        </section>
    }
}
