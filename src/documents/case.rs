//! [`Case`]: what of a state the verdicts read.

use crate::evidence::{RecordedLayer, RecordedOn, Recordings, Run, Shipped, Source, Theory};
use crate::state::State;
use crate::state::groups::Suspects;

/// The part of a state that verdicts follow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// The recorded layer.
    pub recording: Shipped,
    /// Which of its runs.
    pub on: RecordedOn,
    /// The output; beyond the last one, the last.
    pub output: usize,
    /// The theory that is held against it.
    pub theory: Theory,
}

impl Case {
    /// What a state chooses.
    pub fn of(state: &State) -> Case {
        let Suspects { recording, recorded_on: on, recorded_output: output, theory, .. } =
            state.suspects;
        Case { recording, on, output, theory }
    }

    /// What it comes to in some recordings; `None` where there is no such layer, or it has no such
    /// run.
    pub fn within(self, recordings: &Recordings) -> Option<Chosen<'_>> {
        let key = self.recording.entry().key;
        let (index, recorded) =
            recordings.all.iter().enumerate().find(|(_, recorded)| recorded.key == key)?;
        let run = recorded.runs.iter().find(|run| self.on.is(run))?;
        let output = self.output.min(recorded.layer.outputs.saturating_sub(1));
        let source = recordings.sources.get(recorded.source);
        Some(Chosen { index, recorded, run, output, source })
    }
}

/// A recorded layer and the run of it that is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// Its place in the list.
    pub index: usize,
    /// The layer, its probes and its runs.
    pub recorded: &'a RecordedLayer,
    /// The run.
    pub run: &'a Run,
    /// The output, of those that there are.
    pub output: usize,
    /// Where it comes from.
    pub source: Option<&'a Source>,
}

impl Chosen<'_> {
    /// The real value of an input code.
    pub fn input_at(&self, code: u8) -> f32 {
        crate::arith::dequantize(code.into(), self.recorded.layer.input)
    }
}
