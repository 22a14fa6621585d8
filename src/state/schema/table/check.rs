//! What the Check view is asked.

use super::row;
use crate::state::schema::access::field;
use crate::state::schema::{History, Key, Kind, MOST_MACHINE_BYTES, Parameter, Value};

pub(super) const ROWS: &[Parameter] = &[
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
];
