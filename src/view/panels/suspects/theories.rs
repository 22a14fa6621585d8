//! [`TheoryTable`]: every named theory against the recordings.

use yew::prelude::*;

use super::EvidenceProps;
use crate::documents::{NamedFinding, Verdict};
use crate::state::{Action, Change};
use crate::view::facets::Facets;
use crate::view::panels::at;
use crate::view::store::use_slice;

/// The theories; a click on one draws it. What a theory comes to, on the chosen recording and on all,
/// is told once it was tried: whoever sees all counts at once has nothing to find out.
#[component]
pub fn TheoryTable(props: &EvidenceProps) -> Html {
    let model = use_slice(&props.panel.store, "theories", Facets::VISIT);
    let findings = &props.findings;
    let is_tried = |finding: &NamedFinding| {
        model.tells_theories || model.tried.contains(&finding.named.theory)
    };
    let tried = findings.named.iter().filter(|finding| is_tried(finding)).count();
    let all = findings.named.len();
    let tell = at::<MouseEvent>(&props.panel.dispatch, Action::TellTheories);
    html! {
        <section class="panel" aria-labelledby="theories-title">
            <h2 id="theories-title">{ "The suspects" }</h2>
            if tried == all {
                <p id="overall" class="summary">{ findings.told_of_named() }</p>
                <p class="hint">{ findings.caution() }</p>
            } else {
                <div class="panel-head">
                    <p id="tried" role="status">{ format!("{tried} of {all} tried. Which one gets every point?") }</p>
                    <button type="button" id="tell-theories" onclick={tell}>{ "Show all counts" }</button>
                </div>
            }
            <div class="scroll" tabindex="0" role="region" aria-label="Theories">
            <table id="theories" class="stacks">
                <caption class="visually-hidden">{ "Points wrong and worst error of every theory" }</caption>
                <thead>
                    <tr><th scope="col" rowspan="2">{ "theory" }</th><th scope="colgroup" colspan="2">{ "this recording" }</th><th scope="colgroup" colspan="2">{ format!("all {} recordings", findings.all.recordings) }</th></tr>
                    <tr><th scope="col">{ "wrong" }</th><th scope="col">{ "by up to, codes" }</th><th scope="col">{ "wrong" }</th><th scope="col">{ "by up to, codes" }</th></tr>
                </thead>
                <tbody>{ for findings.named.iter().map(|finding| row(props, finding, is_tried(finding))) }</tbody>
            </table>
            </div>
        </section>
    }
}

fn row(props: &EvidenceProps, finding: &NamedFinding, is_tried: bool) -> Html {
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
            if is_tried {
                <td class={off(here)} data-label="wrong here:">{ count(here, wrong) }</td>
                <td data-label="by up to">{ count(here, Verdict::off) }</td>
                <td class={off(all)} data-label="wrong in all:">{ count(all, wrong) }</td>
                <td data-label="by up to">{ count(all, Verdict::off) }</td>
            } else {
                <td colspan="4" class="untried">{ "not tried yet" }</td>
            }
        </tr>
    }
}
