//! [`Paste`]: a field for weights from elsewhere.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::PanelProps;
use super::settings::fitted;
use crate::state::schema::Choice;
use crate::state::{Change, Problem, Reading, pasted_weights};
use crate::view::controls::ChoiceControl;
use crate::view::facets::Facets;
use crate::view::model::Model;
use crate::view::store::use_slice;

/// How a matrix is read, in words.
const READINGS: [(Reading, Choice); 2] = [
    (Reading::Rows, Choice::new("rows", "rows are outputs (PyTorch)")),
    (Reading::Columns, Choice::new("columns", "columns are outputs (ONNX)")),
];

const HELP: &str = "A Linear of PyTorch has a row of weights for each output. The matrix of a product in ONNX has a column for each.";

/// A field for a row or a matrix. What was pasted stays there, whatever comes of it. While the layer
/// is a pasted matrix that could be read the other way, it can be.
#[component]
pub fn Paste(props: &PanelProps) -> Html {
    let reads = Facets::STILL.and(Facets::OUTPUTS).and(Facets::PROBLEMS).and(Facets::VISIT);
    let model = use_slice(&props.store, "paste", reads);
    let field = use_node_ref();
    let onclick = {
        let (field, props) = (field.clone(), props.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                let pasted = pasted_weights(&props.store.now().state, &field.value(), None);
                props.dispatch.emit(Change::PasteWeights(pasted).into());
            }
        })
    };
    let pasted = model.pasted.as_ref();
    let both = pasted.and_then(|both| Some((both.reading(&model.state)?, both.text.clone())));
    let choice = both.map(|(reading, text)| {
        let chosen = READINGS.iter().find(|(one, _)| *one == reading).map_or("", |(_, it)| it.key);
        let store = props.store.clone();
        let on_change = props.dispatch.reform(move |key: &str| {
            let chosen = READINGS.iter().find(|(_, it)| it.key == key);
            let reading = chosen.map(|(reading, _)| *reading);
            Change::PasteWeights(pasted_weights(&store.now().state, &text, reading)).into()
        });
        html! {
            <ChoiceControl name="reading" label="The pasted matrix" help={HELP} choices={READINGS.map(|(_, it)| it).to_vec()} {chosen} {on_change} />
        }
    });
    html! {
        <details class="paste">
            <summary>{ "Paste weights" }</summary>
            <label for="paste-field">{ "A row for this output, or a matrix for the whole layer: as PyTorch or NumPy prints it, JSON or CSV. Whole numbers are codes; real ones are quantized." }</label>
            <textarea id="paste-field" ref={field} rows="4" spellcheck="false" placeholder="tensor([[ 127, -100], [ 3, 5]], dtype=torch.int8)" />
            <button type="button" id="paste-use" {onclick}>{ "Use these weights" }</button>
            // One node each, there or not: the text field before them stays the same.
            <p class="hint" id="paste-said" role="status">{ said(&model) }</p>
            { choice.unwrap_or_default() }
            { fit(&model, props) }
        </details>
    }
}

/// The offer to fit the output scale, while weights by hand are cut by it. Calibration has seen these
/// weights with the seed's scale and inputs, and a sweep goes further.
fn fit(model: &Model, props: &PanelProps) -> Html {
    if model.state.by_hand.weights.is_empty() {
        return Html::default();
    }
    let cut = match model.derived.clamped_outputs(&model.state) {
        0 => return Html::default(),
        1 => "1 output".to_string(),
        more => format!("{more} outputs"),
    };
    html! {
        <>
            <p class="hint" id="clamped">{ format!("The output clamp cuts {cut} in this sweep, though the sums are exact.") }</p>
            <button type="button" id="fit-output" onclick={props.click(fitted)}>{ "Fit the output scale" }</button>
        </>
    }
}

/// What came of the last paste, beside its field: the notice may be out of sight.
fn said(model: &Model) -> String {
    let is_of_paste = |problem: &&Problem| {
        matches!(
            problem,
            Problem::Pasted { .. } | Problem::PastedAs { .. } | Problem::NotPasted { .. }
        )
    };
    let sentences = model.problems.iter().filter(is_of_paste).map(ToString::to_string);
    sentences.collect::<Vec<_>>().join(" ")
}
