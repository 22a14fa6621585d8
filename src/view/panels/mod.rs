//! Panels: one concept each.

mod figure;
mod gauge;
mod kinks;
mod notice;
mod settings;
mod small;
mod weights;

pub use figure::FigurePanel;
pub use gauge::GaugePanel;
pub use kinks::KinkPanel;
pub use notice::Notice;
pub use settings::SettingsPanel;
pub use small::SmallMultiples;
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
