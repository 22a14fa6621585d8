//! [`SuspectsView`]: theories against recordings of the real library.

use std::rc::Rc;

use yew::prelude::*;

use crate::documents::{Case, Document, JudgedRecordings};
use crate::view::facets::Facets;
use crate::view::hooks::{document_events, fetch_recordings, use_shipped_recordings};
use crate::view::model::Shared;
use crate::view::panels::PanelProps;
use crate::view::panels::suspects::{
    EvidenceProps, OwnTheory, PointsPanel, RecordingPanel, TheoryFigure, TheoryTable,
};
use crate::view::store::use_slice;

/// The theories over the recordings.
#[component]
pub fn SuspectsView(panel: &PanelProps) -> Html {
    let documents = use_slice(&panel.store, "suspects", Facets::DOCUMENTS).documents();
    let tell = use_memo(panel.store.clone(), document_events);
    use_shipped_recordings(&documents, &tell);
    let evidence = match &documents.recordings {
        Document::NotAsked | Document::Waiting => html! {
            <section class="panel"><p role="status">{ "Fetching the recordings …" }</p></section>
        },
        Document::Failed(fault) => {
            let tell = Callback::clone(&tell);
            let retry = Callback::from(move |_: MouseEvent| fetch_recordings(tell.clone()));
            html! {
                <section class="panel">
                    <p id="no-recordings" role="alert">{ fault.to_string() }</p>
                    <button type="button" id="retry" onclick={retry}>{ "Try again" }</button>
                </section>
            }
        }
        Document::Ready(recordings) => html! {
            <Evidence panel={panel.clone()} recordings={Shared(Rc::clone(recordings))} />
        },
    };
    html! {
        <div class="suspects">
            <section class="panel">
                <h2>{ "Where is the overflow? Each guess against what the library really gave" }</h2>
                <p>{ "A theory says how the products of a row are added up. Everything after the sum is the same for all of them, so a theory stands or falls with its sum. Points are outputs that PyTorch gave; one wrong point is enough to sink a theory." }</p>
            </section>
            { evidence }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    panel: PanelProps,
    recordings: Shared<JudgedRecordings>,
}

/// The panels that need the recordings.
#[component]
fn Evidence(props: &Props) -> Html {
    let model = use_slice(&props.panel.store, "evidence", Facets::SUSPECTS);
    let findings = props.recordings.findings(Case::of(&model.state));
    let evidence = EvidenceProps {
        panel: props.panel.clone(),
        findings: Shared(Rc::new(findings)),
        recordings: props.recordings.clone(),
    };
    html! {
        <div class="evidence">
            <div class="column top-column"><TheoryFigure ..evidence.clone() /></div>
            <div class="column side-column">
                <RecordingPanel ..evidence.clone() />
                <OwnTheory ..evidence.clone() />
            </div>
            <div class="column rest-column">
                <TheoryTable ..evidence.clone() />
                <PointsPanel ..evidence.clone() />
            </div>
        </div>
    }
}
