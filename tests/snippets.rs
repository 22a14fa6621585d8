//! The lines that reproduce a state elsewhere run, and give the page's numbers to the bit.
//!
//! Python is the one that `RAMPSCOPE_PYTHON` names, as `./dev` does: it must have what the lines
//! need. Without it `python3` is tried, and the output tells what did not run. PyTorch is too large
//! for every machine: its lines run where that Python has it.
#![cfg(not(target_arch = "wasm32"))]

mod python;

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use python::{has, python};
use rampscope::arith::Engine;
use rampscope::state::{Derived, Deriver, Overlay, State, link};
use rampscope::story::PRESETS;
use rampscope::story::snippets::{SOMEWHERE, snippets};

const STATES: [&str; 8] = [
    "#/lab",
    "#/lab?output=4",
    "#/lab?reduce_range=1&inputs=10&output=7&gain=0.25",
    "#/lab?inputs=2&outputs=1&x_scale=1&x_zp=144&w_scale=1&y_scale=1&y_zp=0&w=0.0:113_113",
    "#/lab?w_scheme=affine&output=3&seed=7",
    "#/lab?engine=fbgemm_vnni&output=2",
    "#/lab?engine=qnnpack&output=2",
    "#/lab?inputs=5&output=1",
];

/// A state, and the lines for it.
struct Case {
    fragment: String,
    state: State,
    derived: Derived,
    script: String,
}

impl Case {
    /// `Err`: why there are no such lines.
    fn read(fragment: &str, key: &str) -> Result<Case, &'static str> {
        let (state, problems) = link::read(fragment);
        assert_eq!(problems, [], "{fragment}");
        let derived = Deriver::default().derive(&state);
        let all = snippets(&state, &derived, SOMEWHERE);
        let snippet = all.into_iter().find(|one| one.key == key).expect("it is there");
        Ok(Case { fragment: fragment.into(), script: snippet.text?, state, derived })
    }

    /// All of [`STATES`], and the presets that have such lines.
    fn all(key: &str) -> Vec<Case> {
        let states = STATES.iter().map(|fragment| {
            Case::read(fragment, key).unwrap_or_else(|reason| panic!("{fragment}: {reason}"))
        });
        let presets = PRESETS.iter().filter_map(|one| Case::read(&one.fragment(), key).ok());
        let all: Vec<Case> = states.chain(presets).collect();
        let presets = all.len() - STATES.len();
        assert!(presets > PRESETS.len() / 2, "{key}: there are lines for {presets} presets only");
        println!("{key}: lines for {} states and {presets} presets", STATES.len());
        all
    }

    fn codes(&self) -> Vec<i32> {
        let codes = self.derived.chosen(&self.state).curve().code.iter().copied();
        codes.collect::<Option<_>>().unwrap_or_else(|| panic!("{} has no codes", self.fragment))
    }

    /// The chosen output's accumulators on an engine.
    fn sums(&self, engine: Engine) -> &[i32] {
        &self.derived.engines.of(Overlay::Engine(engine)).acc
    }
}

/// The cases that print other numbers than these, each with both.
fn wrong(cases: &[Case], printed: &[String], numbers: impl Fn(&Case) -> Vec<i32>) -> Vec<String> {
    assert_eq!(cases.len(), printed.len());
    let each = cases.iter().zip(printed).filter_map(|(case, printed)| {
        let expected = format!("output {}: {:?}", case.state.picture.output, numbers(case));
        (*printed != expected)
            .then(|| format!("{}\n  page  {expected}\n  lines {printed}\n", case.fragment))
    });
    each.collect()
}

/// Runs each script by itself, in one process; gives the last line of each.
const RUN_EACH: &str = "
import contextlib, io, json, sys

def last_line(script):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            exec(script, {})
        except Exception as fault:
            raise SystemExit(f'{script}\\n{fault!r}')
    return out.getvalue().splitlines()[-1]

json.dump([last_line(script) for script in json.load(sys.stdin)], sys.stdout)
";

