//! The command line: what it prints, from where it reads, and how it ends.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const EXAMPLES: &str = include_str!("machines/examples.json");

/// What `rampscope machine` does with arguments and a text on its standard input.
fn run(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rampscope"))
        .arg("machine")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It may have ended without reading.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

/// What it prints where all is well.
#[track_caller]
fn printed(args: &[&str], input: &str) -> String {
    let output = run(args, input);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""), "{args:?}");
    String::from_utf8(output.stdout).expect("it prints text")
}

/// What it says where something is wrong.
#[track_caller]
fn fault(args: &[&str], input: &str) -> String {
    let output = run(args, input);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert!(output.stdout.is_empty(), "{args:?}");
    String::from_utf8(output.stderr).expect("it says text")
}

fn example(name: &str) -> Value {
    let file: Value = serde_json::from_str(EXAMPLES).expect("it is JSON");
    let all = file["examples"].as_array().expect("a list");
    let is_it = |one: &&Value| one["name"].as_str().is_some_and(|own| own.starts_with(name));
    all.iter().find(is_it).expect("there is such an example").clone()
}

fn text(name: &str) -> String {
    example(name)["text"].as_str().expect("a text").into()
}

/// A file of the tests' own.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).expect("it is written");
    path
}

#[test]
fn json_is_the_whole_answer_from_a_file_and_from_a_pipe() {
    let all: Value = serde_json::from_str(EXAMPLES).expect("it is JSON");
    for example in all["examples"].as_array().expect("a list") {
        let text = example["text"].as_str().expect("a text");
        for args in [&["--json"][..], &["-", "--json"]] {
            let found: Value = serde_json::from_str(&printed(args, text)).expect("it is JSON");
            assert!(found == example["output"], "{}", example["name"]);
        }
    }
    let path = file("lscpu.txt", text("lscpu").as_bytes());
    let path = path.to_str().expect("a path of letters");
    let found: Value = serde_json::from_str(&printed(&[path, "--json"], "")).expect("it is JSON");
    assert!(found == example("lscpu")["output"]);
}

#[test]
fn what_windows_writes_is_read() {
    let example = example("Windows");
    let text = text("Windows").replace('\n', "\r\n");
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(units).collect();
    let path = file("windows.txt", &bytes);
    let path = path.to_str().expect("a path of letters");
    let found: Value = serde_json::from_str(&printed(&[path, "--json"], "")).expect("it is JSON");
    assert!(found == example["output"]);
}

#[test]
fn people_get_a_headline_and_a_library_after_the_other() {
    let shown = printed(&[], &text("lscpu"));
    let mut lines = shown.lines();
    assert_eq!(
        lines.next(),
        Some("Intel Ice Lake-SP, Ice Lake-D (x86_64) under Linux, by its flags.")
    );
    assert!(lines.next().is_some_and(|line| line.starts_with("Features: sse2, ssse3")));
    let counts = lines.next().expect("the counts");
    assert!(counts.starts_with("61 operators: ") && counts.contains("unknown"), "{counts}");
    assert!(counts.ends_with("Data of 2026-11-27."), "{counts}");
    // No escapes where nobody sees them.
    assert!(!shown.contains('\x1b'));
    assert_eq!(shown.matches(", version ").count(), 27, "libraries");
    let depthwise = "  pairs saturate             Conv2d, depthwise 3×3, 5×5, 7×7: u8 × s8\n                             FBGEMM’s depthwise kernel uses vpmaddubsw on every CPU, with VNNI or without. Pairs: taps 2i, 2i+1 of the window. [recorded]\n";
    assert!(shown.contains(depthwise), "{shown}");
    // Operators of which the same is said stand together.
    assert!(shown.contains("  exact                      Linear, static or dynamic: u8 × s8; Conv2d, dense or grouped: u8 × s8\n"), "{shown}");
    assert!(shown.contains("  unknown                    acc16 kernels"), "{shown}");
    assert!(!shown.contains("depends"));
}

#[test]
fn what_depends_names_the_machines() {
    let shown = printed(&[], "m5.xlarge");
    assert!(shown.contains("two machines of one group can disagree"), "{shown}");
    let depends = "  depends                    Linear, static or dynamic: u8 × s8\n                             Intel Cascade Lake (SP, X, W): exact. AVX512-VNNI adds four products straight into 32 bits. [recorded]\n                             Intel Skylake-SP, Skylake-X, Skylake-W: pairs saturate. Without";
    assert!(shown.contains(depends), "{shown}");
    // Two systems.
    let shown = printed(&[], "Xeon Platinum 8375C");
    assert!(shown.contains("                             Linux: exact. "), "{shown}");
    assert!(shown.contains("                             Windows: pairs saturate. "), "{shown}");
}

