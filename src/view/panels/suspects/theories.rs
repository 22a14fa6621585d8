//! [`TheoryTable`]: every named theory against the recordings.

use yew::prelude::*;

use super::EvidenceProps;
use crate::documents::{NamedFinding, Verdict};
use crate::state::Change;

/// The theories, each with its wrong points on the chosen recording and on all; a click on one
/// draws it.
#[component]
pub fn TheoryTable(props: &EvidenceProps) -> Html {
    let findings = &props.findings;
    html! {
        <section class="panel" aria-labelledby="theories-title">
            <h2 id="theories-title">{ "The suspects" }</h2>
            <p id="overall" class="summary">{ findings.told_of_named() }</p>
            <p class="hint">{ findings.caution() }</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Theories">
            <table id="theories">
                <caption class="visually-hidden">{ "Points wrong and worst error of every theory" }</caption>
                <thead>
                    <tr><th scope="col" rowspan="2">{ "theory" }</th><th scope="colgroup" colspan="2">{ "this recording" }</th><th scope="colgroup" colspan="2">{ format!("all {} recordings", findings.all.recordings) }</th></tr>
                    <tr><th scope="col">{ "wrong" }</th><th scope="col">{ "worst, codes" }</th><th scope="col">{ "wrong" }</th><th scope="col">{ "worst, codes" }</th></tr>
                </thead>
                <tbody>{ for findings.named.iter().map(|finding| row(props, finding)) }</tbody>
            </table>
            </div>
        </section>
    }
}

fn row(props: &EvidenceProps, finding: &NamedFinding) -> Html {
    let (named, patch) = (finding.named, finding.patch());
    let is_chosen = props.findings.case.theory.named() == Some(named);
    let onclick =
        props.panel.dispatch.reform(move |_: MouseEvent| Change::Patch(patch.clone()).into());
    let count =
        |verdict: Option<&Verdict>, of: fn(&Verdict) -> String| verdict.map_or("–".to_string(), of);
    let wrong = |verdict: &Verdict| match verdict.wrong {
        0 => "none".to_string(),
        wrong => wrong.to_string(),
    };
    let off = |verdict: Option<&Verdict>| {
        verdict.is_some_and(|verdict| verdict.wrong > 0).then_some("off")
    };
    let (here, all) = (finding.here.as_ref(), Some(&finding.all.verdict));
    html! {
        <tr key={named.key} class={is_chosen.then_some("chosen")} data-theory={named.key}>
            <th scope="row">
                <button type="button" class="pick" aria-pressed={is_chosen.to_string()} {onclick}>{ named.name }</button>
                <span class="why">{ named.about }</span>
            </th>
            <td class={off(here)}>{ count(here, wrong) }</td>
            <td>{ count(here, Verdict::off) }</td>
            <td class={off(all)}>{ count(all, wrong) }</td>
            <td>{ count(all, Verdict::off) }</td>
        </tr>
    }
}
