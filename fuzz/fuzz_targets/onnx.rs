//! The reader of .onnx.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rampscope_fuzz::audited("w.onnx", bytes));
