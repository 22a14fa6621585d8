//! [`SuspectsView`]: theories against recordings of the real library.

use std::rc::Rc;

use yew::prelude::*;

use crate::view::facets::Facets;
use crate::view::hooks::{Loading, use_recordings};
use crate::view::model::Shared;
use crate::view::panels::PanelProps;
use crate::view::panels::suspects::{
    EvidenceProps, InstructionPanel, MachinePanel, NamedVerdicts, OwnTheory, OwnVerdict,
    PointsPanel, RecordingPanel, TheoryFigure, TheoryTable,
};
use crate::view::store::use_slice;

/// The theories over the recordings; beside them what a reader can test on their own machine,
/// which works without the recordings too.
#[component]
pub fn SuspectsView(panel: &PanelProps) -> Html {
    let (loading, retry) = use_recordings();
    let evidence = match loading {
        Loading::Waiting => html! {
            <section class="panel"><p role="status">{ "Fetching the recordings …" }</p></section>
        },
        Loading::Failed(reason) => html! {
            <section class="panel">
                <p id="no-recordings" role="alert">{ reason }</p>
                <button type="button" id="retry" onclick={retry.reform(|_: MouseEvent| ())}>{ "Try again" }</button>
            </section>
        },
        Loading::Ready(recordings) => html! { <Evidence panel={panel.clone()} {recordings} /> },
    };
    html! {
        <div class="suspects">
            <section class="panel">
                <h2>{ "Where is the overflow? Each guess against what the library really gave" }</h2>
                <p>{ "A theory says how the products of a row are added up. Everything after the sum is the same for all of them, so a theory stands or falls with its sum. Points are outputs that PyTorch gave; one wrong point is enough to sink a theory." }</p>
            </section>
            { evidence }
            <MachinePanel />
            <InstructionPanel />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    panel: PanelProps,
    recordings: Shared<crate::evidence::Recordings>,
}

/// The panels that need the recordings. What is counted is counted once for all of them.
#[component]
fn Evidence(props: &Props) -> Html {
    let reads = Facets::SUSPECTS.and(Facets::PAGE).and(Facets::FIGURE);
    let model = use_slice(&props.panel.store, "evidence", reads);
    let state = &model.state;
    let named =
        use_memo((props.recordings.clone(), state.suspects.recorded_on), |(recordings, on)| {
            NamedVerdicts::new(recordings, *on)
        });
    let choice = (
        state.suspects.recording,
        state.suspects.recorded_on,
        state.suspects.recorded_output,
        state.suspects.theory,
    );
    let own = use_memo((props.recordings.clone(), choice), |(recordings, _)| {
        OwnVerdict::new(recordings, state)
    });
    let evidence = EvidenceProps {
        model: model.clone(),
        dispatch: props.panel.dispatch.clone(),
        theme: Rc::clone(&props.panel.theme),
        recordings: props.recordings.clone(),
        named,
        own,
    };
    html! {
        <>
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
        </>
    }
}
