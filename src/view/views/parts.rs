//! [`PartsView`]: some parts of the Lab, for the page of somebody else.

use yew::prelude::*;

use crate::state::Part;
use crate::view::facets::Facets;
use crate::view::panels::{
    EnginePanel, FigurePanel, KinkPanel, PairMapPanel, PairPanel, PanelProps, PipelinePanel,
    SmallMultiples, ValuesPanel, WeightsPanel, control,
};
use crate::view::store::use_slice;

/// Some parts, and the controls that the state names.
#[component]
pub fn PartsView(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "parts", Facets::FIGURE.and(Facets::LAYER));
    let state = &model.state;
    let part = |part: &Part| match part {
        Part::Ramp => html! { <FigurePanel ..panel.clone() /> },
        Part::Outputs => html! { <SmallMultiples ..panel.clone() /> },
        Part::Weights => html! { <WeightsPanel ..panel.clone() /> },
        Part::Kinks => html! { <KinkPanel ..panel.clone() /> },
        Part::Pipeline => html! { <PipelinePanel ..panel.clone() /> },
        Part::Pairs => html! { <PairPanel ..panel.clone() /> },
        Part::Map => html! { <PairMapPanel ..panel.clone() /> },
        Part::Engines => html! { <EnginePanel ..panel.clone() /> },
        Part::Values => html! { <ValuesPanel ..panel.clone() /> },
    };
    html! {
        <div class="parts">
            { for state.figure.focus.iter().map(part) }
            if !state.figure.controls.is_empty() {
                <section class="panel part-controls" aria-label="Controls">
                    { for state.figure.controls.iter().map(|key| control(panel, *key)) }
                    if let Some(reason) = &model.derived.unavailable {
                        <p class="unavailable" role="alert">{ reason }</p>
                    }
                </section>
            }
        </div>
    }
}
