//! A Python for tests: the one that `RAMPSCOPE_PYTHON` names, as `./dev` does, else `python3`.

use std::env;
use std::process::Command;

/// The program.
pub fn python() -> String {
    env::var("RAMPSCOPE_PYTHON").unwrap_or_else(|_| "python3".into())
}

/// Whether Python has these modules; without them, tells so or fails. PyTorch may be missing.
pub fn has(modules: &str) -> bool {
    let python = python();
    let import = Command::new(&python).args(["-c", &format!("import {modules}")]).output();
    let found = import.is_ok_and(|output| output.status.success());
    let must = env::var("RAMPSCOPE_PYTHON").is_ok() && modules != "torch";
    assert!(found || !must, "{python} (RAMPSCOPE_PYTHON) cannot import {modules}");
    if !found {
        println!("NOT RUN: {python} cannot import {modules}");
    }
    found
}