/// What the scripts of these cases print last.
fn printed(cases: &[Case]) -> Vec<String> {
    let scripts: Vec<&str> = cases.iter().map(|case| case.script.as_str()).collect();
    let scripts = serde_json::to_vec(&scripts).expect("texts");
    let mut python = Command::new(python())
        .args(["-c", RUN_EACH])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python starts");
    python.stdin.take().expect("it is piped").write_all(&scripts).expect("Python reads");
    let output = python.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a line each")
}

#[test]
fn numpy_gives_the_numbers_of_the_page() {
    if !has("numpy") {
        return;
    }
    let cases = Case::all("numpy");
    let wrong = wrong(&cases, &printed(&cases), Case::codes);
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn pytorch_gives_the_numbers_of_the_page() {
    if !has("torch") {
        return;
    }
    let (cases, other): (Vec<Case>, Vec<Case>) =
        Case::all("pytorch").into_iter().partition(|case| runs_here(case.state.arithmetic.engine));
    for case in other {
        println!(
            "NOT RUN: {} wants {:?}, which this CPU lacks",
            case.fragment, case.state.arithmetic.engine
        );
    }
    // PyTorch reads its instruction set once a process.
    let printed: Vec<String> = cases.chunks(1).flat_map(printed).collect();
    let wrong = wrong(&cases, &printed, Case::codes);
    println!("pytorch: {} states and presets run", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

/// FBGEMM saturates on a CPU without VNNI, whatever it is asked for.
fn runs_here(engine: Engine) -> bool {
    engine != Engine::FbgemmVnni
        || fs::read_to_string("/proc/cpuinfo").is_ok_and(|cpu| cpu.contains("avx512_vnni"))
}

#[test]
fn onnx_runtime_gives_the_accumulators_of_one_engine() {
    if !has("onnx, onnxruntime") {
        return;
    }
    let cases = Case::all("onnxruntime");
    let printed = printed(&cases);
    // Which of them depends on the CPU alone: the same one for all cases.
    let [saturating, exact] = [Engine::OnnxRuntimeAvx2, Engine::OnnxRuntimeVnni]
        .map(|engine| wrong(&cases, &printed, |case| case.sums(engine).to_vec()));
    assert!(
        saturating.is_empty() != exact.is_empty(),
        "saturating:\n{}\nexact:\n{}",
        saturating.concat(),
        exact.concat()
    );
    let sums = if exact.is_empty() { "exactly" } else { "with saturating pairs" };
    println!("onnxruntime: this CPU adds {sums}");
}

#[test]
fn rust_gives_the_numbers_of_the_page() {
    let (library, dependencies) = library();
    for (number, fragment) in STATES[..2].iter().enumerate() {
        let case = Case::read(fragment, "rust").expect("every state has them");
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("snippet-{number}"));
        let source = program.with_extension("rs");
        fs::write(&source, format!("fn main() {{\n{}\n}}\n", case.script))
            .expect("a writable folder");
        let rustc = env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
        output_of(
            Command::new(rustc)
                .args(["--edition", "2024", "--extern"])
                .arg(format!("rampscope={}", library.display()))
                .arg("-L")
                .arg(format!("dependency={}", dependencies.display()))
                .arg("-o")
                .args([&program, &source]),
        );
        let codes: Vec<Option<i32>> = case.codes().into_iter().map(Some).collect();
        assert_eq!(output_of(&mut Command::new(&program)), format!("{codes:?}\n"), "{fragment}");
    }
}

/// This crate as Cargo has just built it for the tests, and the folder of what it depends on.
fn library() -> (PathBuf, PathBuf) {
    let features: &[&str] = if cfg!(feature = "app") { &[] } else { &["--no-default-features"] };
    let messages = output_of(
        Command::new(env!("CARGO"))
            .args(["build", "--lib", "--locked", "--offline", "--message-format=json"])
            .args(features),
    );
    let messages = messages.lines().filter_map(|line| serde_json::from_str(line).ok());
    let library = messages
        .filter(|message: &serde_json::Value| message["target"]["name"] == "rampscope")
        .find_map(|message| message["filenames"][0].as_str().map(PathBuf::from))
        .expect("Cargo names what it built");
    let dependencies = library.with_file_name("deps");
    (library, dependencies)
}

fn output_of(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}
