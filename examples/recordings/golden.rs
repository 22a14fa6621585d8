//! `tests/golden` as the file that the page fetches.
//!
//! All 44 cases of `thread` (every K, both weight schemes, reduce_range, narrow calibration), so
//! that no choice of cases can be doubted, and the 16 layers of `presets`, which show one thing
//! each and were recorded with another version of the library.

use std::error::Error;
use std::fs::File;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use rampscope::evidence::{
    RecordedOn, RecordingEntry, RecordingFile, RunEntry, SCHEMAS, SET, Source,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Deserialize)]
struct Thread {
    torch: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    seed: u32,
    shape_in: usize,
    shape_out: usize,
    reduce_range: bool,
    weight_qscheme: String,
    order: String,
    calib_gain: f64,
    in_scale: f32,
    in_zp: i32,
    w_scale: f32,
    w_zp: i32,
    w_int8: Vec<i8>,
    out_scale: f32,
    out_zp: i32,
    probe_in_u8: Vec<u8>,
    probe_out_u8: ThreadOutputs,
}

#[derive(Deserialize)]
struct ThreadOutputs {
    fbgemm_avx2: Vec<Vec<u8>>,
    fbgemm_vnni: Vec<Vec<u8>>,
    qnnpack: Vec<Vec<u8>>,
}

#[derive(Deserialize)]
struct Presets {
    torch: String,
    presets: Vec<Preset>,
}

#[derive(Deserialize)]
struct Preset {
    id: String,
    w: Vec<i8>,
    in_zp: i32,
    in_scale: f32,
    w_scale: f32,
    out_scale: f32,
    out_zp: i32,
    out_u8: PresetOutputs,
}

#[derive(Deserialize)]
struct PresetOutputs {
    fbgemm_avx2: Vec<u8>,
    fbgemm_avx512: Vec<u8>,
    fbgemm_vnni: Vec<u8>,
    qnnpack_vnni: Vec<u8>,
}

/// The text of the file: one recording a line.
pub fn text() -> Result<String> {
    let file = file()?;
    let (set, schema) = (file.set.as_str(), file.schema);
    let mut text = format!("{{\"set\":\"{set}\",\"schema\":{schema},\"sources\":[\n");
    text.push_str(&lines(&file.sources)?);
    text.push_str("\n],\"recordings\":[\n");
    text.push_str(&lines(&file.recordings)?);
    text.push_str("\n]}\n");
    Ok(text)
}

fn lines<T: serde::Serialize>(list: &[T]) -> Result<String> {
    let lines: Vec<String> =
        list.iter().map(serde_json::to_string).collect::<serde_json::Result<_>>()?;
    Ok(lines.join(",\n"))
}

fn file() -> Result<RecordingFile> {
    let thread: Thread = golden("thread")?;
    let presets: Presets = golden("presets")?;
    let how = "FBGEMM_ENABLE_INSTRUCTIONS set to AVX2, AVX512 or AVX512_E1 (VNNI); an emulated Haswell gives the same for AVX2";
    let source = |version: &str| Source {
        library: "PyTorch".into(),
        version: version.into(),
        machine: "x86-64 with AVX-512 VNNI".into(),
        how: how.into(),
    };
    let sources = vec![source(&thread.torch), source(&presets.torch)];
    let mut recordings = thread.cases.iter().map(case).collect::<Result<Vec<_>>>()?;
    recordings.extend(presets.presets.iter().map(preset));
    // Linear layers only, as the first version of the schema has them.
    Ok(RecordingFile { set: SET.into(), schema: *SCHEMAS.start(), sources, recordings })
}

fn golden<T: DeserializeOwned>(name: &str) -> Result<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.json.gz"));
    Ok(serde_json::from_reader(GzDecoder::new(File::open(path)?))?)
}

fn case(case: &Case) -> Result<RecordingEntry> {
    if (case.seed, case.order.as_str()) != (100, "model_first") {
        return Err("a key does not say the seed and the order, so they have to be these".into());
    }
    let marks = [
        (case.reduce_range, "-reduced"),
        (case.weight_qscheme == "per_tensor_affine", "-affine"),
        (case.calib_gain != 1.0, "-narrow"),
    ];
    let marks = marks.iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| *mark);
    let out = &case.probe_out_u8;
    Ok(RecordingEntry {
        key: format!("k{}{}", case.shape_in, marks.collect::<String>()),
        source: 0,
        inputs: case.shape_in,
        outputs: case.shape_out,
        w: weights(&case.w_int8),
        w_scale: case.w_scale,
        w_zp: case.w_zp,
        in_scale: case.in_scale,
        in_zp: case.in_zp,
        out_scale: case.out_scale,
        out_zp: case.out_zp,
        x: STANDARD.encode(&case.probe_in_u8),
        runs: vec![
            run(RecordedOn::FbgemmAvx2, &out.fbgemm_avx2.concat()),
            run(RecordedOn::FbgemmVnni, &out.fbgemm_vnni.concat()),
            run(RecordedOn::Qnnpack, &out.qnnpack.concat()),
        ],
        ..RecordingEntry::default()
    })
}

fn preset(preset: &Preset) -> RecordingEntry {
    let out = &preset.out_u8;
    RecordingEntry {
        key: preset.id.clone(),
        source: 1,
        inputs: preset.w.len(),
        outputs: 1,
        w: weights(&preset.w),
        w_scale: preset.w_scale,
        w_zp: 0,
        in_scale: preset.in_scale,
        in_zp: preset.in_zp,
        out_scale: preset.out_scale,
        out_zp: preset.out_zp,
        x: STANDARD.encode((0..=255).collect::<Vec<u8>>()),
        runs: vec![
            run(RecordedOn::FbgemmAvx2, &out.fbgemm_avx2),
            run(RecordedOn::FbgemmAvx512, &out.fbgemm_avx512),
            run(RecordedOn::FbgemmVnni, &out.fbgemm_vnni),
            run(RecordedOn::Qnnpack, &out.qnnpack_vnni),
        ],
        ..RecordingEntry::default()
    }
}

fn weights(codes: &[i8]) -> String {
    STANDARD.encode(codes.iter().map(|code| code.cast_unsigned()).collect::<Vec<u8>>())
}

fn run(on: RecordedOn, y: &[u8]) -> RunEntry {
    let (engine, isa) = on.run();
    let y = Some(STANDARD.encode(y));
    RunEntry { engine, isa: isa.into(), implementation: None, y, y32: None }
}
