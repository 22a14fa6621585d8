//! The rows of the table, a file for each group of parameters.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    trivial_numeric_casts,
    reason = "the range of each row fits its field, and `field!` is for every type"
)]

mod check;
mod codes;
mod figure;
mod layer;
mod model;
mod page;
mod suspects;

use super::access::Access;
use super::{History, Key, Kind, Number, Parameter};
use crate::arith::joined::{count, joined};

const fn row(
    key: Key,
    label: &'static str,
    unit: &'static str,
    help: &'static str,
    kind: Kind,
    history: History,
    (get, set): Access,
) -> Parameter {
    Parameter { key, label, unit, help, kind, auto: None, history, get, set }
}

/// Like [`row`], for a parameter that comes from `auto` unless it is set by hand.
const fn by_hand(
    key: Key,
    label: &'static str,
    unit: &'static str,
    help: &'static str,
    auto: &'static str,
    kind: Kind,
    (get, set): Access,
) -> Parameter {
    let history = History::Replace;
    Parameter { key, label, unit, help, kind, auto: Some(auto), history, get, set }
}

const fn integer(min: i64, max: i64) -> Kind {
    Kind::Number(Number::Integer { min, max })
}

const SCALE: Number =
    Number::Real { min: 1e-6, max: 1e6, step: 0.01, logarithmic: true, slider: [1e-4, 1e3] };

/// A real value of the layer, with the ends of its slider.
const fn real(step: f64, slider: [f32; 2]) -> Number {
    Number::Real { min: -1e6, max: 1e6, step, logarithmic: false, slider }
}

const INPUT: Kind = Kind::Number(real(0.1, [-12.0, 12.0]));

/// In the order of links and documentation.
const GROUPS: [&[Parameter]; 8] = [
    layer::ROWS,
    codes::ROWS,
    figure::ROWS,
    page::ROWS,
    suspects::ROWS,
    check::ROWS,
    model::ROWS,
    page::COMMON,
];

const ROWS_IN_ORDER: [Parameter; count(&GROUPS)] = joined(&GROUPS);
static ROWS: [Parameter; count(&GROUPS)] = ROWS_IN_ORDER;

/// The table is read by key: a row that is missing or in the wrong place does not compile.
const _: () = {
    assert!(ROWS_IN_ORDER.len() == Key::ALL.len());
    let mut at = 0;
    while at < ROWS_IN_ORDER.len() {
        assert!(ROWS_IN_ORDER[at].key as usize == at);
        at += 1;
    }
};

/// Every parameter, in the order of links and documentation.
pub static PARAMETERS: &[Parameter] = &ROWS;
