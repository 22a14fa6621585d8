//! [`TheoryTable`]: every named theory against the recordings.

use yew::prelude::*;

use super::{EvidenceProps, chosen};
use crate::evidence::{NamedTheory, Predictor, Tally, Theory, Verdict, judge, words};
use crate::state::choices::Keyed;
use crate::state::{Action, Patch};

/// The theories, each with its wrong points on the chosen recording and on all; a click on one
/// draws it.
#[component]
pub fn TheoryTable(props: &EvidenceProps) -> Html {
    let state = &props.model.state;
    let on = state.recorded_on;
    let here = use_memo((props.recordings.clone(), state.recording, on), {
        let state = state.clone();
        move |(recordings, ..)| {
            let chosen = chosen(recordings, &state)?;
            let judged = |named: &(&NamedTheory, Tally)| {
                let model = Predictor::Theory(named.0.theory);
                judge(model, (chosen.index, chosen.recording), chosen.run)
            };
            Some(props.named.all.iter().map(judged).collect::<Vec<_>>())
        }
    });
    let rows = props.named.all.iter().enumerate().map(|(place, (named, tally))| {
        let here = here.as_ref().as_ref().map(|here| here[place]);
        row(props, named, here, tally)
    });
    let exact = props.named.all.iter().find(|(named, _)| named.key == "exact");
    html! {
        <section class="panel" aria-labelledby="theories-title">
            <h2 id="theories-title">{ "The suspects" }</h2>
            <p id="overall" class="summary">{ words::overall(on, &props.named.all) }</p>
            if let Some((_, tally)) = exact {
                <p class="hint">{ words::caution(tally) }</p>
            }
            <div class="scroll" tabindex="0" role="region" aria-label="Theories">
            <table id="theories">
                <caption class="visually-hidden">{ "Points wrong and worst error of every theory" }</caption>
                <thead>
                    <tr><th scope="col" rowspan="2">{ "theory" }</th><th scope="colgroup" colspan="2">{ "this recording" }</th><th scope="colgroup" colspan="2">{ format!("all {} recordings", tally_count(props)) }</th></tr>
                    <tr><th scope="col">{ "wrong" }</th><th scope="col">{ "worst, codes" }</th><th scope="col">{ "wrong" }</th><th scope="col">{ "worst, codes" }</th></tr>
                </thead>
                <tbody>{ for rows }</tbody>
            </table>
            </div>
        </section>
    }
}

fn tally_count(props: &EvidenceProps) -> usize {
    props.named.all.first().map_or(0, |(_, tally)| tally.recordings)
}

/// The patch that makes a theory the state's.
fn patch(theory: Theory) -> Patch {
    Patch::one("pairing", theory.pairing.to_key())
        .and("width", theory.width)
        .and("overflow", theory.overflow.to_key())
        .and("widening", theory.widening.to_key())
}

fn row(
    props: &EvidenceProps,
    named: &'static NamedTheory,
    here: Option<Verdict>,
    tally: &Tally,
) -> Html {
    let is_chosen = props.model.state.theory.named() == Some(named);
    let onclick = props.dispatch.reform(|_: MouseEvent| Action::Patch(patch(named.theory)));
    let count =
        |verdict: Option<&Verdict>, of: fn(&Verdict) -> String| verdict.map_or("–".to_string(), of);
    let wrong = |verdict: &Verdict| match verdict.wrong {
        0 => "none".to_string(),
        wrong => wrong.to_string(),
    };
    let worst = |verdict: &Verdict| verdict.worst.to_string();
    let off = |verdict: Option<&Verdict>| {
        verdict.is_some_and(|verdict| verdict.wrong > 0).then_some("off")
    };
    let (here, all) = (here.as_ref(), Some(&tally.verdict));
    html! {
        <tr key={named.key} class={is_chosen.then_some("chosen")} data-theory={named.key}>
            <th scope="row">
                <button type="button" class="pick" aria-pressed={is_chosen.to_string()} {onclick}>{ named.name }</button>
                <span class="why">{ named.about }</span>
            </th>
            <td class={off(here)}>{ count(here, wrong) }</td>
            <td>{ count(here, worst) }</td>
            <td class={off(all)}>{ count(all, wrong) }</td>
            <td>{ count(all, worst) }</td>
        </tr>
    }
}
