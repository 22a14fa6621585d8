//! How many recorded values stand behind each engine: what the table says is what is replayed, and
//! `docs/arithmetic.md` lists it.

mod golden_files;
mod golden_support;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use golden_files::{
    CONV, DYNAMIC, EDGE, LINEAR, ONEDNN, ORT, ORT_ARM, ORT_Q, PRESETS, RNG, TFLITE, THREAD, TIES,
    recording, say,
};
use golden_support::{Line, replay, verdict};
use rampscope::arith::{Engine, Provenance};

/// Beginnings of a replayed file's lines that stand behind an engine.
type Behind = (&'static [u8], &'static [&'static str]);

/// What stands behind an engine: the recorded lines of its operator on its CPUs. Lines of ONNX Runtime's
/// operators hold every type, those of convolutions every kernel.
fn behind(engine: Engine) -> Vec<Behind> {
    const QLINEAR_AVX2: &[&str] =
        &["qlinearmatmul.avx2", "qgemm.avx2", "qdq_matmul.avx2", "qdq_gemm.avx2"];
    const QLINEAR_VNNI: &[&str] =
        &["qlinearmatmul.vnni", "qgemm.vnni", "qdq_matmul.vnni", "qdq_gemm.vnni"];
    const QLINEAR_NEON: &[&str] = &["qlinearmatmul.neon", "qgemm.neon"];
    const QLINEAR_DOTPROD: &[&str] = &["qlinearmatmul.dotprod", "qgemm.dotprod"];
    let torch = |key: &'static [&'static str; 4]| -> Vec<Behind> {
        let [own, edge, probe, calib] = key.each_ref().map(std::slice::from_ref);
        vec![(THREAD, probe), (THREAD, calib), (LINEAR, own), (TIES, own), (EDGE, edge)]
    };
    match engine {
        Engine::FbgemmAvx2 => {
            let mut all = torch(&[
                "fbgemm_avx2",
                "linear.fbgemm_avx2",
                "probe_out_u8.fbgemm_avx2",
                "calib_out_u8.fbgemm_avx2",
            ]);
            all.push((PRESETS, &["fbgemm_avx2"]));
            all
        }
        Engine::FbgemmAvx512 => vec![(PRESETS, &["fbgemm_avx512"])],
        Engine::FbgemmVnni => {
            let mut all = torch(&[
                "fbgemm_vnni",
                "linear.fbgemm_vnni",
                "probe_out_u8.fbgemm_vnni",
                "calib_out_u8.fbgemm_vnni",
            ]);
            all.push((PRESETS, &["fbgemm_vnni"]));
            all
        }
        Engine::FbgemmDynamic => vec![(DYNAMIC, &["fbgemm_avx2"])],
        Engine::FbgemmDynamicVnni => vec![(DYNAMIC, &["fbgemm_vnni"])],
        Engine::QnnpackDynamic => vec![(DYNAMIC, &["qnnpack"])],
        Engine::FbgemmDepthwise => vec![(CONV, &["out_u8.fbgemm_avx2", "out_u8.fbgemm_vnni"])],
        Engine::Qnnpack => {
            let mut all = torch(&[
                "qnnpack",
                "linear.qnnpack",
                "probe_out_u8.qnnpack",
                "calib_out_u8.qnnpack",
            ]);
            all.push((PRESETS, &["qnnpack_avx2", "qnnpack_avx512", "qnnpack_vnni"]));
            all.push((CONV, &["out_u8.qnnpack"]));
            all
        }
        Engine::TorchOneDnnAvx2 => vec![(ONEDNN, &["linear.out.avx2"])],
        Engine::TorchOneDnnAvx512 => vec![(ONEDNN, &["linear.out.avx512_core"])],
        Engine::TorchOneDnnVnni => vec![(ONEDNN, &["linear.out.vnni"])],
        Engine::OneDnnConvJit => vec![(ONEDNN, &["conv.out.avx2"])],
        Engine::OneDnnConvVnni => vec![(ONEDNN, &["conv.out.vnni"])],
        Engine::OneDnnConvBrgemm => vec![(ONEDNN, &["conv.out.avx512_core"])],
        Engine::OneDnnConvGemm => vec![(ONEDNN, &["conv.out_215.avx512_core"])],
        Engine::IntMm => vec![(ONEDNN, &["int_mm.out.avx2", "int_mm.out.avx512_core"])],
        Engine::IntMmVnni => vec![(ONEDNN, &["int_mm.out.vnni"])],
        Engine::OnnxRuntimeAvx2 => vec![(ORT, &["acc_avx2"])],
        Engine::OnnxRuntimeVnni => {
            vec![(ORT, &["acc_vnni"]), (ORT_ARM, &["matmulinteger.dotprod"])]
        }
        Engine::OnnxRuntimeNeon => vec![(ORT_ARM, &["matmulinteger.neon"])],
        Engine::OnnxQLinearAvx2 => vec![(ORT_Q, QLINEAR_AVX2)],
        Engine::OnnxQLinearVnni => vec![(ORT_Q, QLINEAR_VNNI), (ORT_ARM, QLINEAR_DOTPROD)],
        Engine::OnnxQLinearNeon | Engine::OnnxQLinearS8S8Neon => vec![(ORT_ARM, QLINEAR_NEON)],
        Engine::OnnxQLinearU8U8 => vec![
            (ORT_Q, QLINEAR_AVX2),
            (ORT_Q, QLINEAR_VNNI),
            (ORT_ARM, QLINEAR_NEON),
            (ORT_ARM, QLINEAR_DOTPROD),
        ],
        Engine::OnnxQLinearS8S8 => {
            vec![(ORT_Q, QLINEAR_AVX2), (ORT_Q, QLINEAR_VNNI), (ORT_ARM, QLINEAR_DOTPROD)]
        }
        Engine::OnnxDynamic => {
            vec![(ORT_Q, &["dynamic.fused.avx2", "dynamic.to_float.avx2", "dynamic.unfused.avx2"])]
        }
        Engine::OnnxDynamicVnni => {
            vec![(ORT_Q, &["dynamic.fused.vnni", "dynamic.to_float.vnni", "dynamic.unfused.vnni"])]
        }
        Engine::OnnxDepthwise => vec![(ORT_Q, &["qlinearconv.avx2", "qlinearconv.vnni"])],
        Engine::OnnxDepthwiseArm => vec![(ORT_ARM, &["qlinearconv.neon", "qlinearconv.dotprod"])],
        Engine::TfliteGemmlowp => vec![(TFLITE, &["rt214_ref"])],
        Engine::TfliteRuy => vec![(TFLITE, &["rt214_opt", "litert_opt"])],
        Engine::TfliteReference => vec![(TFLITE, &["litert_ref"])],
        Engine::Xnnpack => vec![(TFLITE, &["litert_xnnpack"])],
        _ => Vec::new(),
    }
}

/// What is replayed of a file, once.
fn lines(file: &'static [u8]) -> Vec<Line> {
    let lines = replay(&recording(file)).expect("it follows the schema");
    verdict(&lines).expect("every line is full");
    lines
}

const HEAD: &str = "## What stands behind each engine\n\n";
const END: &str = "\n## Kinks\n";

#[test]
fn an_engine_says_how_many_recorded_values_stand_behind_it() {
    let files: Vec<(&[u8], Vec<Line>)> = [
        CONV, DYNAMIC, EDGE, LINEAR, ONEDNN, ORT, ORT_ARM, ORT_Q, PRESETS, RNG, TFLITE, THREAD,
        TIES,
    ]
    .map(|file| (file, lines(file)))
    .into();
    let mut table = String::from("| engine | replayed lines | values |\n|---|---|---|\n");
    for &engine in Engine::ALL {
        let mut values = 0;
        let mut named: Vec<String> = Vec::new();
        for (file, whats) in behind(engine) {
            let (_, lines) = files.iter().find(|(one, _)| *one == file).expect("it is replayed");
            for what in whats {
                let line = lines.iter().find(|line| line.what == *what);
                let line = line.unwrap_or_else(|| panic!("{engine:?}: no line {what}"));
                values += line.matched;
                let name = format!("{} {what}", line.set);
                if !named.contains(&name) {
                    named.push(name);
                }
            }
        }
        say(&format!("{} {values}", engine.key()));
        let is_recorded = engine.provenance() == Provenance::Recorded;
        assert_eq!(values > 0, is_recorded, "{engine:?}: {values}");
        assert_eq!(engine.recorded_values() as usize, values, "{engine:?}");
        if is_recorded {
            writeln!(table, "| `{}` | {} | {values} |", engine.key(), named.join(", "))
                .expect("a string takes everything");
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/arithmetic.md");
    let text = fs::read_to_string(&file).expect("docs/arithmetic.md is there");
    let (before, after) = text.split_once(HEAD).expect("it has the section");
    let (section, end) = after.split_once(END).expect("it ends");
    let (words, kept) = section.split_once("| engine |").expect("it has the table");
    if std::env::var_os("RAMPSCOPE_WRITE_TABLE").is_some() {
        fs::write(&file, format!("{before}{HEAD}{words}{table}{END}{end}")).expect("writable");
        return;
    }
    assert_eq!(
        format!("| engine |{kept}"),
        table,
        "write it anew: RAMPSCOPE_WRITE_TABLE=1 cargo test --test recorded_values"
    );
}
