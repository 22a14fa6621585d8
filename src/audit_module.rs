//! The entry point of the audit's module: its exports are all of it.

use rampscope as _;

fn main() {}
