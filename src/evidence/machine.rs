//! A reader's own machine: which engine of ours its recordings fit, and every point that does not.

use std::fmt::Write as _;

use super::recording::{Recordings, TorchEngine};
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

/// One kind of run of a file, engine and instruction set, against the engines of ours.
#[derive(Clone, Debug, PartialEq)]
pub struct RunReport {
    /// The engine that was recorded.
    pub backend: TorchEngine,
    /// Its instruction set, as the file says it.
    pub isa: String,
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
        let what = format!("{} ({})", self.backend.name(), self.isa);
        let fitting: Vec<&str> = self.fitting().map(Engine::name).collect();
        let points = self.fits.first().map_or(0, |fit| fit.verdict.points);
        match (fitting.as_slice(), self.fits.first()) {
            ([one], _) => {
                format!("{what}: {one} gets all {points} points, and no other model does.")
            }
            ([], Some(best)) => format!(
                "{what}: no model gets all {points} points. {} comes nearest: {} wrong, {}.",
                best.engine.name(),
                best.verdict.wrong,
                best.verdict.away()
            ),
            ([], None) => format!("{what}: there is nothing to compare."),
            (several, _) => format!(
                "{what}: {} get all {points} points; these recordings do not tell them apart.",
                several.join(" and ")
            ),
        }
    }
}

/// Each kind of run of a file, in the order in which they first appear.
pub fn report(recordings: &Recordings) -> Vec<RunReport> {
    let mut kinds: Vec<(TorchEngine, &str)> = Vec::new();
    for run in recordings.all.iter().flat_map(|recording| &recording.runs) {
        if !kinds.contains(&(run.backend, run.isa.as_str())) {
            kinds.push((run.backend, &run.isa));
        }
    }
    kinds.into_iter().map(|(backend, isa)| of_kind(recordings, backend, isa)).collect()
}

/// Engines that a run of PyTorch may be.
fn candidates(backend: TorchEngine) -> &'static [Engine] {
    match backend {
        TorchEngine::Fbgemm | TorchEngine::X86 => &[Engine::FbgemmAvx2, Engine::FbgemmVnni],
        // Former versions rescaled as FBGEMM does.
        TorchEngine::OneDnn => &[
            Engine::TorchOneDnnAvx2,
            Engine::TorchOneDnnVnni,
            Engine::FbgemmAvx2,
            Engine::FbgemmVnni,
        ],
        TorchEngine::Qnnpack => &[Engine::Qnnpack, Engine::FbgemmAvx2],
    }
}

fn of_kind(recordings: &Recordings, backend: TorchEngine, isa: &str) -> RunReport {
    let runs: Vec<_> = recordings
        .all
        .iter()
        .enumerate()
        .flat_map(|(index, recording)| {
            recording.runs.iter().map(move |run| (index, recording, run))
        })
        .filter(|(_, _, run)| run.backend == backend && run.isa == isa)
        .collect();
    let mut fits: Vec<Fit> = candidates(backend)
        .iter()
        .map(|&engine| Fit {
            engine,
            verdict: runs
                .iter()
                .map(|(index, recording, run)| {
                    judge(Predictor::Engine(engine), (*index, recording), run)
                })
                .fold(Verdict::default(), Verdict::and),
        })
        .collect();
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
    RunReport { backend, isa: isa.into(), recordings: runs.len(), fits, misses }
}

/// Every mismatch of some reports as CSV, one a line, with a line of names above.
pub fn write_csv(recordings: &Recordings, reports: &[RunReport]) -> String {
    let mut csv = String::from(
        "recording,engine,isa,model,output,probe,input_code,recorded_code,model_code\n",
    );
    for report in reports {
        let Some(model) = report.fits.first() else { continue };
        for miss in &report.misses {
            let key = &recordings.all[miss.recording].key;
            // Writing to a string cannot fail.
            let _ = writeln!(
                csv,
                "{},{},{},{},{},{},{},{},{}",
                quoted(key),
                report.backend.name(),
                quoted(&report.isa),
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
    use super::super::recording::tests::file;
    use super::*;

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
        read.all[0].runs[0].y[1] = 49;
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
        read.all[0].runs[0].y.pop();
        let reports = report(&read);
        assert_eq!(reports[0].fitting().count(), 2);
        assert!(reports[0].sentence().contains("do not tell them apart"));
    }
}
