//! The reader of .safetensors.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rampscope_fuzz::audited("w.safetensors", bytes));
