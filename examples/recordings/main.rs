//! The recordings that ship with the page, made from `tests/golden`:
//!
//!     cargo run --no-default-features --example recordings > www/recordings.json
//!
//! With a file of tools/record instead, what the page says of it, and every mismatch as
//! the page saves it:
//!
//!     cargo run --no-default-features --example recordings -- FILE
//!
//! Exits with 1 if the file cannot be used or no model gets every point of a run.

mod golden;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;
use std::{env, fs, io};

use rampscope::evidence::{
    FileFault, MOST_BYTES, RecordingError, RecordingFile, Recordings, SET, report, write_csv,
};
use serde::Deserialize;
use serde_json::Value;

fn main() -> ExitCode {
    let done = match env::args().nth(1) {
        None => golden::text().map(|text| print!("{text}")),
        Some(file) => check(&file).map_err(|error| format!("{file}: {error}").into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn check(file: &str) -> Result<(), Box<dyn Error>> {
    let bytes = fs::read(file)?;
    let recordings = read(&bytes)?;
    let reports = report(&recordings);
    for report in &reports {
        let plural = if report.recordings == 1 { "" } else { "s" };
        println!("{} recording{plural} of {}", report.recordings, report.sentence());
    }
    match reports.iter().map(|report| report.misses.len()).sum() {
        0 => Ok(()),
        misses => {
            // Long: whoever reads it may stop early.
            io::stdout().write_all(write_csv(&recordings, &reports).as_bytes())?;
            Err(format!("mismatches: {misses}").into())
        }
    }
}

/// As the page reads it, with the page's sentences.
fn read(bytes: &[u8]) -> Result<Recordings, FileFault> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(FileFault::TooLarge { bytes: bytes.len() as u64 });
    }
    let text = String::from_utf8_lossy(bytes);
    let value: Value =
        serde_json::from_str(&text).map_err(|_| FileFault::of_refused_json(&text))?;
    if let Some(found) = value["set"].as_str().filter(|set| *set != SET) {
        return Err(FileFault::Content(RecordingError::Set { found: found.into() }));
    }
    let file = RecordingFile::deserialize(value)
        .map_err(|error| FileFault::Form { reason: error.to_string() })?;
    Recordings::try_from(file).map_err(FileFault::Content)
}
