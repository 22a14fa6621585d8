//! Panels: one concept each.

mod engines;
mod export;
mod figure;
mod kinks;
mod legend;
mod notice;
mod paste;
mod pipeline;
mod presets;
mod settings;
mod small;
pub mod suspects;
mod toolbar;
mod values;
mod weights;

pub use engines::EnginePanel;
pub use export::{ExportPanel, save_picture};
pub use figure::FigurePanel;
pub use kinks::KinkPanel;
pub use notice::Notice;
pub use pipeline::{PairPanel, PipelinePanel, pair_bar, rails};
pub use presets::PresetPanel;
pub use settings::{EngineSettings, SettingsPanel, control, guarded};
pub use small::{MiniFigure, SmallMultiples};
pub use toolbar::Toolbar;
pub use values::ValuesPanel;
pub use weights::WeightsPanel;

use std::rc::Rc;

use yew::prelude::*;

use crate::plot::Theme;
use crate::state::Action;
use crate::view::model::{Model, Shared};

/// What every panel gets.
#[derive(Properties, PartialEq, Clone)]
pub struct PanelProps {
    /// The state and what follows from it.
    pub model: Shared<Model>,
    /// Takes what a person did.
    pub dispatch: Callback<Action>,
    /// The colours of the figures.
    pub theme: Rc<Theme>,
}
