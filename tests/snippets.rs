//! The lines that reproduce a state elsewhere give the page's numbers: run where Python has what
//! they need, which the output tells.

use std::io::Write;
use std::process::{Command, Stdio};

use rampscope::state::{Deriver, link};
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

/// What a script prints last, or `None` where it cannot run.
fn printed(script: &str) -> Option<String> {
    let mut python = Command::new("python3")
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    python.stdin.take()?.write_all(script.as_bytes()).ok()?;
    let output = python.wait_with_output().ok()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}\n{errors}");
    String::from_utf8_lossy(&output.stdout).lines().last().map(str::to_string)
}

fn has(module: &str) -> bool {
    let import = Command::new("python3").args(["-c", &format!("import {module}")]).output();
    import.is_ok_and(|output| output.status.success())
}

fn give_the_numbers_of_the_page(key: &str, module: &str) {
    if !has(module) {
        println!("{key}: python3 has no {module}, not run");
        return;
    }
    // PyTorch saturates on a CPU without VNNI, whatever its lines ask for.
    let states = STATES.iter().filter(|state| key != "pytorch" || !state.contains("vnni"));
    let mut ran = 0;
    for fragment in states {
        ran += 1;
        let (state, report) = link::read(fragment);
        assert_eq!(report.problems, []);
        let derived = Deriver::default().derive(&state);
        let all = snippets(&state, &derived, SOMEWHERE);
        let snippet = all.into_iter().find(|one| one.key == key).expect("it is there");
        let script = snippet.text.unwrap_or_else(|reason| panic!("{fragment}: {reason}"));
        let codes: Option<Vec<i32>> = derived.chosen(&state).curve().code.iter().copied().collect();
        let expected = format!("output {}: {:?}", state.output, codes.expect("it has codes"));
        assert_eq!(printed(&script).as_deref(), Some(expected.as_str()), "{fragment}");
    }
    println!("{key}: {ran} states run with {module}");
}

#[test]
fn numpy_gives_the_numbers_of_the_page() {
    give_the_numbers_of_the_page("numpy", "numpy");
}

#[test]
fn pytorch_gives_the_numbers_of_the_page() {
    give_the_numbers_of_the_page("pytorch", "torch");
}
