//! [`TheoryFigure`]: a theory's curve over recorded points.

use std::rc::Rc;

use yew::prelude::*;

use super::EvidenceProps;
use crate::plot::{Scene, theory_scene};
use crate::state::{Action, Key};
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::Build;
use crate::view::model::Shared;
use crate::view::panels::at;

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
    let chosen = props.chosen();
    let output = chosen.map_or(0, |chosen| chosen.output);
    let first = chosen.and_then(|chosen| findings.told_first(&chosen));
    // Where this output has none wrong, the first lies on another one.
    let elsewhere = findings.here.and_then(|verdict| verdict.first).map(|first| first.output);
    let elsewhere = elsewhere.filter(|other| first.is_none() && *other != output);
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
                if first.is_some() {
                    <li><span class="key-cross">{ "×" }</span>{ "recorded, and not as the theory says" }</li>
                    <li><span class="key-cross">{ "●" }</span>{ "the first of these" }</li>
                }
            </ul>
            <div class="figure-body"><Plot build={Shared(build)} palette={Rc::clone(&props.panel.palette)} class="theory-plot" /></div>
            if let Some(first) = first {
                <p id="first-wrong" class="cursor">{ first }</p>
            }
            if let Some(other) = elsewhere {
                <p><button type="button" id="show-first" onclick={at::<MouseEvent>(&props.panel.dispatch, Action::set(Key::RecordedOutput, other))}>{ format!("Show output {other}, where the first wrong point lies") }</button></p>
            }
            <p id="output-count" class="hint">{ format!("On this output {wrong} of {points} points are wrong. A mark stands for all probes with the same input code.") }</p>
        </section>
    }
}
