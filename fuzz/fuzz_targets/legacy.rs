//! The reader of PyTorch’s former format.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rampscope_fuzz::audited("w.pt", bytes));
