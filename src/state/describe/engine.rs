//! An engine in words, and what its rows of the table come to for a reader.

use crate::arith::{Engine, Lane, Provenance};

/// Whether an engine adds its products exactly, so that no input can make its sum lose anything.
pub fn is_exact(engine: Engine) -> bool {
    engine.accumulator().lane == Lane::Exact
}

/// How we know what an engine does, as a sentence.
pub fn provenance(engine: Engine) -> &'static str {
    match engine.provenance() {
        Provenance::Recorded => "Checked against recordings of the real library, value for value.",
        Provenance::Read | Provenance::Modelled => {
            "Modelled from source or documentation: no recording of it exists here."
        }
        Provenance::Theory => "A theory: from the forum thread, not from a library.",
    }
}
