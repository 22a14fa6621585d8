//! What the page says of recordings: the counts of every theory, and the files themselves.

#![cfg(not(target_arch = "wasm32"))]

#[path = "../examples/recordings/golden.rs"]
mod golden;
mod recorded_files;

use std::path::Path;
use std::sync::OnceLock;

use rampscope::arith::Engine;
use rampscope::evidence::instruction::MODULE;
use rampscope::evidence::{
    CATALOGUE, NAMED, Overflow, Pairing, Predictor, RecordedLayer, RecordedOn, RecordingFile,
    Recordings, Results, Theory, Widening, judge, judge_all, report,
};
use recorded_files::RECORDED;

/// What brings the file up to date.
const REMAKE: &str = "cargo run --no-default-features --example recordings > www/recordings.json";

fn read(text: &str) -> Recordings {
    let file: RecordingFile = serde_json::from_str(text).expect("the schema fits");
    Recordings::try_from(file).expect("the recordings fit")
}

/// Made once: reading tests/golden takes seconds without optimisation.
fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| golden::text().expect("tests/golden is read"))
}

fn shipped() -> &'static Recordings {
    static SHIPPED: OnceLock<Recordings> = OnceLock::new();
    SHIPPED.get_or_init(|| read(text()))
}

fn on<'a>(recordings: &'a Recordings, key: &str) -> (usize, &'a RecordedLayer) {
    recordings.all.iter().enumerate().find(|(_, one)| one.key == key).expect("it is there")
}

#[test]
fn the_file_of_the_page_is_what_golden_holds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/recordings.json");
    let kept = std::fs::read_to_string(path).expect("www/recordings.json is there");
    assert!(
        kept == text(),
        "www/recordings.json is not what tests/golden holds:\n\n    {REMAKE}\n"
    );
}

#[test]
fn the_catalogue_is_the_files() {
    let keys: Vec<String> = shipped().all.iter().map(|one| one.key.clone()).collect();
    assert_eq!(keys, CATALOGUE.iter().map(|entry| entry.key).collect::<Vec<_>>());
    for (entry, key) in CATALOGUE.iter().zip(&keys).take(44) {
        let words = [
            ("-reduced", "reduce_range"),
            ("-affine", "affine weights"),
            ("-narrow", "calibrated too narrowly"),
        ];
        for (mark, word) in words {
            assert_eq!(key.contains(mark), entry.name.contains(word), "{key}");
        }
        let inputs: String = key[1..].chars().take_while(char::is_ascii_digit).collect();
        assert!(entry.name.starts_with(&format!("{inputs} input")), "{key}");
    }
}

#[test]
fn the_threads_layer_has_the_known_counts() {
    let recordings = shipped();
    let (index, recording) = on(recordings, "k8");
    let run = recording.runs.iter().find(|run| RecordedOn::FbgemmAvx2.is(run)).expect("AVX2");
    let counted: Vec<_> = NAMED
        .iter()
        .map(|named| {
            let verdict = judge(Predictor::Theory(named.theory), (index, recording), run);
            assert_eq!(verdict.points, 8000);
            assert_eq!(verdict.wrong == 0, (verdict.below, verdict.above) == (0, 0));
            assert_eq!(verdict.wrong == 0, verdict.first.is_none());
            (named.key, verdict.wrong)
        })
        .collect();
    assert_eq!(
        counted,
        [
            ("pair_saturates", 0),
            ("exact", 1878),
            ("pair_wraps", 1888),
            ("product_15", 3507),
            ("running_16", 3383),
            ("acc16", 2737),
        ]
    );
}

#[test]
fn over_all_recordings_one_named_theory_has_none_wrong() {
    let recordings = shipped();
    let right = |on: RecordedOn| -> Vec<&str> {
        NAMED
            .iter()
            .filter(|named| {
                let model = Predictor::Theory(named.theory);
                let tally = judge_all(model, &recordings.all, |run| on.is(run));
                assert!(tally.recordings > 0 && tally.verdict.points > 0);
                tally.verdict.wrong == 0
            })
            .map(|named| named.key)
            .collect()
    };
    assert_eq!(right(RecordedOn::FbgemmAvx2), ["pair_saturates"]);
    assert_eq!(right(RecordedOn::FbgemmVnni), ["exact"]);
    assert_eq!(right(RecordedOn::Qnnpack), ["exact"]);
    assert_eq!(right(RecordedOn::FbgemmAvx512), ["pair_saturates"]);
    let tally = judge_all(Predictor::Theory(NAMED[0].theory), &recordings.all, |run| {
        RecordedOn::FbgemmAvx2.is(run)
    });
    assert_eq!((tally.recordings, tally.verdict.points), (60, 44 * 8000 + 16 * 256));
}

