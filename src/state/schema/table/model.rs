//! What links say of a file of weights, which itself is in none.

use super::row;
use crate::state::schema::access::field;
use crate::state::schema::{History, Key, Kind, MOST_VERDICT_BYTES, Parameter, Value};

pub(super) const ROWS: &[Parameter] = &[
    row(
        Key::Verdict,
        "Verdict",
        "",
        "The numbers of a file’s verdict and its name, never its weights: outputs hit and all, products hit and all, products of which it is not known, the largest loss, what runs it.",
        Kind::Text { most: MOST_VERDICT_BYTES },
        History::Replace,
        field!(text model.verdict),
    ),
    row(
        Key::PartOf,
        "Part of",
        "",
        "What the layer is a part of, if it was taken from a larger one.",
        Kind::Text { most: MOST_VERDICT_BYTES },
        History::Replace,
        field!(text model.part_of),
    ),
];
