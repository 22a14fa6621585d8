//! What a recording says of a model: points, points wrong, the worst, the first.

use std::ops::Range;

use super::recording::{RecordedLayer, Run};
use super::theory::Theory;
use crate::arith::{CODES, Engine, Linear, Stage};
use crate::kernel::ramp_sums;

/// What predicts a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Predictor {
    /// A way to sum; what follows the sum is that of the recorded engine.
    Theory(Theory),
    /// An engine with all that follows its sum.
    Engine(Engine),
}

/// A recorded point that a model gets wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The place of the recording in its list.
    pub recording: usize,
    /// The output.
    pub output: usize,
    /// The probe.
    pub probe: usize,
    /// The code of all inputs.
    pub code: u8,
    /// The output code, or the integer, that the library gave.
    pub recorded: i32,
    /// That of the model.
    pub predicted: i32,
}

impl Miss {
    /// Predicted minus recorded.
    pub fn error(&self) -> i64 {
        i64::from(self.predicted) - i64::from(self.recorded)
    }
}

/// How far some points agree with a model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Points compared.
    pub points: usize,
    /// Points where the results differ.
    pub wrong: usize,
    /// How far the lowest lies below what was recorded, in output codes or of the integer.
    pub below: u32,
    /// How far the highest lies above it.
    pub above: u32,
    /// The first point that is wrong.
    pub first: Option<Miss>,
}

impl Verdict {
    pub(super) fn and(self, next: Verdict) -> Verdict {
        Verdict {
            points: self.points + next.points,
            wrong: self.wrong + next.wrong,
            below: self.below.max(next.below),
            above: self.above.max(next.above),
            first: self.first.or(next.first),
        }
    }
}

/// A [`Verdict`] over several recordings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Recordings that have what is judged.
    pub recordings: usize,
    /// Recordings without a wrong point.
    pub clean: usize,
    /// Over all of their points.
    pub verdict: Verdict,
}

/// An input code of one output: what was recorded, and what a model says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The code of all inputs.
    pub code: u8,
    /// Probes with this code and this recorded output.
    pub points: usize,
    /// The output code, or the integer, that the library gave.
    pub recorded: i32,
    /// That of the model.
    pub predicted: i32,
}

/// The sum of a [`Predictor`].
enum Sum {
    /// With room for the inputs of a probe.
    Theory(Theory, Vec<u8>),
    /// By code.
    Ramp(Vec<i32>),
}

/// What a model gives for one output, each input code worked out once.
struct Row<'a> {
    sum: Sum,
    layer: &'a Linear,
    w: &'a [i8],
    stage: Stage,
    known: [Option<i32>; CODES],
}

/// The engine whose rules follow a model's sum.
fn stage_engine(model: Predictor, recording: &RecordedLayer, run: &Run) -> Engine {
    match model {
        Predictor::Theory(_) => recording.kind(run).stage_engine(),
        Predictor::Engine(engine) => engine,
    }
}

