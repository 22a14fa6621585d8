//! The recordings that ship with the page, made from `tests/golden`:
//!
//!     cargo run --no-default-features --example recordings > www/recordings.json
//!
//! With a file of tools/record/record.py instead, what the page says of it:
//!
//!     cargo run --no-default-features --example recordings -- FILE

mod golden;

use std::error::Error;
use std::process::ExitCode;
use std::{env, fs};

use rampscope::evidence::{RecordingFile, Recordings, report};

fn main() -> ExitCode {
    let done = match env::args().nth(1) {
        None => golden::text().map(|text| print!("{text}")),
        Some(file) => check(&file),
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
    let read: RecordingFile = serde_json::from_str(&fs::read_to_string(file)?)?;
    for report in report(&Recordings::try_from(read)?) {
        println!("{} recordings of {}", report.recordings, report.sentence());
    }
    Ok(())
}
