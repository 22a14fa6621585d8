//! [`PointsPanel`]: the figure as a table of numbers.

use yew::prelude::*;

use super::EvidenceProps;
use crate::documents::{Case, Compared};
use crate::state::number::{short, signed};
use crate::view::hooks::use_open;

/// Every input code of the drawn output, with what was recorded and what the theory says. Made
/// only while it is open.
#[component]
pub fn PointsPanel(props: &EvidenceProps) -> Html {
    let (is_open, ontoggle) = use_open();
    html! {
        <details class="panel" id="points-panel" {ontoggle}>
            <summary><h2>{ "The points as a table" }</h2></summary>
            if is_open {
                { table(props) }
            }
        </details>
    }
}

fn table(props: &EvidenceProps) -> Html {
    let Some(chosen) = props.chosen() else { return Html::default() };
    let Case { recording, on, .. } = props.findings.case;
    let row = |one: &Compared| {
        let off = i64::from(one.predicted) - i64::from(one.recorded);
        html! {
            <tr key={format!("{}-{}", one.code, one.recorded)}>
                <th scope="row">{ one.code }</th>
                <td>{ short(chosen.input_at(one.code).into()) }</td>
                <td>{ one.points }</td>
                <td>{ one.recorded }</td>
                <td>{ one.predicted }</td>
                <td class={(off != 0).then_some("off")}>{ if off == 0 { "as recorded".into() } else { signed(off) } }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll tall" tabindex="0" role="region" aria-label="The points in numbers">
        <table id="points">
            <caption>{ format!("Output {} of “{}”, on {}", chosen.output, recording.entry().name, on.name()) }</caption>
            <thead><tr>
                <th scope="col">{ "input code" }</th><th scope="col">{ "x" }</th><th scope="col">{ "probes" }</th>
                <th scope="col">{ "recorded code" }</th><th scope="col">{ "theory’s code" }</th><th scope="col">{ "codes off" }</th>
            </tr></thead>
            <tbody>{ for props.findings.compared.iter().map(row) }</tbody>
        </table>
        </div>
    }
}
