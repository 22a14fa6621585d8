//! The recording, and the theory that is held against it.

use super::{integer, row};
use crate::evidence::{Overflow, Pairing, RecordedOn, Shipped, WIDTHS, Widening};
use crate::state::choices::Keyed;
use crate::state::schema::access::field;
use crate::state::schema::{History, Key, Kind, MOST_OUTPUTS, Parameter, Value};

pub(super) const ROWS: &[Parameter] = &[
    row(
        Key::Recording,
        "Recording",
        "",
        "A layer and what the real library gave for it. Seed 100 with ten outputs, or a single output made to show one thing.",
        Kind::Choice(Shipped::menu),
        History::Push,
        field!(choice suspects.recording: Shipped),
    ),
    row(
        Key::RecordedOn,
        "Recorded on",
        "",
        "The engine and instruction set whose outputs the theories have to explain.",
        Kind::Choice(RecordedOn::menu),
        History::Push,
        field!(choice suspects.recorded_on: RecordedOn),
    ),
    row(
        Key::RecordedOutput,
        "Recorded output",
        "",
        "The output of the recording that is drawn.",
        integer(0, MOST_OUTPUTS as i64 - 1),
        History::Replace,
        field!(int suspects.recorded_output: usize),
    ),
    row(
        Key::Pairing,
        "Added first",
        "",
        "Which products are added together before anything is held to the width.",
        Kind::Choice(Pairing::menu),
        History::Push,
        field!(choice suspects.theory.pairing: Pairing),
    ),
    row(
        Key::Width,
        "Width of the sum",
        "bits",
        "Bits of the narrow sum. A single product fits 16, a pair 17, the whole row 32.",
        integer(*WIDTHS.start() as i64, *WIDTHS.end() as i64),
        History::Replace,
        field!(int suspects.theory.width: u32),
    ),
    row(
        Key::Overflow,
        "A sum that does not fit",
        "",
        "Saturates: the nearest value that fits. Wraps around: the low bits, as 127 + 1 = −128 in 8 bits.",
        Kind::Choice(Overflow::menu),
        History::Push,
        field!(choice suspects.theory.overflow: Overflow),
    ),
    row(
        Key::Widening,
        "Widened to 32 bits",
        "",
        "When the narrow sum is added to the 32-bit one and begins anew.",
        Kind::Choice(Widening::menu),
        History::Push,
        field!(choice suspects.theory.widening: Widening),
    ),
];
