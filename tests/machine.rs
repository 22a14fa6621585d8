//! Which arithmetic a machine gives: the examples, what the data claim, how texts are read, and what
//! is said of damaged data.

#![cfg(not(target_arch = "wasm32"))]

mod machine_tests;
