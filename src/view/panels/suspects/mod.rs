//! Panels of the Suspects view.

mod every_pair;
mod exports;
mod figure;
mod instruction;
mod machine;
mod mismatches;
mod own;
mod points;
mod recording;
mod theories;

pub use figure::TheoryFigure;
pub use instruction::InstructionPanel;
pub use machine::MachinePanel;
pub use own::OwnTheory;
pub use points::PointsPanel;
pub use recording::RecordingPanel;
pub use theories::TheoryTable;

use yew::prelude::*;

use crate::documents::{Chosen, Findings, JudgedRecordings};
use crate::view::model::Shared;
use crate::view::panels::PanelProps;

/// What each of these panels gets.
#[derive(Properties, PartialEq, Clone)]
pub struct EvidenceProps {
    /// What takes an action, and the colours of the figure.
    pub panel: PanelProps,
    /// The recordings.
    pub recordings: Shared<JudgedRecordings>,
    /// What they say of what the state chooses.
    pub findings: Shared<Findings>,
}

impl EvidenceProps {
    /// The chosen recording, if it has the run that is asked for.
    fn chosen(&self) -> Option<Chosen<'_>> {
        self.recordings.chosen(self.findings.case)
    }
}
