//! [`LabView`]: everything on sliders.

use yew::prelude::*;

use super::parts::PartsView;
use crate::view::facets::Facets;
use crate::view::panels::{
    EnginePanel, EngineSettings, ExportPanel, FigurePanel, KinkPanel, MiniFigure, PanelProps,
    PipelinePanel, PresetPanel, SettingsPanel, SmallMultiples, ValuesPanel, WeightsPanel,
};
use crate::view::store::use_slice;

/// The figure with the controls beside it; kinks, pipeline and engines below.
#[component]
pub fn LabView(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "lab", Facets::FIGURE);
    let figures = use_node_ref();
    if !model.state.figure.focus.is_empty() {
        return html! { <PartsView ..panel.clone() /> };
    }
    html! {
        <>
            <PresetPanel panel={panel.clone()} figures={figures.clone()} />
            <div class="lab">
                <div class="column top-column" ref={figures}>
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
                    <EnginePanel ..panel.clone() />
                    <ValuesPanel ..panel.clone() />
                    <ExportPanel ..panel.clone() />
                </div>
            </div>
        </>
    }
}