#[test]
fn hidden_flags_give_both_answers() {
    let shown = printed(&[], &text("hidden flag"));
    assert!(shown.contains("Not named in the text: avx_vnni."), "{shown}");
    assert!(shown.contains("If avx_vnni is there: exact. AVX-VNNI adds four"), "{shown}");
}

#[test]
fn nothing_recognised_is_an_answer() {
    let shown = printed(&[], "hello\n");
    assert!(shown.starts_with("No CPU is recognised in the text.\nPaste the output of lscpu"));
    assert_eq!(shown.lines().count(), 2);
    let found: Value = serde_json::from_str(&printed(&["--json"], "")).expect("it is JSON");
    assert_eq!(found["by"], Value::Null);
}

#[test]
fn machines_are_picked_by_key() {
    let listed = printed(&["--list"], "");
    assert_eq!(listed.lines().count(), 90 + 46);
    assert!(listed.contains("zen3\tx86_64\tAMD Zen 3 and Zen 3+\n"), "{listed}");
    assert!(listed.contains("aws-m5\trented\tAWS m5, c5, r5, t3\n"), "{listed}");
    let json = |args: &[&str], input: &str| -> Value {
        serde_json::from_str(&printed(args, input)).expect("it is JSON")
    };
    assert_eq!(json(&["--cpu", "aws-m5", "--json"], ""), json(&["--json"], "m5.xlarge"));
    assert_eq!(json(&["--cpu", "alderlake", "--json"], ""), json(&["--json"], "Core i7-12700"));
    let windows = json(&["--cpu", "alderlake", "--os", "windows", "--json"], "");
    assert_eq!((&windows["os"], &windows["cpu"]), (&"windows".into(), &"alderlake".into()));
}

#[test]
fn machines_are_compared() {
    let shown = printed(&["--cpu", "skylake-sp", "--os", "linux", "--compare", "cascadelake"], "");
    let mut lines = shown.lines();
    assert!(lines.next().is_some_and(|line| line.starts_with("A Intel Skylake-SP")));
    assert!(lines.next().is_some_and(|line| line.starts_with("B Intel Cascade Lake")));
    let linear =
        "  Linear, static or dynamic\n    A pairs saturate: Without AVX512-VNNI, FBGEMM adds two";
    assert!(shown.contains(linear), "{shown}");
    assert!(shown.lines().last().is_some_and(|line| line.contains("of 61 operators.")), "{shown}");
    assert!(!shown.contains("qnnpack"), "it is the same on both");
    let path = file("other.txt", text("lscpu").as_bytes());
    let path = path.to_str().expect("a path of letters");
    let shown = printed(&["-", "--compare", path], &text("lscpu"));
    assert!(shown.contains("They differ in 0 of 61 operators."), "{shown}");
}

#[test]
fn sources_are_named_on_request() {
    let shown = printed(&["--sources"], &text("lscpu"));
    assert!(shown.contains("line: https://github.com/pytorch/FBGEMM/blob/"), "{shown}");
    assert!(shown.contains("run: PyTorch"), "{shown}");
    assert!(!printed(&[], &text("lscpu")).contains("https://"));
}

#[test]
fn faults_end_with_status_2_and_say_what_to_do() {
    let said = fault(&["no/such/file"], "");
    assert!(said.starts_with("error: no/such/file cannot be read: "), "{said}");
    let folder = env!("CARGO_TARGET_TMPDIR");
    assert!(fault(&[folder], "").contains("cannot be read"));
    let said = fault(&["--cpu", "zen9"], "");
    assert!(said.contains("has the key “zen9”. rampscope machine --list has all."), "{said}");
    let said = fault(&["--cpu", "aws-m5", "--os", "linux"], "");
    assert!(said.contains("“aws-m5” is a rented machine and has a system."), "{said}");
    let large = "x".repeat(2_097_153);
    assert!(fault(&[], &large).contains("2097152 are the most that is read here"));
    let said = fault(&[], &large.repeat(3));
    assert!(said.contains("the standard input has more than 4194306 bytes"), "{said}");
    // What clap refuses has the same status.
    for args in [
        &["--json", "--list"][..],
        &["file", "--cpu", "zen3"],
        &["--os", "linux"],
        &["--cpu", "zen3", "--os", "dos"],
        &["--nothing"],
        &["one", "two"],
    ] {
        assert!(fault(args, "").contains("error: "), "{args:?}");
    }
}
