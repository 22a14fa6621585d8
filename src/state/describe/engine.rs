//! An engine in words, and what its rows of the table come to for a reader.

use crate::arith::{Engine, Lane, Provenance};
use crate::state::Overlay;
use crate::state::choices::Keyed;

/// The name of what is drawn beside the chosen engine.
pub fn overlay(overlay: Overlay) -> &'static str {
    let named = |(one, choice): (Overlay, crate::state::choices::Choice)| {
        (one == overlay).then_some(choice.name)
    };
    Overlay::choices().into_iter().find_map(named).unwrap_or_default()
}

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
