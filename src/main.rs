//! The module's entry point. Nothing starts by itself: the page's loader, the element and the
//! package each call what they need, so that a page of somebody else is left as it is.

// Its exports are the module.
use rampscope as _;

fn main() {}