impl<'a> Row<'a> {
    fn new(model: Predictor, engine: Engine, layer: &'a Linear, output: usize) -> Row<'a> {
        let sum = match model {
            Predictor::Theory(theory) => Sum::Theory(theory, vec![0; layer.inputs]),
            Predictor::Engine(engine) => Sum::Ramp(ramp_sums(engine, layer, output)),
        };
        Row {
            sum,
            layer,
            w: layer.row(output),
            stage: Stage::new(engine, layer, output),
            known: [None; CODES],
        }
    }

    /// The raw sum where all inputs have a code.
    fn raw(&mut self, code: u8) -> i32 {
        match &mut self.sum {
            Sum::Theory(theory, x) => {
                x.fill(code);
                theory.accumulate(x, self.w)
            }
            Sum::Ramp(raw) => raw[usize::from(code)],
        }
    }

    /// The output code, or the integer, where all inputs have a code.
    fn result(&mut self, code: u8) -> i32 {
        if let Some(known) = self.known[usize::from(code)] {
            return known;
        }
        let raw = self.raw(code);
        let sum_x = self.layer.inputs_i32() * i32::from(code);
        let acc = self.stage.apply_zero_points(raw, sum_x);
        let made = self.stage.output_code(acc).unwrap_or(acc);
        self.known[usize::from(code)] = Some(made);
        made
    }
}

/// Calls with every point of some outputs and what the model gives for it.
fn walk(
    model: Predictor,
    (index, recording): (usize, &RecordedLayer),
    run: &Run,
    outputs: Range<usize>,
    mut visit: impl FnMut(Miss),
) {
    let engine = stage_engine(model, recording, run);
    for output in outputs {
        let mut row = Row::new(model, engine, &recording.layer, output);
        let recorded = recording.outputs_of(run, output);
        for (probe, (&code, recorded)) in recording.x.iter().zip(recorded).enumerate() {
            let predicted = row.result(code);
            visit(Miss { recording: index, output, probe, code, recorded, predicted });
        }
    }
}

/// The verdict over one run of a recording; `index` is its place in the list.
pub fn judge(model: Predictor, (index, recording): (usize, &RecordedLayer), run: &Run) -> Verdict {
    let mut verdict = Verdict::default();
    walk(model, (index, recording), run, 0..recording.layer.outputs, |point| {
        verdict.points += 1;
        if point.predicted != point.recorded {
            verdict.wrong += 1;
            let is_below = point.predicted < point.recorded;
            let side = if is_below { &mut verdict.below } else { &mut verdict.above };
            *side = (*side).max(point.predicted.abs_diff(point.recorded));
            verdict.first = verdict.first.or(Some(point));
        }
    });
    verdict
}

/// The verdict over the runs that are asked for, of every recording that has one.
pub fn judge_all(
    model: Predictor,
    recordings: &[RecordedLayer],
    is_asked: impl Fn(&Run) -> bool,
) -> Tally {
    let mut tally = Tally::default();
    for (index, recording) in recordings.iter().enumerate() {
        let Some(run) = recording.runs.iter().find(|run| is_asked(run)) else { continue };
        let verdict = judge(model, (index, recording), run);
        tally.recordings += 1;
        tally.clean += usize::from(verdict.wrong == 0);
        tally.verdict = tally.verdict.and(verdict);
    }
    tally
}

/// Every point of a run that a model gets wrong, in order.
pub fn misses(
    model: Predictor,
    (index, recording): (usize, &RecordedLayer),
    run: &Run,
) -> Vec<Miss> {
    let mut found = Vec::new();
    walk(model, (index, recording), run, 0..recording.layer.outputs, |point| {
        if point.predicted != point.recorded {
            found.push(point);
        }
    });
    found
}

/// One output code by code, ascending; a code that was recorded with two outputs is there twice.
///
/// # Panics
/// If there is no such output.
pub fn compare(
    model: Predictor,
    recording: &RecordedLayer,
    run: &Run,
    output: usize,
) -> Vec<Compared> {
    let mut found: Vec<Compared> = Vec::new();
    walk(model, (0, recording), run, output..output + 1, |point| {
        let same =
            |known: &&mut Compared| (known.code, known.recorded) == (point.code, point.recorded);
        match found.iter_mut().rev().find(same) {
            Some(known) => known.points += 1,
            None => found.push(Compared {
                code: point.code,
                points: 1,
                recorded: point.recorded,
                predicted: point.predicted,
            }),
        }
    });
    found.sort_by_key(|one| (one.code, one.recorded));
    found
}

#[cfg(test)]
mod tests {
    use super::super::recording::tests::file;
    use super::super::{NAMED, Recordings, Results};
    use super::*;

    #[test]
    fn a_wrong_point_is_counted_and_named() {
        let read = Recordings::try_from(file()).expect("it is good");
        let (recording, run) = (&read.all[0], &read.all[0].runs[0]);
        let [pairs, exact] = [0, 1].map(|at| Predictor::Theory(NAMED[at].theory));
        assert_eq!(judge(pairs, (0, recording), run), Verdict { points: 3, ..Verdict::default() });
        let verdict = judge(exact, (4, recording), run);
        let first =
            Miss { recording: 4, output: 0, probe: 2, code: 255, recorded: 64, predicted: 127 };
        assert_eq!(
            verdict,
            Verdict { points: 3, wrong: 1, below: 0, above: 63, first: Some(first) }
        );
        assert_eq!(misses(exact, (4, recording), run), [first]);
        assert_eq!(judge(Predictor::Engine(Engine::FbgemmVnni), (4, recording), run), verdict);
        let tally = judge_all(exact, &read.all, |run| run.isa == "avx2");
        assert_eq!((tally.recordings, tally.clean, tally.verdict.wrong), (1, 0, 1));
        assert_eq!(judge_all(exact, &read.all, |run| run.isa == "vnni"), Tally::default());
    }

    #[test]
    fn codes_are_compared_in_order() {
        let read = Recordings::try_from(file()).expect("it is good");
        let mut recording = read.all[0].clone();
        recording.x = vec![255, 100, 255, 255];
        recording.runs[0].results = Results::Codes(vec![64, 50, 64, 63]);
        let compared =
            compare(Predictor::Theory(NAMED[0].theory), &recording, &recording.runs[0], 0);
        let told: Vec<_> = compared
            .iter()
            .map(|one| (one.code, one.points, one.recorded, one.predicted))
            .collect();
        assert_eq!(told, [(100, 1, 50, 50), (255, 1, 63, 64), (255, 2, 64, 64)]);
    }
}
