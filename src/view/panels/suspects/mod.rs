//! Panels of the Suspects view.

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

use std::rc::Rc;

use yew::prelude::*;

use crate::evidence::{
    Compared, Predictor, RecordedLayer, RecordedOn, Recordings, Run, Tally, Verdict, compare,
    judge, judge_all,
};
use crate::evidence::{NAMED, NamedTheory, Theory};
use crate::plot;
use crate::state::schema::parameter;
use crate::state::{Action, State};
use crate::view::controls::ParameterControl;
use crate::view::model::{Model as Session, Shared};

/// A recording and the run of it that is looked at.
pub struct Chosen<'a> {
    /// Its place in the list.
    pub index: usize,
    /// The recording.
    pub recording: &'a RecordedLayer,
    /// The run.
    pub run: &'a Run,
    /// The output, of those that there are.
    pub output: usize,
}

/// What the state chooses, if the recording has the run that is asked for.
pub fn chosen<'a>(recordings: &'a Recordings, state: &State) -> Option<Chosen<'a>> {
    let key = state.recording.entry().key;
    let (index, recording) =
        recordings.all.iter().enumerate().find(|(_, recording)| recording.key == key)?;
    let run = recording.runs.iter().find(|run| state.recorded_on.is(run))?;
    let output = state.recorded_output.min(recording.layer.outputs.saturating_sub(1));
    Some(Chosen { index, recording, run, output })
}

/// What the named theories come to, over the chosen recording and over all.
#[derive(PartialEq)]
pub struct NamedVerdicts {
    /// Over all recordings of a run, in the order of [`NAMED`].
    pub all: Vec<(&'static NamedTheory, Tally)>,
}

/// What the chosen theory comes to.
#[derive(PartialEq)]
pub struct OwnVerdict {
    /// Over the chosen recording; none where it has no such run.
    pub here: Option<Verdict>,
    /// Over all recordings of the run.
    pub all: Tally,
    /// The chosen output, code by code.
    pub compared: Vec<Compared>,
}

impl NamedVerdicts {
    /// Judges every named theory.
    pub fn new(recordings: &Recordings, on: RecordedOn) -> NamedVerdicts {
        let tally = |theory: Theory| {
            judge_all(Predictor::Theory(theory), &recordings.all, |run| on.is(run))
        };
        NamedVerdicts { all: NAMED.iter().map(|named| (named, tally(named.theory))).collect() }
    }
}

impl OwnVerdict {
    /// Judges the state's theory.
    pub fn new(recordings: &Recordings, state: &State) -> OwnVerdict {
        let model = Predictor::Theory(state.theory);
        let chosen = chosen(recordings, state);
        OwnVerdict {
            here: chosen
                .as_ref()
                .map(|chosen| judge(model, (chosen.index, chosen.recording), chosen.run)),
            all: judge_all(model, &recordings.all, |run| state.recorded_on.is(run)),
            compared: chosen.map_or_else(Vec::new, |chosen| {
                compare(model, chosen.recording, chosen.run, chosen.output)
            }),
        }
    }
}

/// What each of these panels gets.
#[derive(Properties, PartialEq, Clone)]
pub struct EvidenceProps {
    /// The state.
    pub model: Shared<Session>,
    /// Takes what a person did.
    pub dispatch: Callback<Action>,
    /// The colours of the figure.
    pub theme: Rc<plot::Theme>,
    /// The recordings.
    pub recordings: Shared<Recordings>,
    /// The named theories over all of them.
    pub named: Rc<NamedVerdicts>,
    /// The state's theory.
    pub own: Rc<OwnVerdict>,
}

/// The control of a parameter of the schema.
fn control(props: &EvidenceProps, key_name: &'static str) -> Html {
    let value = parameter(key_name).and_then(|known| known.get(&props.model.state));
    let control = html! { <ParameterControl key={key_name} {key_name} {value} dispatch={props.dispatch.clone()} /> };
    super::guarded(&props.model.state, key_name, control)
}
