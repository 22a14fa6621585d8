//! [`OwnTheory`]: a theory made of four answers, counted as it is made.

use yew::prelude::*;

use super::EvidenceProps;
use crate::state::Key;
use crate::view::panels::control;

/// The four answers, and what they come to over the chosen recording and over all.
#[component]
pub fn OwnTheory(props: &EvidenceProps) -> Html {
    let findings = &props.findings;
    let same = match findings.case.theory.named() {
        Some(named) => format!("This is “{}”, or always gives the same sum.", named.name),
        None => "This theory has no name in the table.".into(),
    };
    html! {
        <section class="panel" aria-labelledby="own-title">
            <h2 id="own-title">{ "Build your own theory" }</h2>
            { for [Key::Pairing, Key::Width, Key::Overflow, Key::Widening].map(|key| control(&props.panel, key)) }
            <div id="own-verdict" role="status" aria-live="polite">
                <p id="own-name" class="hint">{ same }</p>
                if let Some(verdict) = &findings.here {
                    <p id="own-here"><b>{ format!("{} of {}", verdict.wrong, verdict.points) }</b>{ " points wrong on this recording" }</p>
                }
                <p id="own-all">{ findings.told_everywhere() }</p>
            </div>
        </section>
    }
}
