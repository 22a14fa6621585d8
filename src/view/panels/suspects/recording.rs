//! [`RecordingPanel`]: which recording, and where it comes from.

use yew::prelude::*;

use super::EvidenceProps;
use crate::documents::Case;
use crate::state::Key;
use crate::state::number::{short, whole};
use crate::view::panels::{control, control_between};

/// The choice of a recording, of the engine that it was recorded on and of its output.
#[component]
pub fn RecordingPanel(props: &EvidenceProps) -> Html {
    html! {
        <section class="panel" aria-labelledby="recording-title">
            <h2 id="recording-title">{ "The recording" }</h2>
            { for [Key::Recording, Key::RecordedOn].map(|key| control(&props.panel, key)) }
            { output(props) }
            { provenance(props) }
        </section>
    }
}

/// The output's slider, as long as the recording has outputs.
fn output(props: &EvidenceProps) -> Html {
    match props.chosen().map(|chosen| chosen.recorded.layer.outputs) {
        None => Html::default(),
        Some(0 | 1) => {
            html! { <p id="one-output" class="hint">{ "This recording has one output." }</p> }
        }
        Some(outputs) => {
            control_between(&props.panel, Key::RecordedOutput, [0.0, (outputs - 1) as f32])
        }
    }
}

fn provenance(props: &EvidenceProps) -> Html {
    let Case { recording, on, output, .. } = props.findings.case;
    let Some(chosen) = props.chosen() else {
        return html! {
            <p class="unavailable" role="alert">{ format!("“{}” was not recorded on {}. Choose another of the two.", recording.entry().name, on.name()) }</p>
        };
    };
    let layer = &chosen.recorded.layer;
    let shape = format!(
        "{} inputs, {} outputs, {} probes, all inputs of a probe equal. Scales: input {} at zero point {}, weights {} at {}, output {} at {}.",
        layer.inputs,
        layer.outputs,
        chosen.recorded.x.len(),
        short(layer.input.scale.into()),
        layer.input.zero_point,
        short(layer.weight_param(0).scale.into()),
        whole(layer.weight_param(0).zero_point.into()),
        short(layer.output.scale.into()),
        layer.output.zero_point,
    );
    let weights: Vec<String> =
        layer.row(chosen.output).iter().map(|code| whole((*code).into())).collect();
    html! {
        <>
            if chosen.output != output && layer.outputs > 1 {
                <p class="hint">{ format!("This recording’s last output is {}.", chosen.output) }</p>
            }
            <p id="shape" class="hint">{ shape }</p>
            <p class="hint weights-row">{ format!("Weights of output {}: {}", chosen.output, weights.join("  ")) }</p>
            if let Some(source) = chosen.source {
                <p id="provenance" class="source">{ format!("Recorded with {} {}, {}, on {}; {}.", source.library, source.version, on.name(), source.machine, source.how) }</p>
            }
        </>
    }
}
