//! [`Given`]: a file of recordings that a reader gives, and what the engines of ours make of it.

use super::document::Document;
use crate::evidence::{FileFault, Miss, Recordings, RunReport, report, write_csv};

/// A file that a reader has given.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The file's name.
    pub name: String,
    /// What is in it.
    pub content: Document<CheckedFile, FileFault>,
}

/// A reader's recordings against the engines of ours.
#[derive(Debug)]
pub struct CheckedFile {
    recordings: Recordings,
    reports: Vec<RunReport>,
}

impl CheckedFile {
    /// Checks every kind of run.
    pub fn new(recordings: Recordings) -> CheckedFile {
        let reports = report(&recordings);
        CheckedFile { recordings, reports }
    }

    /// What the file holds.
    pub fn recordings(&self) -> &Recordings {
        &self.recordings
    }

    /// Each kind of run in it, with the engine that comes nearest.
    pub fn reports(&self) -> &[RunReport] {
        &self.reports
    }

    /// Every point that the nearest engine gets wrong, in the order of the reports.
    pub fn mismatches(&self) -> impl Iterator<Item = (&RunReport, &Miss)> {
        self.reports.iter().flat_map(|report| report.misses.iter().map(move |miss| (report, miss)))
    }

    /// The same as CSV.
    pub fn csv(&self) -> String {
        write_csv(&self.recordings, &self.reports)
    }
}
