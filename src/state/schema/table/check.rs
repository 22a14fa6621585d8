//! What the Check view is asked.

use super::row;
use crate::state::choices::{Ask, Keyed};
use crate::state::schema::access::field;
use crate::state::schema::{
    History, Key, Kind, MOST_ENTRY_BYTES, MOST_MACHINE_BYTES, Parameter, Value,
};

pub(super) const ROWS: &[Parameter] = &[
    row(
        Key::Ask,
        "Question",
        "",
        "Which arithmetic a machine gives, or why two numbers differ.",
        Kind::Choice(Ask::menu),
        History::Push,
        field!(choice check.ask: Ask),
    ),
    row(
        Key::Machine,
        "Machine",
        "",
        "A CPU, a rented machine, or what lscpu, /proc/cpuinfo, sysctl or Windows say of one.",
        Kind::Text { most: MOST_MACHINE_BYTES },
        History::Replace,
        field!(text check.machine),
    ),
    row(
        Key::Beside,
        "Another machine",
        "",
        "One that is held beside it.",
        Kind::Text { most: MOST_MACHINE_BYTES },
        History::Replace,
        field!(text check.beside),
    ),
    row(
        Key::Entry,
        "Entry",
        "",
        "Codes of a product and what was seen of it, field by field: a=255, 255;b=127, 127;seen=32767.",
        Kind::Text { most: MOST_ENTRY_BYTES },
        History::Replace,
        field!(text check.entry),
    ),
];
