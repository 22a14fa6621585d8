//! A reader's own machine: which engine of ours its recordings fit, and every point that does not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::operation::RunKind;
use super::recording::{RecordedLayer, Recordings, Run};
use super::verdict::{Miss, Predictor, Verdict, judge, misses};
use crate::arith::Engine;

/// An engine of ours against one kind of run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The engine.
    pub engine: Engine,
    /// Over all recordings that have the run.
    pub verdict: Verdict,
}

/// One kind of run of a file against the engines of ours.
#[derive(Clone, Debug, PartialEq)]
pub struct RunReport {
    /// What was recorded.
    pub kind: RunKind,
    /// Recordings that have it.
    pub recordings: usize,
    /// Engines that come into question, the best first.
    pub fits: Vec<Fit>,
    /// Every point that the best of them gets wrong.
    pub misses: Vec<Miss>,
}

impl RunReport {
    /// Engines that get every point.
    pub fn fitting(&self) -> impl Iterator<Item = Engine> {
        self.fits.iter().filter(|fit| fit.verdict.wrong == 0).map(|fit| fit.engine)
    }

    /// What it says in a sentence.
    pub fn sentence(&self) -> String {
        let what = self.kind.called();
        let fitting: Vec<&str> = self.fitting().map(Engine::name).collect();
        let points = self.fits.first().map_or(0, |fit| fit.verdict.points);
        match (fitting.as_slice(), self.fits.first()) {
            ([one], _) if self.fits.len() == 1 => format!(
                "{what}: {one} gets all {points} points, and no other model comes into question."
            ),
            ([one], _) => {
                format!("{what}: {one} gets all {points} points, and no other model does.")
            }
            ([], Some(best)) => format!(
                "{what}: no model gets all {points} points. {} comes nearest: {} wrong, {}.",
                best.engine.name(),
                best.verdict.wrong,
                match best.engine.rescale() {
                    Some(_) => best.verdict.away(),
                    None => format!("up to {}", best.verdict.off()),
                }
            ),
            ([], None) => format!("{what}: there is nothing to compare."),
            ([several @ .., last], _) => format!(
                "{what}: {} and {last} get all {points} points; these recordings do not tell them apart.",
                several.join(", ")
            ),
        }
    }
}

/// A run of a kind, and the recording that has it, with its place.
type Judged<'a> = (usize, &'a RecordedLayer, &'a Run);

