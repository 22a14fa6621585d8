//! The reader of the index of a model in several files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rampscope_fuzz::audited(
    "w.safetensors.index.json",
    bytes
));
