//! Panels: one concept each.

pub mod check;
mod engines;
mod export;
mod figure;
mod kinks;
mod known;
mod legend;
pub mod model;
mod notice;
pub mod pair_map;
mod part_note;
mod paste;
mod pipeline;
mod preset_note;
mod presets;
mod row_map;
mod save_scene;
mod settings;
mod share;
mod small;
pub mod suspects;
mod thumbnail;
mod toolbar;
mod values;
mod weights;
pub mod why;

pub use engines::EnginePanel;
pub use export::{ExportPanel, save_picture};
pub use figure::FigurePanel;
pub use kinks::KinkPanel;
pub use notice::Notice;
pub use pair_map::PairMapPanel;
pub use part_note::PartNote;
pub use pipeline::{PairPanel, PipelinePanel, pair_bar, rails};
pub use preset_note::PresetNote;
pub use presets::PresetPanel;
pub use settings::{EngineSettings, SettingsPanel, control, control_between};
pub use share::SharePanel;
pub use small::{MiniFigure, SmallMultiples};
pub use toolbar::Toolbar;
pub use values::ValuesPanel;
pub use weights::WeightsPanel;

use std::rc::Rc;

use yew::prelude::*;

use crate::plot::Palette;
use crate::state::Action;
use crate::view::model::{Model, Shared};
use crate::view::store::Store;

/// What every panel gets.
#[derive(Properties, PartialEq, Clone)]
pub struct PanelProps {
    /// The state and what follows from it. Every panel reads a slice of it.
    pub store: Shared<Store>,
    /// Takes what a person did.
    pub dispatch: Callback<Action>,
    /// The colours of the figures.
    pub palette: Rc<Palette>,
}

impl PanelProps {
    /// What a click does, given the model of then.
    fn click(&self, action: fn(&Model) -> Action) -> Callback<MouseEvent> {
        let (store, dispatch) = (self.store.clone(), self.dispatch.clone());
        Callback::from(move |_| dispatch.emit(action(&store.now())))
    }
}

/// What happens at any event of a kind.
pub fn at<E: 'static>(dispatch: &Callback<Action>, action: Action) -> Callback<E> {
    dispatch.reform(move |_| action.clone())
}

/// Where a pointer or the focus is looks at a pair: what happens as it comes, and as it leaves.
fn looks<E: 'static>(dispatch: &Callback<Action>, pair: Option<usize>) -> [Callback<E>; 2] {
    [pair, None].map(|pair| at(dispatch, Action::Highlight(pair)))
}