/// Each kind of run of a file, in the order in which they first appear.
pub fn report(recordings: &Recordings) -> Vec<RunReport> {
    let mut places = BTreeMap::new();
    let mut kinds: Vec<(RunKind, Vec<Judged<'_>>)> = Vec::new();
    for (index, recording) in recordings.all.iter().enumerate() {
        for run in &recording.runs {
            let kind = recording.kind(run);
            let place = *places.entry(kind.clone()).or_insert(kinds.len());
            if place == kinds.len() {
                kinds.push((kind, Vec::new()));
            }
            kinds[place].1.push((index, recording, run));
        }
    }
    kinds.into_iter().map(|(kind, runs)| of_kind(kind, &runs)).collect()
}

/// The engines that come into question, without those that sum all of these layers as an earlier one of
/// their family does: what follows the sum is the family's.
fn candidates(kind: &RunKind, runs: &[Judged<'_>]) -> Vec<Engine> {
    let mut kept: Vec<Engine> = Vec::new();
    for engine in kind.candidates() {
        let is_same = |earlier: &Engine| {
            let sums = |one: Engine, layer| one.accumulator_of(layer);
            engine.family() == earlier.family()
                && runs.iter().all(|(_, recording, _)| {
                    sums(engine, &recording.layer) == sums(*earlier, &recording.layer)
                })
        };
        if !kept.iter().any(is_same) {
            kept.push(engine);
        }
    }
    kept
}

fn of_kind(kind: RunKind, runs: &[Judged<'_>]) -> RunReport {
    let judged = |engine: Engine| Fit {
        engine,
        verdict: runs
            .iter()
            .map(|(index, recording, run)| {
                judge(Predictor::Engine(engine), (*index, recording), run)
            })
            .fold(Verdict::default(), Verdict::and),
    };
    let mut fits: Vec<Fit> = candidates(&kind, runs).into_iter().map(judged).collect();
    // Stable: engines that are equally good stay in their order.
    fits.sort_by_key(|fit| fit.verdict.wrong);
    let best = fits.first().filter(|fit| fit.verdict.wrong > 0).map(|fit| fit.engine);
    let misses = best.map_or_else(Vec::new, |engine| {
        runs.iter()
            .flat_map(|(index, recording, run)| {
                misses(Predictor::Engine(engine), (*index, recording), run)
            })
            .collect()
    });
    RunReport { kind, recordings: runs.len(), fits, misses }
}

/// Every mismatch of some reports as CSV, one a line, with a line of names above.
pub fn write_csv(recordings: &Recordings, reports: &[RunReport]) -> String {
    let mut csv =
        String::from("recording,engine,isa,model,output,probe,input_code,recorded,predicted\n");
    for report in reports {
        let Some(model) = report.fits.first() else { continue };
        for miss in &report.misses {
            let key = &recordings.all[miss.recording].key;
            // Writing to a string cannot fail.
            let _ = writeln!(
                csv,
                "{},{},{},{},{},{},{},{},{}",
                quoted(key),
                quoted(&report.kind.name()),
                quoted(&report.kind.isa),
                model.engine.key(),
                miss.output,
                miss.probe,
                miss.code,
                miss.recorded,
                miss.predicted
            );
        }
    }
    csv
}

/// A text from a file as one field of CSV.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::super::Results;
    use super::super::operation::{Backend, Operator};
    use super::super::recording::tests::{file, int_mm};
    use super::*;
    use crate::arith::Types;

    #[test]
    fn the_engine_that_fits_is_named() {
        let read = Recordings::try_from(file()).expect("it is good");
        let [report] = &report(&read)[..] else { panic!("one kind of run") };
        assert_eq!(report.fitting().collect::<Vec<_>>(), [Engine::FbgemmAvx2]);
        assert_eq!(
            report.sentence(),
            "FBGEMM (avx2): FBGEMM (AVX2) gets all 3 points, and no other model does."
        );
        assert!(report.misses.is_empty());
        assert_eq!(write_csv(&read, std::slice::from_ref(report)).lines().count(), 1);
    }

    #[test]
    fn every_mismatch_is_told() {
        let mut read = Recordings::try_from(file()).expect("it is good");
        read.all[0].key = "a, \"b\"".into();
        read.all[0].runs[0].results = Results::Codes(vec![0, 49, 64]);
        let reports = report(&read);
        assert_eq!(
            reports[0].sentence(),
            "FBGEMM (avx2): no model gets all 3 points. FBGEMM (AVX2) comes nearest: 1 wrong, up to 1 output code too high."
        );
        let csv = write_csv(&read, &reports);
        assert_eq!(
            csv.lines().nth(1),
            Some("\"a, \"\"b\"\"\",FBGEMM,avx2,fbgemm_avx2,0,1,100,49,50")
        );
    }

    #[test]
    fn recordings_without_saturation_fit_both() {
        let mut read = Recordings::try_from(file()).expect("it is good");
        read.all[0].x.pop();
        read.all[0].runs[0].results = Results::Codes(vec![0, 50]);
        let reports = report(&read);
        assert_eq!(reports[0].fitting().count(), 2);
        assert!(reports[0].sentence().contains("do not tell them apart"));
    }

    #[test]
    fn integers_are_told_as_they_are() {
        let mut read = Recordings::try_from(int_mm()).expect("it is good");
        let told = |read: &Recordings| report(read)[0].sentence();
        assert_eq!(
            told(&read),
            "torch._int_mm (avx2): torch._int_mm s8×s8 (no VNNI) gets all 3 points, and no other model does."
        );
        read.all[0].runs[0].results = Results::Integers(vec![i32::MIN, -7_112, 255]);
        assert_eq!(
            told(&read),
            "torch._int_mm (avx2): no model gets all 3 points. torch._int_mm s8×s8 (no VNNI) comes nearest: 1 wrong, up to 2147451136 too high."
        );
        let csv = write_csv(&read, &report(&read));
        let row = "one,torch._int_mm,avx2,torch_int_mm,0,0,0,-2147483648,-32512";
        assert_eq!(csv.lines().nth(1), Some(row));
    }

    #[test]
    fn an_engine_that_computes_as_another_on_these_layers_is_left_out() {
        let engines = |inputs: usize| -> Vec<Engine> {
            let mut file = file();
            let [entry] = &mut file.recordings[..] else { panic!("one recording") };
            (entry.inputs, entry.runs[0].engine) = (inputs, Backend::OneDnn);
            entry.w = STANDARD.encode(vec![0; inputs]);
            let read = Recordings::try_from(file).expect("it is good");
            report(&read)[0].fits.iter().map(|fit| fit.engine).collect()
        };
        // oneDNN on AVX2 cuts rows from 257 inputs on.
        let of_avx512 = |inputs| engines(inputs).contains(&Engine::TorchOneDnnAvx512);
        assert_eq!([2, 256, 257].map(of_avx512), [false, false, true]);
        assert_eq!(engines(2).len(), 4);
    }

    #[test]
    fn where_one_engine_comes_into_question_no_other_is_said_to_fail() {
        let mut file = file();
        let [entry] = &mut file.recordings[..] else { panic!("one recording") };
        (entry.operator, entry.types) = (Operator::QlinearMatmul, Types::U8U8);
        entry.runs[0].engine = Backend::OnnxRuntime;
        entry.runs[0].y = Some(STANDARD.encode([0, 50, 127]));
        let read = Recordings::try_from(file).expect("it is good");
        assert_eq!(
            report(&read)[0].sentence(),
            "ONNX Runtime QLinearMatMul u8 × u8 (avx2): ONNX QLinearMatMul u8×u8 gets all 3 points, and no other model comes into question."
        );
    }

    #[test]
    fn kinds_are_told_in_their_order() {
        let mut read = Recordings::try_from(file()).expect("it is good");
        let mut other = read.all[0].clone();
        other.runs[0].isa = "an older one".into();
        read.all.extend([other, read.all[0].clone()]);
        let told: Vec<_> =
            report(&read).iter().map(|one| (one.kind.called(), one.recordings)).collect();
        let wanted = [("FBGEMM (avx2)", 2), ("FBGEMM (an older one)", 1)];
        assert_eq!(told, wanted.map(|(kind, count)| (kind.to_string(), count)));
    }
}
