//! [`TheoryFigure`]: a theory's curve over recorded points.

use std::rc::Rc;

use yew::prelude::*;

use super::{EvidenceProps, chosen};
use crate::evidence::words;
use crate::plot::{Scene, theory_scene};
use crate::view::canvas::Plot;
use crate::view::easel::Build;
use crate::view::model::Shared;

/// The chosen output: recorded points, the theory's curve, and the difference below.
#[component]
pub fn TheoryFigure(props: &EvidenceProps) -> Html {
    let dependencies = (props.recordings.clone(), Rc::clone(&props.own), props.model.state.clone());
    let build = use_memo(dependencies, |(recordings, own, state)| {
        let (recordings, own, state) = (recordings.clone(), Rc::clone(own), state.clone());
        Box::new(move |width: f64| match chosen(&recordings, &state) {
            Some(chosen) => theory_scene(&chosen.recording.layer, &own.compared, width),
            None => Scene::default(),
        }) as Box<Build>
    });
    let state = &props.model.state;
    let output = chosen(&props.recordings, state).map_or(0, |chosen| chosen.output);
    let told = match &props.own.here {
        Some(verdict) => words::here(state.suspects.theory, verdict),
        None => "There is nothing to draw: this recording has no such run.".into(),
    };
    let points: usize = props.own.compared.iter().map(|one| one.points).sum();
    let wrong: usize = props
        .own
        .compared
        .iter()
        .filter(|one| one.predicted != one.recorded)
        .map(|one| one.points)
        .sum();
    html! {
        <section class="panel figure" aria-labelledby="theory-title">
            <h2 id="theory-title">{ format!("Output {output}: {} over the recording", words::called(state.suspects.theory)) }</h2>
            <p id="here" class="summary">{ told }</p>
            <ul class="legend" aria-hidden="true">
                <li><span class="key" />{ "the theory" }</li>
                <li><span class="key-dot">{ "•" }</span>{ "recorded, and as the theory says" }</li>
                <li><span class="key-cross">{ "×" }</span>{ "recorded, and not as the theory says" }</li>
            </ul>
            <div class="figure-body"><Plot build={Shared(build)} theme={Rc::clone(&props.theme)} class="theory-plot" /></div>
            <p id="output-count" class="hint">{ format!("On this output {wrong} of {points} points are wrong. A mark stands for all probes with the same input code.") }</p>
        </section>
    }
}
