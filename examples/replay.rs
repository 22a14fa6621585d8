//! Replays recordings of real libraries: `replay FILE…`.
//!
//! Prints `SET WHAT matched/total` for every recorded field of every file. Exits with 1 if a file
//! cannot be read or is not reproduced in full, with 2 if no file is named.
//! `tests/golden/README.md` states the schema.

#[path = "../tests/golden_support/mod.rs"]
mod golden_support;

use std::path::PathBuf;
use std::process::ExitCode;

use golden_support::{decode, replay, verdict};

fn main() -> ExitCode {
    let files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if files.is_empty() {
        eprintln!("usage: replay FILE…   (gzipped JSON; see tests/golden/README.md)");
        return ExitCode::from(2);
    }
    let mut failed = 0;
    for file in &files {
        if let Err(error) = replay_file(file) {
            eprintln!("error: {}: {error}", file.display());
            failed += 1;
        }
    }
    if failed == 0 {
        return ExitCode::SUCCESS;
    }
    eprintln!("{failed} of {} files not reproduced", files.len());
    ExitCode::FAILURE
}

fn replay_file(file: &PathBuf) -> Result<(), Box<dyn std::error::Error>> {
    let lines = replay(&decode(&std::fs::read(file)?)?)?;
    for line in &lines {
        println!("{line}");
    }
    Ok(verdict(&lines)?)
}
