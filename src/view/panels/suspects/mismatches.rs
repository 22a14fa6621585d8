//! [`Mismatches`]: every point of a reader's recording that the best model gets wrong.

use yew::prelude::*;

use crate::documents::{CheckedFile, Miss, RunReport};
use crate::state::number::signed;
use crate::view::files::save;
use crate::view::model::Shared;

/// Rows on the page; the file has all of them.
const ROWS: usize = 1000;

/// Properties of [`Mismatches`].
#[derive(Properties, PartialEq)]
pub struct MismatchesProps {
    /// The file.
    pub checked: Shared<CheckedFile>,
}

/// The mismatches in a list that scrolls, and all of them as CSV; nothing where there is none.
#[component]
pub fn Mismatches(props: &MismatchesProps) -> Html {
    let checked = &props.checked;
    let all: Vec<(&RunReport, &Miss)> = checked.mismatches().collect();
    if all.is_empty() {
        return html! { <p id="no-mismatch">{ "No mismatch: every recorded point is what the model says." }</p> };
    }
    let onclick = {
        let checked = checked.clone();
        Callback::from(move |_: MouseEvent| {
            if save("mismatches.csv", "text/csv", &checked.csv()).is_err() {
                gloo::console::error!("The browser gave no address for the file.");
            }
        })
    };
    let row = |(report, miss): &(&RunReport, &Miss)| {
        html! {
            <tr>
                <th scope="row">{ checked.recordings().all[miss.recording].key.clone() }</th>
                <td>{ report.kind.called() }</td>
                <td>{ miss.output }</td>
                <td>{ miss.probe }</td>
                <td>{ miss.code }</td>
                <td>{ miss.recorded }</td>
                <td>{ miss.predicted }</td>
                <td class="off">{ signed(miss.error()) }</td>
            </tr>
        }
    };
    let shown = all.len().min(ROWS);
    let note = if shown < all.len() {
        format!("The first {shown} of {} mismatches; the CSV file has all.", all.len())
    } else {
        format!("All mismatches: {shown}.")
    };
    html! {
        <>
            <div class="panel-head"><p id="mismatch-note">{ note }</p>
                <button type="button" id="mismatch-csv" {onclick}>{ "Save all as CSV" }</button></div>
            <div class="scroll tall" tabindex="0" role="region" aria-label="Mismatches">
            <table id="mismatches">
                <caption>{ "Against the model that comes nearest" }</caption>
                <thead><tr>
                    <th scope="col">{ "recording" }</th><th scope="col">{ "run" }</th><th scope="col">{ "output" }</th><th scope="col">{ "probe" }</th>
                    <th scope="col">{ "input code" }</th><th scope="col">{ "recorded" }</th><th scope="col">{ "model" }</th><th scope="col">{ "off" }</th>
                </tr></thead>
                <tbody>{ for all.iter().take(ROWS).map(row) }</tbody>
            </table>
            </div>
        </>
    }
}
