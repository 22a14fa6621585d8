//! An engine in words, and what its rows of the table come to for a reader.

use crate::arith::{Engine, Lane, Provenance};
use crate::state::choices::{Choice, Keyed};
use crate::state::number::grouped;
use crate::state::{Overlay, Quantity, State};

/// The name of what is drawn beside the chosen engine.
pub fn overlay(overlay: Overlay) -> &'static str {
    let named = |(one, choice): (Overlay, Choice)| (one == overlay).then_some(choice.name);
    Overlay::choices().into_iter().find_map(named).unwrap_or_default()
}

/// Whether an engine adds its products exactly, so that no input can make its sum lose anything.
pub fn is_exact(engine: Engine) -> bool {
    engine.lane() == Lane::Exact
}

/// What has no output code, as the subject of a sentence.
pub fn without_codes(engine: Engine) -> &'static str {
    match engine.dynamic() {
        Some(_) => "a dynamic layer",
        None => "an integer product",
    }
}

/// How we know what an engine does, in a word or two, with a sign for who sees no colours.
pub fn known(engine: Engine) -> [&'static str; 2] {
    match engine.provenance() {
        Provenance::Recorded => ["●", "recorded"],
        Provenance::Read => ["◐", "read in the source"],
        Provenance::Modelled => ["○", "modelled"],
        Provenance::Theory => ["?", "theory"],
    }
}

/// How we know what an engine does, as a sentence.
pub fn provenance(engine: Engine) -> String {
    let said = match engine.provenance() {
        Provenance::Recorded => {
            return format!(
                "Checked against recordings of the real library, value for value: {} of its operator.",
                grouped(engine.recorded_values().into())
            );
        }
        Provenance::Read => {
            "All of it was read in the library’s source: no recording of it exists here."
        }
        Provenance::Modelled => {
            "Modelled from source or documentation: no recording of it exists here."
        }
        Provenance::Theory => "A theory: from the forum thread, not from a library.",
    };
    said.into()
}

/// What the table of engines counts, where output codes or accumulators are drawn.
pub fn beside(state: &State) -> String {
    let output = state.picture.output;
    let (what, rounding) = match state.picture.plot {
        Quantity::Output => (
            "in output codes from the exact ramp (where there are none, in its sum). Saturation bends the ramp; rounding moves single codes and has no kink",
            "",
        ),
        Quantity::Accumulator => ("in units of the exact accumulator", ", which nothing rounds"),
    };
    format!(
        "Output {output} at the cursor and over the whole sweep, {what}{rounding}. A tick draws an engine into the figure."
    )
}
