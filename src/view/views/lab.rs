//! [`LabView`]: everything on sliders.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::parts::PartsView;
use crate::story::Scenarios;
use crate::view::facets::Facets;
use crate::view::model::Shared;
use crate::view::panels::{
    EnginePanel, EngineSettings, ExportPanel, FigurePanel, KinkPanel, MiniFigure, PairMapPanel,
    PanelProps, PartNote, PipelinePanel, PresetNote, PresetPanel, SettingsPanel, SmallMultiples,
    ValuesPanel, WeightsPanel,
};
use crate::view::store::use_slice;

/// Some parts of it where the state names them, else all.
#[component]
pub fn LabView(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "lab", Facets::FIGURE);
    if model.state.figure.focus.is_empty() {
        html! { <WholeLab ..panel.clone() /> }
    } else {
        html! { <PartsView ..panel.clone() /> }
    }
}

/// The figure with the controls beside it; kinks, pipeline and engines below.
#[component]
fn WholeLab(panel: &PanelProps) -> Html {
    let (figures, exports) = (use_node_ref(), use_node_ref());
    let scenarios = Shared(use_memo((), |()| Scenarios::default()));
    let onclick = {
        let exports = exports.clone();
        Callback::from(move |_: MouseEvent| unfold(&exports))
    };
    html! {
        <>
            <div class="lab-head">
                <PresetPanel panel={panel.clone()} scenarios={scenarios.clone()} figures={figures.clone()} />
                <div class="panel lab-bar">
                    <button type="button" class="leads" id="take-along" {onclick}>{ "Save, open" }</button>
                </div>
            </div>
            <div class="lab">
                <div class="column top-column" ref={figures}>
                    <PresetNote panel={panel.clone()} {scenarios} />
                    <PartNote ..panel.clone() />
                    <FigurePanel ..panel.clone() />
                    <SmallMultiples ..panel.clone() />
                </div>
                <div class="column side-column">
                    <MiniFigure ..panel.clone() />
                    <EngineSettings ..panel.clone() />
                    <WeightsPanel ..panel.clone() />
                    <SettingsPanel ..panel.clone() />
                </div>
                <div class="column rest-column">
                    <KinkPanel ..panel.clone() />
                    <PipelinePanel ..panel.clone() />
                    <PairMapPanel ..panel.clone() />
                    <EnginePanel ..panel.clone() />
                    <ValuesPanel ..panel.clone() />
                    <div ref={exports}><ExportPanel ..panel.clone() /></div>
                </div>
            </div>
        </>
    }
}

/// Opens the panel within an element, brings it into sight and puts the focus there.
fn unfold(within: &NodeRef) {
    let Some(within) = within.cast::<Element>() else { return };
    let found = |selector| within.query_selector(selector).ok().flatten();
    if let Some(details) = found("details") {
        // An attribute of a fixed name cannot fail.
        let _ = details.set_attribute("open", "");
    }
    within.scroll_into_view();
    if let Some(Ok(summary)) = found("summary").map(wasm_bindgen::JsCast::dyn_into::<HtmlElement>) {
        let _ = summary.focus();
    }
}
