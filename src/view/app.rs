//! [`App`]: wiring only.

use std::rc::Rc;

use yew::prelude::*;

use super::hooks::{fragment, use_address, use_theme};
use super::model::{Model, Shared};
use super::panels::{
    FigurePanel, GaugePanel, KinkPanel, Notice, SettingsPanel, SmallMultiples, WeightsPanel,
};
use crate::state::Action;
use crate::view::controls::ParameterControl;

/// The page below its static heading.
#[component]
pub fn App() -> Html {
    let reducer = use_reducer(|| Shared(Rc::new(Model::open(&fragment()))));
    let dispatcher = reducer.dispatcher();
    let dispatch = use_callback((), move |action: Action, ()| dispatcher.dispatch(action));
    let model = Shared::clone(&reducer);
    let theme = use_theme(model.state.theme);
    use_address(model.clone(), dispatch.clone());

    let panel =
        super::panels::PanelProps { model: model.clone(), dispatch: dispatch.clone(), theme };
    html! {
        <>
            <Notice ..panel.clone() />
            <div class="lab">
                <div class="column main-column">
                    <FigurePanel ..panel.clone() />
                    <SmallMultiples ..panel.clone() />
                    <KinkPanel ..panel.clone() />
                    <GaugePanel ..panel.clone() />
                </div>
                <div class="column side-column">
                    <SettingsPanel ..panel.clone() />
                    <WeightsPanel ..panel.clone() />
                    <ParameterControl key_name="theme" {model} {dispatch} />
                </div>
            </div>
        </>
    }
}