/// Of all theories that a reader can build, the ones without a wrong point are the pairs that
/// saturate.
#[test]
fn over_all_recordings_no_built_theory_has_none_wrong() {
    let recordings = shipped();
    // Those that tell most theories apart come first: the others are then seldom asked.
    let mut order: Vec<(usize, &RecordedLayer)> = recordings.all.iter().enumerate().collect();
    order.sort_by_key(|(_, one)| one.key != "k10-narrow");
    let is_right = |theory: Theory| {
        order.iter().all(|recording| {
            let run = recording.1.runs.iter().find(|run| RecordedOn::FbgemmAvx2.is(run));
            judge(Predictor::Theory(theory), *recording, run.expect("AVX2")).wrong == 0
        })
    };
    let mut right = Vec::new();
    for pairing in [
        Pairing::None,
        Pairing::Neighbours,
        Pairing::Alternate,
        Pairing::Crossed,
        Pairing::Fours,
        Pairing::Halves,
        Pairing::Row,
    ] {
        for width in [15, 16, 17, 18, 20, 32] {
            for overflow in [Overflow::Saturate, Overflow::Wrap] {
                for widening in
                    [Widening::Product, Widening::Group, Widening::Block, Widening::Never]
                {
                    let theory = Theory { pairing, width, overflow, widening };
                    right.extend(is_right(theory).then_some(theory));
                }
            }
        }
    }
    assert_eq!(right, [NAMED[0].theory]);
}

#[test]
fn on_some_recordings_exact_has_none_wrong_either() {
    let recordings = shipped();
    let clean = |key: &str| {
        let (index, recording) = on(recordings, key);
        let exact = Predictor::Theory(NAMED[1].theory);
        judge(exact, (index, recording), &recording.runs[0]).wrong == 0
    };
    assert!(clean("k1") && clean("k8-reduced") && clean("lone-product"));
    assert!(!clean("k8") && !clean("k10-reduced-narrow"));
}

#[test]
fn the_engines_fit_their_own_recordings() {
    for report in report(shipped()) {
        let wanted = match (report.kind.stage_engine(), report.kind.isa.as_str()) {
            (Engine::Qnnpack, _) => Engine::Qnnpack,
            (_, "vnni") => Engine::FbgemmVnni,
            _ => Engine::FbgemmAvx2,
        };
        assert_eq!(report.fitting().collect::<Vec<_>>(), [wanted], "{}", report.sentence());
    }
}

#[test]
fn real_recordings_fit() {
    let mut files: Vec<Recordings> = Vec::new();
    for (text, wanted) in RECORDED {
        let recordings = read(text);
        let reports = report(&recordings);
        let told: Vec<String> = reports.iter().map(|report| report.sentence()).collect();
        let found: Vec<(String, Vec<Engine>)> =
            reports.iter().map(|one| (one.kind.called(), one.fitting().collect())).collect();
        let wanted: Vec<(String, Vec<Engine>)> =
            wanted.iter().map(|(kind, fitting)| (kind.to_string(), fitting.to_vec())).collect();
        assert_eq!(found, wanted, "{told:#?}");
        assert!(reports.iter().all(|report| report.misses.is_empty()));
        files.push(recordings);
    }
    let versions: Vec<&str> = files.iter().map(|file| file.sources[0].version.as_str()).collect();
    let torch = ["2.15.0+cu132", "2.5.1+cu124", "2.5.1+cu124", "2.5.1+cu124", "2.15.0+cu132"];
    assert_eq!(versions, [&torch[..], &["1.32.0"; 4]].concat());
}

/// One result that is another is found, whatever the operator.
#[test]
fn a_result_that_differs_is_named() {
    let mut told = Vec::new();
    for (text, _) in RECORDED {
        let good = read(text);
        for (index, layer) in good.all.iter().enumerate() {
            let mut broken = good.clone();
            broken.all = vec![layer.clone()];
            let probes = layer.x.len();
            let at = (layer.layer.outputs - 1) * probes + index % probes;
            match &mut broken.all[0].runs[0].results {
                Results::Codes(codes) => codes[at] ^= 1,
                Results::Integers(integers) => integers[at] ^= 1 << 20,
            }
            let reports = report(&broken);
            let miss = reports[0].misses.first().expect("it is found");
            assert_eq!((miss.output, miss.probe), (layer.layer.outputs - 1, index % probes));
            assert_eq!((reports[0].fitting().count(), reports[0].misses.len()), (0, 1));
            told.push(reports[0].sentence());
            assert!(reports[1..].iter().all(|report| report.fitting().count() > 0));
        }
    }
    let has = |part: &str| told.iter().any(|sentence| sentence.contains(part));
    assert!(has("comes nearest: 1 wrong, up to 1 output code too"), "{told:#?}");
    assert!(has("comes nearest: 1 wrong, up to 1048576 too"), "{told:#?}");
}

/// Browsers validate it as a whole; here its sections and instructions are read.
#[test]
fn the_module_of_the_instruction_is_well_formed() {
    use wasmparser::{Operator, Parser, Payload};
    let mut dots = Vec::new();
    let mut exports = Vec::new();
    for payload in Parser::new(0).parse_all(MODULE) {
        match payload.expect("the section is well formed") {
            Payload::ExportSection(section) => {
                exports.extend(section.into_iter().map(|one| one.expect("an export").name));
            }
            Payload::CodeSectionEntry(body) => {
                for operator in body.get_operators_reader().expect("a body") {
                    match operator.expect("an instruction") {
                        Operator::I16x8RelaxedDotI8x16I7x16S => dots.push("i16"),
                        Operator::I32x4RelaxedDotI8x16I7x16AddS => dots.push("i32"),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    assert_eq!((exports, dots), (vec!["dot", "dot_add"], vec!["i16", "i32"]));
}
