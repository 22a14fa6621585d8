//! The reader of .npy.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rampscope_fuzz::audited("w.npy", bytes));
